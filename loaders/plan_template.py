"""Draws the plan workbook: one row per indicator, one column per district, to be filled in.

The same bytes for the same arguments. Whoever hands down targets writes number and day of
the decision above the table; a cell left empty sets no target. Targets that are in force
can be written in, to be revised.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Definitions, Indicator, Level, OrgUnit, OrgUnits
from kpi.targets import Target, TargetKind
from loaders.fixed_package import to_bytes
from loaders.form_layout import CODE
from loaders.plan_head import LABEL_DAY, LABEL_DECISION, LABEL_FROM, LABEL_YEAR
from loaders.template_parts import put, put_across
from loaders.template_style import add_styles, row_height
from texts.numbers import as_stated

_HOW_TO = (
    "Mỗi ô là kế hoạch năm của một huyện, thành phố: một số (12), hai số (8 – 8,5), hoặc “giảm so "
    "với cùng kỳ”. Ô để trống: không giao. Không đổi mã chỉ tiêu và đơn vị tính."
)
_FIXED = (("Mã", 9.0), ("STT", 5.5), ("Chỉ tiêu", 40.0), ("Đơn vị tính", 14.0))
_HEADER_ROW, _UNIT_WIDTH = 10, 11.0
_STATED_AT = ((5, LABEL_DECISION), (6, LABEL_DAY), (7, LABEL_FROM), (8, LABEL_YEAR))

Key = tuple[str, str]  # indicator, organisation unit


def write_plan(
    definitions: Definitions,
    org_units: OrgUnits,
    year: int,
    *,
    standing: Mapping[Key, Target] | None = None,
) -> bytes:
    """The plan workbook of ``year`` as the bytes of an ``.xlsx``.

    Args:
        standing: targets to write in; without them the cells are empty.
    """
    units = org_units.districts(date(year, 12, 31)) or org_units.districts(date(year, 1, 1))
    rows = assignable(definitions)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = f"Giao chỉ tiêu {year}"
    add_styles(book, {0})
    _draw_head(sheet, year, len(_FIXED) + len(units))
    _draw_header(sheet, units)
    for number, indicator in enumerate(rows, start=1):
        _draw_row(sheet, _HEADER_ROW + number, number, indicator, units, standing or {})
    _set_up(sheet, len(_FIXED) + len(units), _HEADER_ROW + len(rows))
    book.properties.title = f"Giao chỉ tiêu năm {year}"
    book.properties.creator = "UBND tỉnh Lạng Sơn"
    book.properties.language = "vi-VN"
    return to_bytes(book)


def assignable(definitions: Definitions) -> tuple[Indicator, ...]:
    """What a district can be given a target for: it exists there and has a direction."""
    return tuple(
        one
        for one in definitions.indicators.values()
        if one.exists_at(Level.DISTRICT) and one.direction is not None
    )


def target_text(target: Target) -> str:
    """A target the way a plan cell says it."""
    if target.kind is TargetKind.BELOW_PREVIOUS:
        return "giảm so với cùng kỳ"
    edges = [edge for edge in (target.edges.low, target.edges.high) if edge is not None]
    return " – ".join(as_stated(edge, "vi") for edge in edges)


def _draw_head(sheet: Worksheet, year: int, last: int) -> None:
    for row, text, style in (
        (1, "UBND TỈNH LẠNG SƠN", "strong"),
        (2, f"GIAO CHỈ TIÊU KẾ HOẠCH NĂM {year} CHO CÁC HUYỆN, THÀNH PHỐ", "title"),
        (3, _HOW_TO, "small"),
    ):
        put_across(sheet, row, 1, last, text, style)
    sheet.row_dimensions[2].height = 24
    sheet.row_dimensions[3].height = row_height((_HOW_TO, 120))
    for row, label in _STATED_AT:
        put(sheet, row, 3, label, "left")
        put(sheet, row, 4, year if label == LABEL_YEAR else None, "note")


def _draw_header(sheet: Worksheet, units: tuple[OrgUnit, ...]) -> None:
    columns = (*_FIXED, *((unit.short.vi, _UNIT_WIDTH) for unit in units))
    for number, (heading, width) in enumerate(columns, start=1):
        put(sheet, _HEADER_ROW, number, heading, "header")
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[_HEADER_ROW].height = 36


def _draw_row(
    sheet: Worksheet,
    row: int,
    number: int,
    indicator: Indicator,
    units: tuple[OrgUnit, ...],
    standing: Mapping[Key, Target],
) -> None:
    words = (
        (indicator.id, CODE), (number, "centre"), (indicator.name.vi, "left"),
        (indicator.unit_of_measure.name.vi, "centre"),
    )  # fmt: skip
    for column, (value, style) in enumerate(words, start=1):
        put(sheet, row, column, value, style)
    for column, unit in enumerate(units, start=len(words) + 1):
        target = standing.get((indicator.id, unit.code))
        put(sheet, row, column, _cell(target) if target else None, "note")
    sheet.row_dimensions[row].height = row_height((indicator.name.vi, _FIXED[2][1]))


def _cell(target: Target) -> object:
    """A single figure as a number, so that no notation has to be understood."""
    return target.value if target.value is not None else target_text(target)


def _set_up(sheet: Worksheet, last: int, end: int) -> None:
    sheet.freeze_panes = f"E{_HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    page = sheet.page_setup
    page.paperSize, page.orientation = sheet.PAPERSIZE_A4, "landscape"
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:{get_column_letter(last)}{end}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
