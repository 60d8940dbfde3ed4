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
from json import loads

from sqlalchemy import ColumnElement, Row, func, insert, select
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


@dataclass(frozen=True)
class Wanted:
    """Which events are looked for; None: whichever."""

    act: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def listed(session: Session, wanted: Wanted, limit: int | None = None) -> list[Event]:
    """Events, newest first."""
    query = select(audit_event).where(*_conditions(wanted)).order_by(audit_event.c.id.desc())
    return [
        Event(row.at, row.actor, row.act, row.subject, row.outcome, loads(row.details))
        for row in session.execute(query if limit is None else query.limit(limit))
    ]


def count(session: Session, wanted: Wanted) -> int:
    query = select(func.count()).select_from(audit_event).where(*_conditions(wanted))
    return session.scalar(query) or 0


def names(session: Session) -> tuple[list[str], list[str]]:
    """The acts and the actors that occur."""
    acts, actors = (
        sorted(session.scalars(select(column).distinct()))
        for column in (audit_event.c.act, audit_event.c.actor)
    )
    return acts, actors


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    columns = audit_event.c
    conditions: list[ColumnElement[bool]] = []
    if wanted.act is not None:
        conditions.append(columns.act == wanted.act)
    if wanted.actor is not None:
        conditions.append(columns.actor == wanted.actor)
    if wanted.since is not None:
        conditions.append(columns.at >= wanted.since)
    if wanted.until is not None:
        conditions.append(columns.at <= wanted.until)
    return conditions


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
