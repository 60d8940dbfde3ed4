"""The one figure by which organisation units are laid side by side, and its five classes.

A map of units and periods needs one figure that means the same in every cell. Where a
flow or a rate is held against what is expected by now (METHOD 6), that is the percentage
of it, in the classes of UI 6.6. Elsewhere there is none that could be compared: what is
counted moves by whole things, a level by whole communes (0 of half a commune is no
percentage), a structure has to stay inside a band, a fall is against last year. There the
figure itself is shown; of a flow the single quarter, because figures to date only grow
through the year. Annual figures are compared by years.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import pairwise

from kpi.definitions import Indicator, Measure
from kpi.judgement import Assessment
from kpi.pace import Expected, ratio
from kpi.targets import Direction, TargetKind

CLASSES = 5
PACE_EDGES = tuple(Decimal(edge) for edge in (90, 97, 103, 110))
_RATIO_KINDS = (TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.RANGE)
_ROUND = tuple(Decimal(step) for step in ("1", "2", "2.5", "5", "10"))


class Scale(StrEnum):
    """What the figure in a cell is."""

    PACE = "pace"  # % of what is expected at the period
    VALUE = "value"  # the figure itself, in its unit of measure
    SINGLE = "single"  # of a flow: what the quarter alone added


def scale_of(indicator: Indicator, assessed: Iterable[Assessment]) -> Scale:
    """The scale that fits every one of the units judged at one period."""
    plain = Scale.SINGLE if indicator.measure is Measure.FLOW else Scale.VALUE
    if indicator.annual or indicator.unit_of_measure.is_count:
        return plain
    if indicator.measure is Measure.STOCK:
        return plain
    targets = [a.target for a in assessed if a.target is not None]
    if not targets or any(target.kind not in _RATIO_KINDS for target in targets):
        return plain
    judged = [a for a in assessed if a.target is not None and a.value is not None]
    if any(percent_of_pace(a) is None for a in judged):
        return plain
    return Scale.PACE


def percent_of_pace(assessment: Assessment) -> Decimal | None:
    """100 times METHOD 6's ratio, also where the status was decided without it."""
    if assessment.ratio is not None:
        return 100 * assessment.ratio
    target, a = assessment.target, assessment.value
    if target is None or a is None or target.kind not in _RATIO_KINDS:
        return None
    rises = target.direction is Direction.INCREASE
    found = ratio(a, Expected(value=assessment.expected), rises=rises)
    return None if found is None else 100 * found


def class_of(figure: Decimal, edges: Sequence[Decimal]) -> int:
    """1 to 5: how many of the ``edges`` a figure has reached, and one."""
    return 1 + sum(1 for edge in edges if figure >= edge)


def value_edges(figures: Iterable[Decimal], decimals: int) -> tuple[Decimal, ...]:
    """At most four round edges that part the figures into classes of about equal width.

    Few different figures get a class each, so that 0, 1 and 2 communes can be told apart.
    """
    different = sorted(set(figures))
    if len(different) <= CLASSES:
        return tuple(upper for _, upper in pairwise(different))
    low, high = different[0], different[-1]
    least = Decimal(1).scaleb(-decimals)
    for step in _steps((high - low) / (CLASSES + 1), least):
        first = (low / step).to_integral_value(ROUND_FLOOR) * step
        # the last class is open, so it may hold what would be two
        if first + (CLASSES + 1) * step >= high:
            edges = (first + step * n for n in range(1, CLASSES))
            return tuple(edge for edge in edges if edge <= high)
    raise AssertionError("steps grow without end")


def _steps(rough: Decimal, least: Decimal) -> Iterable[Decimal]:
    """Round steps from ``rough`` upwards: 1, 2, 2.5, 5, 10 times a power of ten, each a
    whole number of ``least``."""
    power = rough.adjusted()
    while True:
        for factor in _ROUND:
            step = factor.scaleb(power)
            if step >= rough and step % least == 0:
                yield step
        power += 1
