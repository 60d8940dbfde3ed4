"""What is still to be done before the year's end, and how hard that is (METHOD 7).

An increasing flow needs the rest of its target, a stock the rest of its way; a limit
leaves room; a growth rate needs a growth in the rest of the year. Nothing is needed
once the year is over or the target is met, except that a limit still leaves room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kpi.definitions import Indicator, Measure
from kpi.goals import Goal
from kpi.judgement import Effort, Needed, QuartersSoFar
from kpi.periods import Period
from kpi.rounding import RATIO_DECIMALS, half_away
from kpi.targets import TargetKind


@dataclass(frozen=True)
class LastYear:
    """Levels a growth rate is about: the whole of last year, and its same months."""

    total: Decimal | None = None
    to_date: Decimal | None = None


@dataclass(frozen=True)
class SoFar:
    """What the past says about how much a quarter can bring."""

    baseline: Decimal | None = None  # of a stock
    last_total: Decimal | None = None  # of a flow, at Q4 of the year before
    levels: LastYear = field(default_factory=LastYear)
    singles: Mapping[Period, Decimal] = field(default_factory=dict)


def needed(
    indicator: Indicator, goal: Goal, a: Decimal, period: Period, decimals: int, past: SoFar
) -> Needed | None:
    """None where nothing is needed any more, or METHOD gives no figure."""
    if period.is_final:
        return None
    if indicator.measure is Measure.FLOW and not goal.rises:
        return _room(goal, a, period, decimals, past)
    t = goal.reference
    if t is None or goal.met(a) or goal.kind is TargetKind.BELOW_PREVIOUS:
        return None
    if indicator.growth:
        return _growth_in_rest(a, t, period, decimals, past.levels)
    if indicator.measure is Measure.RATE:
        return None
    return _to_go(indicator.measure, goal, a, t, period, past)


def _room(goal: Goal, a: Decimal, period: Period, decimals: int, past: SoFar) -> Needed | None:
    limit = goal.reference
    if goal.kind is TargetKind.BELOW_PREVIOUS:
        step = Decimal(1).scaleb(-decimals)
        limit = None if past.last_total is None else past.last_total - step
    if limit is None:
        return None
    quarters = QuartersSoFar(last_years_rest=_last_years_rest(period, past.singles))
    return Needed(room=max(Decimal(0), limit - a), quarters=quarters)


def _last_years_rest(period: Period, singles: Mapping[Period, Decimal]) -> Decimal | None:
    later = [Period(period.year - 1, quarter) for quarter in range(period.quarter + 1, 5)]
    if any(quarter not in singles for quarter in later):
        return None
    return sum((singles[quarter] for quarter in later), Decimal(0))


def _to_go(
    measure: Measure, goal: Goal, a: Decimal, t: Decimal, period: Period, past: SoFar
) -> Needed:
    total = abs(t - a)
    per_quarter = total / (4 - period.quarter)
    start = Decimal(0) if measure is Measure.FLOW else past.baseline
    average = None if start is None else (a - start) / period.quarter
    if average is not None and not goal.rises:
        average = -average
    multiple = None
    if average is not None and average > 0:
        multiple = half_away(per_quarter / average, RATIO_DECIMALS)
    best_in = _best_quarter(goal, period, past.singles)
    best = None if best_in is None else past.singles[best_in] * (1 if goal.rises else -1)
    return Needed(
        total=total,
        per_quarter=per_quarter,
        multiple=multiple,
        effort=_effort(per_quarter, average, best),
        quarters=QuartersSoFar(average, best, best_in),
    )


def _best_quarter(goal: Goal, period: Period, singles: Mapping[Period, Decimal]) -> Period | None:
    """The best single quarter ever, the latest of equals; None while only this year's are
    known."""
    if all(quarter.year == period.year for quarter in singles):
        return None
    sign = 1 if goal.rises else -1
    return max(singles, key=lambda quarter: (sign * singles[quarter], quarter))


def _effort(per_quarter: Decimal, average: Decimal | None, best: Decimal | None) -> Effort | None:
    if average is not None and per_quarter <= average:
        return Effort.FEASIBLE
    if best is None:
        return None
    return Effort.HARD if per_quarter <= best else Effort.NEVER_DONE


def _growth_in_rest(
    a: Decimal, t: Decimal, period: Period, decimals: int, levels: LastYear
) -> Needed:
    """Growth of the remaining months over the same months of last year, %."""
    total, to_date = levels.total, levels.to_date
    if total is not None and to_date is not None and total > to_date:
        aim = (100 + t) * total - (100 + a) * to_date
        growth = aim / (total - to_date) - 100
        return Needed(growth_in_rest=half_away(growth, decimals))
    gone = period.fraction
    growth = (t - a * gone) / (1 - gone)
    return Needed(growth_in_rest=half_away(growth, decimals), approximate=True)
