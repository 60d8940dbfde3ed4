"""What is expected by now: the profile of the year, the expected value, the ratio to it.

METHOD 6. A flow is expected to have reached a share of the year's target: as declared,
else as its own past years went (median), else evenly. A stock is expected to have gone
that share of the way from its baseline. A rate is held against its target at any time.

Not here: bands and falls against last year, which have no ratio (``kpi.status``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from kpi.definitions import Indicator, Measure
from kpi.goals import Goal
from kpi.judgement import Profile, ProfileKind
from kpi.periods import Period
from kpi.rounding import RATIO_DECIMALS, half_away

# A share such as 1/3 is cut at 28 digits; 300 × 1/3 must still be 100 when a value is
# held against it to the unit.
_NOISE_DECIMALS = 12


@dataclass(frozen=True)
class Profiles:
    """Every known course of the year; ``own`` is the one METHOD 6 chooses."""

    declared: Profile | None = None
    history: Profile | None = None
    single_years: tuple[Profile, ...] = ()
    linear: Profile | None = None

    @property
    def own(self) -> Profile | None:
        return self.declared or self.history or self.linear


@dataclass(frozen=True)
class Expected:
    """The expected value; ``start`` is the baseline of a stock on its way, else None."""

    value: Decimal | None = None
    start: Decimal | None = None
    end: Decimal | None = None
    profile: Profile | None = None
    reason: str | None = None

    def scaled(self, weight: Decimal) -> Expected:
        """What is expected of a part of the organisation units (METHOD 9)."""
        return Expected(
            None if self.value is None else settled(self.value * weight),
            None if self.start is None else self.start * weight,
            None if self.end is None else self.end * weight,
            self.profile,
            self.reason,
        )


def profiles(
    indicator: Indicator,
    period: Period,
    shares: Mapping[int, tuple[Decimal, ...]],
    declared: Decimal | None = None,
) -> Profiles:
    """The courses known for an indicator at a period.

    ``shares`` are those of the qualifying past years (``Past.shares``); only a flow has
    any. ``declared`` is the share a target's own quarter value implies; it comes before
    the indicator's pace.
    """
    quarter = period.quarter or 4
    if declared is None and indicator.pace is not None:
        declared = indicator.pace.get(quarter)
    years = sorted(shares) if indicator.measure is Measure.FLOW else []
    enough = len(years) >= max(1, indicator.thresholds.min_history_years)
    usual = median(shares[year][quarter - 1] for year in years) if enough else None
    return Profiles(
        declared=None if declared is None else Profile(ProfileKind.DECLARED, declared),
        history=None if usual is None else Profile(ProfileKind.HISTORY, usual, tuple(years)),
        single_years=tuple(
            Profile(ProfileKind.HISTORY, shares[year][quarter - 1], (year,)) for year in years
        ),
        linear=Profile(ProfileKind.LINEAR, period.fraction) if indicator.linear else None,
    )


def expected(
    measure: Measure,
    goal: Goal,
    course: Profiles,
    *,
    baseline: Decimal | None = None,
    quarter_value: Decimal | None = None,
    final: bool = False,
) -> Expected:
    """The value expected at the period, for goals that are judged by a ratio.

    ``quarter_value`` is what the target itself asks of the quarter (``by_quarter``).
    """
    t = goal.reference
    if t is None:
        return Expected(reason="no_reference")
    if final or measure is Measure.RATE:
        return Expected(value=t if final or quarter_value is None else quarter_value)
    if measure is Measure.FLOW:
        return _expected_flow(t, course, quarter_value)
    if quarter_value is not None:
        return Expected(value=quarter_value)
    return _expected_stock(goal, t, course.own, baseline)


def _expected_flow(t: Decimal, course: Profiles, quarter_value: Decimal | None) -> Expected:
    if quarter_value is not None:
        return Expected(value=quarter_value, profile=course.declared)
    if course.own is None:
        return Expected(reason="no_pace")
    return Expected(value=settled(t * course.own.share), profile=course.own)


def _expected_stock(
    goal: Goal, t: Decimal, profile: Profile | None, baseline: Decimal | None
) -> Expected:
    if baseline is None:
        return Expected(reason="no_baseline")
    if goal.shortfall(baseline, t) <= 0:
        return Expected(value=t)
    if profile is None:
        return Expected(reason="no_pace")
    value = settled(baseline + (t - baseline) * profile.share)
    return Expected(value=value, start=baseline, end=t, profile=profile)


def ratio(a: Decimal, due: Expected, *, rises: bool) -> Decimal | None:
    """How the value stands to the expected one; None where that is not above zero."""
    if due.value is None:
        return None
    if due.start is not None and due.end is not None and due.profile is not None:
        way = (due.end - due.start) * due.profile.share
        # One division only: a ratio that lies exactly on a threshold must stay there.
        return half_away((a - due.start) / way, RATIO_DECIMALS) if way else None
    if due.value <= 0:
        return None
    quotient = a / due.value if rises else (2 * due.value - a) / due.value
    return half_away(quotient, RATIO_DECIMALS)


def settled(value: Decimal) -> Decimal:
    """Free of the noise of division and of trailing zeros."""
    clean = half_away(value, _NOISE_DECIMALS).normalize()
    return Decimal(format(clean, "f"))
