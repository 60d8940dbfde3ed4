"""The course of one indicator over its year: what the figures and their tables draw.

A figure needs the judgements of every quarter side by side, last year's values, the pace
and the plan. They are brought together here once, so that a line, its table and its
title can never disagree. Values stay Decimal; nothing is computed but differences between
to-date figures (METHOD 1). Quarters after the one looked at show no value, even when it
is known by now: a link to quý II must keep showing quý II.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.definitions import Indicator, Level, Measure
from kpi.judgement import Assessment, Forecast
from kpi.periods import Period
from kpi.targets import Target, TargetKind

QUARTERS = (1, 2, 3, 4)
YEARS_SHOWN = 5  # of an annual figure: the plan year and the four before it


@dataclass(frozen=True)
class Step:
    """One point of the time axis: a quarter to date, or a year."""

    period: Period
    value: Decimal | None = None
    previous: Decimal | None = None
    expected: Decimal | None = None
    unapproved: bool = False  # does the value rest on what nobody has decided on yet?
    previous_unapproved: bool = False


@dataclass(frozen=True)
class Single:
    """One quarter alone: the differences between two steps."""

    period: Period
    value: Decimal | None = None
    previous: Decimal | None = None
    expected: Decimal | None = None
    ahead: Forecast | None = None
    unapproved: bool = False
    previous_unapproved: bool = False

    @property
    def forecast(self) -> Decimal | None:
        return self.ahead.central if self.ahead else None


@dataclass(frozen=True)
class Course:
    """One indicator of one organisation unit along its time axis, seen at one period."""

    indicator: Indicator
    level: Level
    judged: Assessment
    steps: tuple[Step, ...]

    @property
    def decimals(self) -> int:
        return self.indicator.decimals_at(self.level)

    @property
    def target(self) -> Target | None:
        return self.judged.target

    @property
    def kind(self) -> TargetKind | None:
        return self.target.kind if self.target else None

    @property
    def is_flow(self) -> bool:
        return self.indicator.measure is Measure.FLOW

    @property
    def year(self) -> int:
        return self.judged.period.year

    @property
    def known(self) -> tuple[Step, ...]:
        """The steps that have a value."""
        return tuple(step for step in self.steps if step.value is not None)

    @property
    def unapproved(self) -> bool:
        """Is there a figure in it that nobody has decided on yet?"""
        return any(step.unapproved or step.previous_unapproved for step in self.steps)

    @property
    def paced(self) -> bool:
        """Is there a pace to draw that is not simply the plan itself?"""
        if self.kind is None or self.kind is TargetKind.BELOW_PREVIOUS:
            return False
        levels = {step.expected for step in self.steps if step.expected is not None}
        return len(levels) > 1 or bool(levels and self.judged.reference not in levels)

    def singles(self) -> tuple[Single, ...]:
        """The quarters alone; a quarter after a gap has no figure of its own."""
        before = Step(Period(self.year, 1), Decimal(0), Decimal(0), Decimal(0))
        result = []
        for step in self.steps:
            result.append(self._single(before, step))
            before = step
        return tuple(result)

    def _single(self, before: Step, step: Step) -> Single:
        expected = _difference(step.expected, before.expected)
        return Single(
            period=step.period,
            value=_difference(step.value, before.value),
            previous=_difference(step.previous, before.previous),
            expected=None if self.kind is TargetKind.BELOW_PREVIOUS else expected,
            ahead=self._still_to_come(step.period, expected),
            unapproved=step.unapproved or before.unapproved,
            previous_unapproved=step.previous_unapproved or before.previous_unapproved,
        )

    def _still_to_come(self, period: Period, expected: Decimal | None) -> Forecast | None:
        """A quarter's part of the forecast, by the same profile as the pace."""
        forecast, value, reference = (
            self.judged.forecast,
            self.judged.value,
            self.judged.reference,
        )
        if forecast is None or value is None or period <= self.judged.period:
            return None
        if self.judged.period.quarter == 3:
            return _each(forecast, lambda total: total - value)
        if expected is None or not reference:
            return None
        return _each(forecast, lambda total: total * expected / reference)


def _each(forecast: Forecast, part: Callable[[Decimal], Decimal]) -> Forecast:
    low, high = part(forecast.low), part(forecast.high)
    return replace(forecast, central=part(forecast.central), low=low, high=high)


def course(
    judged: Assessment, around: Iterable[Assessment], indicator: Indicator, level: Level
) -> Course:
    """The course that ``judged`` lies on.

    Args:
        judged: the assessment of the period looked at.
        around: assessments of the same indicator and unit at other periods: the quarters
            of the same year and of the year before (an annual figure: earlier years).
            Missing ones leave a gap.
    """
    by_period = {a.observation_period: a for a in around if a.org_unit == judged.org_unit}
    by_period[judged.observation_period] = judged
    if indicator.annual:
        years = range(judged.period.year - YEARS_SHOWN + 1, judged.period.year + 1)
        steps = tuple(_step(Period(year), by_period, judged) for year in years)
        first = next((n for n, step in enumerate(steps) if step.value is not None), None)
        steps = steps[min(len(steps) - 2 if first is None else first, len(steps) - 2) :]
    else:
        year = judged.period.year
        steps = tuple(_step(Period(year, q), by_period, judged) for q in QUARTERS)
    return Course(indicator, level, judged, steps)


def _step(period: Period, by_period: Mapping[Period, Assessment], judged: Assessment) -> Step:
    own = by_period.get(period)
    last_year = by_period.get(period.same_period_last_year())
    value = own.value if own and period <= judged.observation_period else None
    previous = own.previous_value if own and own.value is not None else None
    source = own.previous if own and previous is not None else None
    if previous is None and last_year is not None and _same_basis(last_year, judged):
        previous, source = last_year.value, last_year.known
    return Step(
        period=period,
        value=value,
        previous=previous,
        expected=_expected(own, period, judged),
        unapproved=own is not None and value is not None and own.unapproved,
        previous_unapproved=source is not None and source.unapproved,
    )


def _same_basis(one: Assessment, other: Assessment) -> bool:
    """Figures of two bases are never drawn on one axis."""
    return one.known is None or other.known is None or one.known.basis == other.known.basis


def _expected(own: Assessment | None, period: Period, judged: Assessment) -> Decimal | None:
    if own is not None and own.expected is not None:
        return own.expected
    # at the year's end the whole target is due, even where nobody has judged it yet
    follows = judged.expected is not None and period.is_final
    return judged.reference if follows and period.year == judged.period.year else None


def _difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before
