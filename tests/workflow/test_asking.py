"""Asking, answering and judging: kept, audited, one step at a time, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.inquiries import Inquiry, Question, State
from kpi.judgement import Status
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from store import inquiries
from store.engine import Session, SessionFactory
from store.schema import audit_event
from workflow.actors import LOCAL_USER
from workflow.inquiries import accept, answer, ask, return_, withdraw
from workflow.submissions import Receipt

NOON = datetime(2018, 10, 10, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=1)
LEADER = Actor("lanh-dao", "Lãnh đạo", frozenset({ActorRole.LEADER}))
UNIT = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
OTHER = replace(UNIT, id="loc-binh", reporters=frozenset({"184"}))
QUESTION = Question(
    "budget_revenue", "183", Period(2018, 3), " Vì sao chậm? ", date(2018, 10, 17),
    Status.OFF_TRACK, Decimal("71.4"),
)  # fmt: skip

Ask = Callable[..., int]
Answer = Callable[..., Inquiry]


@pytest.fixture
def asking(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> Ask:
    def make(question: Question = QUESTION, actor: Actor = LEADER, at: datetime = NOON) -> int:
        return ask(factory, actor, question, definitions=definitions, org_units=org_units, at=at)

    return make


@pytest.fixture
def answering(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> Answer:
    def make(
        number: int, text: str = "Do mưa lũ", *, actor: Actor = UNIT, submission: int | None = None
    ) -> Inquiry:
        return answer(
            factory, actor, number, text, definitions=definitions, org_units=org_units,
            at=LATER, submission=submission,
        )  # fmt: skip

    return make


def refused(doing: Callable[..., object], *args: object, **facts: object) -> str:
    with pytest.raises(NotAllowed) as caught:
        doing(*args, **facts)
    return caught.value.reason


def test_a_question_is_answered_returned_answered_and_accepted(
    factory: SessionFactory, session: Session, asking: Ask, answering: Answer
) -> None:
    number = asking()
    answering(number)
    return_(factory, LEADER, number, "Nêu rõ dự án", at=LATER)
    answering(number, " Dự án A, công văn 5 ")
    assert accept(factory, LEADER, number, at=LATER).state is State.ACCEPTED
    known = inquiries.get(session, number)
    assert known is not None
    assert known.question == replace(QUESTION, text="Vì sao chậm?")
    assert (known.owner, known.asked_by, known.asked_at) == ("183", "lanh-dao", NOON)
    assert [(one.step, one.said, one.by) for one in known.steps] == [
        ("answer", "Do mưa lũ", "cao-loc"),
        ("return", "Nêu rõ dự án", "lanh-dao"),
        ("answer", "Dự án A, công văn 5", "cao-loc"),
        ("accept", "", "lanh-dao"),
    ]
    acts = session.scalars(select(audit_event.c.act).order_by(audit_event.c.id)).all()
    assert acts == [f"explanation.{act}" for act in ("ask", "answer", "return", "answer", "accept")]


def test_what_came_later_was_not_known_then(
    factory: SessionFactory, session: Session, asking: Ask, answering: Answer
) -> None:
    answering(asking())
    assert [one.state for one in inquiries.every(session, NOON)] == [State.ASKED]
    assert inquiries.every(session, NOON - timedelta(seconds=1)) == []
    assert [one.state for one in inquiries.every(session)] == [State.ANSWERED]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (replace(QUESTION, text="  "), "no_question"),
        (replace(QUESTION, due=date(2018, 10, 9)), "due_passed"),
        (replace(QUESTION, org_unit="20", indicator="road_hardening_rate"), "no_owner"),
        (replace(QUESTION, org_unit="999"), "no_owner"),
        (replace(QUESTION, indicator="nothing"), "no_owner"),
    ],
)
def test_what_cannot_be_asked(
    session: Session, asking: Ask, question: Question, reason: str
) -> None:
    assert refused(asking, question) == reason
    assert inquiries.every(session) == []


def test_a_figure_has_one_open_question(
    factory: SessionFactory, asking: Ask, answering: Answer
) -> None:
    number = asking()
    assert refused(asking) == "already_asked"
    assert asking(replace(QUESTION, period=Period(2018, 2))) != number
    withdraw(factory, LEADER, number, at=LATER)
    assert asking() > number


def test_each_step_by_those_who_may(
    factory: SessionFactory, asking: Ask, answering: Answer
) -> None:
    reader = Actor("r", "R", frozenset({ActorRole.READER}))
    assert refused(asking, actor=reader) == "not_your_role"
    assert refused(asking, actor=UNIT) == "not_your_role"
    number = asking()
    assert refused(answering, number, actor=OTHER) == "not_your_reporter"
    assert refused(answering, number, actor=LEADER) == "not_your_role"
    answering(number)
    both = replace(UNIT, roles=frozenset({ActorRole.REPORTER, ActorRole.LEADER}))
    assert refused(accept, factory, both, number, at=LATER) == "own_answer"
    assert refused(return_, factory, OTHER, number, "x", at=LATER) == "not_your_role"


def test_a_step_out_of_turn_or_without_words_changes_nothing(
    factory: SessionFactory, session: Session, asking: Ask, answering: Answer
) -> None:
    number = asking()
    assert refused(accept, factory, LEADER, number, at=LATER) == "inquiry_moved"
    assert refused(answering, number, " ") == "nothing_said"
    answering(number)
    assert refused(answering, number) == "inquiry_moved"
    assert refused(return_, factory, LEADER, number, " ", at=LATER) == "nothing_said"
    known = inquiries.get(session, number)
    assert known is not None
    assert len(known.steps) == 1


def test_of_two_steps_at_once_exactly_one_is_taken(
    factory: SessionFactory, session: Session, asking: Ask, answering: Answer
) -> None:
    number = asking()
    answering(number)
    together, said = Barrier(2), []

    def take(doing: Callable[[], Inquiry]) -> None:
        together.wait()
        try:
            said.append(str(doing().state))
        except NotAllowed as caught:
            said.append(caught.reason)

    doings = (
        lambda: accept(factory, LEADER, number, at=LATER),
        lambda: return_(factory, LEADER, number, "Bổ sung", at=LATER),
    )
    threads = [Thread(target=take, args=(doing,)) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "inquiry_moved" in said
    assert len({"accepted", "returned"} & set(said)) == 1
    known = inquiries.get(session, number)
    assert known is not None
    assert len(known.steps) == 2


def test_a_correction_is_the_owners_report_of_this_figure_since_the_question(
    asking: Ask,
    answering: Answer,
    send: Callable[..., Receipt],
    form: Callable[..., bytes],
) -> None:
    before = send(form(every=Decimal(5)), actor=LOCAL_USER, at=NOON - timedelta(days=1))
    number = asking()
    assert refused(answering, number, submission=before.submission) == "wrong_correction"
    assert refused(answering, number, submission=999) == "wrong_correction"
    other = send(form("184", every=Decimal(5)), file_name="x.xlsx", at=LATER)
    assert refused(answering, number, submission=other.submission) == "wrong_correction"
    elsewhere = send(form(poverty_rate=Decimal(7)), at=LATER)
    assert refused(answering, number, submission=elsewhere.submission) == "wrong_correction"
    right = send(form(budget_revenue=Decimal(9)), at=LATER)
    known = answering(number, submission=right.submission)
    assert known.answers[0].submission == right.submission
