"""The table of a form: headings, groups, one row per figure, and what a cell expects.

Every row carries its codes, so that the reader never depends on where it stands. Title,
signatures and paper are ``loaders.template``'s business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Indicator, Sector
from kpi.forms import FormRow
from kpi.targets import Target, TargetKind
from loaders.form_layout import (
    CODE,
    INDICATOR,
    NOTE,
    NUMBER,
    PLAN,
    PREVIOUS,
    UNIT,
    UNIT_CODE,
    UNIT_OF_MEASURE,
    VALUE,
    Column,
)  # fmt: skip
from loaders.template_parts import HEADER_ROW, Contents, Form, put
from loaders.template_style import row_height
from texts.numbers import period_name, range_text

_ANYTHING = Decimal(10) ** 12


def draw_header(sheet: Worksheet, form: Form) -> None:
    for number, column in enumerate(form.columns, start=1):
        put(sheet, HEADER_ROW, number, _heading(column, form), "header")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[HEADER_ROW].height = 50


def _heading(column: Column, form: Form) -> str:
    if column.key == PLAN:
        return f"{column.heading} {form.period.year}"
    if column.key == PREVIOUS:
        before = period_name(form.period.previous(), "vi", "short")
        if any(row.indicator.annual for row in form.rows):
            before += f"; năm {form.period.year - 1}"  # an annual figure follows the year's
        return f"{column.heading} ({before})"
    return column.heading


def draw_table(sheet: Worksheet, form: Form, contents: Contents) -> tuple[int, int]:
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


def _lines(form: Form) -> Iterator[tuple[str, Sector | Indicator | FormRow]]:
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
    sheet: Worksheet, form: Form, row: int, number: str, item: Sector | Indicator
) -> None:
    name = "group" if isinstance(item, Sector) else "subgroup"
    for column in range(1, len(form.columns) + 1):
        put(sheet, row, column, None, name)
    put(sheet, row, form.column(NUMBER), number, f"{name}_number")
    put(sheet, row, form.column(INDICATOR), item.name.vi, name)
    sheet.row_dimensions[row].height = row_height(("", 1))


def _draw_row(
    sheet: Worksheet, form: Form, row: int, number: str, item: FormRow, contents: Contents
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
        put(sheet, row, place, *cells[column.key])
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
    sheet: Worksheet, form: Form, row: int, item: FormRow, known: dict[str, DataValidation]
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
