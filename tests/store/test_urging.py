"""Questions and reminders on the way down and up: they go with their tables, nothing else does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError

from kpi.inquiries import Question, Step, Taken
from kpi.judgement import Status
from kpi.periods import Period
from kpi.reminders import Channel, Outcome, Reminder, Rung
from store import inquiries, migrate, reminders, settings
from store.engine import SessionFactory, writing
from store.urging_schema import inquiry_step

NOON = datetime(2018, 10, 10, 5, 0, tzinfo=UTC)
DUE = date(2018, 10, 17)
QUESTION = Question("road", "183", Period(2018, 3), "Vì sao?", DUE, Status.OFF_TRACK)
SENT = Reminder(
    Rung("183", Period(2018, 3), date(2018, 10, 5), 1), Channel.MAIL, Outcome.BEGUN, "a@b", "x",
    NOON,
)  # fmt: skip


def fill(factory: SessionFactory) -> int:
    def work(session) -> int:
        number = inquiries.add(session, QUESTION, "183", by="x", at=NOON)
        inquiries.add_step(session, number, Taken(Step.ANSWER, "Do mưa", "y", NOON))
        reminders.add(session, SENT)
        settings.put(session, "kept", "yes")
        return number

    return writing(factory, work)


def test_they_go_with_their_tables_and_nothing_else_does(
    engine: Engine, factory: SessionFactory
) -> None:
    fill(factory)
    migrate.downgrade(engine, "0009")
    assert {"inquiry", "inquiry_step", "reminder"}.isdisjoint(inspect(engine).get_table_names())
    migrate.upgrade(engine)
    with factory() as session:
        assert inquiries.every(session) == []
        assert reminders.of_periods(session, ["2018-Q3"]) == []
        assert settings.read_all(session)["kept"] == "yes"
    fill(factory)
    with factory() as session:
        assert [one.question for one in inquiries.every(session)] == [QUESTION]
        assert reminders.of_periods(session, ["2018-Q3"]) == [SENT]


def test_the_tables_themselves_take_no_step_twice(factory: SessionFactory) -> None:
    number = fill(factory)
    again = {
        "inquiry_id": number, "number": 1, "step": "accept", "said": "", "taken_by": "z",
        "taken_at": NOON,
    }  # fmt: skip
    for work in (
        lambda session: session.execute(inquiry_step.insert().values(again)),
        lambda session: reminders.add(session, SENT),
    ):
        with pytest.raises(IntegrityError):
            writing(factory, work)
