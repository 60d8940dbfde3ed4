"""The audit log: who did what when, each event carrying the digest of the one before.

Taking an event out or altering one breaks every digest after it; ``faults`` finds the
place. The caller holds the write lock (``store.engine.writing``), so there is always
exactly one last event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from store.json_text import dump
from store.schema import audit_event

FIRST = "0" * 64  # what the first event names as its predecessor
DONE, REFUSED = "done", "refused"


@dataclass(frozen=True)
class Event:
    """One act, before it has its place in the chain."""

    at: datetime
    actor: str
    act: str
    subject: str
    outcome: str
    details: Mapping[str, str]


def append(session: Session, event: Event) -> str:
    """Add an event at the end of the chain; returns its digest."""
    last = session.scalar(select(audit_event.c.digest).order_by(audit_event.c.id.desc()).limit(1))
    previous = last or FIRST
    details = dump(dict(event.details))
    digest = _digest(previous, event, details)
    session.execute(
        insert(audit_event).values(
            at=event.at,
            actor=event.actor,
            act=event.act,
            subject=event.subject,
            outcome=event.outcome,
            details=details,
            previous=previous,
            digest=digest,
        )
    )
    return digest


def faults(session: Session) -> Iterator[int]:
    """The ids of events that do not follow from the one before, in order."""
    previous = FIRST
    for row in session.execute(select(audit_event).order_by(audit_event.c.id)):
        if row.previous != previous or row.digest != _digest_of(row):
            yield row.id
        previous = row.digest


def _digest_of(row: Row[tuple[object, ...]]) -> str:
    event = Event(row.at, row.actor, row.act, row.subject, row.outcome, {})
    return _digest(row.previous, event, row.details)


def _digest(previous: str, event: Event, details: str) -> str:
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous, at, event.actor, event.act, event.subject, event.outcome, details]
    return hashlib.sha256(dump(parts).encode()).hexdigest()
