"""A few rows of a workbook as they were sent, with one cell in view: plain data.

``loaders.excerpt`` cuts it out of the file, ``reports`` draws it; the two never meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class ExcerptCell:
    """What a person saw in one cell: a number with its decimals, or a text."""

    text: str = ""
    number: Decimal | None = None
    decimals: int = 0
    formula: str = ""  # where the cell shows the result of one
    percent: bool = False


@dataclass(frozen=True)
class ExcerptRow:
    """One row of the sheet; ``is_head`` marks the headings of the table."""

    number: int
    cells: tuple[ExcerptCell, ...]
    is_head: bool = False


@dataclass(frozen=True)
class Excerpt:
    """Rows around a cell, in the sheet's order; rows between may be left out.

    ``columns`` are the letters of the columns, as many as every row has cells;
    ``row`` and ``column`` point at the cell in view.
    """

    sheet: str
    row: int
    column: str
    columns: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]

    @property
    def cell(self) -> ExcerptCell:
        """The cell in view."""
        at = self.columns.index(self.column)
        return next(row.cells[at] for row in self.rows if row.number == self.row)
