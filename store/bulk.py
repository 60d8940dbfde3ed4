"""Many rows at once: COPY on PostgreSQL, the driver's own ``executemany`` on SQLite.

SQLAlchemy's insert builds a dictionary and checks every value of it; for a workbook's rows
that costs more than storing them. Values are still made ready by the column's type, so what
is stored is the same. Leaves out updates: history only grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Dialect, Table

from store.engine import as_ours

Row = Sequence[Any]
_AT_ONCE = 10_000


def append(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Add ``rows``, each in the order of ``columns``.

    Raises:
        StoreBusy, StoreUnavailable: as any other statement.
    """
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, rows)
        return
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
    ready = _prepared(table, columns, rows, connection.dialect)
    while chunk := list(islice(ready, _AT_ONCE)):
        connection.exec_driver_sql(statement, chunk)


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Row]
) -> None:
    statement = f"COPY {table.name} ({', '.join(columns)}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:  # past SQLAlchemy, which translates
        raise as_ours(error) or error from error


def _prepared(
    table: Table, columns: Sequence[str], rows: Iterable[Row], dialect: Dialect
) -> Iterator[tuple[Any, ...]]:
    """The rows with every value as the driver wants it."""
    makers: list[tuple[int, Callable[[Any], Any]]] = []
    for place, name in enumerate(columns):
        kind = table.c[name].type.dialect_impl(dialect)
        if maker := kind.bind_processor(dialect):
            makers.append((place, maker))
    for row in rows:
        values = list(row)
        for place, make in makers:
            values[place] = make(values[place])
        yield tuple(values)
