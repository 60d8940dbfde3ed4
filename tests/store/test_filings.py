"""What came in and how much it is usually corrected, on both databases, as of any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kpi.completeness import Stage
from kpi.observations import Observation, ObsStatus
from store import filings, revisions, submissions
from store.engine import Session, SessionFactory, writing

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Observed = Callable[..., Observation]
Send = Callable[..., submissions.Submission]


@pytest.fixture
def corrected(factory: SessionFactory, send: Send, observed: Observed) -> None:
    """Sent at noon, corrected after two days and withdrawn after four; the third waits."""
    send(observed("road", "70"), observed("poor", None, status=ObsStatus.MISSING))
    second = send(observed("road", "77"), at=NOON + 2 * DAY)
    send(observed("road", "99"), at=NOON + 3 * DAY, approved=False)

    def take_back(session: Session) -> None:
        submissions.withdraw(session, second.id, by="local", at=NOON + 4 * DAY, reason="nhầm")

    writing(factory, take_back)


@pytest.mark.parametrize(
    ("days", "stages"),
    [
        (-1, []),
        (0, [Stage.APPROVED]),
        (3, [Stage.APPROVED, Stage.APPROVED, Stage.WAITING]),
        (4, [Stage.APPROVED, Stage.TAKEN_BACK, Stage.WAITING]),
    ],
)
def test_each_submission_as_it_stood(
    corrected: None, session: Session, days: int, stages: list[Stage]
) -> None:
    found = filings.filed(session, ["2018-Q3"], NOON + days * DAY)
    assert [one.stage for one in found.get(("183", "2018-Q3"), [])] == stages


def test_not_available_is_no_answer(corrected: None, session: Session) -> None:
    first = filings.filed(session, ["2018-Q3"])["183", "2018-Q3"][0]
    assert first.received_on == date(2018, 10, 5)
    assert first.answers.given == {("road", "183", "2018-Q3")}
    assert first.answers.blank == {("poor", "183", "2018-Q3")}
    assert filings.filed(session, ["2018-Q2"]) == {}


@pytest.mark.parametrize(
    ("days", "usual"),
    [(1, {}), (2, {"183": Decimal("0.1")}), (3, {"183": Decimal("0.1")}), (4, {}), (None, {})],
)
def test_the_usual_revision_counts_what_was_approved_then(
    corrected: None, session: Session, days: int | None, usual: dict[str, Decimal]
) -> None:
    moment = None if days is None else NOON + days * DAY
    assert revisions.usual(session, ["183"], ["2018-Q3"], moment) == usual


def test_the_usual_revision_is_the_median_of_corrections(
    session: Session, send: Send, observed: Observed
) -> None:
    send(*(observed(name, "100") for name in ("a", "b", "c", "same")), observed("none", "0"))
    send(observed("a", "101"), observed("b", "98"), observed("c", "150"), observed("same", "100"),
         observed("none", "5"), at=NOON + DAY)  # fmt: skip
    assert revisions.usual(session, ["183"], ["2018-Q3"]) == {"183": Decimal("0.02")}
    assert revisions.usual(session, ["184"], ["2018-Q3"]) == {}
