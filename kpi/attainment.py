"""How near is the value to the plan: attainment, distance, way travelled, change.

METHOD 5. Every figure is a ``Figure``: a number, or the reason why there is none.
Nothing is divided by zero and nothing is invented. Values and edges come in rounded as
the report prints them. Not here: what is expected by now (``kpi.pace``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Measure
from kpi.goals import Goal
from kpi.rounding import printable_percent
from kpi.targets import TargetKind

_HUNDRED = Decimal(100)
# A value equal to last year's has not fallen; 100 would say it had.
_MOST_WHEN_NOT_BELOW = Decimal("99.9")


@dataclass(frozen=True)
class Figure:
    """A percentage as printed; ``sign`` is "<" or ">" where three decimals are too few."""

    value: Decimal | None = None
    reason: str | None = None
    sign: str = ""


def attainment(
    goal: Goal,
    a: Decimal,
    *,
    measure: Measure,
    final: bool,
    baseline: Decimal | None = None,
    growth: bool = False,
    margin: Decimal = Decimal(0),
) -> Figure:
    """So với kế hoạch, %: 100 when the target is met to the letter."""
    if growth and a < 0:
        return Figure(reason="negative_growth")
    if measure is Measure.FLOW and _limits_the_year(goal) and not final:
        return Figure(reason="limit_of_the_year")
    exact = _exact(goal, a, baseline)
    if isinstance(exact, str):
        return Figure(reason=exact)
    return _percent(max(exact, Decimal(0)), _landmarks(margin))


def used_of_limit(goal: Goal, a: Decimal, *, measure: Measure, final: bool) -> Figure:
    """Of a decreasing flow before the year's end: the part of the limit used, %."""
    limit = goal.reference
    if measure is not Measure.FLOW or final or not _limits_the_year(goal) or limit is None:
        return Figure(reason="not_a_limit")
    if limit <= 0:
        return Figure(reason="limit_not_positive")
    return _percent(100 * a / limit, (_HUNDRED,))


def distance(goal: Goal, a: Decimal) -> Decimal | None:
    """To the near edge, in the unit of measure (of percentages: points); 0 inside."""
    if goal.kind is TargetKind.BAND and goal.met(a):
        return Decimal(0)
    if goal.kind is TargetKind.RANGE:
        low, high = goal.edges
        return a - min(max(a, low), high)
    edge = goal.near_edge(a)
    return None if edge is None else a - edge


def travelled(a: Decimal, baseline: Decimal | None, t: Decimal | None) -> Figure:
    """Quãng đường đã đi: the part of the way from the baseline to the target, %."""
    if baseline is None or t is None:
        return Figure(reason="no_baseline")
    if t == baseline:
        return Figure(reason="no_way_to_go")
    return _percent(100 * (a - baseline) / (t - baseline), (_HUNDRED,))


def change(a: Decimal, previous: Decimal | None) -> Figure:
    """Against the same period of the previous year, %."""
    if previous is None:
        return Figure(reason="no_previous")
    if previous <= 0:
        return Figure(reason="previous_not_positive")
    return _percent(100 * (a - previous) / previous, (Decimal(0),))


def _limits_the_year(goal: Goal) -> bool:
    """A ceiling on the year: how full it is says nothing about the year's end."""
    return goal.kind is TargetKind.AT_MOST or (goal.kind is TargetKind.RANGE and not goal.rises)


def _exact(goal: Goal, a: Decimal, baseline: Decimal | None) -> Decimal | str:
    match goal.kind:
        case TargetKind.AT_LEAST:
            return _up_to(a, goal.reference)
        case TargetKind.AT_MOST if goal.reference == 0:
            return _down_to_none(a, baseline)
        case TargetKind.AT_MOST:
            return _down_to(a, goal.reference)
        case TargetKind.BELOW_PREVIOUS:
            return _below(a, goal)
    low, high = goal.edges
    if low <= a <= high:
        return _HUNDRED
    upwards = goal.rises if goal.kind is TargetKind.RANGE else a < low
    edge = low if a < low else high
    return _up_to(a, edge) if upwards else _down_to(a, edge)


def _up_to(a: Decimal, t: Decimal | None) -> Decimal | str:
    if t is None or t <= 0:
        return "target_not_positive"
    return 100 * a / t


def _down_to(a: Decimal, t: Decimal | None) -> Decimal | str:
    if t is None or t <= 0:
        return "target_not_positive"
    return 100 * (2 * t - a) / t


def _down_to_none(a: Decimal, baseline: Decimal | None) -> Decimal | str:
    """The target is that there be none: only the way down from the baseline counts."""
    if a <= 0:
        return _HUNDRED
    if baseline is None:
        return "no_baseline"
    return 100 * (baseline - a) / baseline if baseline > 0 else "baseline_not_positive"


def _below(a: Decimal, goal: Goal) -> Decimal | str:
    p = goal.previous
    if p is None:
        return "no_previous"
    if p < 0:
        return "previous_not_positive"
    if goal.met(a):
        return _HUNDRED
    return min(_MOST_WHEN_NOT_BELOW, 100 * (2 * p - a) / p) if p else Decimal(0)


def _landmarks(margin: Decimal) -> tuple[Decimal, ...]:
    """Percentages at which a status changes (METHOD 3)."""
    return (_HUNDRED, *((_HUNDRED * (1 - margin), _HUNDRED * (1 + margin)) if margin else ()))


def _percent(exact: Decimal, landmarks: Sequence[Decimal]) -> Figure:
    sign, value = printable_percent(exact, landmarks=landmarks)
    return Figure(value=value, sign=sign)
