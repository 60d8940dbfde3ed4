"""A memory of millions of observations, made by the database itself, and where it lies.

226 units, 300 indicators, 17 periods a year, two vintages of each figure. Used by the
measurements of the store; knows nothing of what they measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from sqlalchemy import Connection, text

from store.schema import current_observation, observation
from tests.postgres_server import PostgresServer, programs

UNITS, INDICATORS, VINTAGES = 226, 300, 2
SUFFIXES = ("-Q1", "-Q2", "-Q3", "-Q4", "", *(f"-{month:02}" for month in range(1, 13)))
# As an office's server would run: what was acknowledged is on the disk.
SERVER = {
    "shared_buffers": "2GB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "fsync": "on",
    "full_page_writes": "on",
}


@contextmanager
def database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        with TemporaryDirectory() as folder:
            yield f"sqlite:///{Path(folder).as_posix()}/bench.sqlite"
    else:
        server = PostgresServer(programs()[0], gettempdir(), **SERVER)
        try:
            yield server.create("bench")
        finally:
            server.remove()


def periods(rows: int) -> list[str]:
    """As many as it takes, newest year last: whole years, if there are three of them."""
    number = -(-rows // (UNITS * INDICATORS * VINTAGES))
    years = max(-(-number // len(SUFFIXES)), 3)
    codes = [f"{2018 - back}{suffix}" for suffix in SUFFIXES for back in range(years)]
    return sorted(codes if number > (years - 1) * len(SUFFIXES) else codes[:number])


def fill(connection: Connection, codes: list[str]) -> None:
    """Submissions, observations and what follows from them, by statements of the database."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size = -1000000")  # of this connection
    else:  # no look at the parent of every row: they are made here
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    indexes = [*observation.indexes, *current_observation.indexes]
    for index in indexes:
        index.drop(connection)
    for name, values in (
        ("u", [str(1000 + n) for n in range(UNITS)]),
        ("i", [f"indicator_{n:03}" for n in range(INDICATORS)]),
        ("p", codes),
        ("v", [str(n + 1) for n in range(VINTAGES)]),
    ):
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE bench_{name} (x VARCHAR(80))")
        statement = text(f"INSERT INTO bench_{name} VALUES (:x)")
        connection.execute(statement, [{"x": value} for value in values])
    number = "CAST(s.id % 1000 AS TEXT) || '.5'"
    if connection.dialect.name == "postgresql":
        number = f"CAST({number} AS NUMERIC)"
    for statement in (
        "INSERT INTO submission_file VALUES ('d', 'x', '2026-11-24 00:00:00')",
        "INSERT INTO submission (reporter, form, period, revision, state, code, file_digest,"
        " file_name, template_version, definitions_version, outcome, findings, note,"
        " submitted_by, submitted_at, decided_by, decided_at) SELECT u.x, 'A', p.x,"
        " CAST(v.x AS INTEGER), 'approved', '0000-0000', 'd', 'x.xlsx', '1', '1', 'accepted',"
        " '[]', '', 'bench', '2026-11-24 00:00:00', 'bench', '2026-11-24 00:00:00'"
        " FROM bench_v v CROSS JOIN bench_p p CROSS JOIN bench_u u ORDER BY v.x, p.x, u.x",
        "INSERT INTO observation (submission_id, indicator, org_unit, period, value, status,"
        f" basis, raw, sheet, cell, note) SELECT s.id, i.x, s.reporter, s.period, {number},"
        " 'A', '', '5', 'Quý', 'F9', '' FROM submission s CROSS JOIN bench_i i ORDER BY s.id, i.x",
        "INSERT INTO current_observation SELECT o.indicator, o.org_unit, o.period, o.id,"
        " o.submission_id, o.value, o.status FROM observation o JOIN submission s"
        f" ON s.id = o.submission_id WHERE s.revision = {VINTAGES}"
        " ORDER BY o.indicator, o.org_unit, o.period",
        f"INSERT INTO completeness SELECT u.x, p.x, {INDICATORS}, {INDICATORS}"
        " FROM bench_u u CROSS JOIN bench_p p",
    ):
        connection.execute(text(statement))
    for index in indexes:
        index.create(connection)
