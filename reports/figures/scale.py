"""Axes and labels of a figure: round ticks, and labels that do not cover each other.

Plotly would choose its own ticks after the fact; here they are known beforehand, so that
gridlines stay few, numbers are written by ``texts.numbers``, and the direct labels in the
right margin can be moved apart. Floats: nothing computed here is ever shown as a value.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

MAX_GRIDLINES = 5
_ROUND_STEPS = (1.0, 2.0, 5.0, 10.0)
_ZOOM_FROM = 0.6  # least ÷ greatest above which lines are drawn on a cut axis
HEADROOM = 0.08


@dataclass(frozen=True)
class Axis:
    """A value axis: its ends and its ticks, bottom to top."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def starts_at_zero(self) -> bool:
        return self.low <= 0 <= self.high

    def share(self, value: float) -> float:
        """Where a value lies between the ends, 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    @property
    def decimals(self) -> int:
        """How many decimals the ticks need to be told apart."""
        spread = {round(tick, 6) for tick in self.ticks}
        return next((n for n in range(4) if all(math.isclose(t, round(t, n)) for t in spread)), 4)


def axis(values: Iterable[Decimal | float], *, from_zero: bool, whole: bool = False) -> Axis:
    """An axis that shows every value with some room above.

    Args:
        values: everything drawn; may be empty.
        from_zero: the axis has to hold zero (bars, and lines of a flow). Otherwise it is
            cut when the values lie close together.
        whole: things are counted, so there is no tick between two of them.
    """
    drawn = [float(value) for value in values] or [0.0, 1.0]
    low, high = min(drawn), max(drawn)
    cut = not from_zero and low > 0 and low >= _ZOOM_FROM * high
    if not cut:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    room = (high - low) * HEADROOM
    bottom = low - room if cut or low < 0 else low
    top = high + room if high > 0 else high
    return Axis(bottom, top, _ticks(bottom, top, least=1.0 if whole else 0.0))


def _ticks(low: float, high: float, least: float) -> tuple[float, ...]:
    rough = (high - low) / MAX_GRIDLINES
    size = 10.0 ** math.floor(math.log10(rough))
    step = max(least, next(size * m for m in _ROUND_STEPS if size * m >= rough))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(n * step, 9) for n in range(first, last + 1))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Positions at least ``gap`` apart, as near to ``wanted`` as keeping the order allows.

    >>> spread([10, 10, 40], 14, 0, 100)
    (3.0, 17.0, 40.0)
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    groups: list[tuple[float, list[int]]] = []
    for n in order:
        groups.append((min(max(wanted[n], low), high), [n]))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            (at, first), (to, second) = groups[-2:]
            members = first + second
            centre = (at * len(first) + to * len(second)) / len(members)
            half = gap * (len(members) - 1) / 2
            groups[-2:] = [(min(max(centre, low + half), high - half), members)]
    placed = [0.0] * len(wanted)
    for centre, members in groups:
        for rank, n in enumerate(members):
            placed[n] = centre + (rank - (len(members) - 1) / 2) * gap
    return tuple(placed)


def _touch(one: tuple[float, list[int]], other: tuple[float, list[int]], gap: float) -> bool:
    reach = gap * (len(one[1]) + len(other[1])) / 2
    return other[0] - one[0] < reach
