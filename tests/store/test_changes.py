"""What changed since a moment, out of the tables of both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from kpi.ledger import Kind, changes_since
from kpi.targets import Direction, Edges, Target, TargetKind
from store import changes, submissions, targets
from store.engine import Session, SessionFactory, writing
from store.observations import take_out_of_force
from tests.store.conftest import NOON, Send, make_observation

HOUR = timedelta(hours=1)
FIRST = Target(
    indicator="road", org_unit="183", year=2018, kind=TargetKind.AT_LEAST,
    direction=Direction.INCREASE, edges=Edges(low=Decimal(70)), basis="", clause="2.d",
    document="Minh họa", in_force_from=date(2018, 1, 1),
)  # fmt: skip


def told(session: Session, since: datetime) -> list[tuple[Kind, Decimal | None, Decimal | None]]:
    return [
        (one.kind, one.old.value if one.old else None, one.new.value if one.new else None)
        for one in changes_since(changes.vintages_touched(session, since), since)
    ]


def test_a_withdrawal_tells_the_value_that_came_back(
    send: Send, session: Session, factory: SessionFactory
) -> None:
    send(make_observation("road", "70.1"), make_observation("poor", "12"))
    wrong = send(make_observation("road", "71.4"), at=NOON + HOUR, content=b"2")

    def withdraw(session: Session) -> None:
        at = NOON + 2 * HOUR
        submissions.withdraw(session, wrong.id, by="local", at=at, reason="nhầm")
        take_out_of_force(session, wrong.id)

    writing(factory, withdraw)

    assert told(session, NOON) == [
        (Kind.WITHDRAWN, Decimal("71.4"), Decimal("70.1")),
        (Kind.CORRECTED, Decimal("70.1"), Decimal("71.4")),
    ]
    (newest, *_) = changes_since(changes.vintages_touched(session, NOON), NOON)
    assert (newest.by, newest.why, newest.at) == ("local", "nhầm", NOON + 2 * HOUR)
    assert told(session, NOON + 2 * HOUR) == []


def test_what_waits_or_was_returned_is_no_change(send: Send, session: Session) -> None:
    send(make_observation("road", "70.1"), approved=False)

    assert told(session, NOON - HOUR) == []


def test_a_revised_target_tells_old_new_and_the_decision(
    session: Session, factory: SessionFactory
) -> None:
    later = NOON + HOUR

    def revise(session: Session) -> None:
        targets.add(session, FIRST, by="start-up", at=NOON)
        (standing,) = targets.not_replaced(session, 2018)
        targets.replace(session, standing.id, later.date(), at=later)
        new = replace(FIRST, edges=Edges(low=Decimal(75)), in_force_from=later.date())
        targets.add(session, new, by="local", at=later, decision="1872/QĐ-UBND")

    writing(factory, revise)

    (found,) = changes.targets_changed(session, NOON)
    assert found.old is not None
    assert (found.old.value, found.new and found.new.value) == (Decimal(70), Decimal(75))
    assert (found.by, found.decision, found.at) == ("local", "1872/QĐ-UBND", later)
    assert changes.targets_changed(session, later) == []


def test_a_target_first_given_by_a_decision_is_told(
    session: Session, factory: SessionFactory
) -> None:
    def give(session: Session) -> None:
        targets.add(session, FIRST, by="start-up", at=NOON + HOUR)  # the files', no news
        other = replace(FIRST, org_unit="184")
        targets.add(session, other, by="local", at=NOON + HOUR, decision="1872/QĐ-UBND")

    writing(factory, give)

    (found,) = changes.targets_changed(session, NOON)
    assert (found.old, found.new and found.new.org_unit) == (None, "184")
    assert (found.decision, found.at) == ("1872/QĐ-UBND", NOON + HOUR)
