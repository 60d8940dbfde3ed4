"""Reminders of reports that are owed, attempt by attempt; rows are only ever added."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kpi.periods import Period
from kpi.reminders import Channel, Reminder, Rung
from kpi.sendings import Outcome
from store.urging_schema import reminder


def add(session: Session, one: Reminder) -> None:
    """Keep one word on an attempt; the same word twice has no place."""
    session.execute(
        insert(reminder).values(
            reporter=one.rung.reporter,
            period=one.rung.period.code,
            due=one.rung.due,
            rung=one.rung.step,
            channel=one.channel.value,
            attempt=one.attempt,
            outcome=one.outcome.value,
            receivers=one.receivers,
            detail=one.detail,
            made_by=one.by,
            made_at=one.at,
        )
    )


def of_periods(
    session: Session, periods: Sequence[str], as_of: datetime | None = None
) -> list[Reminder]:
    """Everything that was sent or tried for some periods, oldest first."""
    kept = reminder.c
    query = select(reminder).where(kept.period.in_(periods)).order_by(kept.id)
    if as_of is not None:
        query = query.where(kept.made_at <= as_of)
    return [
        Reminder(
            rung=Rung(row.reporter, Period.parse(row.period), row.due, row.rung),
            channel=Channel(row.channel),
            outcome=Outcome(row.outcome),
            receivers=row.receivers,
            by=row.made_by,
            at=row.made_at,
            attempt=row.attempt,
            detail=row.detail,
        )
        for row in session.execute(query)
    ]
