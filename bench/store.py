"""Reads, an approval and storing many rows, on a memory of millions of observations.

    python -m bench.store [--rows 1000000] [--on sqlite postgresql]

The rows are made by the database itself (``bench.millions``); what is measured are the store's
own functions. Yardstick of storing: the driver's ``executemany`` (SQLite) or COPY (PostgreSQL)
of rows that are ready.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from statistics import mean, median
from typing import Any

from sqlalchemy import Engine

from bench.measuring import print_table, summary, verdict
from bench.millions import INDICATORS, UNITS, VINTAGES, database, fill, periods
from kpi import completeness
from kpi.completeness import Asked
from kpi.findings import Outcome
from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from store import audit, filings, migrate, observations, series, settings, submissions
from store.engine import Session, SessionFactory, make_engine, make_session_factory, writing

MANY = 100_000
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROUNDS = 51


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
    quarter = next((code for code in codes if code.startswith("2018")), codes[-1])
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
        f"completeness, {UNITS} units, one quarter": milliseconds(
            session, lambda: counted(session, _quarter(codes))
        ),
    }


def counted(session: Session, quarter: str) -> None:
    """Every unit's completeness of a quarter, from all that was sent for it."""
    period, day = Period.parse(quarter), NOW.date()
    for (unit, _), sent in filings.filed(session, [quarter]).items():
        found = completeness.report(Asked(unit, "A", period, INDICATORS, day), sent, day)
        if found.accepted != INDICATORS:
            raise AssertionError(f"{unit}: {found.accepted} figures of {INDICATORS}")


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
