"""Reads ``.xls``, ``.xlsb`` and ``.ods`` with calamine, and remembers what that cannot see.

calamine gives values and nothing else: a cell with an error and a formula that was never
computed come as blanks, a percentage as its hundredth, formulas and hidden rows not at all.
The book is therefore marked as not exact, and ``loaders.workbook`` says so at each cell it
concerns. calamine lays out the whole rectangle of a sheet, so its size is asked for first.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from kpi.finding_codes import FindingCode
from kpi.observations import CellKind
from loaders.books import Book, BookFormat, Merge, Sheet
from loaders.limits import Limits
from loaders.package_guard import BROKEN_ZIP, refuse, too_many
from loaders.packed_cells import KINDS, PackedCells
from loaders.xlsb_cells import spelled_out


def read_with_calamine(data: bytes, file_name: str, format_: BookFormat, limits: Limits) -> Book:
    """
    Raises:
        UnreadableWorkbook: if calamine cannot read it, or it goes beyond the limits.
    """
    try:
        if format_ is BookFormat.XLSB:
            data = spelled_out(data)
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        return Book(format_, tuple(_sheets(book, limits)), exact=False)
    except PasswordError:
        refuse(FindingCode.ENCRYPTED)
    except (CalamineError, OSError, ValueError, *BROKEN_ZIP):
        refuse(FindingCode.UNREADABLE_FILE, file_name)


def _sheets(book: CalamineWorkbook, limits: Limits) -> list[Sheet]:
    listed = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    if len(listed) > limits.sheets:
        too_many("sheets", limits.sheets)
    sheets: list[Sheet] = []
    room = limits.cells
    for one in listed:
        sheet = book.get_sheet_by_name(one.name)
        room -= sheet.height * sheet.width
        if room < 0:
            too_many("cells", limits.cells)
        sheets.append(_sheet(sheet, visible=one.visible is SheetVisibleEnum.Visible))
    return sheets


def _sheet(sheet: CalamineSheet, *, visible: bool) -> Sheet:
    top, left = sheet.start or (0, 0)
    cells = PackedCells()
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        start = len(cells)
        for column, value in enumerate(values, start=left + 1):
            if value != "":
                cells.add(column, 0, value, KINDS.index(_kind(value)))
        cells.end_row(row, start)
    merges = tuple(
        Merge(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1)
        for first, last in sheet.merged_cell_ranges or ()
    )
    return Sheet(sheet.name, cells, visible=visible, merges=merges)


def _kind(value: object) -> CellKind:
    if isinstance(value, bool):
        return CellKind.BOOLEAN
    if isinstance(value, (date, time, timedelta)):
        return CellKind.DATE
    return CellKind.NUMBER if isinstance(value, (int, float)) else CellKind.TEXT
