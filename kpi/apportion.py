"""Rounding parts so that what is printed adds up to the printed whole.

Every part is rounded by itself first; what is then missing or too much goes, one unit of
the last decimal each, to the parts whose own rounding lost or gained most (largest
remainder). Only for what is drawn as parts of a whole: a judged figure is always rounded
by itself (METHOD 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.rounding import half_away


def apportion(parts: Sequence[Decimal], decimals: int) -> tuple[Decimal, ...]:
    """``parts`` rounded to ``decimals`` so that they add up to their rounded sum.

    >>> [str(part) for part in apportion([Decimal("33.34")] * 2 + [Decimal("33.32")], 0)]
    ['34', '33', '33']
    """
    rounded = [half_away(part, decimals) for part in parts]
    whole = half_away(sum(parts, Decimal(0)), decimals)
    unit = Decimal(1).scaleb(-decimals)
    off = int((whole - sum(rounded, Decimal(0))) / unit)
    step = unit if off > 0 else -unit
    # the greatest loss first; equal ones in their order, so that the result never wavers
    order = sorted(range(len(parts)), key=lambda n: (rounded[n] - parts[n]) * step)
    for n in order[: abs(off)]:
        rounded[n] += step
    return tuple(rounded)
