"""The standings of closed years: by which rules, as of when, by whose decision.

Points are not stored: with the same rules and what was known at the same moment they are the
same again, and ``digest`` proves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from store.schema import standing


@dataclass(frozen=True)
class ClosedStanding:
    year: int
    rules: str
    known_at: datetime
    digest: str
    decision: str
    closed_by: str
    closed_at: datetime


def closed(session: Session, year: int) -> ClosedStanding | None:
    row = session.execute(select(standing).where(standing.c.year == year)).one_or_none()
    return None if row is None else ClosedStanding(**row._mapping)


def close(session: Session, one: ClosedStanding) -> None:
    session.execute(insert(standing).values(vars(one)))
