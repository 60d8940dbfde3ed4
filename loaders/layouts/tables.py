"""Finds the table on a sheet: its headings, one to three rows of them, and its rows.

A heading row is known by a word that heads columns in every such table (STT, Chỉ tiêu,
Huyện, ĐVT). A heading over several columns counts for each of them, as far as its
merged block reaches and no further. A row of column numbers (A, B, 1, 2, 3=2/1) belongs
to the headings. What rows and columns mean is for ``proposals``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kpi.layouts import ColumnRole
from kpi.observations import CellAddress, CellKind
from loaders.books import EMPTY, Cell, Sheet
from loaders.layouts.labels import label_key
from loaders.layouts.words import structural_role
from loaders.letters import column_letters

_HEADER_WITHIN, _DEEPEST, _LONGEST_HEADING = 60, 3, 160
_COLUMN_NUMBER = re.compile(r"\(?(?:[A-Za-z]|\d{1,2})\)?(?:\s*=.*)?")
_FIGURE_TEXT = re.compile(r"\s*'?[-−]?\d[\d.,\s\u00a0]*%?\s*")
_NAMING = (ColumnRole.NAME, ColumnRole.ORG_UNIT, ColumnRole.CODE, ColumnRole.UNIT_CODE)

Recognised = Callable[[str], bool]


@dataclass(frozen=True)
class Head:
    """One column with the words above it, outermost first."""

    column: int
    path: tuple[str, ...]
    at: CellAddress  # the innermost words

    @property
    def text(self) -> str:
        return " › ".join(self.path)

    @property
    def key(self) -> str:
        return " › ".join(label_key(part) for part in self.path)


@dataclass(frozen=True)
class Table:
    sheet: Sheet
    first: int  # heading row
    last: int
    heads: tuple[Head, ...]

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Every row below the headings that holds something."""
        return tuple(sorted({row for row, _ in self.sheet.cells if row > self.last}))

    @cached_property
    def title(self) -> tuple[str, ...]:
        """The texts above the headings, line by line."""
        above = sorted(at for at in self.sheet.cells if at[0] < self.first)
        return tuple(text for at in above if (text := self.sheet.at(*at).text))

    def address(self, row: int, column: int) -> CellAddress:
        return CellAddress(self.sheet.title, f"{column_letters(column)}{row}")

    def filled(self, row: int, column: int) -> Cell:
        """The cell, or what stands in the first cell of its merged block in this column."""
        cell = self.sheet.at(row, column)
        if cell is not EMPTY:
            return cell
        for merge in self.sheet.merges:
            if merge.first_row <= row <= merge.last_row and merge.first_column == column:
                return self.sheet.at(merge.first_row, column)
        return EMPTY


def find_table(sheet: Sheet, recognised: Recognised) -> Table | None:
    """The first table on the sheet; None if nothing looks like one.

    Args:
        recognised: does a text name an indicator, a unit, or a kind of figures?
    """
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(sheet.cells):
        if row <= _HEADER_WITHIN and sheet.at(row, column).kind is CellKind.TEXT:
            by_row.setdefault(row, []).append(column)
    for row, columns in by_row.items():
        texts = [sheet.at(row, column).text for column in columns]
        roles = [structural_role(text) for text in texts]
        known = [
            text for text, role in zip(texts, roles, strict=True) if role or _says(text, recognised)
        ]
        if any(roles) and len(known) >= 2:
            table = _table(sheet, row)
            if any(structural_role(head.path[-1]) in _NAMING for head in table.heads) or any(
                label_key(head.path[-1]) == "đơn vị" for head in table.heads
            ):
                return table
    return None


def _says(text: str, recognised: Recognised) -> bool:
    return len(text) <= _LONGEST_HEADING and recognised(text)


def _table(sheet: Sheet, first: int) -> Table:
    last = _last_heading_row(sheet, first)
    heads = tuple(_heads(sheet, first, last))
    while _numbers_columns(sheet, last + 1, heads):
        last += 1
    return Table(sheet, first, last, heads)


def _last_heading_row(sheet: Sheet, first: int) -> int:
    """Down to where the merged headings end, or the headings under a wide one."""
    last = first
    for merge in sheet.merges:
        if merge.first_row == first and merge.last_row < first + _DEEPEST:
            last = max(last, merge.last_row)
    while last < first + _DEEPEST - 1 and _continues(sheet, first, last + 1):
        last += 1
    return last


def _continues(sheet: Sheet, first: int, row: int) -> bool:
    """A row of words and years, with nothing under the naming headings."""
    cells = [(column, cell) for (at, column), cell in sheet.cells.items() if at == row]
    if not cells:
        return False
    named = {
        column for (at, column), cell in sheet.cells.items()
        if at == first and structural_role(cell.text)
    }  # fmt: skip
    words = all(cell.kind is CellKind.TEXT or _is_year(cell) for _, cell in cells)
    return (
        words
        and not any(column in named for column, _ in cells)
        and not any(is_figure(cell) and not _is_year(cell) for _, cell in cells)
    )


def _is_year(cell: Cell) -> bool:
    text = cell.text.removesuffix(".0")
    return text.isdigit() and len(text) == 4 and text.startswith("20")


def _heads(sheet: Sheet, first: int, last: int) -> Iterator[Head]:
    for column in sorted({column for row, column in _header_cells(sheet, first, last)}):
        path: list[str] = []
        at = first
        for row in range(first, last + 1):
            text = " ".join(_heading_cell(sheet, row, column, first).text.split())
            text = text.removesuffix(".0") if _is_year(Cell(text)) else text
            if text and (not path or path[-1] != text):
                path.append(text)
                at = row
        if path:
            where = CellAddress(sheet.title, f"{column_letters(column)}{at}")
            yield Head(column, tuple(path), where)


def _header_cells(sheet: Sheet, first: int, last: int) -> Iterator[tuple[int, int]]:
    for row, column in sheet.cells:
        if first <= row <= last:
            yield row, column
    for merge in sheet.merges:
        if merge.first_row <= last and merge.last_row >= first:
            for column in range(merge.first_column, merge.last_column + 1):
                yield merge.first_row, column


def _heading_cell(sheet: Sheet, row: int, column: int, first: int) -> Cell:
    cell = sheet.at(row, column)
    if cell is not EMPTY:
        return cell
    for merge in sheet.merges:
        inside = merge.first_column <= column <= merge.last_column
        if inside and max(first, merge.first_row) <= row <= merge.last_row:
            return sheet.at(merge.first_row, merge.first_column)
    return EMPTY


def _numbers_columns(sheet: Sheet, row: int, heads: tuple[Head, ...]) -> bool:
    """A row "A | B | 1 | 2 | 3=2/1": told from data by what stands under the names."""
    cells = {column: cell for (at, column), cell in sheet.cells.items() if at == row}
    naming = [head.column for head in heads if structural_role(head.path[-1]) in _NAMING]
    under = [cells[column].text.removesuffix(".0") for column in naming if column in cells]
    if not under or len(cells) < 2:
        return False
    texts = [cell.text.removesuffix(".0") for cell in cells.values()]
    return all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


def is_figure(cell: Cell) -> bool:
    """Does the cell hold something that is meant as a figure, right or wrong?"""
    if cell.kind is CellKind.TEXT:
        return _FIGURE_TEXT.fullmatch(cell.text) is not None
    return cell.kind is not CellKind.EMPTY
