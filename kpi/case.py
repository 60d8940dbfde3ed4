"""Everything one judgement needs, rounded as printed and compared like with like.

``case_of`` is where METHOD 1 (same basis, same units), 3 (rounding) and 8's conversion
happen, once; the rules of ``kpi.status`` then only compare figures. ``Context`` is what
the caller knows; nothing here asks the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from kpi.across import denominator_of, restricted
from kpi.definitions import Across, Indicator, Level, Measure, Thresholds
from kpi.goals import Goal, goal_of, quarter_reference
from kpi.history import Past
from kpi.needed import LastYear
from kpi.observations import Coverage, Known
from kpi.pace import Expected, Profiles, expected, profiles
from kpi.periods import Period
from kpi.rounding import half_away
from kpi.targets import Target, TargetKind


@dataclass(frozen=True)
class Context:
    """What a judgement depends on besides the value and its target.

    ``period`` is the one looked at: an annual figure is judged with Q4. ``history``
    holds the values of this indicator and unit by observation period, this year's
    included; ``opening`` those of past years as they stood when the plan year opened,
    from which the pace comes, so that past statuses do not move (None: no different).
    ``product_taxes`` (and last year's) are needed by a conversion only, ``last_year``
    by growth rates only: no form asks for GRDP itself, and growth rates alone do not say
    how last year's months compare, so that METHOD 7's approximation stands until one does.
    """

    indicator: Indicator
    level: Level
    org_unit: str
    period: Period
    today: date
    due: date
    history: Mapping[Period, Known] = field(default_factory=dict)
    opening: Mapping[Period, Known] | None = None
    product_taxes: Known | None = None
    product_taxes_last_year: Known | None = None
    last_year: LastYear = field(default_factory=LastYear)

    @property
    def observation_period(self) -> Period:
        return self.indicator.observation_period(self.period)

    @property
    def asked(self) -> bool:
        """The indicator exists at this level and is asked for at this period."""
        indicator = self.indicator
        return indicator.exists_at(self.level) and indicator.is_asked_at(self.period.quarter or 4)

    @property
    def decimals(self) -> int:
        rule = self.indicator.levels.get(self.level)
        return rule.decimals if rule else 0


@dataclass(frozen=True)
class Case:
    """One value against one target (or none), in figures."""

    indicator: Indicator
    period: Period
    decimals: int
    known: Known  # the value judged, converted where ``original`` is set
    a: Decimal
    past: Past
    fixed: Past  # the past as it stood when the plan year opened
    original: Known | None = None
    basis_reason: str | None = None  # why value and target cannot be compared
    year_goal: Goal | None = None
    goal: Goal | None = None  # with the quarter's own edges, where it has any
    previous: Known | None = None
    p: Decimal | None = None
    previous_reason: str | None = None
    baseline_known: Known | None = None
    baseline: Decimal | None = None
    course: Profiles = field(default_factory=Profiles)
    due: Expected = field(default_factory=Expected)
    step: Decimal = Decimal(1)

    @property
    def final(self) -> bool:
        return self.period.is_final

    @property
    def measure(self) -> Measure:
        return self.indicator.measure

    @property
    def thresholds(self) -> Thresholds:
        return self.indicator.thresholds

    @property
    def coverage(self) -> Coverage | None:
        return self.known.coverage

    @property
    def partial(self) -> bool:
        return self.coverage is not None and not self.coverage.complete

    @property
    def partial_sum(self) -> bool:
        return self.partial and self.indicator.across_units is Across.SUM

    @property
    def weight(self) -> Decimal:
        """What part of the whole a sum stands for; a ratio is judged as it is."""
        if not self.partial_sum or self.coverage is None:
            return Decimal(1)
        return 1 - self.coverage.missing_weight


def case_of(known: Known, value: Decimal, target: Target | None, context: Context) -> Case:
    """Round, convert and compare; ``value`` is the known's own, which is not None."""
    indicator, decimals = context.indicator, context.decimals
    past = Past(context.history, decimals, known.basis)
    fixed = past if context.opening is None else replace(past, known=context.opening)
    case = Case(
        indicator=indicator,
        period=context.period,
        decimals=decimals,
        known=known,
        a=half_away(value, decimals),
        past=past,
        fixed=fixed,
        course=profiles(indicator, context.period, fixed.shares(context.period.year)),
    )
    case = _with_step(_with_previous(case, context))
    return case if target is None else _with_target(_converted(case, target, context), target)


def _with_previous(case: Case, context: Context) -> Case:
    """p of METHOD 1: same period last year, same basis, same set of units."""
    period = context.observation_period.same_period_last_year()
    known = context.history.get(period)
    if known is None or known.value is None:
        return replace(case, previous_reason="no_previous")
    if known.basis != case.known.basis:
        return replace(case, previous_reason="previous_basis_differs")
    same = restricted(known, case.indicator, case.known.units)
    if same is None or same.value is None:
        return replace(case, previous_reason="previous_units_differ")
    return replace(case, previous=same, p=half_away(same.value, case.decimals))


def _with_step(case: Case) -> Case:
    """One unit of the last decimal; of a ratio of counts, what one more would add."""
    unit = Decimal(1).scaleb(-case.decimals)
    below = denominator_of(case.known, case.indicator)
    if below is None:
        return replace(case, step=unit)
    scale = 100 if case.indicator.unit_of_measure.is_percent else 1
    one_more = (scale / below).quantize(unit, rounding=ROUND_FLOOR)
    return replace(case, step=max(unit, one_more))


def _converted(case: Case, target: Target, context: Context) -> Case:
    """The value in the target's basis, or the reason why there is none."""
    if case.known.basis == target.basis:
        return case
    rule = case.indicator.conversion
    if rule is None or (rule.from_basis, rule.to_basis) != (case.known.basis, target.basis):
        return replace(case, basis_reason="basis_differs")
    known = without_taxes(case.known, context.product_taxes, target.basis)
    if known is None or known.value is None:
        return replace(case, basis_reason="no_product_taxes")
    case = replace(case, known=known, a=half_away(known.value, case.decimals), original=case.known)
    if case.previous is None:
        return case
    before = without_taxes(case.previous, context.product_taxes_last_year, target.basis)
    if before is None or before.value is None:
        return replace(case, previous=None, p=None, previous_reason="no_product_taxes")
    return replace(case, previous=before, p=half_away(before.value, case.decimals))


def without_taxes(known: Known, taxes: Known | None, basis: str) -> Known | None:
    """Share of the whole -> share of the whole without product taxes (METHOD 8)."""
    if known.value is None or taxes is None or taxes.value is None or taxes.value >= 100:
        return None
    value = 100 * known.value / (100 - taxes.value)
    return replace(known, value=value, basis=basis, source=None, parts=(known, taxes))


def _with_target(case: Case, target: Target) -> Case:
    quarter = None if case.final else case.period.quarter
    year_goal = goal_of(target, case.decimals, previous=case.p)
    own = target.kind in (TargetKind.RANGE, TargetKind.BAND) and case.measure is not Measure.FLOW
    goal = year_goal
    if own:
        goal = goal_of(target, case.decimals, previous=case.p, quarter=quarter)
    case = _with_baseline(replace(case, year_goal=year_goal, goal=goal), target)
    if case.basis_reason or target.kind in (TargetKind.BAND, TargetKind.BELOW_PREVIOUS):
        return case
    quarter_value = quarter_reference(target, case.decimals, quarter) if quarter else None
    course = _course(case, year_goal, quarter_value)
    due = expected(
        case.measure,
        year_goal,
        course,
        baseline=case.baseline,
        quarter_value=quarter_value,
        final=case.final,
    )
    return replace(case, course=course, due=due)


def _with_baseline(case: Case, target: Target) -> Case:
    """The declared baseline, else the whole figure at the end of the year before."""
    if target.baseline is not None:
        return replace(case, baseline=half_away(target.baseline, case.decimals))
    known = case.past.at(Period(case.period.year - 1, 0 if case.indicator.annual else 4))
    comparable = known is not None and known.basis == target.basis
    if known is None or known.value is None or not comparable:
        return case
    if known.coverage is not None and not known.coverage.complete:
        return case
    return replace(case, baseline_known=known, baseline=half_away(known.value, case.decimals))


def _course(case: Case, goal: Goal, quarter_value: Decimal | None) -> Profiles:
    """The known courses; a target's own quarter value is a declared one (METHOD 4)."""
    t = goal.reference
    if case.measure is not Measure.FLOW or quarter_value is None or not t or t < 0:
        return case.course
    shares = case.fixed.shares(case.period.year)
    return profiles(case.indicator, case.period, shares, declared=quarter_value / t)
