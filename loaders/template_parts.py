"""What the drawing of a form has in common: what is drawn, and how a cell is written.

Kept apart so that ``loaders.template`` (the paper) and ``loaders.template_table`` (the
figures) can each be read alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Definitions
from kpi.forms import FormRow
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Target
from loaders.form_layout import COLUMNS, Column
from loaders.template_style import style_name
from texts.numbers import period_name

Key = tuple[str, str]  # indicator, organisation unit

HEADER_ROW = 9


@dataclass(frozen=True)
class Form:
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
class Contents:
    targets: Mapping[Key, Target]
    previous: Mapping[Key, Known]
    values: Mapping[Key, object]
    notes: Mapping[Key, str]


def put(sheet: Worksheet, row: int, column: int, value: object, style: str) -> None:
    cell = sheet.cell(row, column)
    cell.value = value  # type: ignore[assignment]  # the stubs leave out Decimal
    cell.style = style_name(style)


def put_across(sheet: Worksheet, row: int, first: int, last: int, text: str, style: str) -> None:
    put(sheet, row, first, text, style)
    # nothing stands in these cells yet, so there is nothing for merge_cells() to clear
    sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")
