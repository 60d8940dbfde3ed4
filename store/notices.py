"""E-mails about inquiries, attempt by attempt; rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kpi.notices import Notice
from kpi.sendings import Outcome
from store.urging_schema import notice


def add(session: Session, one: Notice) -> None:
    """Keep one word on an attempt; the same word twice has no place."""
    session.execute(
        insert(notice).values(
            inquiry_id=one.inquiry,
            place=one.place,
            attempt=one.attempt,
            outcome=one.outcome.value,
            receivers=one.receivers,
            detail=one.detail,
            made_by=one.by,
            made_at=one.at,
        )
    )


def of_inquiry(session: Session, number: int, as_of: datetime | None = None) -> list[Notice]:
    """Everything that was sent or tried about one inquiry, oldest first."""
    kept = notice.c
    query = select(notice).where(kept.inquiry_id == number).order_by(kept.id)
    if as_of is not None:
        query = query.where(kept.made_at <= as_of)
    return [
        Notice(
            inquiry=row.inquiry_id,
            place=row.place,
            outcome=Outcome(row.outcome),
            receivers=row.receivers,
            by=row.made_by,
            at=row.made_at,
            attempt=row.attempt,
            detail=row.detail,
        )
        for row in session.execute(query)
    ]
