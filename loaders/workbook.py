"""Reads a filled-in form cell by cell, keeping every cell's address.

The form may have been moved a little: it is found by its headings, its rows by the codes
in the first column, and the hidden sheet says which form it is. Nothing is judged here
and nothing is skipped: an unknown code, an error or an empty cell becomes a reading that
``kpi.checks`` will have something to say about, and what cannot become a reading becomes
a finding. A file that is no form at all is refused with its reason.

Not here: free-form tables and legacy encodings. Hidden rows are read like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import BinaryIO

from openpyxl.utils import get_column_letter

from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Severity
from kpi.forms import FORM_B
from kpi.observations import CellAddress, CellKind, Reading
from kpi.submissions import FormReading
from kpi.text import bare
from loaders.form_layout import (
    CODE,
    HEADINGS,
    META_FORM,
    META_KEYS,
    META_PERIOD,
    META_REPORTER,
    META_SHEET,
    META_SHEET_NAME,
    META_VERSION,
    NOTE,
    UNIT_CODE,
    UNIT_OF_MEASURE,
    VALUE,
)
from loaders.grids import EMPTY, Cell, Grid, load_grids
from loaders.package_guard import guard, refuse

ROW_WITHOUT_CODE = "row_without_code"
SHEET_NOT_READ = "sheet_not_read"

_HEADER_WITHIN = 60  # rows; the template has it in row 9


def read_form(data: bytes, file_name: str) -> FormReading:
    """The form in ``data``, every problem the reader met included.

    Raises:
        UnreadableWorkbook: if it is no workbook, or not one of our forms.
    """
    guard(data, file_name)
    sheets = load_grids(data, file_name, formulas=True)
    meta = _read_meta(sheets)
    title, header, columns = _find_table(meta, sheets)
    cached = sheets
    if any(cell.data_type == "f" for cell in sheets[title].values()):
        cached = load_grids(data, file_name, formulas=False)
    table = _Table(title, header, columns, sheets[title], cached[title], meta)
    return FormReading(
        file_name=file_name,
        digest=hashlib.sha256(data).hexdigest(),
        form=meta[META_FORM],
        template_version=meta[META_VERSION],
        reporter=meta[META_REPORTER],
        period=meta[META_PERIOD],
        readings=tuple(table.readings()),
        findings=(*table.lost_rows(), *_unread_sheets(sheets, title)),
    )


def read_cells(file: BinaryIO, file_name: str = "") -> Iterator[Reading]:
    """Yield the value cell of every row of the form, in reading order.

    Raises:
        UnreadableWorkbook: if it is no workbook, or not one of our forms.
    """
    yield from read_form(file.read(), file_name).readings


# --- what the hidden sheet says


def _read_meta(sheets: dict[str, Grid]) -> Mapping[str, str]:
    """What the hidden sheet says; it is taken out of ``sheets``."""
    grid = sheets.pop(META_SHEET, {})
    meta = {
        grid.get((row, 1), EMPTY).text: cell.text
        for (row, column), cell in grid.items()
        if column == 2
    }
    if not all(meta.get(key) for key in META_KEYS):
        refuse(FindingCode.NOT_OUR_FORM)
    return meta


# --- where the table is


def _find_table(
    meta: Mapping[str, str], sheets: Mapping[str, Grid]
) -> tuple[str, int, Mapping[str, int]]:
    """Sheet, header row and columns of the form: the named sheet first, else any."""
    named = meta[META_SHEET_NAME]
    for title in sorted(sheets, key=lambda title: title != named):
        header, columns = find_header(sheets[title])
        if not header:
            continue
        if VALUE not in columns or (meta[META_FORM] == FORM_B and UNIT_CODE not in columns):
            refuse(FindingCode.NO_INPUT_COLUMN, title)
        return title, header, columns
    refuse(FindingCode.NOT_OUR_FORM)


def find_header(grid: Grid) -> tuple[int, Mapping[str, int]]:
    """The first row with the code's heading and two others; row 0 if there is none."""
    texts_of: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sorted(grid.items(), key=lambda item: item[0]):
        if row <= _HEADER_WITHIN and cell.data_type == "s":
            texts_of.setdefault(row, []).append((column, cell.text))
    for row, cells in texts_of.items():
        columns: dict[str, int] = {}
        for column, text in cells:
            if key := _heading_key(text):
                columns.setdefault(key, column)  # the first of two alike
        if CODE in columns and len(columns) >= 3:
            return row, columns
    return 0, {}


