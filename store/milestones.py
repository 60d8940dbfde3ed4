"""What was said of the decree's commitments; rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kpi.milestones import State, Word
from store.schema import milestone


def add(session: Session, year: int, word: Word) -> None:
    session.execute(insert(milestone).values(year=year, **vars(word)))


def newest(session: Session, year: int, as_of: datetime | None = None) -> dict[str, Word]:
    """The newest word of each commitment of a plan year, by its id."""
    return {word.commitment: word for word in every(session, year, as_of)}


def every(session: Session, year: int, as_of: datetime | None = None) -> list[Word]:
    """All that was said, oldest first."""
    kept = milestone.c
    query = select(milestone).where(kept.year == year).order_by(kept.id)
    if as_of is not None:
        query = query.where(kept.said_at <= as_of)
    return [
        Word(
            commitment=row.commitment,
            state=State(row.state),
            progress=row.progress,
            due=row.due,
            evidence=row.evidence,
            said_by=row.said_by,
            said_at=row.said_at,
        )
        for row in session.execute(query)
    ]
