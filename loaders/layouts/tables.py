"""Finds the tables on a sheet: headings, one to three rows of them, and the rows below.

A heading row is known by a word that heads columns in every such table (STT, Chỉ tiêu,
Huyện, ĐVT). A heading over several columns counts for each of them, as far as its
merged block reaches and no further. A row of column numbers (A, B, 1, 2, 3=2/1) belongs
to the headings. Other headings farther down begin another table; the same ones again are
the next printed page. What rows and columns mean is for ``proposals``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from kpi.layouts import ColumnRole
from kpi.observations import CellAddress, CellKind
from loaders.books import EMPTY, Cell, Merge, Sheet
from loaders.layouts.labels import label_key
from loaders.layouts.words import structural_role
from loaders.letters import column_letters
from loaders.package_guard import refuse

TOO_LONG = "layout_too_long"
MAX_ROWS, MAX_COLUMNS = 2_000, 200  # far more than any table a person reports in
_HEADER_WITHIN, _DEEPEST, _LONGEST_HEADING = 60, 3, 160
_MOST_MERGES = 2_000
_MOST_TABLES = 12  # on one sheet; a person would have to confirm each
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
    begin: int = 1  # first row of the title
    end: int | None = None  # last row, where another table follows

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Every row below the headings that holds something."""
        rows = {row for row, _ in self.sheet.cells if row > self.last}
        return tuple(sorted(row for row in rows if self.end is None or row <= self.end))

    @cached_property
    def title(self) -> tuple[str, ...]:
        """The texts above the headings, line by line."""
        above = sorted(at for at in self.sheet.cells if self.begin <= at[0] < self.first)
        return tuple(text for at in above if (text := self.sheet.at(*at).text))

    def address(self, row: int, column: int) -> CellAddress:
        return CellAddress(self.sheet.title, f"{column_letters(column)}{row}")

    def filled(self, row: int, column: int) -> Cell:
        """The cell, or what stands in the first cell of its merged block in this column."""
        cell = self.sheet.at(row, column)
        if cell is not EMPTY:
            return cell
        return self.sheet.at(self._merged.get((row, column), row), column)

    @cached_property
    def _merged(self) -> Mapping[tuple[int, int], int]:
        """The first row of the block that each merged cell below the headings belongs to."""
        rows = set(self.rows)
        return {
            (row, merge.first_column): merge.first_row
            for merge in islice(self.sheet.merges, _MOST_MERGES)
            for row in range(merge.first_row, min(merge.last_row, merge.first_row + MAX_ROWS) + 1)
            if row in rows
        }


def find_tables(sheet: Sheet, recognised: Recognised) -> tuple[Table, ...]:
    """The tables of a sheet, from the top; empty if nothing looks like one.

    Args:
        recognised: does a text name an indicator, a unit, or a kind of figures?

    Raises:
        UnreadableWorkbook: if a table is larger than any that a person reports in.
    """
    found: list[Table] = []
    table = _first_table(sheet, 1, recognised)
    while table is not None:
        following = _another(table, recognised) if len(found) < _MOST_TABLES else None
        end = following.begin - 1 if following is not None else None
        found.append(_within_limits(replace(table, end=end)))
        table = following
    return tuple(found)


def _first_table(sheet: Sheet, begin: int, recognised: Recognised) -> Table | None:
    """The first table from a row on, if its headings stand near."""
    top = _Top.of(sheet, begin)
    for row in sorted(top.rows):
        if row >= begin + _HEADER_WITHIN:
            break
        texts = [cell.text for cell in top.rows[row].values() if cell.kind is CellKind.TEXT]
        roles = [structural_role(text) for text in texts]
        if not any(roles):
            continue
        known = sum(
            role is not None or _says(text, recognised)
            for text, role in zip(texts, roles, strict=True)
        )
        if known >= 2 and (table := top.table(row)) is not None:
            return replace(table, begin=begin)
    return None


def _another(table: Table, recognised: Recognised) -> Table | None:
    """The table that begins below: a row of headings only, two of which name rows, and not
    the same ones again. Its title is the block of texts that stands right above."""
    rows = _by_row(at for at in table.sheet.cells if at[0] > table.last)
    if len(rows) > MAX_ROWS:
        return None  # which is refused
    for row, columns in rows.items():
        cells = [table.sheet.at(row, column) for column in columns]
        naming = sum(structural_role(cell.text) is not None for cell in cells)
        words = all(cell.kind is CellKind.TEXT or _is_year(cell) for cell in cells)
        if naming < 2 or not words:
            continue
        found = _first_table(table.sheet, row, recognised)
        if found is not None and found.first == row and not _same_heads(found, table):
            return replace(found, begin=_title_begins(table.sheet, rows, row))
    return None


