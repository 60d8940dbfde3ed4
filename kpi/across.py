"""The province's figure from the districts' (METHOD 9): sums, ratios, weighted means.

A ratio is the sum of numerators over the sum of denominators, never an average of
ratios; a district's own ratio is its numerator over its denominator. What is missing
is weighed: by its share of the plan, else of last year's values, else as one of n; in
a ratio by its denominator. Whether that is too much to judge by is ``kpi.status``' say.
A computed figure keeps its parts, so that each can name its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kpi.definitions import Across, Definitions, Indicator, Level, OrgUnits
from kpi.goals import plan_figure
from kpi.observations import Coverage, Known, ObsStatus
from kpi.periods import Period
from kpi.targets import Target

Values = Mapping[tuple[str, str], Known]  # (indicator, organisation unit) -> value in force


def combine(
    indicator: Indicator,
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
    values: Values,
    targets: Mapping[tuple[str, str], Target],
    previous: Values,
    org_unit: str | None = None,
) -> Known | None:
    """The computed figure of the province, or with ``org_unit`` of one district.

    ``values`` are those in force at ``period``, ``previous`` those of the same period a
    year before. None where nothing is computed: a reported indicator, no unit with a
    value, a district's figure that is not a ratio. A part without a value is missing.
    """
    if org_unit is not None and org_unit != org_units.province.code:
        if indicator.across_units is not Across.RATIO:
            return None
        return _of_district(indicator, definitions, org_unit, period, values)
    if indicator.across_units is Across.REPORTED:
        return None
    expected = tuple(unit.code for unit in org_units.districts(period.end))
    found = {unit: _parts(indicator, unit, values) for unit in expected}
    present = tuple(unit for unit in expected if found[unit])
    if not present:
        return None
    missing = [unit for unit in expected if unit not in present]
    weight = _missing_weight(indicator, expected, missing, values, targets, previous)
    return _computed(
        indicator,
        org_units.province.code,
        indicator.observation_period(period),
        [part for unit in present for part in found[unit]],
        basis=_basis(indicator, Level.PROVINCE),
        coverage=Coverage(present, expected, weight),
    )


def restricted(known: Known, indicator: Indicator, units: frozenset[str]) -> Known | None:
    """The same figure for some of its units only, to compare like with like.

    None where the figure does not rest on all of them, or its parts are not known.
    """
    if known.units == units:
        return known
    if known.coverage is None or not units or not units <= known.units:
        return None
    parts = [part for part in known.parts if part.org_unit in units]
    if not units <= {part.org_unit for part in parts}:
        return None
    present = tuple(unit for unit in known.coverage.present if unit in units)
    return _computed(
        indicator,
        known.org_unit,
        known.period,
        parts,
        basis=known.basis,
        coverage=replace(known.coverage, present=present),
    )


def denominator_of(known: Known, indicator: Indicator) -> Decimal | None:
    """What a computed ratio of counts was divided by; None for anything else."""
    if indicator.denominator is None:
        return None
    wanted = (indicator.numerator, indicator.denominator)
    values = [p.value for p in known.parts if p.indicator in wanted and p.value is not None]
    if any(value != value.to_integral_value() for value in values):
        return None  # kilometres, not communes
    total = _sum(known.parts, indicator.denominator)
    return total if total > 0 else None


def _of_district(
    indicator: Indicator, definitions: Definitions, unit: str, period: Period, values: Values
) -> Known | None:
    parts = _parts(indicator, unit, values)
    if not parts:
        return None
    of = indicator.observation_period(period)
    return _computed(indicator, unit, of, parts, basis=_basis(indicator, Level.DISTRICT))


def _ids(indicator: Indicator) -> tuple[str, ...]:
    """The indicators a computed figure is made of."""
    match indicator.across_units:
        case Across.RATIO:
            ids = (indicator.numerator, indicator.denominator)
        case Across.WEIGHTED_MEAN:
            ids = (indicator.id, indicator.weight_indicator)
        case _:
            return (indicator.id,)
    if ids[0] is None or ids[1] is None:
        raise ValueError(f"{indicator.id}: {indicator.across_units} needs its two indicators")
    return ids[0], ids[1]


def _parts(indicator: Indicator, unit: str, values: Values) -> tuple[Known, ...]:
    """All that one unit contributes, or nothing if any of it is missing."""
    found = [values.get((name, unit)) for name in _ids(indicator)]
    parts = tuple(k for k in found if k is not None and k.value is not None)
    return parts if len(parts) == len(found) else ()


def _computed(
    indicator: Indicator,
    unit: str,
    period: Period,
    parts: Sequence[Known],
    *,
    basis: str,
    coverage: Coverage | None = None,
) -> Known:
    value = _value(indicator, parts)
    return Known(
        indicator=indicator.id,
        org_unit=unit,
        period=period,
        value=value,
        # No commune at all to have a road: the rate cannot exist, it is not missing.
        status=ObsStatus.NOT_APPLICABLE if value is None else _status(parts),
        basis=basis,
        coverage=coverage,
        parts=tuple(parts),
    )


def _value(indicator: Indicator, parts: Sequence[Known]) -> Decimal | None:
    ids = _ids(indicator)
    if indicator.across_units is Across.SUM:
        return _sum(parts, ids[0])
    below = _sum(parts, ids[1])
    if below <= 0:
        return None
    if indicator.across_units is Across.RATIO:
        scale = 100 if indicator.unit_of_measure.is_percent else 1
        return scale * _sum(parts, ids[0]) / below
    weights = {part.org_unit: part.value for part in parts if part.indicator == ids[1]}
    products = (
        part.value * (weights.get(part.org_unit) or Decimal(0))
        for part in parts
        if part.indicator == ids[0] and part.value is not None
    )
    return sum(products, Decimal(0)) / below


def _sum(parts: Iterable[Known], name: str) -> Decimal:
    values = (p.value for p in parts if p.indicator == name and p.value is not None)
    return sum(values, Decimal(0))


def _status(parts: Sequence[Known]) -> ObsStatus:
    """An estimate among the parts makes the whole an estimate."""
    statuses = {part.status for part in parts}
    for status in (ObsStatus.ESTIMATE, ObsStatus.PROVISIONAL):
        if status in statuses:
            return status
    return ObsStatus.NORMAL


def _basis(indicator: Indicator, level: Level) -> str:
    rule = indicator.levels.get(level)
    return rule.basis if rule else ""


def _missing_weight(
    indicator: Indicator,
    expected: Sequence[str],
    missing: Sequence[str],
    values: Values,
    targets: Mapping[tuple[str, str], Target],
    previous: Values,
) -> Decimal:
    """The missing units' part of the whole, 0 to 1.

    Unit by unit: one that was given no plan may still be weighed by what it did last year.
    """
    if indicator.across_units is Across.SUM:
        plans = {unit: _plan(targets.get((indicator.id, unit))) for unit in expected}
        last = {unit: _of(previous, indicator.id, unit) for unit in expected}
        measures = [plans, last]
    else:
        below = _ids(indicator)[1]
        sizes = {u: _of(values, below, u) or _of(previous, below, u) for u in expected}
        measures = [sizes]
    even = Decimal(1) / len(expected)
    weights = (
        next((share for m in measures if (share := _share(m, unit)) is not None), even)
        for unit in missing
    )
    return min(Decimal(1), sum(weights, Decimal(0)))


def _share(sizes: Mapping[str, Decimal | None], unit: str) -> Decimal | None:
    """A unit's part of all sizes; None where they give no sensible part."""
    size = sizes[unit]
    known = [other for other in sizes.values() if other is not None]
    if size is None or min(known) < 0 or sum(known) <= 0:
        return None
    return size / sum(known, Decimal(0))


def _plan(target: Target | None) -> Decimal | None:
    return None if target is None else plan_figure(target.edges, target.direction)


def _of(values: Values, name: str, unit: str) -> Decimal | None:
    known = values.get((name, unit))
    return known.value if known is not None else None
