"""Points that people gave the criteria of a unit; rows are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kpi.score_sheets import Given, Voice
from store.emulation_schema import criterion_score


def add(session: Session, given: Given) -> None:
    session.execute(insert(criterion_score).values(vars(given)))


def every(session: Session, period: str, as_of: datetime | None = None) -> list[Given]:
    """All points given at a period, oldest first."""
    kept = criterion_score.c
    query = select(criterion_score).where(kept.period == period).order_by(kept.id)
    if as_of is not None:
        query = query.where(kept.said_at <= as_of)
    return [
        Given(
            period=row.period,
            org_unit=row.org_unit,
            criterion=row.criterion,
            voice=Voice(row.voice),
            points=row.points,
            note=row.note,
            said_by=row.said_by,
            said_at=row.said_at,
        )
        for row in session.execute(query)
    ]
