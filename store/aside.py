"""Everything that is stored moves out of the way, whole, to make room for a new beginning.

An SQLite file is renamed. On PostgreSQL the tables move into a schema of their own beside the
old one, in one transaction: nothing is copied, and who adds
``?options=-csearch_path%3DSCHEMA`` to the address sees them as before. Whether it may be done
is decided elsewhere; here it is only made sure that nobody has the database open.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from store.engine import StoreBusy, StoreUnavailable
from store.lock import database_file, set_up_lock, try_lock

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


def set_aside(engine: Engine, name: str) -> str | None:
    """Move everything away; the engine then finds an empty database.

    Args:
        name: of what is set aside; letters, digits and underscores.

    Returns:
        Where it lies now: a file, or a schema. None for a database in memory.

    Raises:
        StoreBusy: if somebody has the database open; nothing was moved.
        StoreUnavailable: if the role or the user may not do so.
    """
    engine.dispose()
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection, connection.begin():
            return _into_schema(connection, name)
    file = database_file(engine)
    if file is None:
        return None
    to = file.with_name(f"{file.stem}-{name.replace('_', '-')}{file.suffix}")
    with try_lock(engine) as alone:
        if not alone:
            raise StoreBusy(str(file))
        _rename(file, to)
    return str(to)


def _into_schema(connection: Connection, name: str) -> str:
    if not set_up_lock(connection) or connection.scalar(_OTHERS):
        raise StoreBusy(str(connection.engine.url.database))
    connection.execute(text(f"CREATE SCHEMA {name}"))
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"ALTER TABLE {table} SET SCHEMA {name}"))
    return name


def _rename(file: Path, to: Path) -> None:
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            # Leaving WAL needs the file for oneself, and takes its companions in.
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise StoreBusy(str(error)) from error
    if mode != "delete":
        raise StoreBusy(str(file))
    try:
        file.rename(to)
    except OSError as error:
        raise StoreUnavailable(str(error)) from error
