"""Bare figures in force, to compare a submission's changes with: no cell, no file.

The checks of a form ask for a unit's own past and for its neighbours' last two years:
many figures, of which only the number matters. ``store.lookups`` reads the few whose
cell must be named.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from store.schema import current_observation

Figures = dict[tuple[str, str, str], Decimal]


def comparators(
    session: Session,
    indicators: Collection[str],
    *,
    of: tuple[Collection[str], Collection[str]],
    peers: tuple[Collection[str], Collection[str]],
) -> Figures:
    """Figures by (indicator, organisation unit, period code); those without a value left out.

    Args:
        of: the units reported on, and the periods of their past.
        peers: the units they are compared with, and the periods to compare in.
    """
    current = current_observation.c

    def among(units: Collection[str], periods: Collection[str]) -> ColumnElement[bool]:
        return current.org_unit.in_(units) & current.period.in_(periods)

    rows = session.execute(
        select(current.indicator, current.org_unit, current.period, current.value).where(
            or_(among(*of), among(*peers)),
            current.indicator.in_(indicators),
            current.value.is_not(None),
        )
    )
    return {(indicator, unit, period): value for indicator, unit, period, value in rows}
