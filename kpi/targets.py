"""What has been promised: one target of one indicator, unit and plan year (METHOD 4).

A target carries its basis and where it was laid down. It does not know how a value is
judged; ``kpi.attainment`` and ``kpi.status`` do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Direction(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"
    HOLD = "hold"


class TargetKind(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    BAND = "band"
    BELOW_PREVIOUS = "below_previous"


_FIXED_DIRECTION = {
    TargetKind.AT_LEAST: Direction.INCREASE,
    TargetKind.AT_MOST: Direction.DECREASE,
    TargetKind.BELOW_PREVIOUS: Direction.DECREASE,
    TargetKind.BAND: Direction.HOLD,
}


@dataclass(frozen=True)
class Edges:
    """The figures of a target: ``low`` for at_least, ``high`` for at_most, both for
    range and band, none for below_previous."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Target:
    indicator: str
    org_unit: str
    year: int
    kind: TargetKind
    direction: Direction
    edges: Edges
    basis: str  # the value's basis the figures are meant in
    clause: str  # "2.b" of the decree, or ""
    document: str  # the decree, or a decision with number and date
    assigned_by: str = ""  # "trung ương giao", "tỉnh giao"
    illustrative: bool = False
    in_force_from: date = date.min
    by_quarter: Mapping[int, Edges] = field(default_factory=dict)
    baseline: Decimal | None = None  # declared; else the value at Q4 of the year before

    def __post_init__(self) -> None:
        fixed = _FIXED_DIRECTION.get(self.kind)
        if fixed is not None and fixed is not self.direction:
            raise ValueError(f"{self.indicator}: {self.kind} always has direction {fixed}")

    @property
    def value(self) -> Decimal | None:
        """The single figure of at_least and at_most; None for the other kinds."""
        if self.kind is TargetKind.AT_LEAST:
            return self.edges.low
        return self.edges.high if self.kind is TargetKind.AT_MOST else None
