"""Which periods people have opened or locked, and the exceptions they have made.

A period without a row follows the calendar of the definitions. The table holds the last
decision; every one of them is in the audit log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from store.schema import period_exception, period_state

OPEN, LOCKED = "open", "locked"


@dataclass(frozen=True)
class PeriodState:
    """The last decision on one form's period; a year's code stands for all its quarters."""

    form: str
    period: str
    state: str
    reason: str
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class PeriodException:
    """One reporter may send for one period until a day, whatever else holds."""

    reporter: str
    period: str
    until: date
    reason: str
    granted_by: str
    granted_at: datetime


def states(session: Session, form: str | None = None) -> dict[tuple[str, str], PeriodState]:
    """The last decisions by (form, period code)."""
    query = select(period_state)
    if form is not None:
        query = query.where(period_state.c.form == form)
    found = (PeriodState(**row._mapping) for row in session.execute(query))
    return {(one.form, one.period): one for one in found}


def decide(session: Session, decision: PeriodState) -> None:
    """Record a decision in the place of the one before."""
    session.execute(
        delete(period_state).where(
            period_state.c.form == decision.form, period_state.c.period == decision.period
        )
    )
    session.execute(insert(period_state).values(vars(decision)))


def grant(session: Session, exception: PeriodException) -> None:
    session.execute(insert(period_exception).values(vars(exception)))


def exceptions(
    session: Session, *, reporter: str | None = None, period: str | None = None
) -> list[PeriodException]:
    """Exceptions, newest first; the newest of a reporter and period counts."""
    query = select(period_exception).order_by(period_exception.c.id.desc())
    if reporter is not None:
        query = query.where(period_exception.c.reporter == reporter)
    if period is not None:
        query = query.where(period_exception.c.period == period)
    rows = (dict(row._mapping) for row in session.execute(query))
    return [
        PeriodException(**{name: value for name, value in row.items() if name != "id"})
        for row in rows
    ]
