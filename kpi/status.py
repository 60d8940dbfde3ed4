"""Which status a value has: METHOD 8, first match wins, and the notes beside it.

The rules here start at number 3; a case without a target, a value or a question is
decided in ``kpi.assessment``. A rule is a function of the case that gives a verdict or
passes. A better value never gets a worse status; where a target is reached or a limit
passed before the year is over, the year is decided and the pace no longer matters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from kpi.case import Case
from kpi.definitions import Measure
from kpi.goals import Goal
from kpi.judgement import Note, Status
from kpi.pace import ratio
from kpi.targets import Direction, TargetKind

_GROUP_ORDER = (
    Status.MISSED,
    Status.OFF_TRACK,
    Status.INCOMPLETE,
    Status.NOT_ASSESSABLE,
    Status.AT_RISK,
    Status.NOT_DUE,
    Status.ON_TRACK,
    Status.MET,
)


@dataclass(frozen=True)
class Verdict:
    """A status with the code of the rule that gave it and the figures it looked at."""

    status: Status
    rule: str
    reason: str | None = None
    ratio: Decimal | None = None
    thresholds: dict[str, Decimal] = field(default_factory=dict)
    provisional: bool = False


def judge(case: Case, goal: Goal) -> Verdict:
    """Rules 3 to 6; ``goal`` is the case's own."""
    for rule in (_undefined, _partial, _final, _decided, _band, _below_previous, _range):
        verdict = rule(case, goal)
        if verdict is not None:
            return verdict
    return _by_ratio(case, goal)


def group_status(statuses: Iterable[Status]) -> Status:
    """Of targets judged together ("giảm cả 3 tiêu chí"): the worst; never exceeded."""
    members = {status for status in statuses if status is not Status.FOLLOWED}
    if not members:
        return Status.FOLLOWED
    return next((status for status in _GROUP_ORDER if status in members), Status.MET)


# --- rule 3: an input is undefined -------------------------------------------------------


def _undefined(case: Case, goal: Goal) -> Verdict | None:
    if case.basis_reason:
        return Verdict(Status.NOT_ASSESSABLE, "basis", case.basis_reason)
    if goal.kind is TargetKind.BELOW_PREVIOUS:
        # Last year's figure is there, only not for so few units: that is rule 4's case.
        only_partial = case.partial and case.previous_reason == "previous_units_differ"
        if case.p is None and not only_partial:
            return Verdict(Status.NOT_ASSESSABLE, "undefined", case.previous_reason)
        return None
    if case.due.value is None and _needs_expected(case, goal):
        return Verdict(Status.NOT_ASSESSABLE, "undefined", case.due.reason)
    return None


def _needs_expected(case: Case, goal: Goal) -> bool:
    """Before the year's end, where nothing is decided without the expected value."""
    if case.final or goal.kind is TargetKind.BAND:
        return False
    if case.measure is Measure.FLOW and not goal.rises:
        return goal.met(case.a)  # below its limit; past it the year is decided
    return not goal.met(case.a)


# --- rule 4: not all units have reported -------------------------------------------------


def _partial(case: Case, goal: Goal) -> Verdict | None:
    if not case.partial or case.coverage is None:
        return None
    tolerance = case.thresholds.missing_weight
    falls = goal.direction is Direction.DECREASE
    if not case.final and not falls and case.coverage.missing_weight <= tolerance:
        return None
    used = {"missing_weight": tolerance}
    year_goal = case.year_goal or goal
    adds_up = case.partial_sum and case.measure is not Measure.RATE
    if adds_up and goal.rises and year_goal.met(case.a):
        return Verdict(Status.MET, "partial_met", thresholds=used, provisional=True)
    return Verdict(Status.INCOMPLETE, "partial", thresholds=used, provisional=True)


# --- rule 5: the year is over ------------------------------------------------------------


def _final(case: Case, goal: Goal) -> Verdict | None:
    if not case.final:
        return None
    margin = case.thresholds.exceed_margin
    used = {"exceed_margin": margin} if margin else {}
    if not goal.met(case.a):
        return Verdict(Status.MISSED, "final", thresholds=used)
    status = Status.EXCEEDED if goal.exceeded(case.a, margin) else Status.MET
    return Verdict(status, "final", thresholds=used)


# --- rule 6: before the year's end -------------------------------------------------------


