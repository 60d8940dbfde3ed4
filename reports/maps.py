"""Organisation units by periods, as figures in classes: what heat map and tile map draw.

Every cell is a judgement made elsewhere; here they are brought to one scale
(``kpi.comparing``), so that a colour means the same in all cells. A figure that is not
there keeps its reason: not reported, not yet due, or not comparable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kpi.comparing import (
    PACE_EDGES,
    Scale,
    class_of,
    percent_of_pace,
    scale_of,
    value_edges,
)
from kpi.definitions import Indicator
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from kpi.rounding import half_away


class Gap(StrEnum):
    """Why a cell has no figure."""

    MISSING = "missing"  # hatched: nobody has said
    NOT_DUE = "not_due"
    NO_FIGURE = "no_figure"  # there is a value, but nothing to compare it by


@dataclass(frozen=True)
class Cell:
    """One unit at one period; ``step`` is the class of its figure, 1 to 5."""

    assessment: Assessment
    figure: Decimal | None
    step: int = 0
    gap: Gap | None = None


@dataclass(frozen=True)
class Row:
    """One organisation unit with a cell for every period."""

    org_unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """The figures of one indicator on one scale; the last period is the one looked at."""

    indicator: Indicator
    scale: Scale
    edges: tuple[Decimal, ...]
    periods: tuple[Period, ...]
    rows: tuple[Row, ...]
    decimals: int

    @property
    def figures(self) -> tuple[Decimal, ...]:
        """Every figure there is, in no order."""
        cells = (cell.figure for row in self.rows for cell in row.cells)
        return tuple(figure for figure in cells if figure is not None)

    @property
    def gaps(self) -> frozenset[Gap]:
        return frozenset(cell.gap for row in self.rows for cell in row.cells if cell.gap)

    def decimals_of(self, cell: Cell) -> int:
        """A percentage is printed whole, unless that would put it into another class."""
        if cell.figure is None or self.scale is not Scale.PACE:
            return self.decimals
        return 0 if class_of(half_away(cell.figure, 0), self.edges) == cell.step else 1


def grid(
    indicator: Indicator, over_time: Sequence[Sequence[Assessment]], *, decimals: int
) -> Grid | None:
    """The grid of judgements, or None where there is no unit.

    Args:
        over_time: the units' judgements, one sequence for each period in order, all with
            the same units in the same order. The quarters of a year must be complete from
            the first one on, or single quarters cannot be told.
        decimals: of the indicator at the units' level.
    """
    if not over_time or not over_time[-1]:
        return None
    scale = scale_of(indicator, over_time[-1])
    figures = [[_figure(a, scale, indicator, before) for a in now]
               for now, before in zip(over_time, _before(over_time), strict=True)]  # fmt: skip
    shown = [
        n
        for n, column in enumerate(figures)
        if any(f is not None for f in column) or n == len(figures) - 1
    ]
    every = [f for n in shown for f in figures[n] if f is not None]
    edges = PACE_EDGES if scale is Scale.PACE else value_edges(every, decimals)
    rows = tuple(
        Row(
            one.org_unit,
            tuple(_cell(over_time[n][unit], figures[n][unit], edges, indicator) for n in shown),
        )
        for unit, one in enumerate(over_time[-1])
    )
    periods = tuple(over_time[n][0].observation_period for n in shown)
    return Grid(indicator, scale, edges, periods, rows, decimals)


def _before(
    over_time: Sequence[Sequence[Assessment]],
) -> list[dict[str, Assessment]]:
    """For each period the judgements of the quarter before it in the same year."""
    by_period = {column[0].period: {a.org_unit: a for a in column} for column in over_time}
    return [by_period.get(column[0].period.previous(), {}) for column in over_time]


def _figure(
    assessment: Assessment, scale: Scale, indicator: Indicator, before: dict[str, Assessment]
) -> Decimal | None:
    if scale is Scale.PACE:
        return percent_of_pace(assessment)
    value = assessment.value
    if value is None or scale is Scale.VALUE or assessment.period.quarter == 1:
        return value
    earlier = before.get(assessment.org_unit)
    return None if earlier is None or earlier.value is None else value - earlier.value


def _cell(
    assessment: Assessment, figure: Decimal | None, edges: Sequence[Decimal], indicator: Indicator
) -> Cell:
    if figure is not None:
        return Cell(assessment, figure, class_of(figure, edges))
    if assessment.value is not None:
        return Cell(assessment, None, gap=Gap.NO_FIGURE)
    asked = indicator.is_asked_at(assessment.period.quarter)
    due = asked and assessment.status is not Status.NOT_DUE
    return Cell(assessment, None, gap=Gap.MISSING if due else Gap.NOT_DUE)
