"""How much a unit's figures are usually corrected: first approved value against the last.

Only figures that were corrected count. One slip does not make a habit: a unit that has corrected
fewer reports than the rules ask for has no usual revision.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from store.lookups import counted_at
from store.schema import observation, submission


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
    sizes: dict[str, list[Decimal]] = defaultdict(list)
    corrected: dict[str, set[str]] = defaultdict(set)
    for (unit, period), first, last in _corrected(session, org_units, periods, as_of):
        if first:
            sizes[unit].append(abs(last - first) / abs(first))
            corrected[unit].add(period)
    return {unit: _median(found) for unit, found in sizes.items() if len(corrected[unit]) >= least}


def _corrected(
    session: Session,
    org_units: Collection[str],
    periods: Sequence[str],
    as_of: datetime | None,
) -> Iterator[tuple[tuple[str, str], Decimal, Decimal]]:
    """(unit, period), first and last value of every figure whose last is not its first."""
    said = observation.c
    approved = (
        select(said.org_unit, said.indicator, said.period, said.value, said.submission_id)
        .join(submission, submission.c.id == said.submission_id)
        .where(
            counted_at(as_of),
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
    for (unit, _, period), (first, *_, last) in values.items():
        if first != last:
            yield (unit, period), first, last


def _median(found: Sequence[Decimal]) -> Decimal:
    in_order, half = sorted(found), len(found) // 2
    return in_order[half] if len(found) % 2 else (in_order[half - 1] + in_order[half]) / 2
