"""Where the province's distance to its target comes from, organisation unit by unit.

Value less target, of a sum or of a ratio, is taken apart so that the printed parts add up
to the printed whole: a unit's part of a sum is its value less its own target, of a ratio
the same weighed by its denominator; of "fewer than last year" its change against last
year. What the units' own targets leave over or exceed of the province's stands last, as
a part of nobody. A reported figure is not made of the districts' figures and is not taken
apart; nor is a decrease to which a unit has not reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.apportion import apportion
from kpi.definitions import Across, Indicator
from kpi.goals import plan_figure
from kpi.judgement import Assessment
from kpi.pace import settled
from kpi.targets import Direction, TargetKind

MOST = Decimal("0.8")  # of what is missing: so few units are named


@dataclass(frozen=True)
class Part:
    """One unit's part of the distance, in the indicator's unit (of percentages: points).

    ``org_unit`` is None for what the units' targets leave over of the province's.
    """

    org_unit: str | None
    amount: Decimal
    value: Decimal | None = None
    target: Decimal | None = None  # the unit's own; None: it was given none
    missing: bool = False  # not reported: all of its target is still to come
    unapproved: bool = False  # rests on a figure that nobody has decided on yet


@dataclass(frozen=True)
class Concentration:
    """The fewest units that make up most of what is on the wrong side of the target."""

    units: int
    concerned: int  # how many are on the wrong side at all
    percent: Decimal  # of all that is on the wrong side


def decompose(
    indicator: Indicator,
    province: Assessment,
    districts: Sequence[Assessment],
    *,
    decimals: int,
) -> tuple[Part, ...]:
    """The parts of ``province.value`` less its target, the worst first; none if unfit.

    Args:
        decimals: of the province's figure; to these the parts add up exactly.
    """
    if not _can_be_parted(indicator, province, districts):
        return ()
    known, reference = province.known, province.reference
    assert known is not None and known.value is not None and reference is not None
    if indicator.across_units is Across.SUM:
        parts = [part for one in districts if (part := _of_sum(one)) is not None]
    else:
        parts = _of_ratio(indicator, province, districts, reference)
    left = known.value - reference - sum((part.amount for part in parts), Decimal(0))
    parts.append(Part(None, settled(left)))
    printed = apportion([part.amount for part in parts], decimals)
    found = [replace(p, amount=amount) for p, amount in zip(parts, printed, strict=True)]
    units, rest = found[:-1], found[-1]
    rises = _rises(province)
    units.sort(key=lambda part: short_by(part, rises=rises), reverse=True)
    return (*units, rest) if rest.amount else tuple(units)


def short_by(part: Part, *, rises: bool) -> Decimal:
    """How far a part is on the wrong side; negative on the right one."""
    return -part.amount if rises else part.amount


def concentration(parts: Sequence[Part], *, rises: bool) -> Concentration | None:
    """How few units make up most of what is on the wrong side; None if nothing is."""
    amounts = [short_by(part, rises=rises) for part in parts if part.org_unit is not None]
    short = sorted((amount for amount in amounts if amount > 0), reverse=True)
    whole = sum(short, Decimal(0))
    so_far = Decimal(0)
    for count, amount in enumerate(short, start=1):
        so_far += amount
        if so_far >= MOST * whole:
            return Concentration(count, len(short), 100 * so_far / whole)
    return None


def _can_be_parted(
    indicator: Indicator, province: Assessment, districts: Sequence[Assessment]
) -> bool:
    target, known = province.target, province.known
    if target is None or known is None or known.value is None or province.reference is None:
        return False
    if indicator.across_units not in (Across.SUM, Across.RATIO):
        return False
    if not any(one.target is not None for one in districts):
        return False
    partial = province.coverage is not None and not province.coverage.complete
    return not (partial and target.direction is Direction.DECREASE)


def _rises(province: Assessment) -> bool:
    return province.target is not None and province.target.direction is Direction.INCREASE


def _own(one: Assessment) -> Decimal | None:
    """The figure that one unit is held against."""
    if one.target is None:
        return None
    if one.target.kind is TargetKind.BELOW_PREVIOUS:
        return one.previous_value
    return plan_figure(one.target.edges, one.target.direction)


def _of_sum(one: Assessment) -> Part | None:
    value = one.known.value if one.known is not None else None
    target = _own(one)
    if value is None and target is None:
        return None
    amount = (value or Decimal(0)) - (target or Decimal(0))
    return Part(one.org_unit, amount, value, target, value is None, _waits(one))


def _waits(one: Assessment) -> bool:
    """Fewer than last year is held against last year's figure, which may wait as well."""
    falls = one.target is not None and one.target.kind is TargetKind.BELOW_PREVIOUS
    against = one.previous if falls else None
    return one.unapproved or (against is not None and against.unapproved)


def _of_ratio(
    indicator: Indicator, province: Assessment, districts: Sequence[Assessment], t: Decimal
) -> list[Part]:
    """Units that are not in the ratio have no part in its distance.

    One without a target of its own is held against the province's.
    """
    above, below = (
        _by_unit(province, name) for name in (indicator.numerator, indicator.denominator)
    )
    whole = sum(below.values(), Decimal(0))
    scale = 100 if indicator.unit_of_measure.is_percent else 1
    parts = []
    for one in districts:
        if one.org_unit not in below:
            continue
        target = _own(one)
        due = (t if target is None else target) * below[one.org_unit]
        amount = (scale * above[one.org_unit] - due) / whole
        parts.append(Part(one.org_unit, amount, one.value, target, unapproved=one.unapproved))
    return parts


def _by_unit(province: Assessment, name: str | None) -> dict[str, Decimal]:
    assert province.known is not None
    return {
        part.org_unit: part.value
        for part in province.known.parts
        if part.indicator == name and part.value is not None
    }
