"""Reads a filled-in form cell by cell, keeping every cell's address.

The form may have been moved a little: it is found by its headings, its rows by the codes
in the first column, and the hidden sheet says which form it is. Nothing is judged here
and nothing is skipped: an unknown code, an error or an empty cell becomes a reading that
``kpi.checks`` will have something to say about, and what cannot become a reading becomes
a finding. A file that is no form at all is refused with its reason.

Hidden rows are read like any other; what a person may not have seen is said by
``loaders.reading_warnings``. Not here: free-form tables (``loaders.layouts``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Severity
from kpi.observations import CellAddress, CellKind, Reading
from kpi.submissions import FormReading
from kpi.text import bare
from loaders.books import EMPTY, Book, Cell, Sheet
from loaders.form_layout import (
    CODE,
    META_FORM,
    META_KEYS,
    META_PERIOD,
    META_REPORTER,
    META_SHEET,
    META_SHEET_NAME,
    META_VERSION,
    NOTE,
    OF_SEVERAL,
    UNIT_CODE,
    UNIT_OF_MEASURE,
    VALUE,
    headings_of,
)
from loaders.letters import column_letters
from loaders.limits import UPLOAD
from loaders.old_letters import in_unicode
from loaders.opening import open_book
from loaders.package_guard import refuse
from loaders.reading_warnings import about_cell, about_table

ROW_WITHOUT_CODE = "row_without_code"
SHEET_NOT_READ = "sheet_not_read"

_HEADER_WITHIN = 60  # rows; the template has it in row 9


def read_form(data: bytes, file_name: str) -> FormReading:
    """The form in ``data``, every problem the reader met included.

    Raises:
        UnreadableWorkbook: if it is no workbook, or not one of our forms.
    """
    return form_in(open_book(data, file_name, UPLOAD), file_name, digest_of(data))


def form_in(book: Book, file_name: str, digest: str) -> FormReading:
    """The same for a workbook that has been opened.

    Raises:
        UnreadableWorkbook: if it is not one of our forms.
    """
    meta = _read_meta(book)
    rewritten = [in_unicode(sheet) for sheet in book.sheets if sheet.title != META_SHEET]
    sheets = [sheet for sheet, _ in rewritten]
    sheet, header, columns = _find_table(meta, sheets)
    table = _Table(book, sheet, header, columns, meta)
    readings = tuple(table.readings())
    return FormReading(
        file_name=file_name,
        digest=digest,
        form=meta[META_FORM],
        template_version=meta[META_VERSION],
        reporter=meta[META_REPORTER],
        period=meta[META_PERIOD],
        readings=readings,
        findings=(
            *(finding for read, finding in rewritten if finding and read is sheet),
            *about_table(book, sheet, (header, columns[VALUE]), readings),
            *table.warnings(readings),
            *table.lost_rows(),
            *_unread_sheets(sheets, sheet.title, meta[META_FORM]),
        ),
        heading=sheet.at(header, columns[VALUE]).text,
    )


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_cells(file: BinaryIO, file_name: str = "") -> Iterator[Reading]:
    """Yield the value cell of every row of the form, in reading order.

    Raises:
        UnreadableWorkbook: if it is no workbook, or not one of our forms.
    """
    yield from read_form(file.read(), file_name).readings


# --- what the hidden sheet says


def _read_meta(book: Book) -> Mapping[str, str]:
    sheet = book.sheet(META_SHEET)
    cells = {} if sheet is None else sheet.cells
    meta = {
        cells.get((row, 1), EMPTY).text: _whole(cell)
        for (row, column), cell in cells.items()
        if column == 2
    }
    if not all(meta.get(key) for key in META_KEYS):
        refuse(FindingCode.NOT_OUR_FORM)
    return meta


# --- where the table is


def _find_table(
    meta: Mapping[str, str], sheets: Sequence[Sheet]
) -> tuple[Sheet, int, Mapping[str, int]]:
    """Sheet, header row and columns of the form: the named sheet first, else any."""
    named, form = meta[META_SHEET_NAME], meta[META_FORM]
    for sheet in sorted(sheets, key=lambda sheet: sheet.title != named):
        header, columns = find_header(sheet, form)
        if not header:
            continue
        if VALUE not in columns or (form in OF_SEVERAL and UNIT_CODE not in columns):
            refuse(FindingCode.NO_INPUT_COLUMN, sheet.title)
        return sheet, header, columns
    refuse(FindingCode.NOT_OUR_FORM)


def find_header(sheet: Sheet, form: str = "") -> tuple[int, Mapping[str, int]]:
    """The first row with the code's heading and two others; row 0 if there is none."""
    texts_of: dict[int, list[tuple[int, str]]] = {}
    for row, column in sorted(at for at in sheet.cells if at[0] <= _HEADER_WITHIN):
        cell = sheet.at(row, column)
        if cell.kind is CellKind.TEXT and cell.formula is None:
            texts_of.setdefault(row, []).append((column, cell.text))
    for row, cells in texts_of.items():
        columns: dict[str, int] = {}
        for column, text in cells:
            if key := _heading_key(text, form):
                columns.setdefault(key, column)  # the first of two alike
        if CODE in columns and len(columns) >= 3:
            return row, columns
    return 0, {}


