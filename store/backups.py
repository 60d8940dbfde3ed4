"""A backup: one SQLite file with everything in it, whatever the database is.

It is taken while reports come in and shows one moment. From SQLite its own online copy is
used, from PostgreSQL every row is read in one transaction. The file carries the sums of its
tables, so that ``opened`` notices a file that was damaged or cut off. It is written beside
its place and moved there when it is whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from kpi.findings import KpiError
from store import migrate, transfer
from store.engine import StoreUnavailable, make_engine
from store.lock import database_file
from store.metadata import metadata
from store.schema import REVISION
from store.transfer import Sum

_SUMS = "backup_sum"


class BackupDamaged(KpiError):
    """The file is no backup, or not what was written once."""

    code = "backup_damaged"


class BackupNewer(KpiError):
    """The backup was made by a later version of the program."""

    code = "backup_newer"


def write(engine: Engine, file: Path) -> int:
    """Write a backup to ``file``; returns how many rows are in it.

    An earlier backup of that name is replaced when the new one is whole.

    Raises:
        StoreUnavailable: if the file cannot be written, or is the database itself.
    """
    database = database_file(engine)
    if database is not None and file.exists() and file.samefile(database):
        raise StoreUnavailable(f"{file}: this is the database itself")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        if engine.dialect.name == "sqlite":
            _copy_online(engine, part)
        else:
            _read_out(engine, part)
        rows = _seal(part)
        part.replace(file)
        return rows
    except (sqlite3.Error, OSError) as error:
        raise StoreUnavailable(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(file: Path) -> Iterator[Connection]:
    """A backup's rows, brought to the present tables in a copy if it is older.

    Raises:
        BackupDamaged: if the sums are not there or not right.
        BackupNewer: if this program does not know its tables yet.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.sqlite"
        try:
            shutil.copyfile(file, copy)
            _check(copy)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        engine = make_engine(f"sqlite:///{copy.as_posix()}")
        try:
            _bring_up_to_date(engine)
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


def _copy_online(engine: Engine, part: Path) -> None:
    source = engine.raw_connection()
    try:
        driver = source.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        with closing(sqlite3.connect(part)) as copy:
            driver.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, no companions
    finally:
        source.close()


def _read_out(engine: Engine, part: Path) -> None:
    copy = make_engine(f"sqlite:///{part.as_posix()}")
    try:
        migrate.upgrade(copy)
        source = engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with source, copy.connect().execution_options(writes=True) as target, target.begin():
            read = transfer.copy_all(source, target)
            transfer.require_same(read, transfer.sums_of(target))
        with copy.connect() as connection:
            connection.exec_driver_sql("COMMIT")  # the mode changes outside a transaction only
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        copy.dispose()


def _seal(part: Path) -> int:
    """Write the sums into the file, and the file to the disk."""
    with closing(sqlite3.connect(part)) as connection:
        found = _sums(connection)
        connection.execute(f"CREATE TABLE {_SUMS} (name TEXT PRIMARY KEY, rows INT, digest TEXT)")
        connection.executemany(
            f"INSERT INTO {_SUMS} VALUES (?, ?, ?)",
            [(name, one.rows, one.digest) for name, one in found.items()],
        )
        connection.commit()
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    return sum(one.rows for name, one in found.items() if name in metadata.tables)


def _check(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as connection:
            stated = {
                name: (rows, digest)
                for name, rows, digest in connection.execute(f"SELECT * FROM {_SUMS}")
            }
            found = {name: (one.rows, one.digest) for name, one in _sums(connection).items()}
    except sqlite3.DatabaseError as error:
        raise BackupDamaged(str(error)) from error
    different = sorted(
        name for name in stated.keys() | found if stated.get(name) != found.get(name)
    )
    if different:
        raise BackupDamaged(", ".join(different))


def _sums(connection: sqlite3.Connection) -> dict[str, Sum]:
    """Of every table as it lies in the file, known to this version or not."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    sums: dict[str, Sum] = {}
    for (name,) in names.fetchall():
        if name == _SUMS or name.startswith("sqlite_"):
            continue
        sums[name] = one = Sum()
        for row in connection.execute(f'SELECT * FROM "{name}"'):
            one.add(row)
    return sums


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        found = migrate.revision(connection)
    if found is None:
        raise BackupDamaged("alembic_version")
    if found > REVISION:
        raise BackupNewer(found)
    if found < REVISION:
        migrate.upgrade(engine)
