"""How much a unit's figures are usually corrected: first approved value against the last.

Only figures that were corrected count. One slip does not make a habit: a unit that has corrected
fewer reports than the rules ask for has no usual revision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from store.schema import observation, submission
from store.submissions import APPROVED, WITHDRAWN


def usual(
    session: Session,
    org_units: Collection[str],
    periods: Sequence[str],
    as_of: datetime | None = None,
    *,
    least: int = 1,
) -> Mapping[str, Decimal]:
    """The median size of a unit's corrections, as a part of the first figure.

    Args:
        least: of so many periods a unit must have corrected its report.
    """
    said = observation.c
    approved = (
        select(said.org_unit, said.indicator, said.period, said.value, said.submission_id)
        .join(submission, submission.c.id == said.submission_id)
        .where(
            _approved_at(as_of),
            said.value.is_not(None),
            said.org_unit.in_(org_units),
            said.period.in_(periods),
        )
    )
    rows = approved.subquery().c
    key = (rows.org_unit, rows.indicator, rows.period)
    several = select(*key).group_by(*key).having(func.count() > 1)
    query = select(*key, rows.value).where(tuple_(*key).in_(several))
    values: dict[tuple[str, str, str], list[Decimal]] = defaultdict(list)
    for row in session.execute(query.order_by(rows.submission_id)):
        values[row.org_unit, row.indicator, row.period].append(row.value)
    sizes: dict[str, list[Decimal]] = defaultdict(list)
    corrected: dict[str, set[str]] = defaultdict(set)
    for (unit, _, period), (first, *_, last) in values.items():
        if first and first != last:
            sizes[unit].append(abs(last - first) / abs(first))
            corrected[unit].add(period)
    return {unit: _median(found) for unit, found in sizes.items() if len(corrected[unit]) >= least}


def _approved_at(as_of: datetime | None) -> ColumnElement[bool]:
    """Approved, and not withdrawn before that moment."""
    one = submission.c
    if as_of is None:
        return one.state == APPROVED
    later = (one.state == WITHDRAWN) & (one.withdrawn_at > as_of)
    return (one.decided_at <= as_of) & ((one.state == APPROVED) | later)


def _median(found: Sequence[Decimal]) -> Decimal:
    in_order, half = sorted(found), len(found) // 2
    return in_order[half] if len(found) % 2 else (in_order[half - 1] + in_order[half]) / 2
