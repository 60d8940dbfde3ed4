"""A workbook as plain data, whatever program wrote it: what every reader below looks at.

One small interface for all formats. A cell keeps what stands in it, what Excel says that
is, the number format that says how a person saw it, and its formula. A sheet keeps what a
reader must know besides: what is hidden, filtered or merged. Who fills these in is
``loaders.opening``'s business, what they mean that of ``loaders.workbook`` and of the
layouts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kpi.observations import CellKind


class BookFormat(StrEnum):
    """The format by content, never by the file's name."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something.

    ``value`` is the number, text, boolean or date, the error's text ("#REF!"), or None
    where a formula was never computed. ``font`` is its font's name where that matters
    (old Vietnamese encodings), else "".
    """

    value: object = None
    kind: CellKind = CellKind.EMPTY
    number_format: str = "General"
    formula: str | None = None
    font: str = ""

    @property
    def text(self) -> str:
        """The cell's words as they are compared: without outer spaces, "" when empty."""
        return "" if self.value is None else str(self.value).strip()


EMPTY = Cell()
Cells = Mapping[tuple[int, int], Cell]  # by row and column, both from 1; empty ones left out


@dataclass(frozen=True)
class Merge:
    """A merged block; its content stands in the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Sheet:
    title: str
    cells: Cells
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False  # rows are hidden because a filter is on
    merges: tuple[Merge, ...] = ()

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), EMPTY)


@dataclass(frozen=True)
class Book:
    """All sheets in order. ``exact`` is False where the format's reader cannot tell an
    error, a number format or a formula from a plain cell (.xls, .xlsb, .ods).
    ``needs_calculation``: the program that saved it says that results may be out of date.
    """

    format: BookFormat
    sheets: tuple[Sheet, ...]
    exact: bool = True
    has_external_links: bool = False
    has_macros: bool = False
    needs_calculation: bool = False

    def sheet(self, title: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.title == title), None)
