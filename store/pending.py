"""What was sent and nobody has decided on yet: the newest such value of each figure.

Laid over the values in force it shows what the screens would say if everything that
waits were approved. A value older than the one in force is passed over, as approving it
would change nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select
from sqlalchemy.orm import Session

from store.lookups import COLUMNS, DESCRIBED, Described
from store.schema import observation, submission
from store.submissions import SUBMITTED

Wanted = Mapping[str, Collection[str]]  # by column


def newest(
    session: Session, as_of: datetime | None = None, wanted: Wanted | None = None
) -> list[Described]:
    """One for each figure that something waits for.

    Args:
        as_of: what was waiting at that moment; None: now.
        wanted: values of ``indicator``, ``org_unit`` and ``period``; what it does not name: all.
    """
    found = subquery(as_of, wanted)
    return [*map(Described._make, session.execute(select(found)))]


def subquery(as_of: datetime | None = None, wanted: Wanted | None = None) -> Subquery:
    """The same as a table of ``COLUMNS``, for a query around it."""
    only = [observation.c[name].in_(sorted(some)) for name, some in (wanted or {}).items()]
    cell = (observation.c.indicator, observation.c.org_unit, observation.c.period)
    newest_first = func.row_number().over(
        partition_by=cell, order_by=observation.c.submission_id.desc()
    )
    ranked = (
        select(*DESCRIBED, newest_first.label("place"))
        .join(submission, submission.c.id == observation.c.submission_id)
        .where(_waiting(as_of), *only)
        .subquery()
    )
    return select(*(ranked.c[name] for name in COLUMNS)).where(ranked.c.place == 1).subquery()


def overlaid(
    in_force: Iterable[Described], pending: Iterable[Described]
) -> list[tuple[object, ...]]:
    """Rows of ``COLUMNS`` and whether the value is approved, sorted like those in force."""
    approved = {_cell(row): row for row in in_force}
    waiting = {
        _cell(row): row
        for row in pending
        if _cell(row) not in approved or approved[_cell(row)].submission < row.submission
    }
    both = approved | waiting
    return [(*both[cell], cell not in waiting) for cell in sorted(both)]


def _cell(row: Described) -> tuple[str, str, str]:
    return row.indicator, row.org_unit, row.period


def _waiting(as_of: datetime | None) -> ColumnElement[bool]:
    if as_of is None:
        return submission.c.state == SUBMITTED
    decided, withdrawn = submission.c.decided_at, submission.c.withdrawn_at
    return and_(
        submission.c.submitted_at <= as_of,
        or_(decided.is_(None), decided > as_of),
        or_(withdrawn.is_(None), withdrawn > as_of),
    )
