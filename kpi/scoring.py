"""The emulation score of one organisation unit: METHOD 11, every point with its ground.

A score is a list of lines that add up to its total. A line says which rule gave or took the
points and on what it rests: a judged figure with its cell, a report with its lateness, or
entries of the registers with their decisions.
What is missing scores 0 and says so; what does not apply is left out, and the group's other
items weigh more. Ranks are made in ``kpi.placing``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kpi.completeness import Filing, Report
from kpi.emulation import Group, Item, KnockOut, Rules
from kpi.honours import Entry, of_tally, tallied
from kpi.judgement import Assessment, Status
from kpi.rounding import half_away

_HUNDRED = Decimal(100)
_ALL = (Status.MET, Status.EXCEEDED)


class Ground(StrEnum):
    """Why a line has its points; also the code of its words."""

    ATTAINMENT = "attainment"
    STEPS = "steps"
    FIGURE = "figure"
    TALLY = "tally"  # counted in the registers
    BY_STATUS = "by_status"  # no attainment can be had: met is all, missed is none
    NO_DATA = "no_data"
    NOT_COUNTED = "not_counted"
    FULL = "full"  # of the reporting group, from which is deducted
    LATE = "late"
    MISSING = "missing"
    RETURNED = "returned"
    FLOOR = "floor"  # a group does not fall below nought
    EXCEEDED = "exceeded"
    BONUS_CAP = "bonus_cap"
    CAP = "cap"  # the whole does not exceed the total


class Unranked(StrEnum):
    DATA = "data"
    KNOCKED_OUT = "knocked_out"


@dataclass(frozen=True)
class Line:
    """Some points and their ground; ``points`` None: the item does not count for this unit."""

    group: str  # "" for bonus and cap
    ground: Ground
    points: Decimal | None
    most: Decimal | None = None
    item: Item | None = None
    level: Decimal | None = None  # per cent of what gives all points
    judged: Assessment | None = None
    report: Report | None = None
    entries: tuple[Entry, ...] = ()  # of the registers, that were counted
    facts: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    org_unit: str
    lines: tuple[Line, ...]
    total: Decimal
    counted: int  # figures that count
    present: int  # of them there are
    unranked: Unranked | None = None
    knocked_by: KnockOut | None = None

    @property
    def data_share(self) -> Decimal | None:
        """Per cent of the counted figures that are there; None where none counts."""
        return _HUNDRED * self.present / self.counted if self.counted else None

    def of_group(self, group: str) -> Decimal:
        return sum((o.points for o in self.lines if o.group == group and o.points), Decimal(0))


def score(
    rules: Rules,
    org_unit: str,
    judged: Mapping[str, Assessment],
    reports: Sequence[Report],
    entries: Sequence[Entry] = (),
) -> Score:
    """The score of one unit.

    Args:
        judged: its indicators by id, at the period looked at.
        reports: its own reports of the year so far.
        entries: its exemplars and awards in force of the year so far.
    """
    lines: list[Line] = []
    for group in rules.groups.values():
        lines += _items(rules, group, judged, entries)
        if group.id == rules.reporting.group:
            lines += _discipline(rules, group, reports)
    lines += _bonus(rules, judged)
    total = sum((line.points for line in lines if line.points), Decimal(0))
    if total > rules.total:
        lines.append(Line("", Ground.CAP, rules.total - total))
        total = rules.total
    counted = [line for line in lines if line.item is not None and line.points is not None]
    present = sum(line.ground is not Ground.NO_DATA for line in counted)
    share = _HUNDRED * present / len(counted) if counted else Decimal(0)
    knocked = next((one for one in rules.knock_outs if _falls(one, judged)), None)
    unranked = Unranked.KNOCKED_OUT if knocked else None
    if share < rules.min_data:
        unranked = Unranked.DATA
    return Score(org_unit, tuple(lines), total, len(counted), present, unranked, knocked)


# --- the items of a group ----------------------------------------------------------------


def _items(
    rules: Rules, group: Group, judged: Mapping[str, Assessment], entries: Sequence[Entry]
) -> Iterator[Line]:
    items = [item for item in rules.items.values() if item.group == group.id]
    found = [(item, *_level(item, judged.get(item.id), entries)) for item in items]
    available = sum((i.most for i, ground, _ in found if _counts(ground)), Decimal(0))
    declared = sum((item.most for item in items), Decimal(0))
    for item, ground, level in found:
        own = judged.get(item.id)
        counted = of_tally(item.tally, entries) if item.tally is not None else ()
        if not _counts(ground):
            yield Line(group.id, ground, None, item=item, judged=own)
            continue
        exact = item.most * declared / available
        points = (
            Decimal(0) if level is None else half_away(exact * item.part(level), rules.decimals)
        )
        most = half_away(exact, rules.decimals)
        yield Line(group.id, ground, points, most, item, level, own, entries=counted)


def _counts(ground: Ground) -> bool:
    return ground is not Ground.NOT_COUNTED


def _level(
    item: Item, own: Assessment | None, entries: Sequence[Entry]
) -> tuple[Ground, Decimal | None]:
    """The ground and how much, in per cent, of what gives all points."""
    if item.tally is not None and item.full_at is not None:
        figure = tallied(item.tally, entries)
        if figure is None:
            return Ground.NOT_COUNTED, None
        return Ground.TALLY, _HUNDRED * figure / item.full_at
    if own is None or own.status is Status.NOT_DUE:
        return Ground.NOT_COUNTED, None
    if item.full_at is not None:
        if own.value is None:
            return _without_figure(own), None
        return Ground.FIGURE, _HUNDRED * own.value / item.full_at
    if own.status is Status.FOLLOWED:
        return Ground.NOT_COUNTED, None
    if own.status is Status.INCOMPLETE:
        return Ground.NO_DATA, None
    if own.attainment is not None:
        return (Ground.STEPS if item.steps else Ground.ATTAINMENT), own.attainment
    if own.explanation.reasons.get("attainment") == "negative_growth":
        return Ground.ATTAINMENT, Decimal(0)  # METHOD 5: counts as 0 in scoring
    if own.status in _ALL:
        return Ground.BY_STATUS, _HUNDRED
    if own.status is Status.MISSED:
        return Ground.BY_STATUS, Decimal(0)
    return Ground.NOT_COUNTED, None


def _without_figure(own: Assessment) -> Ground:
    """A followed figure says by its period whether it could be there already."""
    asked_later = own.observation_period != own.period and not own.period.is_final
    return Ground.NOT_COUNTED if asked_later else Ground.NO_DATA


# --- reporting, bonus, knock-out ---------------------------------------------------------


def _discipline(rules: Rules, group: Group, reports: Sequence[Report]) -> Iterator[Line]:
    yield Line(group.id, Ground.FULL, group.most, group.most)
    left = group.most
    for report in reports:
        for ground, taken, facts in _deductions(rules, report):
            left -= taken
            yield Line(group.id, ground, -taken, report=report, facts=facts)
    if left < 0:
        yield Line(group.id, Ground.FLOOR, -left)


def _deductions(
    rules: Rules, report: Report
) -> Iterator[tuple[Ground, Decimal, dict[str, Decimal]]]:
    declared = rules.reporting
    if report.state is Filing.LATE:
        each, most = declared.late_per_day, declared.late_most
        taken = min(most, each * report.days_over)
        yield Ground.LATE, taken, {"days": Decimal(report.days_over), "each": each, "most": most}
    if report.state is Filing.MISSING or (report.state is Filing.TO_FIX and report.due):
        yield Ground.MISSING, declared.missing, {"days": Decimal(report.days_over)}
    if report.returned:
        facts = {"times": Decimal(report.returned), "each": declared.returned}
        yield Ground.RETURNED, declared.returned * report.returned, facts


def _bonus(rules: Rules, judged: Mapping[str, Assessment]) -> Iterator[Line]:
    given = Decimal(0)
    for item in rules.items.values():
        own = judged.get(item.id)
        if own is not None and own.status is Status.EXCEEDED and item.full_at is None:
            given += rules.bonus.exceeded
            yield Line("", Ground.EXCEEDED, rules.bonus.exceeded, judged=own)
    if given > rules.bonus.most:
        yield Line("", Ground.BONUS_CAP, rules.bonus.most - given)


def _falls(one: KnockOut, judged: Mapping[str, Assessment]) -> bool:
    own = judged.get(one.indicator)
    if own is None or own.attainment is None or not own.period.is_final:
        return False
    return own.attainment < one.attainment_below
