"""As it was known on a day: what was approved later, or withdrawn, makes no difference."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kpi.observations import Observation
from kpi.targets import Direction, Edges, Target, TargetKind
from store import lookups, series, submissions, targets
from store.engine import Session, SessionFactory, writing

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Observed = Callable[..., Observation]
Send = Callable[..., submissions.Submission]
ROAD = ("road", "183", "2018-Q3")


@pytest.fixture
def corrected(factory: SessionFactory, send: Send, observed: Observed) -> None:
    """Sent at noon, corrected two days later, the correction withdrawn after four."""
    send(observed("road", "70.1"), observed("poor", "12"))
    second = send(observed("road", "71.4"), at=NOON + 2 * DAY)
    send(observed("road", "99"), at=NOON + 3 * DAY, approved=False)

    def take_back(session: Session) -> None:
        submissions.withdraw(session, second.id, by="local", at=NOON + 4 * DAY, reason="nhầm")

    writing(factory, take_back)


@pytest.mark.parametrize(
    ("days", "road"),
    [(-1, None), (0, "70.1"), (1, "70.1"), (2, "71.4"), (3, "71.4"), (4, "70.1"), (9, "70.1")],
)
def test_a_value_as_of_a_day(
    corrected: None, session: Session, days: int, road: str | None
) -> None:
    moment = NOON + days * DAY

    known = lookups.known(session, as_of=moment)

    assert (known[ROAD].value if ROAD in known else None) == (road and Decimal(road))
    frame = series.values(session, as_of=moment)
    assert list(frame.columns) == list(lookups.COLUMNS)
    assert len(frame) == (0 if road is None else 2)


def test_a_slice_as_of_a_day(corrected: None, session: Session) -> None:
    chosen = series.values(session, indicators=["poor"], org_units=["183"], as_of=NOON)

    assert list(chosen["value"]) == [Decimal(12)]
    of_the_unit = series.values(session, org_units=["183"], periods=["2018-Q3"], as_of=NOON + DAY)
    assert list(of_the_unit["indicator"]) == ["poor", "road"]
    assert list(of_the_unit["value"]) == [Decimal(12), Decimal("70.1")]
    assert series.values(session, periods=["2017-Q3"], as_of=NOON).empty


def target(low: str, **changed: object) -> Target:
    facts: dict[str, object] = {
        "indicator": "road", "org_unit": "20", "year": 2018, "kind": TargetKind.AT_LEAST,
        "direction": Direction.INCREASE, "edges": Edges(Decimal(low)), "basis": "x",
        "clause": "2.b", "document": "Phát động", "in_force_from": date(2018, 1, 11),
    }  # fmt: skip
    return Target(**{**facts, **changed})  # type: ignore[arg-type]


def test_a_revised_target_counts_from_the_moment_it_was_recorded(
    factory: SessionFactory, session: Session
) -> None:
    july, typed_in = date(2018, 7, 20), datetime(2018, 8, 15, tzinfo=UTC)

    def lay_down(session: Session) -> None:
        # typed in years later, and yet public since January
        targets.add(session, target("80"), by="start-up", at=datetime(2026, 1, 1, tzinfo=UTC))
        (first,) = targets.not_replaced(session, 2018)
        targets.replace(session, first.id, july, at=typed_in)
        revised = target("78", document="QĐ 1", in_force_from=july)
        targets.add(session, revised, by="local", at=typed_in, decision="QĐ 1")

    writing(factory, lay_down)

    def low(on: date, as_of: datetime | None) -> list[Decimal | None]:
        found = targets.in_force(session, 2018, on, as_of)
        return [one.edges.low for one in found]

    september = date(2018, 9, 30)
    assert low(september, None) == [78]
    assert low(september, datetime(2018, 8, 1, tzinfo=UTC)) == [80]
    assert low(september, typed_in) == [78]
    assert low(date(2018, 6, 30), None) == [80]  # an earlier assessment stays
    assert low(date(2018, 6, 30), typed_in) == [80]
    assert low(september, datetime(2018, 1, 1, tzinfo=UTC)) == []
