"""A workbook's cells as plain grids, sheet by sheet: what reader and excerpt both look at.

Only cells that hold something are kept, by row and column, with the number format that
says how a person saw them. Which of them mean anything is ``loaders.workbook``'s business.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from kpi.finding_codes import FindingCode
from loaders.package_guard import BROKEN_ZIP, refuse

_MAX_ROWS = 2000  # the longest form has about a hundred
_MAX_COLUMNS = 60

# openpyxl has no error of its own for a workbook whose parts contradict each other: the
# first lookup, conversion or descriptor that fails on them raises what it happens to raise
# (the errors of both XML readers are SyntaxErrors).
# A fuzzing test (tests/loaders/test_workbook.py) keeps this list honest.
_BROKEN_WORKBOOK = (
    *BROKEN_ZIP, AssertionError, AttributeError, InvalidFileException, SyntaxError, TypeError,
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One cell that matters, as the workbook holds it."""

    value: object = None
    data_type: str = "n"
    number_format: str = "General"

    @property
    def text(self) -> str:
        return "" if self.value is None else str(self.value).strip()


EMPTY = Cell()
Grid = Mapping[tuple[int, int], Cell]  # by row and column, empty cells left out


def load_grids(data: bytes, file_name: str, *, formulas: bool) -> dict[str, Grid]:
    """The cells of every sheet: formulas as they are written, or their last results.

    Raises:
        UnreadableWorkbook: if the parts of the workbook contradict each other.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl tells of extensions it leaves out; none of them can hold a value
            warnings.simplefilter("ignore")
            book = load_workbook(
                BytesIO(data), read_only=True, data_only=not formulas, keep_links=False
            )
            with closing(book):
                return {sheet.title: _grid(book, sheet.title) for sheet in book.worksheets}
    except _BROKEN_WORKBOOK:
        refuse(FindingCode.UNREADABLE_FILE, file_name)


def _grid(book: Workbook, title: str) -> Grid:
    # read-only sheets trust the size written in the file; theirs may be missing or absurd
    book[title].reset_dimensions()
    rows = book[title].iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS)
    return {
        (number, column): Cell(cell.value, cell.data_type, cell.number_format or "General")
        for number, row in enumerate(rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell.value is not None or cell.data_type == "str"
    }
