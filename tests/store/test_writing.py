"""One writer at a time, the audit chain, settings and targets."""

import sqlite3
import threading
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from kpi.targets import Direction, Edges, Target, TargetKind
from store import audit, settings, targets
from store.engine import Session, SessionFactory, StoreBusy, StoreUnavailable, make_engine, writing
from store.lock import try_lock

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)


def test_an_error_leaves_nothing_behind(factory: SessionFactory, session: Session) -> None:
    def work(session: Session) -> None:
        settings.put(session, "demo", "done")
        raise LookupError

    with pytest.raises(LookupError):
        writing(factory, work)

    assert settings.read_all(session) == {}


def test_two_writers_lose_no_change(factory: SessionFactory, session: Session) -> None:
    def count() -> None:
        for _ in range(25):
            writing(factory, settings.count_change)

    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert settings.data_version(session) == 50


def test_a_collision_is_tried_once_more(factory: SessionFactory, session: Session) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        session.execute(text("INSERT INTO setting VALUES ('a', '1')"))
        if len(tries) == 1:
            session.execute(text("INSERT INTO setting VALUES ('a', '1')"))

    writing(factory, work)

    assert len(tries) == 2
    assert settings.read_all(session) == {"a": "1"}


def test_a_collision_that_repeats_is_an_error(factory: SessionFactory) -> None:
    def work(session: Session) -> None:
        for _ in range(2):
            session.execute(text("INSERT INTO setting VALUES ('a', '1')"))

    with pytest.raises(IntegrityError):
        writing(factory, work)


def _event(subject: str) -> audit.Event:
    return audit.Event(NOON, "local", "submission.submit", subject, audit.DONE, {"ô": "Đ"})


def test_an_untouched_chain_has_no_fault(factory: SessionFactory, session: Session) -> None:
    assert list(audit.faults(session)) == []

    for subject in ("1", "2", "3"):
        writing(factory, lambda session, s=subject: audit.append(session, _event(s)))

    assert list(audit.faults(session)) == []


@pytest.mark.parametrize(
    ("tampering", "faulty"),
    [
        pytest.param("UPDATE audit_event SET actor = 'x' WHERE id = 2", [2], id="altered"),
        pytest.param("DELETE FROM audit_event WHERE id = 2", [3], id="taken out"),
        pytest.param("DELETE FROM audit_event WHERE id = 1", [2], id="beginning cut off"),
    ],
)
def test_tampering_is_found_at_its_place(
    factory: SessionFactory, session: Session, tampering: str, faulty: list[int]
) -> None:
    for subject in ("1", "2", "3"):
        writing(factory, lambda session, s=subject: audit.append(session, _event(s)))

    writing(factory, lambda session: session.execute(text(tampering)))

    assert list(audit.faults(session)) == faulty


def _target(low: str, since: date) -> Target:
    return Target(
        indicator="grdp",
        org_unit="20",
        year=2018,
        kind=TargetKind.RANGE,
        direction=Direction.INCREASE,
        edges=Edges(Decimal(low), Decimal("8.50")),
        basis="constant_2010",
        clause="2.a",
        document="Nghị quyết",
        in_force_from=since,
        by_quarter={2: Edges(Decimal("3.5"), None)},
        baseline=Decimal("7.1"),
    )


def test_a_target_comes_back_as_it_was_laid_down(factory: SessionFactory, session: Session) -> None:
    laid_down = _target("8", date(2018, 1, 1))
    writing(factory, lambda session: targets.add(session, laid_down, by="system", at=NOON))

    assert targets.in_force(session, 2018, date(2018, 1, 1)) == [laid_down]
    assert targets.in_force(session, 2018, date(2017, 12, 31)) == []
    assert targets.in_force(session, 2019, date(2018, 1, 1)) == []


def test_a_replaced_target_stays_in_force_for_its_own_days(
    factory: SessionFactory, session: Session
) -> None:
    old, new = _target("8", date(2018, 1, 1)), _target("7.5", date(2018, 7, 1))

    def revise(session: Session) -> None:
        targets.add(session, old, by="system", at=NOON)
        number = targets.not_replaced(session, 2018)[0].id
        targets.replace(session, number, date(2018, 7, 1), at=NOON)
        targets.add(session, new, by="system", at=NOON)

    writing(factory, revise)

    assert targets.in_force(session, 2018, date(2018, 6, 30)) == [old]
    assert targets.in_force(session, 2018, date(2018, 7, 1)) == [new]
    stored = targets.history(session, "grdp", "20", 2018)
    assert [one.replaced_on for one in stored] == [date(2018, 7, 1), None]


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_lock_that_somebody_keeps_is_said_to_be_busy(
    factory: SessionFactory, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "kpi.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    def impatient(session: Session) -> None:
        raise AssertionError("the lock was not there to be had")

    with factory() as session:  # the pool hands this connection out again
        session.execute(text("PRAGMA busy_timeout = 10"))
    with pytest.raises(StoreBusy):
        writing(factory, impatient)
    other.close()


@pytest.mark.parametrize("content", [b"This is no database at all" * 50, b"SQLite format 3\0junk"])
def test_something_that_is_no_database_is_said_to_be_unavailable(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "wrong.sqlite").write_bytes(content)
    engine = make_engine(f"sqlite:///{tmp_path}/wrong.sqlite")

    with pytest.raises(StoreUnavailable), engine.connect() as connection:
        connection.execute(text("SELECT * FROM setting"))
    engine.dispose()


def test_a_folder_that_is_not_there_is_said_to_be_unavailable(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/nowhere/kpi.sqlite")

    with pytest.raises(StoreUnavailable), engine.connect():
        pass
    engine.dispose()


@pytest.mark.parametrize("url", ["kpi.sqlite", "mysql://localhost/kpi", ""])
def test_an_address_of_no_database_we_know_is_said_to_be_unavailable(url: str) -> None:
    with pytest.raises(StoreUnavailable):
        make_engine(url)


def test_a_lock_is_had_once_and_again_when_it_is_free(engine: Engine) -> None:
    with try_lock(engine) as first, try_lock(engine) as second:
        assert (first, second) == (True, False)
    with try_lock(engine) as third:
        assert third


def test_a_database_in_memory_needs_no_lock() -> None:
    engine = make_engine("sqlite://")

    with try_lock(engine) as first, try_lock(engine) as second:
        assert first and second
    engine.dispose()
