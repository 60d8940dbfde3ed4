"""Own and verified points: whose act each is, what they may say, and that they move no rank."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from kpi.plan_years import PlanYear, PlanYears
from kpi.score_sheets import Given, Voice
from reports.standing import Standing
from reports.standing_json import as_document, digest
from store.engine import Session, SessionFactory
from store.schema import audit_event
from workflow.scores import give
from workflow.standings import Ground, close_year, standing_at

NOON = datetime(2018, 10, 12, 5, 0, tzinfo=UTC)
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
REPORTER = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
BOTH = replace(REPORTER, id="ca-hai", roles=REPORTER.roles | SECRETARY.roles)
OWN = Given("2018-Q3", "183", "exemplars", Voice.SELF, Decimal(2), "đã có quyết định, chờ ghi sổ")
VERIFIED = replace(OWN, voice=Voice.VERIFIED, points=Decimal(1), note="mới có một quyết định")


@pytest.fixture
def ground(root: Path, definitions: Definitions, org_units: OrgUnits) -> Ground:
    rules = (root / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8")
    years = PlanYears((PlanYear(definitions),))
    return Ground(rules, lambda _session, _as_of: years, org_units)


def standing(session: Session, ground: Ground, code: str = "2018-Q3") -> Standing:
    session.rollback()  # the snapshot read before
    found = standing_at(session, ground, Period.parse(code), as_of=None, today=local_date(NOON))
    assert found is not None
    return found


def test_both_stand_beside_the_points_and_move_nothing(
    factory: SessionFactory, session: Session, ground: Ground
) -> None:
    before = digest(standing(session, ground))
    give(factory, REPORTER, ground, [OWN], at=NOON)
    give(factory, SECRETARY, ground, [VERIFIED], at=NOON)
    give(factory, REPORTER, ground, [replace(OWN, points=Decimal("1.5"))], at=NOON)
    found = standing(session, ground)
    assert found.sheet("183").own["exemplars"].points == Decimal("1.5")
    assert found.sheet("183").verified["exemplars"].note == "mới có một quyết định"
    assert digest(found) == before
    assert as_document(found)["scores"]["183"]["verified"]["total"] == "1"
    events = session.execute(select(audit_event.c.act, audit_event.c.subject)).all()
    assert [tuple(one) for one in events] == [
        ("standing.self_score", "183 2018-Q3"),
        ("standing.verify_score", "183 2018-Q3"),
        ("standing.self_score", "183 2018-Q3"),
    ]


@pytest.mark.parametrize(
    ("actor", "given", "reason"),
    [
        (REPORTER, replace(OWN, org_unit="184"), "not_your_reporter"),
        (REPORTER, VERIFIED, "not_your_role"),
        (BOTH, VERIFIED, "own_score"),
        (SECRETARY, OWN, "not_your_role"),
        (REPORTER, replace(OWN, note=""), "score_note"),
        (REPORTER, replace(OWN, points=Decimal(3)), "score_points"),
        (REPORTER, replace(OWN, criterion="nothing"), "score_criterion"),
        (REPORTER, replace(OWN, criterion="budget_revenue"), "score_not_counted"),
        (REPORTER, replace(OWN, period="2017-Q3"), "standing_without_rules"),
    ],
)
def test_what_may_not_be_said_is_refused_and_nothing_is_kept(
    factory: SessionFactory, session: Session, ground: Ground, actor: Actor, given: Given,
    reason: str,
) -> None:  # fmt: skip
    if given.period.startswith("2017"):
        ground = replace(ground, rules=None)
    with pytest.raises(NotAllowed) as refused:
        give(factory, actor, ground, [given], at=NOON)
    assert refused.value.reason == reason
    event = session.execute(select(audit_event.c.outcome)).one()
    assert event.outcome == "refused"
    if ground.rules is not None:
        assert standing(session, ground).sheets == {}


def test_nobody_verifies_what_they_gave_themselves(
    factory: SessionFactory, session: Session, ground: Ground
) -> None:
    """Not even after the unit was taken from them; another's unit and another person's they may."""
    give(factory, REPORTER, ground, [OWN], at=NOON)
    moved = replace(BOTH, id=REPORTER.id, reporters=frozenset({"184"}))
    with pytest.raises(NotAllowed) as refused:
        give(factory, moved, ground, [VERIFIED], at=NOON)
    assert refused.value.reason == "own_score"
    give(factory, replace(moved, id="khac"), ground, [VERIFIED], at=NOON)
    assert standing(session, ground).sheet("183").verified["exemplars"].said_by == "khac"


def test_of_a_closed_year_nothing_more_is_said(
    factory: SessionFactory, session: Session, ground: Ground
) -> None:
    close_year(factory, SECRETARY, ground, 2018, decision="1/QĐ", at=NOON)
    with pytest.raises(NotAllowed) as refused:
        give(factory, REPORTER, ground, [OWN], at=NOON)
    assert refused.value.reason == "score_closed"


def test_a_sheet_is_kept_whole_or_not_at_all(
    factory: SessionFactory, session: Session, ground: Ground
) -> None:
    with pytest.raises(NotAllowed):
        give(factory, REPORTER, ground, [OWN, replace(OWN, criterion="nothing")], at=NOON)
    assert standing(session, ground).sheets == {}
