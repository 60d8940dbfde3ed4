"""An SQLite file that was put in another's place is noticed, and none is made where it is gone.

A connection stays with the file it was opened on, wherever that goes: after a file was replaced
or deleted it would go on reading the old one, and what it wrote would be lost with it. So
each use of a connection of the pool first looks whether its file still lies at the
address; if not, it is opened anew, unless the journal of the former one still lies beside it:
SQLite would write that into the new one. What the new file holds is not judged here.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

_FILE = "file"
_Found = tuple[int, int]


def watch(engine: Engine, file: Path) -> None:
    """Look at every connection of ``engine`` before it is used."""
    _Watched(file).listen(engine)


def file_behind(connection: Connection) -> object:
    """Tells the file a connection reads from every other; None where there is no file."""
    return connection.info.get(_FILE)


class _Watched:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.journal = Path(f"{file}-wal")
        self.last: _Found | None = None  # what was opened last; None: everything was let go
        self.last_journal: _Found | None = None

    def listen(self, engine: Engine) -> None:
        event.listen(engine, "do_connect", self._before)
        event.listen(engine, "connect", self._remember)
        event.listen(engine, "checkout", self._look)
        event.listen(engine, "engine_disposed", self._forget)

    def _before(self, _dialect: Dialect, _entry: ConnectionPoolEntry, *_how: Any) -> None:
        if self.last is None:
            return
        now = _find(self.file)
        if now is None:  # SQLite would make an empty one, and everything would seem to be lost
            raise sqlite3.OperationalError(f"{self.file}: the file is gone, or empty")
        former = self.last_journal is not None and self.last_journal == _find(
            self.journal, empty=True
        )
        if now != self.last and former:
            raise sqlite3.OperationalError(f"{self.journal}: belongs to the file that lay here")

    def _remember(self, _connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
        entry.info[_FILE] = self.last = _find(self.file)
        self.last_journal = _find(self.journal, empty=True)

    def _look(self, _connection: sqlite3.Connection, entry: ConnectionPoolEntry, _: object) -> None:
        if entry.info.get(_FILE) != _find(self.file):
            raise DisconnectionError("another file")
        if self.last_journal is None:  # that of a new database comes with what is written first
            self.last_journal = _find(self.journal, empty=True)

    def _forget(self, _engine: Engine) -> None:
        self.last = None


def _find(file: Path, *, empty: bool = False) -> _Found | None:
    """Which file lies there; one without content counts as none unless ``empty`` says so."""
    try:
        found = file.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size or empty else None
