"""A target as it is held against a value: its edges as printed, and when it is met.

A target may give a quarter its own edges (METHOD 4). For range and band these take the
place of the year's while the year runs; for a flow, and for the single figures of
at_least and at_most, the year's edges stay the goal and the quarter's figure is only
what is expected by now (``kpi.pace``). Not here: percentages (``kpi.attainment``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kpi.rounding import half_away
from kpi.targets import Direction, Edges, Target, TargetKind


@dataclass(frozen=True)
class Goal:
    """Edges rounded to the indicator's decimals; ``previous`` is the p of METHOD 1."""

    kind: TargetKind
    direction: Direction
    low: Decimal | None = None
    high: Decimal | None = None
    previous: Decimal | None = None

    @property
    def rises(self) -> bool:
        return self.direction is Direction.INCREASE

    @property
    def reference(self) -> Decimal | None:
        """t of METHOD 4: the figure that must be reached. None for a band, whose edge
        depends on the value, and where p is not known."""
        match self.kind:
            case TargetKind.BELOW_PREVIOUS:
                return self.previous
            case TargetKind.BAND:
                return None
            case _:
                return self.low if self.rises else self.high

    def near_edge(self, a: Decimal) -> Decimal | None:
        """t for this value: of a band the nearer edge, else the reference."""
        if self.kind is not TargetKind.BAND:
            return self.reference
        low, high = self.edges
        return low if abs(a - low) <= abs(a - high) else high

    @property
    def edges(self) -> tuple[Decimal, Decimal]:
        """Both edges of a range or band."""
        if self.low is None or self.high is None:
            raise ValueError(f"a {self.kind} target needs both edges")
        return self.low, self.high

    def met(self, a: Decimal) -> bool:
        if self.kind is TargetKind.BAND:
            low, high = self.edges
            return low <= a <= high
        t = self.reference
        if t is None:
            return False
        if self.kind is TargetKind.BELOW_PREVIOUS:
            return a < t or a == t == 0
        return a >= t if self.rises else a <= t

    def exceeded(self, a: Decimal, margin: Decimal) -> bool:
        """Better than the target asks for; ``margin`` is m, for the single figures."""
        match self.kind:
            case TargetKind.RANGE:
                low, high = self.edges
                return a > high if self.rises else a < low
            case TargetKind.AT_LEAST if self.low is not None:
                return a > self.low and a >= self.low + margin * abs(self.low)
            case TargetKind.AT_MOST if self.high is not None:
                return a < self.high and a <= self.high - margin * abs(self.high)
        return False

    def shortfall(self, a: Decimal, t: Decimal) -> Decimal:
        """How far a value is on the wrong side of ``t``; negative on the right side."""
        return t - a if self.rises else a - t

    def scaled(self, weight: Decimal) -> Goal:
        """The same goal for a part of the organisation units (METHOD 9)."""
        return Goal(
            self.kind,
            self.direction,
            None if self.low is None else self.low * weight,
            None if self.high is None else self.high * weight,
            self.previous,
        )


def goal_of(
    target: Target,
    decimals: int,
    *,
    previous: Decimal | None = None,
    quarter: int | None = None,
) -> Goal:
    """The year's goal, or with ``quarter`` the edges the target gives that quarter."""
    edges = target.by_quarter.get(quarter, target.edges) if quarter else target.edges
    return Goal(
        target.kind,
        target.direction,
        _printed(edges.low, decimals),
        _printed(edges.high, decimals),
        previous,
    )


def quarter_reference(target: Target, decimals: int, quarter: int) -> Decimal | None:
    """The figure a target expects at the quarter by its own ``by_quarter``, if any."""
    if quarter not in target.by_quarter or target.kind is TargetKind.BELOW_PREVIOUS:
        return None
    return goal_of(target, decimals, quarter=quarter).reference


def plan_figure(edges: Edges, direction: Direction) -> Decimal | None:
    """The one figure that stands for a plan when units are weighed by their plans."""
    if direction is Direction.DECREASE:
        return edges.high
    return edges.low


def _printed(edge: Decimal | None, decimals: int) -> Decimal | None:
    return None if edge is None else half_away(edge, decimals)
