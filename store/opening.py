"""Values of the years before as they stood when a plan year opened, where they differ now.

The pace expected from history must not move when last year is corrected later (METHOD 6).
Almost always nothing was corrected, and nothing is read. A figure that was not there at
all takes the first value it gets: an installation that starts in the middle of a year
would otherwise never have a history.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import Session

from store.lookups import COLUMNS, DESCRIBED
from store.schema import observation, submission
from store.submissions import APPROVED, WITHDRAWN


def otherwise_then(
    session: Session, periods: Iterable[str], moment: datetime, until: datetime | None = None
) -> list[Row[Any]]:
    """The described rows of values that are not the ones in force now, or not any more.

    Args:
        moment: when history was fixed.
        until: as known at that moment; None: now.
    """
    if until is not None and until <= moment:
        return []
    rows = session.execute(_vintages(list(periods), moment, until))
    fixed = (_fixed(list(group), moment) for _, group in groupby(rows, key=_cell))
    return [row for row in fixed if row is not None]


def _cell(row: Row[Any]) -> tuple[str, str, str]:
    return row.indicator, row.org_unit, row.period


def _fixed(vintages: list[Row[Any]], moment: datetime) -> Row[Any] | None:
    """What counted at the moment, else what was known first; None if that counts still."""
    then = [
        row
        for row in vintages
        if row.approved_at <= moment and (row.withdrawn_at is None or row.withdrawn_at > moment)
    ]
    later = [row for row in vintages if row.approved_at > moment]
    first = min(later, key=lambda row: (row.approved_at, row.submission)) if later else None
    fixed = then[-1] if then else first
    if fixed is None:
        return None
    standing = [row for row in vintages if row.withdrawn_at is None]
    return None if standing and standing[-1].submission == fixed.submission else fixed


def _vintages(periods: list[str], moment: datetime, until: datetime | None) -> Any:
    """Every approved value of the figures that may have changed, in order of arrival."""
    decided = submission.c.decided_at
    withdrawn: ColumnElement[Any] = submission.c.withdrawn_at
    if until is not None:
        withdrawn = case((submission.c.withdrawn_at > until, None), else_=withdrawn)
    counted: list[ColumnElement[bool]] = [
        submission.c.state.in_((APPROVED, WITHDRAWN)),
        decided.is_not(None),
    ]
    if until is not None:
        counted.append(decided <= until)
    of_then = [observation.c.period.in_(periods), *counted]
    moved = (
        select(observation.c.indicator, observation.c.org_unit, observation.c.period)
        .join(submission, submission.c.id == observation.c.submission_id)
        .where(*of_then)
        .group_by(observation.c.indicator, observation.c.org_unit, observation.c.period)
        .having(_may_differ(moment))
        .subquery()
    )
    same: ColumnElement[bool] = and_(
        *(observation.c[name] == moved.c[name] for name in ("indicator", "org_unit", "period"))
    )
    return (
        select(*DESCRIBED, decided.label("approved_at"), withdrawn.label("withdrawn_at"))
        .join(submission, submission.c.id == observation.c.submission_id)
        .join(moved, same)
        .where(*of_then)
        .order_by(*(observation.c[name] for name in (*COLUMNS[:3], "submission_id")))
    )


def _may_differ(moment: datetime) -> ColumnElement[bool]:
    """Something happened after the moment, and there is more than one thing to choose from."""
    after = or_(submission.c.decided_at > moment, submission.c.withdrawn_at > moment)
    late = func.sum(case((after, 1), else_=0)) > 0
    gone = func.sum(case((submission.c.state == WITHDRAWN, 1), else_=0)) > 0
    return and_(late, or_(func.count() > 1, gone))
