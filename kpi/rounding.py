"""Rounding as the reports print it, and figures that do not contradict their status.

Everything is rounded half away from zero (METHOD 3); Python's own rounding would give
banker's results. How a figure is written in a language is the business of ``texts``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

# Wide enough for any value a cell can hold: the default context of 28 digits refuses
# to quantise longer ones.
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)

PERCENT_DECIMALS = 1
MOST_PERCENT_DECIMALS = 3
RATIO_DECIMALS = 3


def half_away(value: Decimal, decimals: int) -> Decimal:
    """``value`` rounded half away from zero; a rounded zero carries no sign.

    >>> half_away(Decimal("-0.04"), 1)
    Decimal('0.0')
    >>> half_away(Decimal("8.45"), 1)
    Decimal('8.5')
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
    return rounded if rounded else abs(rounded)


def printable_percent(
    exact: Decimal, *, landmarks: Sequence[Decimal] = (Decimal(100),)
) -> tuple[str, Decimal]:
    """A percentage as it may be printed: its sign ("", "<" or ">") and its figure.

    A *landmark* is where the status changes: 100, 100 ± 100·m, for a change 0. A
    figure that would print like a landmark without being it gets more decimals, at
    most three; then it is shown as less or more than the landmark.

    >>> printable_percent(Decimal("99.96"))
    ('', Decimal('99.96'))
    >>> printable_percent(Decimal("99.99996"))
    ('<', Decimal('100.0'))
    """
    for decimals in range(PERCENT_DECIMALS, MOST_PERCENT_DECIMALS + 1):
        figure = half_away(exact, decimals)
        if not any(_looks_like(exact, mark, figure, decimals) for mark in landmarks):
            return "", figure
    mark = min(landmarks, key=lambda landmark: abs(exact - landmark))
    if exact == mark:
        return "", half_away(exact, MOST_PERCENT_DECIMALS)
    return ("<" if exact < mark else ">"), _shortest(mark)


def _looks_like(exact: Decimal, mark: Decimal, figure: Decimal, decimals: int) -> bool:
    """Would ``figure`` be taken for the landmark, or the landmark for another figure?"""
    if exact == mark:
        return figure != mark  # a landmark itself is printed in full
    return figure == half_away(mark, decimals)


def _shortest(mark: Decimal) -> Decimal:
    """The landmark with as many decimals as it needs, at least one, at most three."""
    for decimals in range(PERCENT_DECIMALS, MOST_PERCENT_DECIMALS):
        if half_away(mark, decimals) == mark:
            return half_away(mark, decimals)
    return half_away(mark, MOST_PERCENT_DECIMALS)
