"""Organisation units side by side on one indicator: by what, in which order, which median.

Units are compared by attainment of their own plans; fewer than last year by the change
against it; a figure without plans by its value. Equal ones share a rank ("1–9"), one
without a figure has none and is never a zero. All screens that rank units ask here, so
that a rank cannot differ between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from kpi.definitions import Indicator
from kpi.judgement import Assessment
from kpi.targets import Direction, TargetKind
from texts.numbers import MISSING

HUNDRED = Decimal(100)
Rank = tuple[int, int]  # first and last place that equal units share


class By(StrEnum):
    """What units can be compared by."""

    ATTAINMENT = "attainment"
    CHANGE = "change"
    VALUE = "value"


def compared_by(assessed: Sequence[Assessment]) -> By:
    """The first measure that is known wherever a value is."""
    targets = [a.target for a in assessed if a.target is not None]
    if targets and targets[0].kind is TargetKind.BELOW_PREVIOUS:
        return By.CHANGE
    reported = [a for a in assessed if a.value is not None]
    if targets and all(a.attainment is not None for a in reported):
        return By.ATTAINMENT
    return By.VALUE


def level(assessment: Assessment, by: By) -> Decimal | None:
    """The figure units are compared by, as it is drawn on the comparison line.

    Per cent of the plan; a change as what it leaves of last year, mirrored so that more is
    better (a tenth fewer: 110); else the value itself. None where there is no figure.
    """
    if assessment.value is None:
        return None
    if by is By.ATTAINMENT:
        return assessment.attainment
    if by is By.VALUE:
        return assessment.value
    if assessment.change is not None:
        return HUNDRED - assessment.change
    # after none last year there is no change in per cent: none again is 100, any more is 0
    return assessment.attainment


def ordered(
    assessed: Sequence[Assessment], indicator: Indicator
) -> list[tuple[Assessment, Rank | None]]:
    """Best first with the rank; those without a figure last, in their official order."""
    by = compared_by(assessed)
    keyed = [(a, _key(a, by, indicator)) for a in assessed]
    known = sorted(
        ((a, key) for a, key in keyed if key is not None), key=lambda pair: pair[1], reverse=True
    )
    result: list[tuple[Assessment, Rank | None]] = []
    for assessment, key in known:
        better = sum(1 for _, other in known if other > key)
        same = sum(1 for _, other in known if other == key)
        result.append((assessment, (better + 1, better + same)))
    return result + [(a, None) for a, key in keyed if key is None]


def rank_text(rank: Rank | None) -> str:
    """``3``, or ``1–9`` where equal ones share a rank."""
    if rank is None:
        return MISSING
    first, last = rank
    return str(first) if first == last else f"{first}–{last}"


def falling(assessment: Assessment, indicator: Indicator) -> bool:
    """Is less better? The plan says so, or without one the indicator."""
    target = assessment.target
    return (target.direction if target else indicator.direction) is Direction.DECREASE


def median(levels: Sequence[Decimal]) -> Decimal | None:
    """The middle one, or half-way between the two middle ones."""
    if not levels:
        return None
    found, half = sorted(levels), len(levels) // 2
    return found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2


def _key(assessment: Assessment, by: By, indicator: Indicator) -> tuple[Decimal, Decimal] | None:
    """Greater is better; the second figure decides between equal ones."""
    even = Decimal(0)
    if assessment.value is None:
        return None
    if by is By.ATTAINMENT:
        return None if assessment.attainment is None else (assessment.attainment, even)
    if by is By.CHANGE:
        # none as last year has no change in per cent, and yet is as good as can be
        attained, change = assessment.attainment, assessment.change
        return None if attained is None else (attained, even if change is None else -change)
    return (-assessment.value if falling(assessment, indicator) else assessment.value, even)
