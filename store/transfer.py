"""All rows from one database into another, and a sum by which the two are compared.

The sum of a table does not depend on the order of its rows, which SQLite and PostgreSQL do
not agree on: the digests of the rows added up. Values are taken as the code sees them, so
a table has the same sum on both. Nothing here decides whether somebody may do so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, inspect, select, text

from kpi.findings import KpiError
from store import bulk
from store.json_text import dump
from store.metadata import metadata

_MODULUS = 2**256
_AT_ONCE = 5_000


class NotEmpty(KpiError):
    """The database that should be filled has tables already; nothing was changed."""

    code = "not_empty"


class NotTheSame(KpiError):
    """What was written is not what was read; nothing was kept."""

    code = "not_the_same"


@dataclass
class Sum:
    """How many rows, and their digests added up."""

    rows: int = 0
    total: int = 0

    def add(self, row: Iterable[object]) -> None:
        text = dump([_plain(value) for value in row])
        digest = hashlib.sha256(text.encode()).digest()
        self.rows += 1
        self.total = (self.total + int.from_bytes(digest)) % _MODULUS

    @property
    def digest(self) -> str:
        return f"{self.total:064x}"


Sums = dict[str, Sum]


def require_empty(connection: Connection) -> None:
    """Refuse a database that has anything in it.

    Raises:
        NotEmpty: naming its tables.
    """
    found = inspect(connection).get_table_names()
    if found:
        raise NotEmpty(", ".join(sorted(found)))


def copy_all(source: Connection, target: Connection) -> Sums:
    """Copy every table's rows; the tables are there. Returns the sums of what was read.

    The caller keeps ``source`` still: one transaction that sees one state.
    """
    sums: Sums = {}
    for table in metadata.sorted_tables:
        sums[table.name] = found = Sum()
        bulk.append(target, table, [c.name for c in table.columns], _watched(source, table, found))
    if target.dialect.name == "postgresql":
        _go_on_counting(target)
    return sums


def sums_of(connection: Connection) -> Sums:
    """The sums of what is there."""
    sums: Sums = {}
    for table in metadata.sorted_tables:
        sums[table.name] = found = Sum()
        for _ in _watched(connection, table, found):
            pass
    return sums


def require_same(read: Sums, written: Sums) -> None:
    """Compare what was read with what is there now.

    Raises:
        NotTheSame: naming the tables that differ.
    """
    different = [name for name in read if read[name] != written.get(name)]
    if different:
        raise NotTheSame(", ".join(different))


def _watched(connection: Connection, table: Table, found: Sum) -> Iterator[Any]:
    rows = connection.execute(select(table), execution_options={"yield_per": _AT_ONCE})
    for row in rows:
        found.add(row)
        yield row


def _plain(value: object) -> object:
    """A value as JSON can hold it, the same whichever database it came from."""
    match value:
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return hashlib.sha256(value).hexdigest()
        case _:
            return value


def _go_on_counting(target: Connection) -> None:
    """PostgreSQL's counters know nothing of numbers that were given."""
    for table in metadata.sorted_tables:
        if table.autoincrement_column is not None:
            column = table.autoincrement_column.name
            target.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column}'), "
                    f"(SELECT max({column}) FROM {table.name}))"
                )
            )
