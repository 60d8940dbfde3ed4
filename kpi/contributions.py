"""How much of a growth rate each sector brought: weight × growth, and an exact rest.

The weight is the sector's share of the whole a year before, in the same period and on one
basis; shares are published at current prices, growth at constant ones, so that a
contribution is an approximation. What is left (product taxes less subsidies, which have a
share and no growth figure of their own, and the difference of prices) is the rest: it
makes the sum exact and is never hidden in a sector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.apportion import apportion
from kpi.observations import Known

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Contribution:
    """One sector's part of the growth, in percentage points."""

    growth: Known
    weight: Known  # share of the whole in the same period of the year before, %
    value: Decimal


@dataclass(frozen=True)
class Contributions:
    """A growth rate taken apart; parts and rest add up to it exactly."""

    total: Known
    whole: Decimal  # the total's value, which is there
    parts: tuple[Contribution, ...]

    @property
    def rest(self) -> Decimal:
        return self.whole - sum((part.value for part in self.parts), Decimal(0))

    def printed(self, decimals: int) -> tuple[Decimal, ...]:
        """The parts, then the rest, rounded so that they add up to the printed total."""
        return apportion([*(part.value for part in self.parts), self.rest], decimals)

    @property
    def greatest(self) -> Contribution:
        """The sector that brought most."""
        return max(self.parts, key=lambda part: part.value)


def contributions(
    total: Known | None, parts: Sequence[tuple[Known | None, Known | None]]
) -> Contributions | None:
    """Take a growth rate apart; None where a figure is missing or would not fit.

    Args:
        parts: growth of each sector in the total's period, and its share of the whole in
            the same period of the year before, all shares on one basis.
    """
    if total is None or total.value is None or not parts:
        return None
    found = []
    for growth, weight in parts:
        if growth is None or weight is None or growth.value is None or weight.value is None:
            return None
        if growth.period != total.period or growth.basis != total.basis:
            return None
        if weight.period != total.period.same_period_last_year():
            return None
        found.append(Contribution(growth, weight, weight.value * growth.value / _HUNDRED))
    if len({part.weight.basis for part in found}) > 1:
        return None
    return Contributions(total, total.value, tuple(found))
