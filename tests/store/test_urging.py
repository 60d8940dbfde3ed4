"""Questions, evidence, mails and reminders down and up: they go with their tables, nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError

from kpi.evidence import Kind
from kpi.inquiries import Question, Step, Taken
from kpi.judgement import Status
from kpi.milestones import State, Word
from kpi.notices import Notice
from kpi.periods import Period
from kpi.reminders import Channel, Reminder, Rung
from kpi.sendings import Outcome
from store import evidence, inquiries, migrate, milestones, notices, reminders, settings
from store.engine import SessionFactory, writing
from store.evidence import NewEvidence, Place
from store.urging_schema import inquiry_step

NOON = datetime(2018, 10, 10, 5, 0, tzinfo=UTC)
DUE = date(2018, 10, 17)
QUESTION = Question("road", "183", Period(2018, 3), "Vì sao?", DUE, Status.OFF_TRACK)
SENT = Reminder(
    Rung("183", Period(2018, 3), date(2018, 10, 5), 1), Channel.MAIL, Outcome.BEGUN, "a@b", "x",
    NOON,
)  # fmt: skip


TOLD = Notice(1, 0, Outcome.BEGUN, "a@b", "x", NOON)
PLAN = NewEvidence("Kế hoạch 7.pdf", Kind.PDF, b"%PDF-1.7", "d" * 64)


def fill(factory: SessionFactory) -> int:
    def work(session) -> int:
        number = inquiries.add(session, QUESTION, "183", by="x", at=NOON)
        step = inquiries.add_step(session, number, Taken(Step.ANSWER, "Do mưa", "y", NOON))
        word = milestones.add(session, 2018, Word("zone", State.NOT_STARTED, 0, said_at=NOON))
        evidence.add(session, PLAN, Place(number, step), by="y", at=NOON)
        evidence.add(session, PLAN, Place(milestone=word), by="y", at=NOON)
        notices.add(session, replace(TOLD, inquiry=number))
        reminders.add(session, SENT)
        settings.put(session, "kept", "yes")
        return number

    return writing(factory, work)


def test_they_go_with_their_tables_and_nothing_else_does(
    engine: Engine, factory: SessionFactory
) -> None:
    fill(factory)
    migrate.downgrade(engine, "0009")
    gone = {"inquiry", "inquiry_step", "reminder", "evidence", "notice"}
    assert gone.isdisjoint(inspect(engine).get_table_names())
    migrate.upgrade(engine)
    with factory() as session:
        assert inquiries.every(session) == []
        assert reminders.of_periods(session, ["2018-Q3"]) == []
        assert settings.read_all(session)["kept"] == "yes"
    number = fill(factory)
    with factory() as session:
        (known,) = inquiries.every(session)
        (file,) = known.steps[0].files
        assert (file.name, file.kind, file.size) == (PLAN.name, PLAN.kind, 8)
        assert evidence.content(session, file) == PLAN.data
        assert milestones.newest(session, 2018)["zone"].files[-1].digest == PLAN.digest
        assert notices.of_inquiry(session, number) == [replace(TOLD, inquiry=number)]
        assert [one.question for one in inquiries.every(session)] == [QUESTION]
        assert reminders.of_periods(session, ["2018-Q3"]) == [SENT]


def test_the_tables_themselves_take_no_step_twice(factory: SessionFactory) -> None:
    number = fill(factory)
    again = {
        "inquiry_id": number, "number": 1, "step": "accept", "said": "", "taken_by": "z",
        "taken_at": NOON,
    }  # fmt: skip
    for work in (
        lambda session: evidence.add(session, PLAN, Place(number, 1), by="y", at=NOON),
        lambda session: evidence.add(session, PLAN, Place(), by="y", at=NOON),  # of nothing
        lambda session: notices.add(session, replace(TOLD, inquiry=number)),
        lambda session: session.execute(inquiry_step.insert().values(again)),
        lambda session: reminders.add(session, SENT),
    ):
        with pytest.raises(IntegrityError):
            writing(factory, work)
