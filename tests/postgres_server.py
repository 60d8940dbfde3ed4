"""A PostgreSQL server of our own, from Debian's package, for as long as a run takes.

Nothing that is on the machine is touched: the data lie in a new folder, the server listens
on a socket there and on no port. PostgreSQL refuses to be root, so a root becomes
``postgres`` first. The folder's text is sorted the Vietnamese way, as an office's server may
be, so that nothing comes to rely on the order of bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

_USER = "postgres"
_SECONDS = 30
_ROOM = 2 * 2**30
_NUMBERS = count(1)
# Not forced to the disk: tests end processes, never the machine. What was acknowledged is
# still with the operating system when the server is stopped at once.
_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "60",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


def programs() -> list[str]:
    """Where Debian puts the server, newest version first."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return [str(path) for path in sorted(found, key=lambda p: -float(p.parts[4]))]


def _memory() -> str | None:
    """A folder in memory where there is room: a new database is then made ten times faster."""
    memory = "/dev/shm"
    roomy = os.path.isdir(memory) and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy else None


class PostgresServer:
    """Starts in a new folder; ``remove`` ends it and takes the folder away.

    Args:
        parent: where that folder lies; None: in memory where there is room.
    """

    def __init__(self, program: str, parent: str | None = None, **settings: str) -> None:
        self._programs = Path(program).parent
        self._settings = {**_QUICK, **settings}
        # Not pytest's folder: that is closed to the user postgres.
        self.folder = Path(tempfile.mkdtemp(prefix="kpi-postgres-", dir=parent or _memory()))
        if os.geteuid() == 0:
            shutil.chown(self.folder, _USER)
        self._process: subprocess.Popen[bytes] | None = None
        self._run(
            "initdb", "-D", f"{self.folder}/data", "-U", _USER, "-A", "trust", "-E", "UTF8",
            "--no-sync", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi",
        )  # fmt: skip
        self.start()

    def start(self, longest_file: int | None = None) -> None:
        """Start the server and wait until it answers.

        Args:
            longest_file: in bytes; the system lets no file grow beyond it.
        """
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        command = self._command(
            "postgres", "-D", f"{self.folder}/data", "-k", str(self.folder), *settings
        )
        if longest_file is not None:
            command = ["prlimit", f"--fsize={longest_file}", *command]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        end = time.monotonic() + _SECONDS
        while True:
            try:
                self._connect("postgres").close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > end or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text("utf-8")) from None
                time.sleep(0.05)

    def stop(self, mode: str = "immediate") -> None:
        """End the server: ``immediate`` is as good as killing it."""
        self._run("pg_ctl", "stop", "-D", f"{self.folder}/data", "-m", mode, "-w")
        if self._process is not None:
            self._process.wait(_SECONDS)

    def remove(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{_USER}@/{database}?host={self.folder}"

    @contextmanager
    def new_database(self, template: str = "template1") -> Iterator[str]:
        """The URL of a database that is dropped at the end, whoever still uses it."""
        name = f"kpi_{next(_NUMBERS)}"
        self.create(name, template)
        yield self.url(name)
        self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def create(self, name: str, template: str = "template1") -> str:
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(name)

    def execute(self, statement: str, database: str = "postgres") -> None:
        with self._connect(database) as connection:
            connection.execute(statement.encode())

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host=str(self.folder), user=_USER, dbname=database, autocommit=True)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            self._command(program, *arguments), cwd=self.folder, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _command(self, program: str, *arguments: str) -> list[str]:
        become = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups"]
        # Killed with the tests, should they be killed.
        become.append("--pdeathsig=QUIT")
        command = [str(self._programs / program), *arguments]
        return [*become, *command] if os.geteuid() == 0 else command
