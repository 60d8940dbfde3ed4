"""One slice judged straight from the memory, for the doors that answer programs.

The command line and the API ask the same question (these indicators of these units at
this period, as known on a day); it is put together here once, so that their answers
cannot differ. Screens keep what they read between two visits and have ways of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from kpi.definitions import Definitions, OrgUnits
from kpi.judgement import Assessment
from kpi.periods import Period
from reports.tables import assessments, periods_needed
from store import series, targets
from store.engine import Session


def judged(
    session: Session,
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    period: Period,
    units: Sequence[str],
    indicators: Sequence[str] | None,
    history_fixed_at: datetime,
    as_of: datetime | None,
    today: date,
    unapproved: bool = False,
) -> list[Assessment]:
    """Judge indicators (None: all but the inputs of ratios) of some units at a period.

    Args:
        definitions: those of the period's plan year, as they were known.
        history_fixed_at: since when corrections of earlier years move no status.
        as_of: what was known at that moment; None: now.
        today: the day that decides whether a missing report is due.
        unapproved: as if what was sent and is not decided yet were approved.
    """
    needed = None if indicators is None else rested_on(definitions, indicators)
    periods = periods_needed(period)
    codes = [one.code for one in periods]
    read = series.with_pending if unapproved else series.values
    values = read(session, indicators=needed, periods=codes, as_of=as_of)
    earlier = [one.code for one in periods if one.year < period.year]
    return assessments(
        values,
        targets.in_force(session, period.year, period.end, as_of),
        definitions,
        org_units,
        period=period,
        org_units_wanted=units,
        indicators=indicators,
        today=today,
        opening=series.at_opening(session, earlier, history_fixed_at, as_of),
    )


def rested_on(definitions: Definitions, indicators: Collection[str]) -> set[str]:
    """These indicators and those their figures are computed from or converted with."""
    found: set[str] = set()
    new = set(indicators)
    while new:
        found |= new
        new = {other for id_ in new for other in _inputs(definitions, id_)} - found
    return found


def _inputs(definitions: Definitions, id_: str) -> set[str]:
    indicator = definitions.indicators[id_]
    taxes = indicator.conversion.product_taxes if indicator.conversion else None
    named = (indicator.numerator, indicator.denominator, indicator.weight_indicator, taxes)
    return {other for other in named if other}
