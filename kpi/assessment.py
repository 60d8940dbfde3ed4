"""One indicator of one organisation unit, judged: ``assess`` puts the rules in order.

Value, target and context come in; an ``Assessment`` with its explanation goes out. The
arithmetic is in ``kpi.case`` (like with like, rounded), ``kpi.attainment``, ``kpi.pace``,
``kpi.forecast``, ``kpi.needed`` and ``kpi.status``; here is only which of it applies.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kpi.across import restricted
from kpi.attainment import Figure, attainment, change, distance, travelled, used_of_limit
from kpi.case import Case, Context, case_of
from kpi.definitions import Measure
from kpi.forecast import forecast
from kpi.goals import Goal
from kpi.judgement import Assessment, Explanation, Forecast, Needed, Status
from kpi.needed import SoFar, needed
from kpi.observations import Known, ObsStatus
from kpi.periods import Period
from kpi.rounding import half_away
from kpi.status import Verdict, judge, notes
from kpi.targets import Target, TargetKind

__all__ = ["Context", "assess"]


def assess(known: Known | None, target: Target | None, context: Context) -> Assessment:
    """The judgement of METHOD 8 with every figure of METHOD 5 to 7 that exists."""
    early = _before_any_figure(known, target, context)
    if known is None or known.value is None:
        return _without_figures(known, target, context, early or _no_value(known, context))
    if early is not None and early.status is Status.NOT_DUE:
        return _without_figures(known, target, context, early)
    case = case_of(known, known.value, target, context)
    if early is not None or case.goal is None or target is None:
        return _followed(case, context)
    verdict = judge(case, case.goal)
    result = _bare(case, target, context, verdict)
    if verdict.rule == "basis" or verdict.status is Status.INCOMPLETE:
        return result
    return _measured(result, case, case.goal, context)


# --- rules 1 and 2 -----------------------------------------------------------------------


def _before_any_figure(
    known: Known | None, target: Target | None, context: Context
) -> Verdict | None:
    if target is None:
        return Verdict(Status.FOLLOWED, "no_target")
    if not context.indicator.exists_at(context.level):
        return Verdict(Status.NOT_DUE, "no_such_level")
    if not context.asked:
        return Verdict(Status.NOT_DUE, "not_asked")
    return None


def _no_value(known: Known | None, context: Context) -> Verdict:
    if known is not None and known.status is ObsStatus.NOT_APPLICABLE:
        return Verdict(Status.NOT_DUE, "not_applicable")
    if context.today <= context.due:
        return Verdict(Status.NOT_DUE, "no_value", "deadline_not_passed")
    said = known is not None and known.status is ObsStatus.MISSING
    return Verdict(Status.INCOMPLETE, "no_value", "not_available" if said else "not_reported")


def _without_figures(
    known: Known | None, target: Target | None, context: Context, verdict: Verdict
) -> Assessment:
    incomplete = verdict.status is Status.INCOMPLETE
    past = (p for p, k in context.history.items() if k.value is not None)
    earlier = [p for p in past if p < context.observation_period]
    return Assessment(
        indicator=context.indicator.id,
        org_unit=context.org_unit,
        period=context.period,
        observation_period=context.observation_period,
        status=verdict.status,
        known=known,
        target=target,
        explanation=Explanation(rule=verdict.rule, reason=verdict.reason),
        value=_rounded(known, context),
        last_known=context.history[max(earlier)] if incomplete and earlier else None,
    )


def _rounded(known: Known | None, context: Context) -> Decimal | None:
    if known is None or known.value is None:
        return None
    return half_away(known.value, context.decimals)


# --- with figures ------------------------------------------------------------------------


def _bare(case: Case, target: Target | None, context: Context, verdict: Verdict) -> Assessment:
    """Status, value, target and what came before, without the figures of METHOD 5 to 7."""
    goal = case.goal
    return Assessment(
        indicator=context.indicator.id,
        org_unit=context.org_unit,
        period=context.period,
        observation_period=context.observation_period,
        status=verdict.status,
        known=case.known,
        target=target,
        explanation=_explanation(case, verdict),
        value=case.a,
        reference=goal.near_edge(case.a) if goal else None,
        previous=case.previous,
        previous_value=case.p,
        change=_change(case).value,
        ratio=verdict.ratio,
        coverage=case.coverage,
        provisional=case.partial,
        original=case.original,
        notes=notes(case, goal, verdict) if goal else (),
    )


def _followed(case: Case, context: Context) -> Assessment:
    result = _bare(case, None, context, Verdict(Status.FOLLOWED, "no_target"))
    return replace(result, forecast=_forecast(case, result))


def _change(case: Case) -> Figure:
    """Of percentages the change is in points (value less ``previous_value``)."""
    falls = case.goal is not None and case.goal.kind is TargetKind.BELOW_PREVIOUS
    if case.indicator.unit_of_measure.is_percent and not falls:
        return Figure(reason="in_points")
    return change(case.a, case.p)


def _measured(result: Assessment, case: Case, goal: Goal, context: Context) -> Assessment:
    """The same assessment with attainment, expected value, forecast and what is needed."""
    figures = _percentages(case, goal)
    explanation = replace(
        result.explanation,
        reasons={name: f.reason for name, f in figures.items() if f.reason},
        signs={name: f.sign for name, f in figures.items() if f.sign},
    )
    return replace(
        result,
        explanation=explanation,
        expected=_expected(case, goal),
        attainment=figures["attainment"].value,
        used_of_limit=figures["used_of_limit"].value,
        travelled=figures["travelled"].value,
        distance=distance(goal, case.a),
        forecast=_forecast(case, result),
        needed=_needed(case, context),
    )


def _percentages(case: Case, goal: Goal) -> dict[str, Figure]:
    way = goal.reference if case.measure is Measure.STOCK else None
    return {
        "attainment": attainment(
            goal,
            case.a,
            measure=case.measure,
            final=case.final,
            baseline=case.baseline,
            growth=case.indicator.growth,
            margin=case.thresholds.exceed_margin,
        ),
        "used_of_limit": used_of_limit(goal, case.a, measure=case.measure, final=case.final),
        "travelled": travelled(case.a, case.baseline, way),
        "change": _change(case),
    }


def _expected(case: Case, goal: Goal) -> Decimal | None:
    if goal.kind is TargetKind.BELOW_PREVIOUS:
        return case.p
    return case.due.scaled(case.weight).value


def _forecast(case: Case, result: Assessment) -> Forecast | None:
    """None for a partial sum: what the missing units will add is not known."""
    if case.partial_sum:
        return None
    return forecast(
        case.indicator,
        case.a,
        decimals=case.decimals,
        final=case.final,
        course=case.course,
        due=case.due if result.target else None,
    )


def _needed(case: Case, context: Context) -> Needed | None:
    if case.year_goal is None or case.partial_sum:
        return None
    period = context.observation_period
    last = case.past.at(Period(period.year - 1, 4))
    same = restricted(last, case.indicator, case.known.units) if last is not None else None
    so_far = SoFar(
        baseline=case.baseline,
        last_total=_rounded(same, context),
        levels=context.last_year,
        singles=case.past.single_quarters(case.measure, period),
    )
    return needed(case.indicator, case.year_goal, case.a, period, case.decimals, so_far)


# --- the explanation ---------------------------------------------------------------------


def _explanation(case: Case, verdict: Verdict) -> Explanation:
    return Explanation(
        rule=verdict.rule,
        reason=verdict.reason,
        figures=_figures(case, verdict),
        inputs=_inputs(case),
        thresholds=verdict.thresholds,
        profile=None if case.final else case.due.profile,
    )


def _figures(case: Case, verdict: Verdict) -> dict[str, Decimal]:
    """The figures by name, in the order they were computed; what is not known is left out."""
    goal, coverage = case.goal, case.coverage
    bare = verdict.rule == "basis" or goal is None
    two_edges = goal is not None and goal.kind in (TargetKind.RANGE, TargetKind.BAND)
    profile = None if bare or case.final else case.due.profile
    steps: dict[str, Decimal | None] = {
        "value": case.a,
        "target": goal.near_edge(case.a) if goal else None,
        "low": goal.low if goal and two_edges else None,
        "high": goal.high if goal and two_edges else None,
        "previous": case.p,
        "baseline": None if bare else case.baseline,
        "share": profile.share if profile else None,
        "missing_weight": coverage.missing_weight if coverage and case.partial else None,
        "expected": None if bare or goal is None else _expected(case, goal),
        "ratio": verdict.ratio,
        "step": case.step if verdict.rule == "step" else None,
    }
    return {name: figure for name, figure in steps.items() if figure is not None}


def _inputs(case: Case) -> dict[str, Known]:
    """The values used, by role, each with the vintage and the cell it comes from."""
    inputs = {"value": case.original or case.known}
    if case.original is not None:
        inputs["product_taxes"] = case.known.parts[-1]
    if case.previous is not None:
        inputs["previous"] = case.previous
    if case.baseline_known is not None:
        inputs["baseline"] = case.baseline_known
    profile = None if case.final else case.due.profile
    for year in profile.years if profile else ():
        for quarter in sorted({case.period.quarter, 4}):
            period = Period(year, quarter)
            known = case.fixed.at(period)
            if known is not None:
                inputs[f"history {period.code}"] = known
    return inputs
