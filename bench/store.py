"""Reads, an approval and storing many rows, on a memory of millions of observations.

    python -m bench.store [--rows 1000000] [--on sqlite postgresql]

226 units, 300 indicators, 17 periods a year, two vintages of each figure. The rows are made
by the database itself; what is measured are the store's own functions. Yardstick of storing:
the driver's ``executemany`` (SQLite) or COPY (PostgreSQL) of rows that are ready.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from sqlalchemy import Connection, Engine, text

from bench.measuring import print_table, summary, verdict
from kpi.findings import Outcome
from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from store import audit, migrate, observations, series, settings, submissions
from store.engine import Session, SessionFactory, make_engine, make_session_factory, writing
from store.schema import current_observation, observation
from tests.postgres_server import PostgresServer, programs

UNITS, INDICATORS, VINTAGES, MANY = 226, 300, 2, 100_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SUFFIXES = ("-Q1", "-Q2", "-Q3", "-Q4", "", *(f"-{month:02}" for month in range(1, 13)))
ROUNDS = 51
# As an office's server would run: what was acknowledged is on the disk.
SERVER = {
    "shared_buffers": "2GB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "fsync": "on",
    "full_page_writes": "on",
}


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


@dataclass
class Times:
    """Of the clock, and of our own process: the latter holds on a busy machine too."""

    server: int | None = None  # PostgreSQL's process at the other end
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    served: list[float] = field(default_factory=list)

    def measure(self, work: Callable[[], object]) -> None:
        served, wall, cpu = cpu_of(self.server), time.perf_counter(), time.process_time()
        work()
        self.cpu.append(1000 * (time.process_time() - cpu))
        self.wall.append(1000 * (time.perf_counter() - wall))
        self.served.append(cpu_of(self.server) - served)

    def row(self) -> list[str]:
        # The system counts a process in steps of 10 ms, hence a mean.
        served = "–" if self.server is None else f"{mean(self.served):.1f}"
        return [*summary(self.wall, 1), f"{median(self.cpu):.1f}", served]


def cpu_of(process: int | None) -> float:
    """What a process has used so far, ms."""
    if process is None:
        return 0
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def server_of(session: Session) -> int | None:
    driver: Any = session.connection().connection.driver_connection
    return driver.info.backend_pid if session.get_bind().dialect.name == "postgresql" else None


def milliseconds(session: Session, work: Callable[[], object]) -> Times:
    work()
    times = Times(server_of(session))
    for _ in range(ROUNDS):
        times.measure(work)
    return times


def reads(session: Session, codes: list[str]) -> dict[str, Times]:
    newest = [code for code in codes if code.startswith("2018")]
    quarter = newest[0] if newest else codes[-1]
    same = [code for code in codes if code[4:] == quarter[4:]][-3:]
    return {
        "province overview (300 figures)": milliseconds(
            session, lambda: series.values(session, org_units=["1000"], periods=[quarter])
        ),
        f"one indicator, 226 units, {len(same)} years": milliseconds(
            session, lambda: series.values(session, indicators=["indicator_150"], periods=same)
        ),
        "one unit, all indicators": milliseconds(
            session, lambda: series.values(session, org_units=["1100"], periods=[quarter])
        ),
        "completeness, 226 units, one year": milliseconds(
            session, lambda: observations.read_completeness(session, newest or codes)
        ),
    }


def stated(number: int, period: str, unit: str) -> list[Observation]:
    at = CellAddress("Quý", "F9")
    return [
        Observation(
            indicator=f"indicator_{n % INDICATORS:03}" if number <= INDICATORS else f"new_{n}",
            org_unit=unit,
            period=Period.parse(period),
            value=Decimal(n) / 10,
            status=ObsStatus.NORMAL,
            basis="",
            raw=str(n),
            at=at,
        )
        for n in range(number)
    ]


def new_submission(session: Session, period: str, unit: str) -> int:
    new = submissions.NewSubmission(
        reporter=unit, form="A", period=period, file_digest="d", file_name="x.xlsx",
        template_version="1", definitions_version="1", outcome=Outcome.ACCEPTED, findings=(),
        note="", submitted_by="bench", submitted_at=NOW,
    )  # fmt: skip
    return submissions.add(session, new).id


def approvals(factory: SessionFactory, period: str) -> Times:
    """What the gate does in an approval, the lock and the writing to disk included."""
    with factory() as session:
        times = Times(server_of(session))  # the pool hands this connection out again
    for _ in range(ROUNDS):

        def send(session: Session) -> int:
            number = new_submission(session, period, "1100")
            observations.add(session, number, stated(60, period, "1100"))
            return number

        number = writing(factory, send)

        def approve(session: Session, number: int = number) -> None:
            submissions.decide(session, number, "approved", by="bench", at=NOW)
            observations.put_in_force(session, number)
            observations.count_complete(session, {("1100", period): INDICATORS})
            audit.append(session, audit.Event(NOW, "bench", "approve", "", audit.DONE, {}))
            settings.count_change(session)

        times.measure(lambda approve=approve: writing(factory, approve))  # type: ignore[misc]
    return times


def storing(factory: SessionFactory, period: str) -> tuple[Times, Times]:
    """100,000 rows: ours, and the driver alone with rows that are ready."""
    rows = stated(MANY, period, "1100")
    with factory() as session:
        ours, raw = Times(server_of(session)), Times(server_of(session))
    for _ in range(3):
        for times, function in ((raw, _raw), (ours, observations.add)):
            with factory() as session:
                number = new_submission(session, period, "1100")
                ready = _ready(session, number, rows) if function is _raw else rows
                times.measure(
                    lambda store=function, session=session, number=number, ready=ready: store(  # type: ignore[misc]
                        session, number, ready
                    )
                )
                session.rollback()
    return ours, raw


def _ready(session: Session, number: int, rows: list[Observation]) -> list[tuple[object, ...]]:
    exact = session.get_bind().dialect.name == "postgresql"
    return [
        (number, o.indicator, o.org_unit, o.period.code, o.value if exact else str(o.value), "A",
         "", o.raw, o.at.sheet, o.at.cell, "")
        for o in rows
    ]  # fmt: skip


def _raw(session: Session, _number: int, rows: list[tuple[object, ...]]) -> None:
    names = ", ".join(observations.STATED)
    driver = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "postgresql":
        statement = f"COPY observation ({names}) FROM STDIN"
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(observations.STATED))
        driver.executemany(f"INSERT INTO observation ({names}) VALUES ({marks})", rows)


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


def measure(kind: str, rows: int) -> bool:
    codes = periods(rows)
    with database(kind) as url:
        engine = make_engine(url)
        migrate.upgrade(engine)
        start = time.perf_counter()
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            fill(connection, codes)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        made = len(codes) * UNITS * INDICATORS * VINTAGES
        seconds = time.perf_counter() - start
        met = report(engine, codes, f"{kind}, {made:,} observations (made in {seconds:.0f} s), ms")
        engine.dispose()
    return met


def report(engine: Engine, codes: list[str], title: str) -> bool:
    """Measure on a database that is filled; are all goals met?"""
    factory = make_session_factory(engine)
    with factory() as session:
        found = reads(session, codes)
    found["approval of 60 figures"] = approvals(factory, _quarter(codes))
    ours, raw = storing(factory, _quarter(codes))
    print_table(
        title,
        ["median", "least", "greatest", "our CPU", "server's CPU"],
        {name: times.row() for name, times in found.items()}
        | {f"storing {MANY:,} rows": ours.row(), "the driver alone": raw.row()},
    )
    met = [
        verdict(name, median(times.wall), 20 if name.startswith("approval") else 10, " ms")
        for name, times in found.items()
    ]
    met.append(verdict("storing, times the driver", median(ours.wall) / median(raw.wall), 1.25))
    return all(met)


def _quarter(codes: list[str]) -> str:
    return next(code for code in reversed(codes) if "Q" in code)


def main() -> int:
    asked = argparse.ArgumentParser(description="See the module's docstring.")
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--on", nargs="+", default=["sqlite", "postgresql"])
    wanted = asked.parse_args()
    results = [measure(kind, wanted.rows) for kind in wanted.on]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
