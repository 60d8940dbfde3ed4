"""Saying how a commitment stands: kept, audited, never overwritten, and free of contradictions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from kpi.definitions import Definitions
from kpi.findings import NotAllowed
from kpi.milestones import State, Word, days_late, late
from kpi.permissions import Actor, ActorRole
from store import milestones
from store.engine import Session, SessionFactory
from store.schema import audit_event
from workflow.actors import LOCAL_USER
from workflow.milestones import record

NOON = datetime(2018, 7, 5, 5, 0, tzinfo=UTC)
ZONE = "border_economic_zone"
BEGUN = Word(ZONE, State.IN_PROGRESS, 40, date(2018, 6, 30))


def test_the_newest_word_counts_and_the_others_stay(
    factory: SessionFactory, session: Session, definitions: Definitions
) -> None:
    record(factory, LOCAL_USER, definitions, BEGUN, at=NOON)
    done = replace(BEGUN, state=State.DONE, progress=100, evidence="  Báo cáo số 5  ")
    record(factory, LOCAL_USER, definitions, done, at=NOON + timedelta(days=1))
    assert [word.progress for word in milestones.every(session, 2018)] == [40, 100]
    assert milestones.newest(session, 2018)[ZONE].evidence == "Báo cáo số 5"
    assert milestones.newest(session, 2018, NOON)[ZONE].progress == 40
    assert milestones.newest(session, 2019) == {}
    events = session.execute(select(audit_event.c.act, audit_event.c.subject)).all()
    assert [tuple(one) for one in events] == [("milestone.record", ZONE)] * 2


@pytest.mark.parametrize(
    ("word", "code"),
    [
        (replace(BEGUN, commitment="nothing"), "no_commitment"),
        (replace(BEGUN, progress=101), "milestone_progress"),
        (replace(BEGUN, progress=-1), "milestone_progress"),
        (replace(BEGUN, state=State.NOT_STARTED), "milestone_not_started"),
        (replace(BEGUN, progress=100), "milestone_done"),
        (replace(BEGUN, state=State.DONE), "milestone_done"),
        (replace(BEGUN, state=State.DONE, progress=100), "milestone_evidence"),
        (replace(BEGUN, state=State.CANCELLED, evidence=" "), "milestone_evidence"),
    ],
)
def test_a_word_that_contradicts_itself_is_refused(
    factory: SessionFactory, session: Session, definitions: Definitions, word: Word, code: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        record(factory, LOCAL_USER, definitions, word, at=NOON)
    assert refused.value.reason == code
    assert milestones.every(session, 2018) == []


def test_a_reader_may_not(factory: SessionFactory, definitions: Definitions) -> None:
    reader = Actor("r", "R", frozenset({ActorRole.READER}))
    with pytest.raises(NotAllowed):
        record(factory, reader, definitions, BEGUN, at=NOON)


@pytest.mark.parametrize(
    ("word", "today", "days"),
    [
        (None, date(2018, 7, 5), 0),
        (BEGUN, date(2018, 6, 30), 0),
        (BEGUN, date(2018, 7, 5), 5),
        (replace(BEGUN, due=None), date(2018, 7, 5), 0),
        (replace(BEGUN, state=State.DONE, progress=100), date(2018, 7, 5), 0),
        (replace(BEGUN, state=State.CANCELLED), date(2018, 7, 5), 0),
        (replace(BEGUN, state=State.NOT_STARTED, progress=0), date(2018, 7, 1), 1),
    ],
)
def test_late_is_past_its_day_and_not_done(word: Word | None, today: date, days: int) -> None:
    assert days_late(word, today) == days


def test_the_longest_late_comes_first() -> None:
    words = {"a": BEGUN, "b": replace(BEGUN, due=date(2018, 3, 1)), "c": replace(BEGUN, due=None)}
    assert late(words, date(2018, 7, 5)) == ["b", "a"]
