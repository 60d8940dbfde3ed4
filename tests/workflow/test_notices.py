"""Mails about explanations: to whom, once, kept, tried again, and never in the way of the step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.inquiries import Question
from kpi.judgement import Status
from kpi.notices import Notice
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from kpi.plan_years import PlanYear, PlanYears
from kpi.sendings import Outcome
from reports.inquiry_letters import as_text
from reports.inquiry_words import InquiryWords
from store import accounts, inquiries, notices
from store.accounts import NewAccount
from store.engine import Session, SessionFactory
from store.schema import audit_event
from tests.workflow.mail_server import PASSWORD, Mailbox, serving
from workflow import inquiries as acts
from workflow.notices import Telling, tell
from workflow.post import Letter

NOON = datetime(2018, 10, 10, 5, 0, tzinfo=UTC)
LEADER = Actor("lanh-dao", "Lãnh đạo", frozenset({ActorRole.LEADER}))
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
UNIT = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
ADDRESS = "https://kpi.example.vn"

Tell = Callable[..., Notice | None]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def telling(mailbox: Mailbox, definitions: Definitions, org_units: OrgUnits) -> Iterator[Telling]:
    years = PlanYears((PlanYear(definitions),))
    words = InquiryWords(years, org_units, "vi", NOON.date())
    with serving(mailbox) as mail:
        yield Telling(mail, lambda one: Letter(*as_text(one, words, ADDRESS)))


@pytest.fixture
def asked(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> int:
    """A question to Cao Lộc, whose people and whose asker have addresses."""
    with factory() as session:
        for new in (
            NewAccount("cao-loc", "CL", UNIT.roles, UNIT.reporters, email="caoloc@langson.gov.vn"),
            NewAccount("lanh-dao", "LĐ", LEADER.roles, email="lanhdao@langson.gov.vn"),
            NewAccount("thi-dua", "TĐ", SECRETARY.roles),
        ):
            accounts.add(session, new, by="x", at=NOON)
        session.commit()
    question = Question(
        "budget_revenue", "183", Period(2018, 3), "Vì sao chậm?", date(2018, 10, 17),
        Status.OFF_TRACK,
    )  # fmt: skip
    return acts.ask(
        factory, LEADER, question, definitions=definitions, org_units=org_units, at=NOON
    )


@pytest.fixture
def told(factory: SessionFactory, telling: Telling, asked: int) -> Tell:
    def make(telling: Telling = telling, **more: Actor) -> Notice | None:
        return tell(factory, telling, asked, now=lambda: NOON, **more)

    return make


@pytest.fixture
def answered(
    factory: SessionFactory, asked: int, definitions: Definitions, org_units: OrgUnits
) -> Callable[[], object]:
    return lambda: acts.answer(
        factory, UNIT, asked, "Do mưa lũ", definitions=definitions, org_units=org_units, at=NOON
    )


def test_the_unit_hears_of_the_question_and_who_asked_of_the_answer(
    factory: SessionFactory, session: Session, mailbox: Mailbox, asked: int, told: Tell,
    answered: Callable[[], object],
) -> None:  # fmt: skip
    told()
    answered()
    told()
    acts.return_(factory, SECRETARY, asked, "Nêu rõ dự án", at=NOON)
    told()
    assert [one["To"] for one in mailbox.took] == [
        "caoloc@langson.gov.vn",
        "lanhdao@langson.gov.vn",
        "caoloc@langson.gov.vn, lanhdao@langson.gov.vn",  # somebody else sent it back
    ]
    question, answer, returned = (str(one.get_body().get_content()) for one in mailbox.took)
    assert "Nội dung yêu cầu: Vì sao chậm?" in question
    assert "Cao Lộc trả lời trước hết ngày 17/10/2018." in question
    assert f"{ADDRESS}/giai-trinh?so={asked}" in question
    assert "Trả lời: Do mưa lũ" in answer
    assert "Ý kiến: Nêu rõ dự án" in returned
    assert [one["Subject"] for one in mailbox.took] == [
        f"Yêu cầu giải trình số {asked}",
        f"Trả lời yêu cầu giải trình số {asked}",
        f"Đề nghị bổ sung giải trình số {asked}",
    ]
    kept = notices.of_inquiry(session, asked)
    assert [(one.place, one.outcome.value) for one in kept] == [
        (place, outcome) for place in (0, 1, 2) for outcome in ("begun", "sent")
    ]
    logged = session.scalars(select(audit_event.c.act).where(audit_event.c.actor == "postman"))
    assert logged.all() == ["inquiry.notify"] * 6
    assert not any(PASSWORD in one for one in session.scalars(select(audit_event.c.details)))


def test_a_mail_that_failed_leaves_the_question_and_is_sent_again_by_who_may(
    session: Session, mailbox: Mailbox, telling: Telling, asked: int, told: Tell
) -> None:
    broken = replace(telling, mail=replace(telling.mail, port=1))
    failed = told(broken)
    assert failed is not None and failed.outcome is Outcome.FAILED
    assert "ConnectionRefusedError" in failed.detail
    assert inquiries.get(session, asked) is not None
    with pytest.raises(NotAllowed, match="not_your_role"):
        told(actor=UNIT)
    again = told(actor=LEADER)
    assert again is not None and (again.outcome, again.attempt) == (Outcome.SENT, 2)
    with pytest.raises(NotAllowed, match="already_told"):
        told(actor=LEADER)
    assert len(mailbox.took) == 1


def test_nobody_to_tell_is_no_fault(
    factory: SessionFactory, session: Session, mailbox: Mailbox, asked: int, told: Tell,
    answered: Callable[[], object],
) -> None:  # fmt: skip
    with factory() as writing:
        for one in accounts.listed(writing):
            accounts.change(writing, one.id, replace(one, email=None), active=True)
        writing.commit()
    assert told() is None
    answered()
    assert told() is None
    acts.accept(factory, LEADER, asked, at=NOON)
    assert told() is None  # of this nobody is told
    assert mailbox.took == []
    assert notices.of_inquiry(session, asked) == []
