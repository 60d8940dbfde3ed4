"""Draws the sheets of the emulation score: one to score oneself, one for the council to verify.

They look like the forms of a report and are found again the same way (``loaders.workbook``): a
hidden sheet says what the file is, every row carries its codes, only the coloured cells are
filled in. A criterion that does not count for a unit has no coloured cell. The same arguments
always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi.score_books import FORM_OF, Asked, ScoreRow
from kpi.score_sheets import Given, Voice
from loaders.fixed_package import to_bytes
from loaders.form_layout import (
    CODE,
    COLUMNS,
    COMPUTED,
    INDICATOR,
    META_FORM,
    META_PERIOD,
    META_REPORTER,
    META_SHEET,
    META_SHEET_NAME,
    META_VERSION,
    MOST,
    NOTE,
    NUMBER,
    OWN,
    OWN_NOTE,
    UNIT,
    UNIT_CODE,
    VALUE,
)
from loaders.template_parts import put, put_across
from loaders.template_style import add_styles, row_height
from texts.numbers import as_stated, period_name

_HEADER_ROW = 8
_TITLES = {
    Voice.SELF: "PHIẾU TỰ CHẤM ĐIỂM THI ĐUA",
    Voice.VERIFIED: "PHIẾU THẨM ĐỊNH ĐIỂM THI ĐUA",
}
_SHEETS = {Voice.SELF: "Tự chấm", Voice.VERIFIED: "Thẩm định"}
_WHOSE = {Voice.SELF: "Đơn vị", Voice.VERIFIED: "Cụm thi đua"}
_HOW_TO = {
    Voice.SELF: (
        "Chỉ điền các ô nền vàng. Điểm tự chấm từ 0 đến điểm tối đa; khác điểm tính thì ghi lý do "
        "và minh chứng. Ô để trống: không tự chấm tiêu chí đó, điểm đã ghi trước giữ nguyên. "
        "Không đổi mã và tên trang."
    ),
    Voice.VERIFIED: (
        "Chỉ điền các ô nền vàng. Điểm thẩm định từ 0 đến điểm tối đa; khác điểm tính hoặc khác "
        "điểm đơn vị tự chấm thì ghi lý do. Ô để trống: chưa thẩm định, điểm đã ghi trước giữ "
        "nguyên. Không đổi mã và tên trang."
    ),
}
_NOT_COUNTED = "không tính"


def write_scores(asked: Asked, whose: str) -> bytes:
    """The sheet of one voice at one period as the bytes of an ``.xlsx``.

    Args:
        asked: its rows; what was given last is written in.
        whose: the unit's or the cluster's name.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"{_SHEETS[asked.voice]} {period_name(asked.period, 'vi').replace('/', '-')}"
    add_styles(book, {asked.decimals})
    last = _HEADER_ROW + sum(1 for _ in _lines(asked))
    _draw_head(sheet, asked, whose, last)
    _draw_columns(sheet, asked)
    for row, (number, item) in enumerate(_lines(asked), start=_HEADER_ROW + 1):
        if isinstance(item, ScoreRow):
            _draw_row(sheet, row, number, item, asked)
        else:
            _draw_group(sheet, row, item, asked)
    _set_up(sheet, asked, last)
    _draw_meta(book, sheet.title, asked)
    book.properties.title = f"{_TITLES[asked.voice].capitalize()} – {whose} – {asked.period}"
    book.properties.creator = "UBND tỉnh Lạng Sơn"
    book.properties.language = "vi-VN"
    return to_bytes(book)


def _lines(asked: Asked) -> Iterator[tuple[int, ScoreRow | str]]:
    """From top to bottom: a heading for each group of rows, and the rows counted under it."""
    own = asked.voice is Voice.SELF
    for heading, rows in groupby(asked.rows, key=lambda row: row.group if own else row.unit):
        yield 0, heading
        yield from enumerate(rows, start=1)


def _column(key: str, asked: Asked) -> int:
    columns = COLUMNS[FORM_OF[asked.voice]]
    return next(n for n, column in enumerate(columns, start=1) if column.key == key)


