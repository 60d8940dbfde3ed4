"""Tables to take away: an Excel workbook and a CSV file of what the screen shows.

A table that leaves the screen has lost its page, so it carries a head of its own: what it
is, unit of measure, period, and as of when. Several tables of one screen go together: as
sheets of one workbook, in the CSV one under another. A text from somebody's workbook that a
spreadsheet would run as a formula is made harmless; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

Cell = Decimal | int | str | None
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Excel of a Vietnamese computer reads a decimal comma, and so a semicolon between cells
_CSV = {"vi": (";", ","), "en": (",", ".")}
_WIDEST = 60
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))  # in the name of a sheet
_LONGEST = 31  # letters of it
_A4 = 9


@dataclass(frozen=True)
class Table:
    """What is exported: head lines (label, text), column names, rows.

    ``decimals`` fixes how many decimals Excel shows of every number; None leaves each number
    those it carries, for tables whose rows are of different units of measure. ``sheet`` is
    the name on its tab, in the reader's language.
    """

    title: str
    head: Sequence[tuple[str, str]]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sheet: str
    decimals: int | None = 0


def harmless(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Cao Lộc")
    ("'=1+1", 'Cao Lộc')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def excel(*tables: Table) -> bytes:
    """The tables as a workbook with a sheet for each, the first one in front."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for table, name in zip(tables, sheet_names(tables), strict=True):
            _fill(book, book.add_worksheet(name), table)
    return buffer.getvalue()


def sheet_names(tables: Sequence[Table]) -> list[str]:
    """Their names as Excel takes them: short, without certain characters, no two alike."""
    found: list[str] = []
    for table in tables:
        wanted = " ".join(table.sheet.translate(_FORBIDDEN).split()).strip("'") or "-"
        name, taken = wanted[:_LONGEST].strip(), {one.casefold() for one in found}
        count = 2
        while name.casefold() in taken:
            suffix = f" ({count})"
            name, count = wanted[: _LONGEST - len(suffix)] + suffix, count + 1
        found.append(name)
    return found


def _fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    bold = book.add_format({"bold": True, "font_size": 14})
    grey = book.add_format({"font_color": "#5F6B78"})
    named = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    column = book.add_format(named)
    over_numbers = book.add_format({**named, "align": "right"})
    numbers = {n: book.add_format({"num_format": _number_format(n)}) for n in _used(table)}
    sheet.write_string(0, 0, harmless(table.title), bold)
    for n, (label, text) in enumerate(table.head, 1):
        sheet.write_string(n, 0, harmless(label), grey)
        sheet.write_string(n, 1, harmless(text))
    top = len(table.head) + 2
    for n, name in enumerate(table.columns):
        look = over_numbers if any(_is_number(row[n]) for row in table.rows) else column
        sheet.write_string(top, n, harmless(name), look)
    for row, cells in enumerate(table.rows, top + 1):
        for n, cell in enumerate(cells):
            _write(sheet, row, n, cell, numbers.get(_decimals(cell, table)))
    for n, width in enumerate(_widths(table)):
        sheet.set_column(n, n, width)
    sheet.freeze_panes(top + 1, 1)
    _set_up_paper(sheet, top)


def _set_up_paper(sheet: xlsxwriter.worksheet.Worksheet, top: int) -> None:
    """A4 landscape, as wide as the table, its column names on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)


def _decimals(cell: Cell, table: Table) -> int:
    """How many decimals a cell is shown with."""
    if table.decimals is not None:
        return table.decimals
    exponent = cell.as_tuple().exponent if isinstance(cell, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, Decimal | int)


def _used(table: Table) -> set[int]:
    return {_decimals(cell, table) for cells in table.rows for cell in cells}


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    column: int,
    cell: Cell,
    number: xlsxwriter.format.Format | None,
) -> None:
    if isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), number)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif cell:
        sheet.write_string(row, column, harmless(cell))


def _widths(table: Table) -> list[int]:
    columns = zip(table.columns, *table.rows, strict=True)
    return [min(_WIDEST, max(len(str(cell or "")) for cell in column) + 2) for column in columns]


def comma_separated(*tables: Table, lang: str) -> bytes:
    """The tables as CSV, each under its own head, an empty line between them.

    It begins with a byte order mark, so that Excel reads it as UTF-8. Everything is quoted: an
    Excel that separates by another sign would find the beginning of a cell inside a text.
    """
    separator, point = _CSV[lang]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for n, table in enumerate(tables):
        if n:
            writer.writerow([])
        writer.writerow([harmless(table.title)])
        writer.writerows([harmless(label), harmless(text)] for label, text in table.head)
        writer.writerow([])
        writer.writerow([harmless(name) for name in table.columns])
        writer.writerows([_plain(cell, point) for cell in row] for row in table.rows)
    return buffer.getvalue().encode("utf-8-sig")


def _plain(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return format(cell, "f").replace(".", point) if isinstance(cell, Decimal) else str(cell)
