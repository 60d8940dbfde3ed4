"""Cuts the rows around one cell out of a workbook, so that a figure can be seen where it
was written.

The workbook is read as it was sent; nothing is checked and nothing corrected. The
headings of the form come along, because a row without them says little.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string

from kpi.excerpts import Excerpt, ExcerptCell, ExcerptRow
from kpi.numbers import fifteen_digits, plain, raw_text, shows_percent
from loaders.grids import EMPTY, Cell, Grid, load_grids
from loaders.package_guard import guard
from loaders.workbook import find_header

AROUND = 4  # rows above and below
_WIDEST = 16  # columns; a form has ten
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DECIMALS = re.compile(r"[0#]\.(0+)")


def excerpt(data: bytes, sheet: str, cell: str, file_name: str = "") -> Excerpt | None:
    """The rows around ``cell``; None if the workbook has no such sheet or cell.

    Raises:
        UnreadableWorkbook: if the bytes are no workbook.
    """
    found = _ADDRESS.fullmatch(cell)
    if found is None:
        return None
    guard(data, file_name)
    grids = load_grids(data, file_name, formulas=False)
    grid = grids.get(sheet)
    if not grid:
        return None
    # as they were written: a formula that was never computed has no result to be seen
    written = load_grids(data, file_name, formulas=True)[sheet]
    column, row = column_index_from_string(found[1]), int(found[2])
    last_row, last_column = (max(at[n] for at in written) for n in (0, 1))
    if row > last_row or column > min(last_column, _WIDEST):
        return None
    return _cut(grid, written, sheet, row, column)


def _cut(grid: Grid, written: Grid, sheet: str, row: int, column: int) -> Excerpt:
    header, headings = find_header(grid)
    below = row > header
    first = max(header + 1 if below else 1, row - AROUND)
    last = min(row + AROUND, max(at[0] for at in written))
    numbers = [*([header] if header and below else []), *range(first, last + 1)]
    width = _width(written, numbers, headings, column)
    return Excerpt(
        sheet=sheet,
        row=row,
        column=get_column_letter(column),
        columns=tuple(get_column_letter(n) for n in range(1, width + 1)),
        rows=tuple(
            ExcerptRow(
                number,
                tuple(
                    _seen(grid.get((number, n), EMPTY), written.get((number, n), EMPTY))
                    for n in range(1, width + 1)
                ),
                is_head=number == header,
            )
            for number in numbers
        ),
    )


def _width(grid: Grid, numbers: list[int], headings: Mapping[str, int], column: int) -> int:
    used = [at[1] for at in grid if at[0] in numbers]
    return min(_WIDEST, max([*used, *headings.values(), column]))


def _seen(cell: Cell, written: Cell) -> ExcerptCell:
    formula = str(getattr(written.value, "text", written.value)) if written.data_type == "f" else ""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return _number(fifteen_digits(value), cell.number_format, formula)
    return ExcerptCell(raw_text(value).strip(), formula=formula)


def _number(value: Decimal, number_format: str, formula: str) -> ExcerptCell:
    """A number with the decimals its format shows, but never fewer than it has: what was
    sent is to be seen, not what was rounded."""
    percent = shows_percent(number_format)
    seen = plain(100 * value) if percent else value
    exponent = seen.as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    shown = _DECIMALS.search(number_format)
    decimals = max(own, len(shown[1]) if shown else 0)
    return ExcerptCell(number=seen, decimals=decimals, formula=formula, percent=percent)