def _draw_head(sheet: Worksheet, asked: Asked, whose: str, last: int) -> None:
    columns = COLUMNS[FORM_OF[asked.voice]]
    value, width = _column(VALUE, asked), len(columns)
    months = period_name(asked.period, "vi", "to_date")
    how_to = _HOW_TO[asked.voice]
    for row, text, style in (
        (1, "UBND TỈNH LẠNG SƠN", "plain"),
        (2, _TITLES[asked.voice], "title"),
        (3, f"{_WHOSE[asked.voice]}: {whose}", "strong"),
        (4, f"{months} · quy chế chấm điểm {asked.rules}", "italic"),
        (5, how_to, "small"),
    ):
        put_across(sheet, row, 1, width, text, style)
    sheet.row_dimensions[2].height = 24
    sheet.row_dimensions[5].height = row_height((how_to, sum(one.width for one in columns)))
    # Above the table: under it a sum would stand in a row without a code.
    put_across(sheet, 6, _column(INDICATOR, asked), value - 1, "Cộng điểm đã ghi", "strong")
    letter = get_column_letter(value)
    total = f"=SUM({letter}{_HEADER_ROW + 1}:{letter}{last})"
    put(sheet, 6, value, total, f"figure_{asked.decimals}")


def _draw_columns(sheet: Worksheet, asked: Asked) -> None:
    for number, column in enumerate(COLUMNS[FORM_OF[asked.voice]], start=1):
        put(sheet, _HEADER_ROW, number, column.heading, "header")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[_HEADER_ROW].height = 36


def _draw_group(sheet: Worksheet, row: int, heading: str, asked: Asked) -> None:
    for number in range(1, len(COLUMNS[FORM_OF[asked.voice]]) + 1):
        put(sheet, row, number, None, "group")
    put(sheet, row, _column(INDICATOR, asked), heading, "group")
    sheet.row_dimensions[row].height = row_height(("", 1))


def _draw_row(sheet: Worksheet, row: int, number: int, item: ScoreRow, asked: Asked) -> None:
    columns, places = COLUMNS[FORM_OF[asked.voice]], asked.decimals
    criterion, said = item.criterion, item.said(asked.voice)
    counts = criterion.computed is not None
    computed = (criterion.computed, f"figure_{places}") if counts else (_NOT_COUNTED, "centre")
    cells: dict[str, tuple[object, str]] = {
        CODE: (criterion.id, "code"),
        UNIT_CODE: (item.org_unit, "code"),
        NUMBER: (number, "centre"),
        INDICATOR: (item.name.vi, "left"),
        UNIT: (item.short, "left"),
        MOST: (criterion.most, f"figure_{places}"),
        COMPUTED: computed,
        OWN: (_points(item.own), f"figure_{places}"),
        OWN_NOTE: (_note(item.own), "left"),
        VALUE: (_points(said), f"input_{places}" if counts else "centre"),
        NOTE: (_note(said), "note" if counts else "left"),
    }
    for place, column in enumerate(columns, start=1):
        put(sheet, row, place, *cells[column.key])
    widths = {column.key: column.width for column in columns}
    sheet.row_dimensions[row].height = row_height(
        *((str(cells[key][0] or ""), widths[key]) for key in (INDICATOR, OWN_NOTE, NOTE)
          if key in widths)
    )  # fmt: skip
    if counts:
        checks = _validation(criterion.most)
        checks.add(f"{get_column_letter(_column(VALUE, asked))}{row}")
        sheet.add_data_validation(checks)


def _points(said: Given | None) -> Decimal | None:
    return None if said is None else said.points


def _note(said: Given | None) -> str | None:
    return None if said is None else said.note or None


def _validation(most: Decimal) -> DataValidation:
    """Ask back on an unlikely entry; what cannot stand is said when the file is sent."""
    return DataValidation(
        type="decimal", operator="between", formula1="0", formula2=f"{most:f}", allow_blank=True,
        showErrorMessage=True, errorStyle="warning", errorTitle="Kiểm tra lại điểm",
        error=f"Điểm từ 0 đến {as_stated(most, 'vi')}, hoặc để trống.",
    )  # fmt: skip


def _set_up(sheet: Worksheet, asked: Asked, last: int) -> None:
    sheet.protection.enable()  # without a password: anybody may lift it
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    page = sheet.page_setup
    page.paperSize = sheet.PAPERSIZE_A4
    page.orientation = "portrait" if asked.voice is Voice.SELF else "landscape"
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS[FORM_OF[asked.voice]]))}{last}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"


def _draw_meta(book: Workbook, sheet_name: str, asked: Asked) -> None:
    """The hidden sheet by which the file says what it is."""
    meta = book.create_sheet(META_SHEET)
    for pair in (
        (META_VERSION, asked.rules),
        (META_FORM, FORM_OF[asked.voice]),
        (META_REPORTER, asked.whose),
        (META_PERIOD, asked.period.code),
        (META_SHEET_NAME, sheet_name),
    ):
        meta.append(pair)
    meta.sheet_state = "hidden"
    meta.protection.enable()
