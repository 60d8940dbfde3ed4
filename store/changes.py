"""What the history of figures and targets says of a time: rows for ``kpi.ledger`` to replay.

Only the figures that an approval or a withdrawal after the moment has touched are read,
each with its whole history, since what came into force again may be old.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from kpi.ledger import TargetChanged, Vintage
from store.schema import observation, submission
from store.submissions import APPROVED, WITHDRAWN
from store.targets import StoredTarget, every

_CELL = (observation.c.indicator, observation.c.org_unit, observation.c.period)
_APPROVED_ONCE = and_(
    submission.c.state.in_((APPROVED, WITHDRAWN)), submission.c.decided_at.is_not(None)
)


def vintages_touched(session: Session, since: datetime) -> Iterator[Vintage]:
    """Every approved vintage of the figures that something happened to after a moment.

    Figure by figure, in the order they were sent.
    """
    after = or_(submission.c.decided_at > since, submission.c.withdrawn_at > since)
    touched = (
        select(*_CELL)
        .join(submission, submission.c.id == observation.c.submission_id)
        .where(_APPROVED_ONCE, after)
        .distinct()
        .subquery()
    )
    query = (
        select(
            *_CELL,
            observation.c.value,
            observation.c.status,
            observation.c.sheet,
            observation.c.cell,
            observation.c.note,
            submission.c.id,
            submission.c.revision,
            submission.c.note.label("said"),
            submission.c.submitted_by,
            submission.c.decided_at,
            submission.c.decided_by,
            submission.c.withdrawn_at,
            submission.c.withdrawn_by,
            submission.c.withdrawn_reason,
        )
        .join(submission, submission.c.id == observation.c.submission_id)
        .join(touched, and_(*(column == touched.c[column.name] for column in _CELL)))
        .where(_APPROVED_ONCE)
        .order_by(*_CELL, submission.c.id)
    )
    for row in session.execute(query):
        yield _vintage(row)


def _vintage(row: Row[Any] | Any) -> Vintage:
    return Vintage(
        cell=(row.indicator, row.org_unit, row.period),
        submission=row.id,
        revision=row.revision,
        value=row.value,
        status=row.status,
        sheet=row.sheet,
        address=row.cell,
        note=row.note,
        said=row.said,
        sent_by=row.submitted_by,
        approved_at=row.decided_at,
        approved_by=row.decided_by or "",
        withdrawn_at=row.withdrawn_at,
        withdrawn_by=row.withdrawn_by or "",
        withdrawn_reason=row.withdrawn_reason,
    )


def targets_changed(session: Session, since: datetime) -> list[TargetChanged]:
    """Every target that was replaced or dropped after a moment, or first given by a
    decision, newest first."""
    kept = every(session)
    found = []
    replaced = {(_about(one), one.replaced_at) for one in kept}
    for number, one in enumerate(kept):
        if one.replaced_at is not None and one.replaced_at > since:
            found.append(_changed(one, kept[number + 1 :]))
        first = (_about(one), one.recorded_at) not in replaced
        if one.decision and one.recorded_at > since and first:
            given = TargetChanged(None, one.target, one.recorded_at, one.recorded_by, one.decision)
            found.append(given)
    return sorted(found, key=lambda one: one.at, reverse=True)


def _about(stored: StoredTarget) -> tuple[str, str, int]:
    return (stored.target.indicator, stored.target.org_unit, stored.target.year)


def _changed(old: StoredTarget, later: list[StoredTarget]) -> TargetChanged:
    """The one laid down at the moment the old one was replaced took its place."""
    at = old.replaced_at or old.recorded_at
    after = (one for one in later if one.recorded_at == at and _about(one) == _about(old))
    new = next(after, None)
    return TargetChanged(
        old=old.target,
        new=new.target if new else None,
        at=at,
        by=new.recorded_by if new else "",
        decision=new.decision if new else "",
    )
