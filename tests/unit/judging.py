"""Small builders for the tests of judgements: an indicator, a target, a value, a context.

Everything has a harmless default; a test names only what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from kpi.assessment import Context, assess
from kpi.definitions import (
    Across,
    Indicator,
    Level,
    LevelRule,
    Measure,
    Role,
    Text,
    Thresholds,
    UnitOfMeasure,
)
from kpi.judgement import Assessment
from kpi.observations import Coverage, Known
from kpi.periods import Period
from kpi.targets import Direction, Edges, Target, TargetKind

PERCENT = UnitOfMeasure("percent", Text("%", "%"), is_percent=True)
COUNT = UnitOfMeasure("communes", Text("xã", "communes"), is_count=True)
MONEY = UnitOfMeasure("billion_dong", Text("tỷ đồng", "billion dong"))

Q1, Q2, Q3, Q4 = (Period(2018, quarter) for quarter in (1, 2, 3, 4))
Number = int | str | Decimal
Edge = Number | tuple[Number | None, Number | None] | None

_DIRECTIONS = {
    TargetKind.AT_LEAST: Direction.INCREASE,
    TargetKind.AT_MOST: Direction.DECREASE,
    TargetKind.BELOW_PREVIOUS: Direction.DECREASE,
    TargetKind.BAND: Direction.HOLD,
    TargetKind.RANGE: Direction.INCREASE,
}


def d(value: Number) -> Decimal:
    return Decimal(value)


def indicator(
    measure: Measure = Measure.FLOW,
    *,
    unit: UnitOfMeasure = MONEY,
    decimals: int = 0,
    basis: str = "basis",
    pace: tuple[Number, ...] | None = None,
    thresholds: Mapping[str, object] | None = None,
    across: Across = Across.REPORTED,
    **more: object,
) -> Indicator:
    rule = LevelRule("office", basis, decimals)
    shares = None if pace is None else {q: d(s) for q, s in zip((1, 2, 3, 4), pace, strict=True)}
    shape: dict[str, object] = {
        "id": "x",
        "levels": {Level.PROVINCE: rule, Level.DISTRICT: rule},
        "direction": None,
        **more,
    }
    return Indicator(  # type: ignore[arg-type]
        name=Text("tên", "name"),
        short=Text("tên", "name"),
        sector="growth",
        role=Role.TARGET,
        unit_of_measure=unit,
        measure=measure,
        across_units=across,
        decree=None,
        pace=shares,
        thresholds=Thresholds(**(thresholds or {})),  # type: ignore[arg-type]
        **shape,
    )


def edges(kind: TargetKind, edge: Edge) -> Edges:
    """A single figure goes where the kind wants it; a pair is low and high."""
    if edge is None:
        return Edges()
    if isinstance(edge, tuple):
        low, high = (None if e is None else d(e) for e in edge)
        return Edges(low, high)
    return Edges(high=d(edge)) if kind is TargetKind.AT_MOST else Edges(low=d(edge))


def target(
    kind: TargetKind | str,
    edge: Edge = None,
    *,
    direction: Direction | None = None,
    by_quarter: Mapping[int, Edge] | None = None,
    baseline: Number | None = None,
    basis: str = "basis",
) -> Target:
    kind = TargetKind(kind)
    return Target(
        indicator="x",
        org_unit="20",
        year=2018,
        kind=kind,
        direction=direction or _DIRECTIONS[kind],
        edges=edges(kind, edge),
        basis=basis,
        clause="2.b",
        document="decree",
        by_quarter={q: edges(kind, e) for q, e in (by_quarter or {}).items()},
        baseline=None if baseline is None else d(baseline),
    )


def known(
    value: Number | None,
    period: Period = Q3,
    *,
    name: str = "x",
    unit: str = "20",
    basis: str = "basis",
    **more: object,
) -> Known:
    figure = None if value is None else d(value)
    return Known(name, unit, period, figure, basis=basis, **more)  # type: ignore[arg-type]


def missing(weight: Number, present: int = 8, expected: int = 11) -> Coverage:
    units = tuple(str(number) for number in range(expected))
    return Coverage(units[:present], units, d(weight))


def year(number: int, *values: Number | None) -> dict[Period, Known]:
    """To-date values of a year from Q1 on; None leaves a quarter out."""
    return {
        Period(number, quarter): known(value, Period(number, quarter))
        for quarter, value in enumerate(values, start=1)
        if value is not None
    }


def context(
    of: Indicator,
    period: Period = Q3,
    *,
    history: Mapping[Period, Known] | None = None,
    late: bool = False,
    level: Level = Level.PROVINCE,
    **more: object,
) -> Context:
    return Context(  # type: ignore[arg-type]
        indicator=of,
        level=level,
        org_unit="20",
        period=period,
        today=date(2019, 2, 2) if late else date(2018, 1, 1),
        due=date(2019, 2, 1),
        history=history or {},
        **more,
    )


def judged(
    value: Number | Known | None,
    aim: Target | None,
    of: Indicator,
    period: Period = Q3,
    **more: object,
) -> Assessment:
    """``assess`` in one line."""
    at = of.observation_period(period)
    seen = value if isinstance(value, Known) or value is None else known(value, at)
    return assess(seen, aim, context(of, period, **more))  # type: ignore[arg-type]
