"""Everything the page of one indicator shows, judged once.

The page asks for an indicator, an organisation unit and a period; here they become the
assessment looked at, its course through the year, and the districts beside it. Wording,
drawing and HTML take it from here; nothing is judged anywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from kpi.definitions import Definitions, Indicator, Level, OrgUnit, OrgUnits
from kpi.gap import Part, decompose
from kpi.judgement import Assessment
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from reports import tables
from reports.figures.course import QUARTERS, YEARS_SHOWN, Course, course
from reports.maps import Grid, grid
from reports.tables import History, Key, Pasts

Judge = Callable[[Period, Pasts], list[Assessment]]


@dataclass(frozen=True)
class IndicatorView:
    """One indicator of one organisation unit at one period, with what surrounds it."""

    indicator: Indicator
    org_unit: OrgUnit
    period: Period
    judged: Assessment
    course: Course
    districts: tuple[Assessment, ...]  # empty where it does not exist at that level
    grid: Grid | None = None  # the districts by periods; None where there are none
    parts: tuple[Part, ...] = ()  # the province's distance to its target, by districts

    @property
    def shown(self) -> tuple[Assessment, ...]:
        """Whose figures the source table lists: the province with all districts, or one."""
        if self.org_unit.level is Level.PROVINCE:
            return (self.judged, *self.districts)
        return (self.judged,)

    @property
    def used(self) -> tuple[Known, ...]:
        """The values behind the page."""
        return tuple(a.known for a in self.shown if a.known is not None)


def inputs_of(indicator: Indicator) -> list[str]:
    """The indicators whose values the page needs: its own and what it is computed from."""
    taxes = indicator.conversion.product_taxes if indicator.conversion else None
    found = (
        indicator.id, indicator.numerator, indicator.denominator, indicator.weight_indicator, taxes,
    )  # fmt: skip
    return [one for one in found if one is not None]


def indicator_view(
    values: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    indicator: Indicator,
    org_unit: OrgUnit,
    period: Period,
    today: date,
    opening: pd.DataFrame | None = None,
) -> IndicatorView | None:
    """Judge what the page shows; None if the indicator does not exist at the unit's level.

    Args:
        values: as ``store.series.values`` gives them, of ``inputs_of(indicator)`` for
            ``tables.periods_needed(period)``, of all organisation units.
        targets: those in force at the period's end, and last year's for the grid.
        opening: what stood otherwise when the plan year opened, ``store.series.at_opening``.
    """
    if not indicator.exists_at(org_unit.level):
        return None
    districts = org_units.districts(period.end) if indicator.exists_at(Level.DISTRICT) else ()
    units = list({unit.code: unit for unit in (org_unit, *districts)}.values())
    past = tables.histories(
        values, targets, definitions, org_units,
        units=units, indicators=inputs_of(indicator), opening=opening,
    )  # fmt: skip

    def judge(at: Period, of: Pasts) -> list[Assessment]:
        return tables.judge(
            of, targets, definitions, org_units,
            period=at, indicators=[indicator.id], today=today,
        )  # fmt: skip

    return _put_together(indicator, org_unit, period, districts, past, judge)


def _put_together(
    indicator: Indicator,
    org_unit: OrgUnit,
    period: Period,
    districts: Sequence[OrgUnit],
    past: Pasts,
    judge: Judge,
) -> IndicatorView:
    """The unit through its periods, the districts now and at the periods before."""
    now = {a.org_unit: _as_at(a, past[Key(indicator.id, a.org_unit)]) for a in judge(period, past)}
    own = past.of({org_unit.code})
    around = [a for at in _around(indicator, period) for a in judge(at, own)]
    judged = now[org_unit.code]
    shown = tuple(now[unit.code] for unit in districts)
    below = past.of({unit.code for unit in districts})
    before = [at for at in _around(indicator, period) if at < period and shown]
    earlier = [_in_order(districts, judge(at, below)) for at in before]
    return IndicatorView(
        indicator=indicator,
        org_unit=org_unit,
        period=period,
        judged=judged,
        course=course(judged, around, indicator, org_unit.level),
        districts=shown,
        grid=_grid(indicator, [*earlier, shown]),
        parts=_parts(indicator, org_unit, judged, shown),
    )


def _in_order(units: Sequence[OrgUnit], judged: Sequence[Assessment]) -> list[Assessment]:
    """One judgement per unit in their order; the unit looked at is judged before the others."""
    found = {a.org_unit: a for a in judged}
    return [found[unit.code] for unit in units]


def _grid(indicator: Indicator, over_time: Sequence[Sequence[Assessment]]) -> Grid | None:
    if not indicator.exists_at(Level.DISTRICT):
        return None
    return grid(indicator, over_time, decimals=indicator.decimals_at(Level.DISTRICT))


def _parts(
    indicator: Indicator, org_unit: OrgUnit, judged: Assessment, districts: Sequence[Assessment]
) -> tuple[Part, ...]:
    """Nothing where all are exactly on their targets: then there is nothing to tell."""
    if org_unit.level is not Level.PROVINCE:
        return ()
    decimals = indicator.decimals_at(org_unit.level)
    parts = decompose(indicator, judged, districts, decimals=decimals)
    return parts if any(part.amount for part in parts) else ()


def _as_at(assessment: Assessment, history: History) -> Assessment:
    """An annual figure that came in later is not shown at an earlier quarter."""
    of = assessment.observation_period
    if of.end <= assessment.period.end:
        return assessment
    earlier = [
        known for at, known in sorted(history.items()) if at < of and known.value is not None
    ]
    last = earlier[-1] if earlier else None
    return replace(assessment, known=None, value=None, last_known=last)


def _around(indicator: Indicator, period: Period) -> list[Period]:
    """The periods beside the one looked at that a figure draws."""
    if indicator.annual:
        return [Period(year, 4) for year in range(period.year - YEARS_SHOWN + 1, period.year)]
    years = (period.year - 1, period.year)
    return [Period(year, quarter) for year in years for quarter in QUARTERS]