def _decided(case: Case, goal: Goal) -> Verdict | None:
    """A target reached early, a limit already passed."""
    if goal.kind is TargetKind.BELOW_PREVIOUS:
        return None  # only its own rule
    if case.measure is Measure.FLOW and goal.kind is not TargetKind.BAND:
        if not goal.rises:
            return None if goal.met(case.a) else Verdict(Status.OFF_TRACK, "limit_passed")
        if goal.met(case.a):
            better = goal.exceeded(case.a, case.thresholds.exceed_margin)
            return Verdict(Status.EXCEEDED if better else Status.MET, "met_early")
    single = goal.kind in (TargetKind.AT_LEAST, TargetKind.AT_MOST)
    if case.measure is Measure.STOCK and single and goal.met(case.a):
        return Verdict(Status.MET, "met_early")
    return None


def _band(case: Case, goal: Goal) -> Verdict | None:
    if goal.kind is not TargetKind.BAND:
        return None
    goal = goal.scaled(case.weight)
    low, high = goal.edges
    outside = max(low - case.a, case.a - high)
    if outside <= 0:
        return Verdict(Status.ON_TRACK, "band")
    near = outside <= high - low
    return Verdict(Status.AT_RISK if near else Status.OFF_TRACK, "band")


def _below_previous(case: Case, goal: Goal) -> Verdict | None:
    p = goal.previous
    if goal.kind is not TargetKind.BELOW_PREVIOUS or p is None:
        return None
    tolerance = case.thresholds.previous_tolerance
    used = {"previous_tolerance": tolerance}
    if goal.met(case.a):
        return Verdict(Status.ON_TRACK, "below_previous", thresholds=used)
    limit = p * (1 + tolerance)
    if case.indicator.unit_of_measure.is_count:
        limit = max(limit, p + 1)
    status = Status.AT_RISK if case.a <= limit else Status.OFF_TRACK
    return Verdict(status, "below_previous", thresholds=used)


def _range(case: Case, goal: Goal) -> Verdict | None:
    if goal.kind is TargetKind.RANGE and case.measure is not Measure.FLOW and goal.met(case.a):
        return Verdict(Status.ON_TRACK, "range")
    return None


def _by_ratio(case: Case, goal: Goal) -> Verdict:
    due = case.due.scaled(case.weight)
    if due.value is None:
        return Verdict(Status.NOT_ASSESSABLE, "undefined", due.reason)
    limits = case.thresholds
    used = {"on_track_from": limits.on_track_from, "at_risk_from": limits.at_risk_from}
    quotient = ratio(case.a, due, rises=goal.rises)
    shortfall = goal.shortfall(case.a, due.value)
    if quotient is not None and quotient >= limits.on_track_from:
        return Verdict(Status.ON_TRACK, "ratio", ratio=quotient, thresholds=used)
    if case.measure is not Measure.RATE and 0 < shortfall < case.step:
        return Verdict(Status.ON_TRACK, "step", ratio=quotient, thresholds=used)
    if shortfall <= 0:
        # Not below what is expected: no threshold may call that behind.
        return Verdict(Status.ON_TRACK, "no_ratio" if quotient is None else "ratio", ratio=quotient)
    if quotient is None:
        return Verdict(Status.OFF_TRACK, "no_ratio")
    status = Status.AT_RISK if quotient >= limits.at_risk_from else Status.OFF_TRACK
    return Verdict(status, "ratio", ratio=quotient, thresholds=used)


# --- notes -------------------------------------------------------------------------------


def notes(case: Case, goal: Goal, verdict: Verdict) -> tuple[Note, ...]:
    """Said beside the status; they never change it."""
    found = []
    if case.original is not None:
        found.append(Note("converted", {"basis": case.original.basis}))
    if verdict.status is Status.MISSED and (short := _near_miss(case, goal)) is not None:
        found.append(Note("approx", {"short": short}))
    counts = case.indicator.unit_of_measure.is_count
    falls = goal.kind is TargetKind.BELOW_PREVIOUS
    if falls and counts and case.p is not None and case.p < case.thresholds.small_count:
        found.append(Note("small_numbers", {"previous": case.p}))
    if goal.kind is TargetKind.BAND and not case.basis_reason and not goal.met(case.a):
        side = "below" if case.a < goal.edges[0] else "above"
        found.append(Note(f"band_{side}"))
        if case.indicator.good_side == side:
            found.append(Note("faster_than_plan"))
    return tuple(found)


def _near_miss(case: Case, goal: Goal) -> Decimal | None:
    """How little was missing, if it was less than ``near_miss`` of t."""
    t = goal.near_edge(case.a)
    if t is None:
        return None
    short = abs(case.a - t)
    if goal.kind is TargetKind.BELOW_PREVIOUS:
        short += Decimal(1).scaleb(-case.decimals)  # equal to last year is one too many
    return short if short < case.thresholds.near_miss * abs(t) else None