@lru_cache(maxsize=2048)  # forms repeat each other, text by text
def _heading_key(text: str, form: str) -> str | None:
    """Which column a heading names; the longest match, since "Đơn vị tính" begins with
    "Đơn vị"."""
    heading = bare(text)
    matches = [
        (len(start), key)
        for key, start in headings_of(form).items()
        if heading == start or heading.startswith((f"{start} ", f"{start}("))
    ]
    return max(matches)[1] if matches else None


# --- from cells to readings


@dataclass(frozen=True)
class _Table:
    """The table that was found."""

    book: Book
    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    meta: Mapping[str, str]

    def readings(self) -> Iterator[Reading]:
        for row in self._rows():
            if code := self._at(row, CODE).text:
                yield self._reading(row, code)

    def warnings(self, readings: Sequence[Reading]) -> Iterator[Finding]:
        """What a person who looked at the sheet may not have seen of its value cells."""
        rows = (row for row in self._rows() if self._at(row, CODE).text)
        for row, reading in zip(rows, readings, strict=True):
            yield from about_cell(self.book, self.sheet, row, reading)

    def lost_rows(self) -> Iterator[Finding]:
        """A value beside which no code stands belongs to nothing; say so."""
        for row in self._rows():
            value = self._at(row, VALUE)
            if value.text and not self._at(row, CODE).text:
                yield Finding(
                    ROW_WITHOUT_CODE, Severity.WARNING, self._address(row), value.text[:80]
                )

    def _rows(self) -> list[int]:
        return sorted({row for row, _ in self.sheet.cells if row > self.header})

    def _reading(self, row: int, code: str) -> Reading:
        cell = self._at(row, VALUE)
        blank = cell.kind is CellKind.TEXT and not cell.text
        several = self.meta[META_FORM] in OF_SEVERAL
        return Reading(
            indicator=code,
            org_unit=_whole(self._at(row, UNIT_CODE)) if several else self.meta[META_REPORTER],
            period=self.meta[META_PERIOD],
            raw=None if blank else cell.value,
            kind=CellKind.EMPTY if blank else cell.kind,
            at=self._address(row),
            number_format=cell.number_format,
            formula=cell.formula,
            unit_of_measure=self._at(row, UNIT_OF_MEASURE).text,
            note=self._at(row, NOTE).text,
        )

    def _at(self, row: int, key: str) -> Cell:
        return self.sheet.at(row, self.columns[key]) if key in self.columns else EMPTY

    def _address(self, row: int) -> CellAddress:
        return CellAddress(self.sheet.title, f"{column_letters(self.columns[VALUE])}{row}")


def _whole(cell: Cell) -> str:
    """A unit's code; Excel likes to turn the text "183" into the number 183.0."""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return cell.text


def _unread_sheets(sheets: Sequence[Sheet], read: str, form: str) -> Iterator[Finding]:
    """A second form in the same file (a copy kept as a backup) is not read."""
    for sheet in sheets:
        if sheet.title == read:
            continue
        header, columns = find_header(sheet, form)
        if header and VALUE in columns:
            at = CellAddress(sheet.title, f"{column_letters(columns[VALUE])}{header}")
            yield Finding(SHEET_NOT_READ, Severity.WARNING, at, sheet.title, read)
