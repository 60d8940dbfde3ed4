"""What the log tells of acts that were done, and where it tells otherwise than the rows do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from json import loads
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import audit
from store.schema import audit_event


class Logged(NamedTuple):
    """One event that was done."""

    at: str  # to the microsecond, whatever the database
    actor: str
    act: str
    subject: str
    details: Mapping[str, str]


def logged(session: Session, *acts: str) -> Iterator[Logged]:
    """What was done by these acts, oldest first."""
    query = (
        select(audit_event)
        .where(audit_event.c.act.in_(acts), audit_event.c.outcome == audit.DONE)
        .order_by(audit_event.c.id)
    )
    for row in session.execute(query):
        yield Logged(row.at.isoformat(), row.actor, row.act, row.subject, loads(row.details))


def apart(
    rows: Counter[tuple[str, ...]], events: Counter[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """The rows that no event tells of, and the events that have no row."""
    return [*(rows - events), *(events - rows)]
