"""A migrated database of its own for every test, and a way to store a submission."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from kpi.findings import Outcome
from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from store import observations, submissions
from store.engine import Session, SessionFactory, make_engine, make_session_factory, writing

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)

Send = Callable[..., submissions.Submission]


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def factory(engine: Engine) -> SessionFactory:
    return make_session_factory(engine)


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with factory() as session:
        yield session


@pytest.fixture
def send(factory: SessionFactory) -> Send:
    """Store a submission and approve it, unless told not to."""

    def make(
        *stated: Observation, at: datetime = NOON, approved: bool = True, content: bytes = b"xlsx"
    ) -> submissions.Submission:
        digest = hashlib.sha256(content).hexdigest()

        def work(session: Session) -> submissions.Submission:
            submissions.keep_file(session, digest, content, at)
            stored = submissions.add(session, new_submission(digest, at))
            observations.add(session, stored.id, stated)
            if approved:
                submissions.decide(session, stored.id, "approved", by="automatic", at=at)
                observations.put_in_force(session, stored.id)
            return stored

        return writing(factory, work)

    return make


def new_submission(digest: str, at: datetime) -> submissions.NewSubmission:
    return submissions.NewSubmission(
        reporter="183",
        form="A",
        period="2018-Q3",
        file_digest=digest,
        file_name="Cao Lộc.xlsx",
        template_version="2018.1",
        definitions_version="2018.1",
        outcome=Outcome.ACCEPTED,
        findings=(),
        note="",
        submitted_by="local",
        submitted_at=at,
    )


@pytest.fixture
def observed() -> Callable[..., Observation]:
    return make_observation


def make_observation(
    indicator: str = "road",
    value: str | None = "71.4",
    *,
    org_unit: str = "183",
    period: str = "2018-Q3",
    status: ObsStatus = ObsStatus.NORMAL,
) -> Observation:
    return Observation(
        indicator=indicator,
        org_unit=org_unit,
        period=Period.parse(period),
        value=None if value is None else Decimal(value),
        status=status,
        basis="",
        raw=str(value),
        at=CellAddress("Quý 3", "F9"),
    )


def stated(rows: Sequence[Observation]) -> list[tuple[str, Decimal | None]]:
    return [(row.indicator, row.value) for row in rows]
