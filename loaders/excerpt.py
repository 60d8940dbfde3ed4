"""Cuts the rows around one cell out of a workbook, so that a figure can be seen where it
was written.

The workbook is read as it was sent; nothing is checked and nothing corrected. The
headings of the form come along, because a row without them says little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isfinite

from kpi.excerpts import Excerpt, ExcerptCell, ExcerptRow
from kpi.numbers import fifteen_digits, plain, raw_text, shows_percent
from kpi.observations import CellAddress
from loaders.books import Book, Cell, Sheet
from loaders.letters import column_letters, column_number
from loaders.limits import UPLOAD
from loaders.opening import open_book
from loaders.reading_apart import open_safely
from loaders.workbook import find_header

AROUND = 4  # rows above and below
_AROUND_MANY = 1
_WIDEST = 16  # columns; a form has ten
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DECIMALS = re.compile(r"[0#]\.(0+)")


def excerpt(data: bytes, sheet: str, cell: str, file_name: str = "") -> Excerpt | None:
    """The rows around ``cell``; None if the workbook has no such sheet or cell.

    Raises:
        UnreadableWorkbook: if the bytes are no workbook.
    """
    return _around(open_book(data, file_name, UPLOAD), sheet, cell, AROUND)


def excerpts(
    data: bytes, places: Iterable[CellAddress], file_name: str
) -> dict[CellAddress, Excerpt]:
    """The same for many cells of a workbook from outside, opened once, with a row above and
    one below; cells it lacks are left out.

    Raises:
        UnreadableWorkbook: if the bytes are no workbook.
    """
    book = open_safely(data, file_name)
    found = {at: _around(book, at.sheet, at.cell, _AROUND_MANY) for at in places}
    return {at: rows for at, rows in found.items() if rows is not None}


def _around(book: Book, sheet: str, cell: str, around: int) -> Excerpt | None:
    found = _ADDRESS.fullmatch(cell)
    found_in = book.sheet(sheet)
    if found is None or found_in is None or not found_in.cells:
        return None
    column, row = column_number(found[1]), int(found[2])
    last_row, last_column = (max(at[n] for at in found_in.cells) for n in (0, 1))
    if row > last_row or column > min(last_column, _WIDEST):
        return None
    return _cut(found_in, row, column, last_row, around)


def _cut(sheet: Sheet, row: int, column: int, last_row: int, around: int) -> Excerpt:
    header, headings = find_header(sheet)
    below = row > header
    first = max(header + 1 if below else 1, row - around)
    last = min(row + around, last_row)
    numbers = [*([header] if header and below else []), *range(first, last + 1)]
    width = _width(sheet, numbers, headings, column)
    return Excerpt(
        sheet=sheet.title,
        row=row,
        column=column_letters(column),
        columns=tuple(column_letters(n) for n in range(1, width + 1)),
        rows=tuple(
            ExcerptRow(
                number,
                tuple(_seen(sheet.at(number, n)) for n in range(1, width + 1)),
                is_head=number == header,
            )
            for number in numbers
        ),
    )


def _width(sheet: Sheet, numbers: list[int], headings: Mapping[str, int], column: int) -> int:
    used = [at[1] for at in sheet.cells if at[0] in numbers]
    return min(_WIDEST, max([*used, *headings.values(), column]))


def _seen(cell: Cell) -> ExcerptCell:
    formula, value = cell.formula or "", cell.value
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
