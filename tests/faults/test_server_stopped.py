"""PostgreSQL goes away between two statements, or refuses to be written to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event, text

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import KpiError
from loaders.samples import Sample
from store import submissions
from store.engine import (
    Session,
    SessionFactory,
    StoreBusy,
    StoreUnavailable,
    StoreUncertain,
    make_engine,
    make_session_factory,
    writing,
)
from tests.conftest import required_here
from tests.faults.worker import Office
from tests.postgres_server import PostgresServer, programs

of_a_server = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """Not the one of the run: this one is stopped."""
    server = PostgresServer(required_here("PostgreSQL's server", *programs(), "postgres"))
    yield server
    server.remove()


@pytest.fixture
def office(factory: SessionFactory, manual: Definitions, org_units: OrgUnits) -> Office:
    return Office(factory, manual, org_units)


def stored(factory: SessionFactory) -> int:
    with factory() as session:
        return submissions.count(session)


def test_a_server_stopped_before_the_commit_leaves_nothing_and_comes_back(
    own_server: PostgresServer,
    manual: Definitions,
    org_units: OrgUnits,
    samples: tuple[Sample, ...],
) -> None:
    from store import migrate

    engine = make_engine(own_server.create("stopped"))
    migrate.upgrade(engine)
    factory = make_session_factory(engine)
    office = Office(factory, manual, org_units)
    office.send(samples[0])

    def stop(session: Session) -> None:
        session.flush()
        own_server.stop("immediate")

    event.listen(factory, "before_commit", stop, once=True)
    with pytest.raises(StoreUncertain):
        office.send(samples[1])  # the server went between the last figure and the answer
    with pytest.raises(StoreUnavailable):
        office.send(samples[1])  # still down
    own_server.start()

    assert stored(factory) == 1
    assert office.send(samples[1]).revision == 1
    assert stored(factory) == 2
    own_server.stop("fast")  # restarted between two uploads: nobody notices
    own_server.start()
    assert not office.send(samples[2]).duplicate
    engine.dispose()


@of_a_server
def test_a_server_that_may_only_be_read_is_a_sentence(
    factory: SessionFactory, office: Office, samples: tuple[Sample, ...]
) -> None:
    engine: Engine = factory.kw["bind"]
    _set(engine, "ON")

    with pytest.raises(StoreUnavailable, match="read-only"):
        office.send(samples[0])

    assert stored(factory) == 0
    _set(engine, "OFF")
    assert office.send(samples[0]).submission == 1


def _set(engine: Engine, value: str) -> None:
    name = engine.url.database
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET default_transaction_read_only = OFF"))
        connection.execute(
            text(f'ALTER DATABASE "{name}" SET default_transaction_read_only={value}')
        )
    engine.dispose()


@of_a_server
def test_a_lock_that_somebody_keeps_is_said_to_be_busy(
    factory: SessionFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.engine._BUSY_MILLISECONDS", 50)

    def holding(_session: Session) -> KpiError:
        with pytest.raises(StoreBusy) as busy:
            writing(factory, lambda session: None)
        return busy.value

    assert "lock" in str(writing(factory, holding))


@of_a_server
def test_a_deadlock_is_tried_once_more(factory: SessionFactory) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        tries.append(1)
        if len(tries) == 1:
            session.execute(text("DO $$BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END$$"))

    writing(factory, work)

    assert len(tries) == 2
