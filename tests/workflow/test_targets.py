"""Targets are laid down once, replaced when they change, and never overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kpi.findings import NotAllowed
from kpi.targets import Direction, Edges, Target, TargetKind
from store import settings, targets
from store.engine import Session, SessionFactory
from workflow.actors import AUTOMATIC_APPROVER, LOCAL_USER, START_UP
from workflow.targets import Adoption, adopt, adopted_from, revise

NOON = datetime(2018, 7, 2, 5, 0, tzinfo=UTC)
JULY = date(2018, 7, 2)
ROAD = Target(
    indicator="road_hardening_rate",
    org_unit="20",
    year=2018,
    kind=TargetKind.AT_LEAST,
    direction=Direction.INCREASE,
    edges=Edges(low=Decimal(76)),
    basis="rate",
    clause="2.c",
    document="Quyết định 92/QĐ-UBND",
    in_force_from=date(2018, 1, 11),
)
CAO_LOC = replace(ROAD, org_unit="183", clause="", document="Minh họa", illustrative=True)


def lay_down(factory: SessionFactory, *wanted: Target, source: str = "") -> Adoption:
    return adopt(factory, START_UP, wanted, at=NOON, on=JULY, source=source)


def test_nothing_to_adopt_is_no_event(factory: SessionFactory, session: Session) -> None:
    assert lay_down(factory) == Adoption(0, 0, 0)
    assert settings.data_version(session) == 0


def test_who_may_not_lay_down_targets_is_refused(factory: SessionFactory, session: Session) -> None:
    with pytest.raises(NotAllowed, match="not_your_role"):
        adopt(factory, AUTOMATIC_APPROVER, [ROAD], at=NOON, on=JULY)

    assert targets.in_force(session, 2018, JULY) == []


def test_a_first_target_is_in_force_from_its_own_day(
    factory: SessionFactory, session: Session
) -> None:
    assert lay_down(factory, ROAD, CAO_LOC) == Adoption(added=2, replaced=0, dropped=0)

    assert targets.in_force(session, 2018, date(2018, 1, 11)) == [ROAD, CAO_LOC]
    assert targets.in_force(session, 2018, date(2018, 1, 10)) == []


def test_a_first_target_is_known_from_the_first_hour_of_its_day_in_the_province(
    factory: SessionFactory, session: Session
) -> None:
    lay_down(factory, ROAD)
    midnight = datetime(2018, 1, 10, 17, 0, tzinfo=UTC)

    assert targets.in_force(session, 2018, date(2018, 1, 11), midnight) == [ROAD]
    assert targets.recorded(session, 2018, midnight - timedelta(seconds=1)) == []


def test_adopting_the_same_again_changes_nothing(factory: SessionFactory, session: Session) -> None:
    lay_down(factory, ROAD, CAO_LOC, source="one")
    version = settings.data_version(session)
    session.rollback()

    assert lay_down(factory, ROAD, CAO_LOC, source="two") == Adoption(0, 0, 0)
    assert settings.data_version(session) == version
    assert adopted_from(settings.read_all(session)) == "two"


def test_a_changed_edge_becomes_a_new_row(factory: SessionFactory, session: Session) -> None:
    lay_down(factory, ROAD, CAO_LOC)

    changed = replace(ROAD, edges=Edges(low=Decimal(78)))
    assert lay_down(factory, changed, CAO_LOC) == Adoption(added=0, replaced=1, dropped=0)

    history = targets.history(session, "road_hardening_rate", "20", 2018)
    assert [(one.target.value, one.target.in_force_from, one.replaced_on) for one in history] == [
        (Decimal(76), date(2018, 1, 11), JULY),
        (Decimal(78), JULY, None),
    ]
    assert ROAD in targets.in_force(session, 2018, date(2018, 7, 1))
    assert ROAD not in targets.in_force(session, 2018, JULY)


def test_a_target_that_is_gone_was_in_force_until_now(
    factory: SessionFactory, session: Session
) -> None:
    lay_down(factory, ROAD, CAO_LOC)

    assert lay_down(factory, ROAD) == Adoption(added=0, replaced=0, dropped=1)
    assert targets.in_force(session, 2018, JULY) == [ROAD]
    assert targets.in_force(session, 2018, date(2018, 7, 1)) == [ROAD, CAO_LOC]


def test_the_targets_of_another_year_are_left_alone(
    factory: SessionFactory, session: Session
) -> None:
    lay_down(factory, ROAD)

    lay_down(factory, replace(ROAD, year=2019))

    assert targets.in_force(session, 2018, JULY) == [ROAD]


# --- revised within the year ------------------------------------------------------------


def test_a_decision_outlives_the_files(factory: SessionFactory, session: Session) -> None:
    lay_down(factory, ROAD, CAO_LOC)
    revised = replace(ROAD, edges=Edges(Decimal(78)))

    revise(factory, LOCAL_USER, revised, decision="QĐ 1500", on=JULY, at=NOON)
    lay_down(factory, replace(ROAD, edges=Edges(Decimal(99))), CAO_LOC)

    old, new = targets.history(session, ROAD.indicator, ROAD.org_unit, 2018)
    assert (old.target, old.replaced_on) == (ROAD, JULY)
    assert (new.target.edges.low, new.decision, new.target.document) == (78, "QĐ 1500", "QĐ 1500")
    assert new.recorded_by == "local"


def test_a_revision_needs_a_decision_and_something_to_revise(factory: SessionFactory) -> None:
    with pytest.raises(LookupError):
        revise(factory, LOCAL_USER, ROAD, decision="QĐ 1500", on=JULY, at=NOON)
    lay_down(factory, ROAD)
    with pytest.raises(NotAllowed, match="no_decision"):
        revise(factory, LOCAL_USER, ROAD, decision=" ", on=JULY, at=NOON)
