"""Targets as they were laid down, each with the days it was in force.

A row is never changed but for the day it was replaced on, so that an assessment of
last spring can be made again with the target of last spring.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select, update
from sqlalchemy.orm import Session

from kpi.local_time import local_date
from kpi.targets import Direction, Edges, Target, TargetKind
from store.adding import added
from store.json_text import edges_from_text, edges_to_text
from store.schema import target


@dataclass(frozen=True)
class StoredTarget:
    """A target with its row."""

    id: int
    target: Target
    replaced_on: date | None
    replaced_at: datetime | None
    decision: str  # that revised it in the year; "" for the decree's and the assigned ones
    recorded_by: str
    recorded_at: datetime

    def is_in_force(self, on: date) -> bool:
        begun = self.target.in_force_from <= on
        return begun and (self.replaced_on is None or self.replaced_on > on)


def in_force(session: Session, year: int, on: date, as_of: datetime | None = None) -> list[Target]:
    """The targets of one plan year that were in force on a day.

    Args:
        as_of: as they were known at that moment; None: as they are known now.
    """
    if as_of is None:
        return [stored.target for stored in _read(session, target.c.year == year, _on(on))]
    return [one.target for one in recorded(session, year, as_of) if one.is_in_force(on)]


def recorded(session: Session, year: int, as_of: datetime | None = None) -> list[StoredTarget]:
    """All targets there have been in one plan year, oldest first.

    Args:
        as_of: as they were known at that moment: without later ones, and without their
            having replaced any. None: as they are known now.
    """
    found = _read(session, target.c.year == year)
    if as_of is None:
        return found
    seen: set[tuple[str, str]] = set()
    known = []
    for stored in found:
        key = (stored.target.indicator, stored.target.org_unit)
        if _known(stored, as_of, first=key not in seen):
            known.append(_as_known(stored, as_of))
        seen.add(key)
    return known


def _known(stored: StoredTarget, as_of: datetime, *, first: bool) -> bool:
    """The first target is the decree's own: public from its day, whenever it was typed in.

    A revision is known from the moment it was recorded.
    """
    public = first and stored.target.in_force_from <= local_date(as_of)
    return public or stored.recorded_at <= as_of


def _as_known(stored: StoredTarget, as_of: datetime) -> StoredTarget:
    if stored.replaced_at is None or stored.replaced_at <= as_of:
        return stored
    return changed(stored, replaced_on=None, replaced_at=None)


def not_replaced(session: Session, year: int) -> list[StoredTarget]:
    """The newest target of each indicator and unit, even if it starts later than today."""
    return _read(session, target.c.year == year, target.c.replaced_on.is_(None))


def history(session: Session, indicator: str, org_unit: str, year: int) -> list[StoredTarget]:
    """All targets there have been for one indicator of one unit, oldest first."""
    return _read(
        session,
        target.c.indicator == indicator,
        target.c.org_unit == org_unit,
        target.c.year == year,
    )


def every(session: Session) -> list[StoredTarget]:
    """All targets there have ever been, oldest first."""
    return _read(session)


def add(session: Session, new: Target, *, by: str, at: datetime, decision: str = "") -> int:
    """Lay down a target; ``decision`` names what revised it in the year. Returns its number."""
    values = {
        "indicator": new.indicator,
        "org_unit": new.org_unit,
        "year": new.year,
        "kind": new.kind.value,
        "direction": new.direction.value,
        "low": new.edges.low,
        "high": new.edges.high,
        "basis": new.basis,
        "clause": new.clause,
        "document": new.document,
        "assigned_by": new.assigned_by,
        "illustrative": new.illustrative,
        "by_quarter": edges_to_text(new.by_quarter),
        "baseline": new.baseline,
        "in_force_from": new.in_force_from,
        "decision": decision,
        "recorded_by": by,
        "recorded_at": at,
    }
    return added(session, target, values)


def replace(session: Session, number: int, on: date, *, at: datetime) -> None:
    """Say, at a moment, that a target is no longer in force from ``on``."""
    session.execute(
        update(target).where(target.c.id == number).values(replaced_on=on, replaced_at=at)
    )


def _on(day: date) -> ColumnElement[bool]:
    replaced = target.c.replaced_on
    return (target.c.in_force_from <= day) & or_(replaced.is_(None), replaced > day)


def _read(session: Session, *conditions: ColumnElement[bool]) -> list[StoredTarget]:
    rows = session.execute(select(target).where(*conditions).order_by(target.c.id))
    return [
        StoredTarget(
            id=row.id,
            target=_target(row),
            replaced_on=row.replaced_on,
            replaced_at=row.replaced_at,
            decision=row.decision,
            recorded_by=row.recorded_by,
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]


def _target(row: Row[Any]) -> Target:
    return Target(
        indicator=row.indicator,
        org_unit=row.org_unit,
        year=row.year,
        kind=TargetKind(row.kind),
        direction=Direction(row.direction),
        edges=Edges(row.low, row.high),
        basis=row.basis,
        clause=row.clause,
        document=row.document,
        assigned_by=row.assigned_by,
        illustrative=row.illustrative,
        in_force_from=row.in_force_from,
        by_quarter=edges_from_text(row.by_quarter),
        baseline=row.baseline,
    )
