"""Judged tables: the one place that turns a slice of values into assessments.

Values come as a frame from ``store.series.values``; each indicator and unit becomes a
history (reported, or computed from the units below), and ``kpi.assess`` judges it at the
period asked for. Screens, documents and the command line all ask here, so that one
figure cannot be judged in two ways. Nothing judged is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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


class Pasts(dict[Key, History]):
    """Histories, and beside them those that stood otherwise when the plan year opened."""

    def __init__(self, now: Histories, opening: Histories) -> None:
        super().__init__(now)
        self.opening = opening

    def of(self, units: Collection[str]) -> Pasts:
        """Those of some organisation units."""
        return Pasts(
            {key: history for key, history in self.items() if key.org_unit in units}, self.opening
        )


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
    opening: pd.DataFrame | None = None,
) -> list[Assessment]:
    """Judge a slice of values at one period.

    Args:
        values: what ``store.series.values`` gives; all that a sum or a ratio rests on must
            be in it (the districts' values, the inputs), for ``periods_needed(period)``.
        targets: those in force at the period's end.
        org_units_wanted: codes; None is the province alone.
        indicators: ids; None is all but the inputs of ratios.
        today: the day that decides whether a missing report is due.
        opening: what stood otherwise when the plan year opened, ``store.series.at_opening``.

    Returns:
        In the definitions' order, unit by unit within an indicator; indicators that do
        not exist at a unit's level are left out.
    """
    wanted = org_units_wanted or (org_units.province.code,)
    units = [org_units.units[code] for code in wanted]
    past = histories(
        values, targets, definitions, org_units, units=units, indicators=indicators,
        opening=opening,
    )  # fmt: skip
    return judge(
        past, targets, definitions, org_units, period=period, indicators=indicators, today=today
    )


def histories(
    values: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    units: Sequence[OrgUnit],
    indicators: Sequence[str] | None = None,
    opening: pd.DataFrame | None = None,
) -> Pasts:
    """Every wanted indicator and unit with its values by period, sums and ratios computed."""
    wanted = [(i, u) for i in _wanted(definitions, indicators) for u in units]
    wanted = [(i, u) for i, u in wanted if i.exists_at(u.level)]
    reported = _by_period(_needed(values, wanted))
    planned: dict[int, dict[tuple[str, str], Target]] = defaultdict(dict)
    for target in targets:
        planned[target.year][target.indicator, target.org_unit] = target
    reader = _Reader(definitions, org_units, reported, planned)
    now = {Key(i.id, u.code): reader.history(i, u) for i, u in wanted}
    other = {} if opening is None else _by_period(_needed(opening, wanted))
    if not other:
        return Pasts(now, {})
    then = {p: {**reported.get(p, {}), **other.get(p, {})} for p in {*reported, *other}}
    reader = _Reader(definitions, org_units, then, planned)
    return Pasts(now, {Key(i.id, u.code): reader.history(i, u) for i, u in wanted})


def _by_period(values: pd.DataFrame) -> dict[Period, dict[tuple[str, str], Known]]:
    found: dict[Period, dict[tuple[str, str], Known]] = defaultdict(dict)
    for (indicator, unit, period), value in known(values).items():
        found[period][indicator, unit] = value
    return found


def _needed(values: pd.DataFrame, wanted: Iterable[tuple[Indicator, OrgUnit]]) -> pd.DataFrame:
    """The rows the wanted histories rest on; making a ``Known`` is what costs time."""
    own: set[tuple[str, str]] = set()
    inputs: set[str | None] = set()
    for indicator, unit in wanted:
        if indicator.levels[unit.level].reporter is not None:
            own.add((indicator.id, unit.code))
        elif indicator.numerator and indicator.denominator:
            inputs |= {indicator.numerator, indicator.denominator}
        else:
            inputs |= {indicator.id, indicator.weight_indicator}
    pairs = zip(values["indicator"], values["org_unit"], strict=True)
    return values[[pair[0] in inputs or pair in own for pair in pairs]]


def judge(
    past: Histories,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    period: Period,
    indicators: Sequence[str] | None = None,
    today: date,
) -> list[Assessment]:
    """Judge histories at ``period``; for pages that draw the histories as well.

    ``indicators`` as in ``assessments``: what is only an input is not judged.
    """
    in_force = {Key(t.indicator, t.org_unit): t for t in targets if t.year == period.year}
    roles = {i.id: i.role for i in definitions.indicators.values()}
    asked = set(indicators or [id_ for id_ in roles if roles[id_] is not Role.INPUT])
    return [
        _judged(key, past, in_force.get(key), definitions, org_units, period, today)
        for key in past
        if key.indicator in asked
    ]


def _wanted(definitions: Definitions, indicators: Sequence[str] | None) -> list[Indicator]:
    """The indicators asked for, and the product taxes that a conversion of them needs."""
    every = definitions.indicators
    asked = {i.id for i in every.values() if i.role is not Role.INPUT}
    if indicators is not None:
        asked = set(indicators)
    conversions = (every[id_].conversion for id_ in asked)
    asked |= {conversion.product_taxes for conversion in conversions if conversion}
    return [i for i in every.values() if i.id in asked]


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
        due=definitions.deadline(period, indicator, unit.level),
        history=history,
        opening=past.opening.get(key) if isinstance(past, Pasts) else None,
        product_taxes=_product_taxes(indicator, unit, past, period),
        product_taxes_last_year=_product_taxes(
            indicator, unit, past, period.same_period_last_year()
        ),
    )
    # A figure of the year that is already there does not belong to the quarters before:
    # who looks at quý III sees what was to be seen in quý III.
    value = history.get(indicator.observation_period(period)) if context.asked else None
    return assess(value, target, context)


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
            unit.code,
        )
