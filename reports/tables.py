"""Judged tables: the one place that turns a slice of values into assessments.

Values come as a frame from ``store.series.values``; each indicator and unit becomes a
history (reported, or computed from the units below), and ``kpi.assess`` judges it at the
period asked for. Screens, documents and the command line all ask here, so that one
figure cannot be judged in two ways. Nothing judged is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import pandas as pd

from kpi.across import combine
from kpi.assessment import Context, assess
from kpi.definitions import Definitions, Indicator, OrgUnit, OrgUnits, Role
from kpi.judgement import Assessment
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from store.series import known

HISTORY_YEARS = 5  # METHOD 6 looks at the five calendar years before the plan year


class Key(NamedTuple):
    """One indicator of one organisation unit."""

    indicator: str
    org_unit: str


History = Mapping[Period, Known]
Histories = Mapping[Key, History]


def years_needed(period: Period) -> range:
    """The years whose values a judgement at ``period`` may rest on."""
    return range(period.year - HISTORY_YEARS, period.year + 1)


def periods_needed(period: Period) -> list[Period]:
    """The periods to ask ``store.series.values`` for."""
    return [Period(year, quarter) for year in years_needed(period) for quarter in range(5)]


def assessments(
    values: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    period: Period,
    org_units_wanted: Sequence[str] | None = None,
    indicators: Sequence[str] | None = None,
    today: date,
) -> list[Assessment]:
    """Judge a slice of values at one period.

    Args:
        values: what ``store.series.values`` gives; all that a sum or a ratio rests on must
            be in it (the districts' values, the inputs), for ``periods_needed(period)``.
        targets: those in force at the period's end.
        org_units_wanted: codes; None is the province alone.
        indicators: ids; None is all but the inputs of ratios.
        today: the day that decides whether a missing report is due.

    Returns:
        In the definitions' order, unit by unit within an indicator; indicators that do
        not exist at a unit's level are left out.
    """
    wanted = org_units_wanted or (org_units.province.code,)
    units = [org_units.units[code] for code in wanted]
    past = histories(values, targets, definitions, org_units, units=units, indicators=indicators)
    asked = None if indicators is None else frozenset(indicators)
    return [
        assessment
        for assessment in judge(past, targets, definitions, org_units, period=period, today=today)
        if asked is None or assessment.indicator in asked
    ]


def histories(
    values: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    units: Sequence[OrgUnit],
    indicators: Sequence[str] | None = None,
) -> dict[Key, History]:
    """Every wanted indicator and unit with its values by period, sums and ratios computed."""
    reported: dict[Period, dict[tuple[str, str], Known]] = defaultdict(dict)
    for (indicator_id, unit, period), value in known(values).items():
        reported[period][indicator_id, unit] = value
    planned: dict[int, dict[tuple[str, str], Target]] = defaultdict(dict)
    for target in targets:
        planned[target.year][target.indicator, target.org_unit] = target
    reader = _Reader(definitions, org_units, reported, planned)
    return {
        Key(indicator.id, unit.code): reader.history(indicator, unit)
        for indicator in _wanted(definitions, indicators)
        for unit in units
        if indicator.exists_at(unit.level)
    }


def judge(
    past: Histories,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    period: Period,
    today: date,
) -> list[Assessment]:
    """Judge every history at ``period``; for pages that draw the histories as well."""
    in_force = {Key(t.indicator, t.org_unit): t for t in targets if t.year == period.year}
    return [
        _judged(key, past, in_force.get(key), definitions, org_units, period, today) for key in past
    ]


def assessment_table(assessed: Iterable[Assessment]) -> pd.DataFrame:
    """Assessments as a frame, one row each; figures stay Decimal."""
    return pd.DataFrame.from_records([_row(a) for a in assessed], columns=list(_COLUMNS))


def _wanted(definitions: Definitions, indicators: Sequence[str] | None) -> list[Indicator]:
    if indicators is None:
        return [i for i in definitions.indicators.values() if i.role is not Role.INPUT]
    asked = set(indicators)
    return [i for i in definitions.indicators.values() if i.id in asked]


def _judged(
    key: Key,
    past: Histories,
    target: Target | None,
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
    today: date,
) -> Assessment:
    indicator, unit = definitions.indicators[key.indicator], org_units.units[key.org_unit]
    history = past[key]
    context = Context(
        indicator=indicator,
        level=unit.level,
        org_unit=unit.code,
        period=period,
        today=today,
        due=definitions.due_date(period),
        history=history,
        product_taxes=_product_taxes(indicator, unit, past, period),
    )
    return assess(history.get(indicator.observation_period(period)), target, context)


def _product_taxes(
    indicator: Indicator, unit: OrgUnit, past: Histories, period: Period
) -> Known | None:
    if indicator.conversion is None:
        return None
    return past.get(Key(indicator.conversion.product_taxes, unit.code), {}).get(
        indicator.observation_period(period)
    )


class _Reader:
    """Looks up or computes one value after the other; made for one slice."""

    def __init__(
        self,
        definitions: Definitions,
        org_units: OrgUnits,
        reported: Mapping[Period, Mapping[tuple[str, str], Known]],
        planned: Mapping[int, Mapping[tuple[str, str], Target]],
    ) -> None:
        self._definitions = definitions
        self._org_units = org_units
        self._reported = reported
        self._planned = planned

    def history(self, indicator: Indicator, unit: OrgUnit) -> History:
        computed = indicator.levels[unit.level].reporter is None
        found = {}
        for period in sorted(self._reported):
            value = (
                self._computed(indicator, unit, period)
                if computed
                else self._reported[period].get((indicator.id, unit.code))
            )
            if value is not None:
                found[period] = value
        return found

    def _computed(self, indicator: Indicator, unit: OrgUnit, period: Period) -> Known | None:
        return combine(
            indicator,
            self._definitions,
            self._org_units,
            period,
            self._reported[period],
            self._planned.get(period.year, {}),
            self._reported.get(period.same_period_last_year(), {}),
        )


_COLUMNS = (
    "indicator", "org_unit", "period", "observation_period", "value", "status", "expected",
    "ratio", "attainment", "distance", "previous_value", "change", "forecast", "provisional",
)  # fmt: skip


def _row(assessment: Assessment) -> dict[str, object]:
    row = {name: getattr(assessment, name) for name in _COLUMNS}
    row["period"] = assessment.period.code
    row["observation_period"] = assessment.observation_period.code
    row["status"] = assessment.status.value
    row["forecast"] = assessment.forecast.central if assessment.forecast else None
    return row
