"""Draws the workbook a reporter fills in: form A for one unit, form B for one agency.

It looks like the province's papers: title block, table, signatures, printable on A4. The
cells to fill in are coloured and unlocked, all others protected without a password: the
protection is a guard rail for the hand, not a secret. A hidden sheet says which template,
reporter and period the file is for; every row carries its codes, so that the reader never
depends on where a row stands. The same arguments always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Definitions, Indicator, OrgUnits, Sector
from kpi.forms import FORM_A, TEMPLATE_VERSION, FormRow, form_of, rows_of
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target, TargetKind
from loaders.fixed_package import to_bytes
from loaders.form_layout import (
    CODE,
    COLUMNS,
    INDICATOR,
    META_FORM,
    META_PERIOD,
    META_REPORTER,
    META_SHEET,
    META_SHEET_NAME,
    META_VERSION,
    NOTE,
    NUMBER,
    PLAN,
    PREVIOUS,
    UNIT,
    UNIT_CODE,
    UNIT_OF_MEASURE,
    VALUE,
    Column,
)
from loaders.template_style import add_styles, row_height, style_name
from texts.numbers import date_text, period_name, range_text

Key = tuple[str, str]  # indicator, organisation unit

HEADER_ROW = 9
_ANYTHING = Decimal(10) ** 12
_HOW_TO = (
    "Chỉ điền các ô nền vàng; số liệu lũy kế từ đầu năm. Dấu phẩy là dấu thập phân (8,36), dấu "
    "chấm ngăn hàng nghìn (6.296). Chưa có số liệu: để trống hoặc ghi …; không phát sinh: ghi 0; "
    "không áp dụng: ghi x. Không đổi tên trang, mã chỉ tiêu và đơn vị tính."
)


@dataclass(frozen=True)
class _Form:
    """What the parts of the sheet have in common while they are drawn."""

    definitions: Definitions
    reporter: str
    reporter_name: str
    period: Period
    form: str
    rows: tuple[FormRow, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        return COLUMNS[self.form]

    @property
    def sheet_name(self) -> str:
        return period_name(self.period, "vi").replace("/", "-")

    def column(self, key: str) -> int:
        return next(n for n, column in enumerate(self.columns, start=1) if column.key == key)

    def letter(self, key: str) -> str:
        return get_column_letter(self.column(key))


@dataclass(frozen=True)
class _Contents:
    targets: Mapping[Key, Target]
    previous: Mapping[Key, Known]
    values: Mapping[Key, object]
    notes: Mapping[Key, str]


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
    form = _Form(definitions, reporter, name.vi, period, kind, rows)
    contents = _Contents(targets, previous, values or {}, notes or {})
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.sheet_name
    add_styles(book, (r.indicator.decimals_at(r.org_unit.level) for r in rows))
    _draw_title(sheet, form)
    _draw_header(sheet, form)
    first, last = _draw_table(sheet, form, contents)
    end = _draw_signatures(sheet, form, last + 2)
    _set_up(sheet, form, f"{form.letter(VALUE)}{first}", end)
    _draw_meta(book, form)
    _describe(book, form)
    return to_bytes(book)


def _draw_title(sheet: Worksheet, form: _Form) -> None:
    last = len(form.columns)
    half = form.column(UNIT_OF_MEASURE)
    months = period_name(form.period, "vi", "months")
    due = date_text(form.definitions.due_date(form.period))
    parent = "UBND TỈNH LẠNG SƠN" if form.form == FORM_A else "TỈNH LẠNG SƠN"
    quarter = period_name(form.period, "vi")
    for row, first, to, text, style in (
        (1, 1, half - 1, parent, "plain"),
        (2, 1, half - 1, form.reporter_name.upper(), "strong"),
        (1, half, last, f"BIỂU MẪU {form.form}", "strong"),
        (2, half, last, f"Phiên bản {TEMPLATE_VERSION} · Hạn gửi: {due}", "italic"),
        (4, 1, last, "BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU THI ĐUA", "title"),
        (5, 1, last, f"Kỳ báo cáo: {quarter} (lũy kế {months})", "italic"),
        (6, 1, last, f"Đơn vị báo cáo: {form.reporter_name}", "strong"),
        (7, 1, last, _HOW_TO, "small"),
    ):
        _put_across(sheet, row, first, to, text, style)
    sheet.row_dimensions[4].height = 24
    total = sum(column.width for column in form.columns)
    sheet.row_dimensions[7].height = row_height((_HOW_TO, total))
    sheet.row_dimensions[8].height = 6


def _draw_header(sheet: Worksheet, form: _Form) -> None:
    for number, column in enumerate(form.columns, start=1):
        _put(sheet, HEADER_ROW, number, _heading(column, form), "header")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[HEADER_ROW].height = 50


def _heading(column: Column, form: _Form) -> str:
    if column.key == PLAN:
        return f"{column.heading} {form.period.year}"
    if column.key == PREVIOUS:
        before = period_name(form.period.previous(), "vi", "short")
        if any(row.indicator.annual for row in form.rows):
            before += f"; năm {form.period.year - 1}"  # an annual figure follows the year's
        return f"{column.heading} ({before})"
    return column.heading


def _draw_table(sheet: Worksheet, form: _Form, contents: _Contents) -> tuple[int, int]:
    """Draw group rows and figure rows; the first row to fill in, and the last row."""
    first, row = 0, HEADER_ROW
    validations: dict[str, DataValidation] = {}
    for number, item in _lines(form):
        row += 1
        if isinstance(item, FormRow):
            _draw_row(sheet, form, row, number, item, contents)
            _validate(sheet, form, row, item, validations)
            first = first or row
        else:
            _draw_group(sheet, form, row, number, item)
    return first, row


def _lines(form: _Form) -> Iterator[tuple[str, Sector | Indicator | FormRow]]:
    """The table from top to bottom: number and what the line is about.

    An indicator reported for several units becomes a group of its own.
    """
    count = 0
    for sector, in_sector in groupby(form.rows, key=lambda row: row.indicator.sector):
        yield form.definitions.sectors[sector].number, form.definitions.sectors[sector]
        for _, of_indicator in groupby(in_sector, key=lambda row: row.indicator.id):
            count += 1
            rows = tuple(of_indicator)
            if len(rows) == 1:
                yield str(count), rows[0]
                continue
            yield str(count), rows[0].indicator
            for place, row in enumerate(rows, start=1):
                yield f"{count}.{place}", row


def _draw_group(
    sheet: Worksheet, form: _Form, row: int, number: str, item: Sector | Indicator
) -> None:
    name = "group" if isinstance(item, Sector) else "subgroup"
    for column in range(1, len(form.columns) + 1):
        _put(sheet, row, column, None, name)
    _put(sheet, row, form.column(NUMBER), number, f"{name}_number")
    _put(sheet, row, form.column(INDICATOR), item.name.vi, name)
    sheet.row_dimensions[row].height = row_height(("", 1))


def _draw_row(
    sheet: Worksheet, form: _Form, row: int, number: str, item: FormRow, contents: _Contents
) -> None:
    indicator, unit = item.indicator, item.org_unit
    key = (indicator.id, unit.code)
    decimals = indicator.decimals_at(unit.level)
    known, note = contents.previous.get(key), contents.notes.get(key)
    unit_of_measure = indicator.unit_of_measure.name.vi
    cells: Mapping[str, tuple[object, str]] = {
        CODE: (indicator.id, "code"),
        UNIT_CODE: (unit.code, "code"),
        NUMBER: (number, "centre"),
        INDICATOR: (indicator.name.vi, "indented" if indicator.parent else "left"),
        UNIT: (unit.name.vi, "left"),
        UNIT_OF_MEASURE: (unit_of_measure, "centre"),
        PLAN: (_plan(contents.targets.get(key)), "centre"),
        PREVIOUS: (None if known is None else known.value, f"figure_{decimals}"),
        VALUE: (contents.values.get(key), f"input_{decimals}"),
        NOTE: (note, "note"),
    }
    for place, column in enumerate(form.columns, start=1):
        _put(sheet, row, place, *cells[column.key])
    widths = {column.key: column.width for column in form.columns}
    sheet.row_dimensions[row].height = row_height(
        (indicator.name.vi, widths[INDICATOR] - 2),  # the indent takes its part
        (unit_of_measure, widths[UNIT_OF_MEASURE]),
        (note or "", widths[NOTE]),
    )


def _plan(target: Target | None) -> str | None:
    if target is None:
        return None
    if target.kind is TargetKind.BELOW_PREVIOUS:
        return "giảm so với cùng kỳ"
    return range_text(target.edges.low, target.edges.high, "vi")


def _validate(
    sheet: Worksheet, form: _Form, row: int, item: FormRow, known: dict[str, DataValidation]
) -> None:
    indicator = item.indicator
    if indicator.id not in known:
        known[indicator.id] = _validation(indicator)
        sheet.add_data_validation(known[indicator.id])
    known[indicator.id].add(f"{form.letter(VALUE)}{row}")


def _validation(indicator: Indicator) -> DataValidation:
    """Ask back on an unlikely entry, never refuse it: "…" and "x" must stay possible."""
    unit = indicator.unit_of_measure
    low, high = indicator.hard_low, indicator.hard_high
    if unit.is_count and low is None:
        low = Decimal(0)
    within = "" if low is None and high is None else f" ({range_text(low, high, 'vi')})"
    kind = "số nguyên" if unit.is_count else "số"
    return DataValidation(
        type="whole" if unit.is_count else "decimal",
        operator="between",
        formula1=str(-_ANYTHING if low is None else low),
        formula2=str(_ANYTHING if high is None else high),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle="Kiểm tra lại số liệu",
        error=f"Ô này cần {kind}{within}, đơn vị {unit.name.vi}. Giữ lại nếu ghi … hoặc x.",
    )


def _draw_signatures(sheet: Worksheet, form: _Form, row: int) -> int:
    """Place, date and two signatures; the number of the last row used."""
    middle, last = form.column(UNIT_OF_MEASURE), len(form.columns)
    # never in the first column: what stands there under the heading is read as a code
    first = form.column(NUMBER)
    year = form.definitions.due_date(form.period).year
    for at, start, to, text, style in (
        (row, middle, last, f"Lạng Sơn, ngày …… tháng …… năm {year}", "italic"),
        (row + 1, first, middle - 1, "NGƯỜI LẬP BIỂU", "strong"),
        (row + 1, middle, last, "THỦ TRƯỞNG ĐƠN VỊ", "strong"),
        (row + 2, first, middle - 1, "(Ký, ghi rõ họ tên)", "italic"),
        (row + 2, middle, last, "(Ký, đóng dấu, ghi rõ họ tên)", "italic"),
    ):
        _put_across(sheet, at, start, to, text, style)
    return row + 6  # room to sign


def _set_up(sheet: Worksheet, form: _Form, start: str, end: int) -> None:
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


def _draw_meta(book: Workbook, form: _Form) -> None:
    """The hidden sheet by which the file says what it is."""
    meta = book.create_sheet(META_SHEET)
    for pair in (
        (META_VERSION, TEMPLATE_VERSION),
        (META_FORM, form.form),
        (META_REPORTER, form.reporter),
        (META_PERIOD, form.period.code),
        (META_SHEET_NAME, form.sheet_name),
    ):
        meta.append(pair)
    meta.sheet_state = "hidden"
    meta.protection.enable()


def _describe(book: Workbook, form: _Form) -> None:
    book.properties.title = f"Biểu mẫu {form.form} – {form.reporter_name} – {form.period}"
    book.properties.creator = "UBND tỉnh Lạng Sơn"
    book.properties.language = "vi-VN"


def _put(sheet: Worksheet, row: int, column: int, value: object, style: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = value  # type: ignore[assignment]  # the stubs leave out Decimal
    cell.style = style_name(style)


def _put_across(sheet: Worksheet, row: int, first: int, last: int, text: str, style: str) -> None:
    _put(sheet, row, first, text, style)
    # nothing stands in these cells yet, so there is nothing for merge_cells() to clear
    sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")


__all__ = ["HEADER_ROW", "write_form"]
