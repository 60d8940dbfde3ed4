"""The plan workbook: old beside new, laid down as its decision's, all of it or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import ALL, Answers
from kpi.findings import NotAllowed, NotExplained, SubmissionRejected
from kpi.permissions import Actor
from kpi.plans import PlanReceipt
from kpi.targets import Direction, Edges, Target, TargetKind
from loaders.opening import open_book
from loaders.plan_book import PlanBook, read_plan
from store import submissions, targets
from store.engine import Session, SessionFactory
from tests.loaders import own_tables
from workflow.actors import AUTOMATIC_APPROVER, LOCAL_USER, START_UP
from workflow.plan_books import adopt_plan, blank_plan, handed_down, inspect_plan
from workflow.targets import adopt, hand_down

DATA = own_tables.handed_down()
NOON = datetime(2018, 1, 2, 5, 0, tzinfo=UTC)
DECIDED = date(2017, 12, 12)
MADE_UP = Target(
    indicator="budget_revenue",
    org_unit="183",
    year=2018,
    kind=TargetKind.AT_LEAST,
    direction=Direction.INCREASE,
    edges=Edges(low=Decimal(350)),
    basis="district_revenue",
    clause="",
    document="Minh họa",
    assigned_by="tỉnh giao",
    illustrative=True,
    in_force_from=date(2018, 1, 1),
)


@pytest.fixture
def plan(definitions: Definitions, org_units: OrgUnits) -> PlanBook:
    book = open_book(DATA, "giao.xlsx")
    found = read_plan(book, "giao.xlsx", "d", definitions, org_units)
    assert found is not None
    return found


def standing(factory: SessionFactory, target: Target = MADE_UP) -> None:
    adopt(factory, START_UP, [target], at=NOON, on=date(2018, 1, 1))


def laid_down(
    factory: SessionFactory, plan: PlanBook, actor: Actor = LOCAL_USER, **said: Answers
) -> PlanReceipt:
    """The plan looked at and adopted at once."""
    with factory() as session:
        seen = inspect_plan(session, plan)
    return adopt_plan(factory, actor, seen, DATA, at=NOON, **said)


def in_force(session: Session, on: date = date(2018, 12, 31)) -> dict[tuple[str, str], Target]:
    found = targets.in_force(session, 2018, on)
    return {(one.indicator, one.org_unit): one for one in found}


def test_the_preview_sets_old_beside_new_and_stores_nothing(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    standing(factory)
    changes = {
        (one.new.indicator, one.new.org_unit): one for one in inspect_plan(session, plan).changes
    }

    revenue = changes["budget_revenue", "183"]
    assert (revenue.old, revenue.new.edges.low, revenue.differs) == (MADE_UP, 269, True)
    assert (str(revenue.at), changes["budget_revenue", "178"].old) == ("Giao KH!E5", None)
    assert len(changes) == 11
    assert in_force(session) == {("budget_revenue", "183"): MADE_UP}


def test_adopting_lays_down_what_the_decision_names(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    other = replace(MADE_UP, indicator="poverty_rate", kind=TargetKind.AT_MOST,
                    direction=Direction.DECREASE, edges=Edges(high=Decimal(20)))  # fmt: skip
    adopt(factory, START_UP, [MADE_UP, other], at=NOON, on=date(2018, 1, 1))

    done = laid_down(factory, plan)

    assert (done.added, done.replaced) == (10, 1)
    found = in_force(session)
    revenue = found["budget_revenue", "183"]
    assert (revenue.edges.low, revenue.document) == (269, "2345/QĐ-UBND ngày 12/12/2017")
    assert not revenue.illustrative
    assert revenue.in_force_from == date(2018, 1, 1)  # where the made-up one began
    assert found["traffic_accidents", "178"].kind is TargetKind.BELOW_PREVIOUS
    assert found["traffic_accidents", "178"].in_force_from == DECIDED
    assert found["poverty_rate", "183"] == other
    assert [one.edges.low for one in history(session)] == [350, 269]


def history(session: Session) -> list[Target]:
    return [one.target for one in targets.history(session, "budget_revenue", "183", 2018)]


def test_adopting_the_same_again_changes_nothing(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    laid_down(factory, plan)

    assert laid_down(factory, plan).changed == 0
    assert len(history(session)) == 1
    assert inspect_plan(session, plan).differing == ()
    assert len(handed_down(session, 2018)) == 1


def test_the_receipt_names_the_decision_and_the_workbook_is_kept(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    receipt = laid_down(factory, plan)

    assert handed_down(session, 2018) == [receipt]
    assert handed_down(session, 2017) == []
    assert (receipt.decision, receipt.in_force_from) == (plan.decision, DECIDED)
    assert submissions.file_content(session, receipt.digest) == DATA


def test_a_warning_has_to_be_explained_and_what_was_said_is_kept(
    factory: SessionFactory, session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    rows = [["GIAO CHỈ TIÊU NĂM 2018"], ["Quyết định số 9/QĐ-UBND ngày 02/01/2018"],
            ["STT", "Chỉ tiêu", "ĐVT", "Cao Lộc"],
            [1, "Thu ngân sách nhà nước", "tỷ đồng", "269"]]  # fmt: skip
    book = open_book(own_tables.book_of(rows), "giao.xlsx")
    plan = read_plan(book, "giao.xlsx", "d", definitions, org_units)
    assert plan is not None
    with pytest.raises(NotExplained):
        laid_down(factory, plan)
    assert in_force(session) == {}
    session.rollback()  # and see what follows

    laid_down(factory, plan, answers=Answers(explanations={ALL: "đã so với quyết định"}))

    assert [one.explained for one in handed_down(session, 2018)] == [
        "Sheet1!D4: đã so với quyết định"
    ]


def test_targets_that_changed_since_they_were_seen_are_looked_at_again(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    seen = inspect_plan(session, plan)
    session.rollback()
    standing(factory)
    with pytest.raises(NotAllowed, match="targets_changed"):
        adopt_plan(factory, LOCAL_USER, seen, DATA, at=NOON)

    assert in_force(session) == {("budget_revenue", "183"): MADE_UP}


def test_files_no_longer_overrule_what_was_decided(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    laid_down(factory, plan)
    standing(factory)

    assert in_force(session)["budget_revenue", "183"].edges.low == 269


def test_an_older_decision_does_not_replace_a_newer_one(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    july = date(2018, 7, 1)
    newer = replace(MADE_UP, edges=Edges(low=Decimal(280)), illustrative=False)
    with factory.begin() as writing:
        hand_down(writing, [newer], decision="9/QĐ-UBND", on=july, by="x", at=NOON)
    with pytest.raises(NotAllowed, match="decision_older"):
        laid_down(factory, plan)

    assert [one.edges.low for one in history(session)] == [280]
    assert len(in_force(session)) == 1  # nothing of the older plan


def test_a_plan_with_an_error_lays_down_nothing(
    factory: SessionFactory, session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    book = open_book(own_tables.handed_down(decision=False), "giao.xlsx")
    undecided = read_plan(book, "giao.xlsx", "d", definitions, org_units)
    assert undecided is not None
    with pytest.raises(SubmissionRejected):
        laid_down(factory, undecided)

    assert in_force(session) == {}


def test_who_may_not_revise_targets_may_not_adopt_a_plan(
    factory: SessionFactory, session: Session, plan: PlanBook
) -> None:
    with pytest.raises(NotAllowed, match="not_your_role"):
        laid_down(factory, plan, AUTOMATIC_APPROVER)

    assert in_force(session) == {}


def test_without_a_decision_nothing_is_handed_down(session: Session) -> None:
    with pytest.raises(NotAllowed, match="no_decision"):
        hand_down(session, [MADE_UP], decision=" ", on=DECIDED, by="x", at=NOON)


def test_the_template_holds_what_stands(
    factory: SessionFactory, session: Session, definitions: Definitions, org_units: OrgUnits
) -> None:
    standing(factory)
    sheet = open_book(blank_plan(session, definitions, org_units, 2018), "a.xlsx").sheets[0]
    empty = open_book(blank_plan(None, definitions, org_units, 2018), "a.xlsx").sheets[0]

    assert [cell.value for cell in sheet.cells.values() if cell.value == 350] == [350]
    assert 350 not in [cell.value for cell in empty.cells.values()]
