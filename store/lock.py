"""One process at a time brings an installation up to date.

A lock that the operating system (or PostgreSQL) drops by itself when its holder dies:
after a kill nobody has to remove anything. Beside an SQLite file lies ``<file>.lock``;
a database in memory belongs to one process and needs none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine, text

from store.engine import StoreUnavailable, file_of

_SET_UP = 20_180_112  # PostgreSQL's name for the lock; ``store.engine`` has the one before


def try_lock(engine: Engine) -> AbstractContextManager[bool]:
    """Hold the lock while the context lasts; it says False if somebody else has it.

    Raises:
        StoreUnavailable: if the lock's file cannot be written.
    """
    if engine.dialect.name == "postgresql":
        return _advisory_lock(engine)
    file = database_file(engine)
    return nullcontext(True) if file is None else _file_lock(Path(f"{file}.lock"))


def database_file(engine: Engine) -> Path | None:
    """The file of an SQLite database; None for any other."""
    return file_of(engine.url)


def set_up_lock(connection: Connection) -> bool:
    """The same lock on PostgreSQL until the end of a transaction; False: somebody has it."""
    return bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _SET_UP}))


@contextmanager
def _advisory_lock(engine: Engine) -> Iterator[bool]:
    with engine.connect() as connection:
        got = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _SET_UP})
        try:
            yield bool(got)
        finally:
            if got:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _SET_UP})


@contextmanager
def _file_lock(path: Path) -> Iterator[bool]:
    try:
        file = path.open("ab")
    except OSError as error:
        raise StoreUnavailable(str(error)) from error
    with file:
        got = _try(file)
        try:
            yield got
        finally:
            if got:
                _release(file)


if sys.platform == "win32":
    import msvcrt

    def _try(file: BinaryIO) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
