"""A line to PostgreSQL that can be cut while the answer to COMMIT is under way.

A socket beside the server's own passes everything on, both ways. Once told to, it cuts the
line at the next COMMIT: before the server hears of it, or after the server has answered.
The client sees the same in both cases: no answer.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from select import select
from threading import Thread

NAME = ".s.PGSQL.5432"
_AT_ONCE = 65_536


class Line:
    """Listens in ``folder``; ``cut`` is "", "before" or "after", and counts for one COMMIT."""

    def __init__(self, server: Path, folder: Path) -> None:
        self.cut = ""
        self._server = str(server / NAME)
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / NAME))
        self._door.listen()
        self._threads = [Thread(target=self._take_calls, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Once every client has hung up."""
        self._door.shutdown(socket.SHUT_RDWR)  # wakes who waits at the door
        for thread in self._threads:
            thread.join()
        self._door.close()

    def _take_calls(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                thread = Thread(target=self._carry, args=(client,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _carry(self, client: socket.socket) -> None:
        mute = False  # the next answer ends the call
        with client, socket.socket(socket.AF_UNIX) as server, suppress(OSError):
            server.connect(self._server)
            while True:
                for one in select([client, server], [], [])[0]:
                    said = one.recv(_AT_ONCE)
                    if not said or (one is server and mute):
                        return
                    if one is client and self.cut and b"COMMIT" in said:
                        cut, self.cut = self.cut, ""
                        if cut == "before":
                            return
                        mute = True
                    (server if one is client else client).sendall(said)