@lru_cache(maxsize=2048)  # forms repeat each other, text by text
def _heading_key(text: str) -> str | None:
    """Which column a heading names; the longest match, since "Đơn vị tính" begins with
    "Đơn vị"."""
    heading = bare(text)
    matches = [
        (len(start), key)
        for key, start in HEADINGS.items()
        if heading == start or heading.startswith((f"{start} ", f"{start}("))
    ]
    return max(matches)[1] if matches else None


# --- from cells to readings


@dataclass(frozen=True)
class _Table:
    """The table that was found: formulas in ``cells``, their results in ``cached``."""

    sheet: str
    header: int
    columns: Mapping[str, int]
    cells: Grid
    cached: Grid
    meta: Mapping[str, str]

    def readings(self) -> Iterator[Reading]:
        for row in self._rows():
            if code := self._shown(row, CODE).text:
                yield self._reading(row, code)

    def lost_rows(self) -> Iterator[Finding]:
        """A value beside which no code stands belongs to nothing; say so."""
        for row in self._rows():
            value = self._shown(row, VALUE)
            if value.text and not self._shown(row, CODE).text:
                yield Finding(
                    ROW_WITHOUT_CODE, Severity.WARNING, self._address(row), value.text[:80]
                )

    def _rows(self) -> list[int]:
        return sorted({row for row, _ in self.cells if row > self.header})

    def _reading(self, row: int, code: str) -> Reading:
        cell = self._at(self.cells, row, VALUE)
        raw, kind = _content(self._shown(row, VALUE), is_formula=cell.data_type == "f")
        is_form_b = self.meta[META_FORM] == FORM_B
        return Reading(
            indicator=code,
            org_unit=_whole(self._shown(row, UNIT_CODE)) if is_form_b else self.meta[META_REPORTER],
            period=self.meta[META_PERIOD],
            raw=raw,
            kind=kind,
            at=self._address(row),
            number_format=cell.number_format,
            formula=_formula(cell),
            unit_of_measure=self._shown(row, UNIT_OF_MEASURE).text,
            note=self._shown(row, NOTE).text,
        )

    def _at(self, grid: Grid, row: int, key: str) -> Cell:
        return grid.get((row, self.columns[key]), EMPTY) if key in self.columns else EMPTY

    def _shown(self, row: int, key: str) -> Cell:
        """What a person sees in the cell: a formula's result, not its text."""
        cell = self._at(self.cells, row, key)
        return self._at(self.cached, row, key) if cell.data_type == "f" else cell

    def _address(self, row: int) -> CellAddress:
        return CellAddress(self.sheet, f"{get_column_letter(self.columns[VALUE])}{row}")


def _content(cell: Cell, *, is_formula: bool) -> tuple[object, CellKind]:
    value = cell.value
    if value is None:
        # a formula that gives "" keeps the type of a text; one never computed has no type
        blank = not is_formula or cell.data_type == "str"
        return None, CellKind.EMPTY if blank else CellKind.UNCALCULATED
    if cell.data_type == "e":
        return str(value), CellKind.ERROR
    if isinstance(value, bool):
        return value, CellKind.BOOLEAN
    if isinstance(value, (date, time, timedelta)):
        return value, CellKind.DATE
    if isinstance(value, (int, float)):
        return value, CellKind.NUMBER
    return (value, CellKind.TEXT) if str(value).strip() else (None, CellKind.EMPTY)


def _formula(cell: Cell) -> str | None:
    if cell.data_type != "f":
        return None
    return str(getattr(cell.value, "text", cell.value))  # array formulas are objects


def _whole(cell: Cell) -> str:
    """A unit's code; Excel likes to turn the text "183" into the number 183.0."""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return cell.text


def _unread_sheets(sheets: Mapping[str, Grid], read: str) -> Iterator[Finding]:
    """A second form in the same file (a copy kept as a backup) is not read."""
    for title, grid in sheets.items():
        if title == read:
            continue
        header, columns = find_header(grid)
        if header and VALUE in columns:
            at = CellAddress(title, f"{get_column_letter(columns[VALUE])}{header}")
            yield Finding(SHEET_NOT_READ, Severity.WARNING, at, title, read)