def _by_row(places: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """The columns that hold something, by row from the top."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(places):
        rows.setdefault(row, []).append(column)
    return rows


def _same_heads(one: Table, other: Table) -> bool:
    return {(head.column, head.key) for head in one.heads} == {
        (head.column, head.key) for head in other.heads
    }


def _title_begins(sheet: Sheet, rows: Mapping[int, Sequence[int]], first: int) -> int:
    """The row where the words above a lower table begin: no figures, and no gap but one."""
    begin = first
    gap = 1  # a blank row between title and headings
    for row in sorted((one for one in rows if one < first), reverse=True):
        figures = any(is_figure(sheet.at(row, column)) for column in rows[row])
        if figures or begin - row - 1 > gap:
            break
        begin, gap = row, 0
    return begin


def _says(text: str, recognised: Recognised) -> bool:
    return len(text) <= _LONGEST_HEADING and recognised(text)


def _within_limits(table: Table) -> Table:
    where = f"{table.sheet.title}!A{table.first}"
    if len(table.rows) > MAX_ROWS:
        refuse(TOO_LONG, where, str(MAX_ROWS))
    if any(row == table.first and column > MAX_COLUMNS for row, column in table.sheet.cells):
        refuse(TOO_LONG, where, str(MAX_COLUMNS))
    return table


@dataclass(frozen=True)
class _Top:
    """Some rows of a sheet, row by row, where headings can stand."""

    sheet: Sheet
    rows: Mapping[int, Mapping[int, Cell]]
    merges: tuple[Merge, ...]

    @classmethod
    def of(cls, sheet: Sheet, begin: int) -> _Top:
        last = begin + _HEADER_WITHIN + _DEEPEST
        rows: dict[int, dict[int, Cell]] = {}
        for row, column in sorted(at for at in sheet.cells if begin <= at[0] <= last):
            if column <= MAX_COLUMNS:
                rows.setdefault(row, {})[column] = sheet.at(row, column)
        merges = (
            one
            for one in sheet.merges
            if begin <= one.first_row <= last and one.first_column <= MAX_COLUMNS
        )
        return cls(sheet, rows, tuple(islice(merges, _MOST_MERGES)))

    def table(self, first: int) -> Table | None:
        """The table whose headings begin in this row, if its rows have names."""
        last = self._last_heading_row(first)
        heads = tuple(self._heads(first, last))
        while self._numbers_columns(last + 1, heads):
            last += 1
        named = any(
            structural_role(head.path[-1]) in _NAMING or label_key(head.path[-1]) == "đơn vị"
            for head in heads
        )
        return Table(self.sheet, first, last, heads) if named else None

    def _last_heading_row(self, first: int) -> int:
        """Down to where the merged headings end, or the headings under a wide one."""
        last = first
        for merge in self.merges:
            if merge.first_row == first and merge.last_row < first + _DEEPEST:
                last = max(last, merge.last_row)
        while last < first + _DEEPEST - 1 and self._continues(first, last + 1):
            last += 1
        return last

    def _continues(self, first: int, row: int) -> bool:
        """A row of words and years, with nothing under the naming headings."""
        cells = self.rows.get(row, {})
        named = {column for column, cell in self.rows[first].items() if structural_role(cell.text)}
        words = all(cell.kind is CellKind.TEXT or _is_year(cell) for cell in cells.values())
        figures = any(is_figure(cell) and not _is_year(cell) for cell in cells.values())
        return bool(cells) and words and not figures and not named & set(cells)

    def _heads(self, first: int, last: int) -> Iterator[Head]:
        merges = [one for one in self.merges if one.first_row <= last and one.last_row >= first]
        columns = {column for row in range(first, last + 1) for column in self.rows.get(row, {})}
        for merge in merges:
            to = min(merge.last_column, MAX_COLUMNS)
            columns.update(range(merge.first_column, to + 1))
        for column in sorted(columns):
            path: list[str] = []
            at = first
            for row in range(first, last + 1):
                text = " ".join(self._heading(row, column, first, merges).text.split())
                text = text.removesuffix(".0") if _is_year(Cell(text)) else text
                if text and (not path or path[-1] != text):
                    path.append(text)
                    at = row
            if path:
                where = CellAddress(self.sheet.title, f"{column_letters(column)}{at}")
                yield Head(column, tuple(path), where)

    def _heading(self, row: int, column: int, first: int, merges: Sequence[Merge]) -> Cell:
        cell = self.rows.get(row, {}).get(column)
        if cell is not None:
            return cell
        for merge in merges:
            inside = merge.first_column <= column <= merge.last_column
            if inside and max(first, merge.first_row) <= row <= merge.last_row:
                return self.sheet.at(merge.first_row, merge.first_column)
        return EMPTY

    def _numbers_columns(self, row: int, heads: tuple[Head, ...]) -> bool:
        """A row "A | B | 1 | 2 | 3=2/1": told from data by what stands under the names."""
        cells = self.rows.get(row, {})
        naming = [head.column for head in heads if structural_role(head.path[-1]) in _NAMING]
        under = [column for column in naming if column in cells]
        if not under or len(cells) < 2:
            return False
        texts = [cell.text.removesuffix(".0") for cell in cells.values()]
        return all(_COLUMN_NUMBER.fullmatch(text) for text in texts)


def _is_year(cell: Cell) -> bool:
    text = cell.text.removesuffix(".0")
    return text.isdigit() and len(text) == 4 and text.startswith("20")


def is_figure(cell: Cell) -> bool:
    """Does the cell hold something that is meant as a figure, right or wrong?"""
    if cell.kind is CellKind.TEXT:
        return _FIGURE_TEXT.fullmatch(cell.text) is not None
    return cell.kind is not CellKind.EMPTY
