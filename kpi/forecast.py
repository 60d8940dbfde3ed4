"""Where the year would end if things went on so (METHOD 7). It never changes a status.

A flow is divided by the share of the year usually reached by now; the interval is the
spread of the known courses, a spread of methods and not of probability. An even pace is
no forecast: without a declared pace or enough history there is none.
"""

from __future__ import annotations

from decimal import Decimal

from kpi.definitions import Indicator, Measure
from kpi.judgement import Forecast, Profile, ProfileKind
from kpi.pace import Expected, Profiles
from kpi.rounding import half_away


def forecast(
    indicator: Indicator,
    a: Decimal,
    *,
    decimals: int,
    final: bool,
    course: Profiles,
    due: Expected | None,
) -> Forecast | None:
    """``due`` is what METHOD 6 expects of the target; a stock needs it for its way."""
    if final:
        return Forecast(a, a, a, "actual")
    if indicator.measure is Measure.FLOW:
        return _of_flow(indicator, a, decimals, course)
    if indicator.measure is Measure.STOCK and due is not None and due.start is not None:
        return _of_stock(indicator, a, decimals, due)
    return Forecast(a, a, a, "latest") if indicator.forecast_latest else None


def _of_flow(indicator: Indicator, a: Decimal, decimals: int, course: Profiles) -> Forecast | None:
    own = course.own
    if own is None or own.kind is ProfileKind.LINEAR or not _usable(own, indicator):
        return None
    others = (course.declared, course.history, *course.single_years)
    ends = [
        half_away(a / profile.share, decimals)
        for profile in others
        if profile is not None and _usable(profile, indicator)
    ]
    central = half_away(a / own.share, decimals)
    return Forecast(central, min(ends), max(ends), own.kind.value)


def _of_stock(indicator: Indicator, a: Decimal, decimals: int, due: Expected) -> Forecast | None:
    profile, start = due.profile, due.start
    if profile is None or start is None or not _usable(profile, indicator):
        return None
    end = start + (a - start) / profile.share
    if indicator.hard_low is not None:
        end = max(end, indicator.hard_low)
    if indicator.hard_high is not None:
        end = min(end, indicator.hard_high)
    end = half_away(end, decimals)
    return Forecast(end, end, end, profile.kind.value)


def _usable(profile: Profile, indicator: Indicator) -> bool:
    """A small share would blow up every accident of the first weeks."""
    return profile.share > 0 and profile.share >= indicator.thresholds.min_forecast_share
