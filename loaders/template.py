"""Draws the workbook a reporter fills in: form A for one unit, form B for one agency.

It looks like the province's papers: title block, table, signatures, printable on A4. The
cells to fill in are coloured and unlocked, all others protected without a password: the
protection is a guard rail for the hand, not a secret. A hidden sheet says which template,
reporter and period the file is for; every row carries its codes, so that the reader never
depends on where a row stands. The same arguments always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Definitions, OrgUnits
from kpi.forms import FORM_A, form_of, rows_of
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from loaders.fixed_package import to_bytes
from loaders.form_layout import (
    META_FORM,
    META_PERIOD,
    META_REPORTER,
    META_SHEET,
    META_SHEET_NAME,
    META_VERSION,
    NUMBER,
    UNIT_OF_MEASURE,
    VALUE,
)
from loaders.template_parts import HEADER_ROW, Contents, Form, Key, put_across
from loaders.template_style import add_styles, row_height
from loaders.template_table import draw_header, draw_table
from texts.numbers import date_text, period_name

_HOW_TO = (
    "Chỉ điền các ô nền vàng; số liệu lũy kế từ đầu năm. Dấu phẩy là dấu thập phân (8,36), dấu "
    "chấm ngăn hàng nghìn (6.296). Chưa có số liệu: để trống hoặc ghi …; không phát sinh: ghi 0; "
    "không áp dụng: ghi x. Không đổi tên trang, mã chỉ tiêu và đơn vị tính."
)


def write_form(
    definitions: Definitions,
    org_units: OrgUnits,
    reporter: str,
    period: Period,
    *,
    targets: Mapping[Key, Target],
    previous: Mapping[Key, Known],
    values: Mapping[Key, object] | None = None,
    notes: Mapping[Key, str] | None = None,
) -> bytes:
    """The form of ``reporter`` for ``period`` as the bytes of an ``.xlsx``.

    Args:
        reporter: code of an organisation unit (form A) or id of an agency (form B).
        previous: values of the period reported before, shown beside the input.
        values: what stands in the input cells; a Decimal, or a text such as "…".

    Raises:
        ValueError: if nothing is asked of that reporter at that period.
    """
    rows = rows_of(definitions, org_units, reporter, period)
    if not rows:
        raise ValueError(f"{reporter!r} is asked for nothing at {period}")
    kind = form_of(reporter, org_units)
    name = org_units.units[reporter].name if kind == FORM_A else definitions.agencies[reporter].name
    form = Form(definitions, reporter, name.vi, period, kind, rows)
    contents = Contents(targets, previous, values or {}, notes or {})
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.sheet_name
    add_styles(book, (r.indicator.decimals_at(r.org_unit.level) for r in rows))
    _draw_title(sheet, form)
    draw_header(sheet, form)
    first, last = draw_table(sheet, form, contents)
    end = _draw_signatures(sheet, form, last + 2)
    _set_up(sheet, form, f"{form.letter(VALUE)}{first}", end)
    _draw_meta(book, form)
    _describe(book, form)
    return to_bytes(book)


def _draw_title(sheet: Worksheet, form: Form) -> None:
    last = len(form.columns)
    half = form.column(UNIT_OF_MEASURE)
    months = period_name(form.period, "vi", "months")
    due = date_text(form.definitions.due_date(form.period, form.form), "vi")
    parent = "UBND TỈNH LẠNG SƠN" if form.form == FORM_A else "TỈNH LẠNG SƠN"
    quarter = period_name(form.period, "vi")
    version = f"Phiên bản {form.definitions.template_version}"
    for row, first, to, text, style in (
        (1, 1, half - 1, parent, "plain"),
        (2, 1, half - 1, form.reporter_name.upper(), "strong"),
        (1, half, last, f"BIỂU MẪU {form.form}", "strong"),
        (2, half, last, f"{version} · Hạn gửi: {due}", "italic"),
        (4, 1, last, "BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU THI ĐUA", "title"),
        (5, 1, last, f"Kỳ báo cáo: {quarter} (lũy kế {months})", "italic"),
        (6, 1, last, f"Đơn vị báo cáo: {form.reporter_name}", "strong"),
        (7, 1, last, _HOW_TO, "small"),
    ):
        put_across(sheet, row, first, to, text, style)
    sheet.row_dimensions[4].height = 24
    total = sum(column.width for column in form.columns)
    sheet.row_dimensions[7].height = row_height((_HOW_TO, total))
    sheet.row_dimensions[8].height = 6


def _draw_signatures(sheet: Worksheet, form: Form, row: int) -> int:
    """Place, date and two signatures; the number of the last row used."""
    middle, last = form.column(UNIT_OF_MEASURE), len(form.columns)
    # never in the first column: what stands there under the heading is read as a code
    first = form.column(NUMBER)
    year = form.definitions.due_date(form.period, form.form).year
    for at, start, to, text, style in (
        (row, middle, last, f"Lạng Sơn, ngày …… tháng …… năm {year}", "italic"),
        (row + 1, first, middle - 1, "NGƯỜI LẬP BIỂU", "strong"),
        (row + 1, middle, last, "THỦ TRƯỞNG ĐƠN VỊ", "strong"),
        (row + 2, first, middle - 1, "(Ký, ghi rõ họ tên)", "italic"),
        (row + 2, middle, last, "(Ký, đóng dấu, ghi rõ họ tên)", "italic"),
    ):
        put_across(sheet, at, start, to, text, style)
    return row + 6  # room to sign


def _set_up(sheet: Worksheet, form: Form, start: str, end: int) -> None:
    """Protection, panes and paper; the cursor waits in the first cell to fill in."""
    sheet.protection.enable()  # without a password: anybody may lift it
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # may be resized
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    cursor = sheet.sheet_view.selection[-1]
    cursor.activeCell = cursor.sqref = start
    page = sheet.page_setup
    page.paperSize = sheet.PAPERSIZE_A4
    page.orientation = "portrait" if form.form == FORM_A else "landscape"
    page.fitToWidth, page.fitToHeight = 1, 1 if form.form == FORM_A else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(len(form.columns))}{end}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(f"{form.reporter_name} · {period_name(form.period, 'vi')}"),
        right=_HeaderFooterPart("Trang &P/&N"),
    )


def _draw_meta(book: Workbook, form: Form) -> None:
    """The hidden sheet by which the file says what it is."""
    meta = book.create_sheet(META_SHEET)
    for pair in (
        (META_VERSION, form.definitions.template_version),
        (META_FORM, form.form),
        (META_REPORTER, form.reporter),
        (META_PERIOD, form.period.code),
        (META_SHEET_NAME, form.sheet_name),
    ):
        meta.append(pair)
    meta.sheet_state = "hidden"
    meta.protection.enable()


def _describe(book: Workbook, form: Form) -> None:
    book.properties.title = f"Biểu mẫu {form.form} – {form.reporter_name} – {form.period}"
    book.properties.creator = "UBND tỉnh Lạng Sơn"
    book.properties.language = "vi-VN"
