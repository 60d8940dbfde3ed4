"""The cells of a large sheet in little memory: a mapping that makes each cell when asked.

A workbook of a hundred thousand rows has about a million cells; as objects in a dictionary
they would take several hundred megabytes. Here a cell is a slot in a few flat columns, and
a formula that many cells share is kept once. Cells come in the order of the sheet.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kpi.observations import CellKind
from loaders.books import Cell
from loaders.xlsx.formulas import SharedFormula

KINDS = tuple(CellKind)


@dataclass(frozen=True, slots=True)
class Style:
    """What a reader of figures has to know of a cell's style."""

    number_format: str = "General"
    font: str = ""  # only where it names an old encoding
    is_date: bool = False
    is_duration: bool = False


PLAIN = Style()


@dataclass
class PackedCells(Mapping[tuple[int, int], Cell]):
    """Filled slot by slot and row by row, both in rising order, then only read."""

    styles: Sequence[Style] = (PLAIN,)
    columns: array[int] = field(default_factory=lambda: array("H"))
    kinds: array[int] = field(default_factory=lambda: array("B"))
    style_of: array[int] = field(default_factory=lambda: array("I"))
    contents: list[object] = field(default_factory=list)
    formulas: dict[int, str | SharedFormula] = field(default_factory=dict)
    fonts: dict[int, str] = field(default_factory=dict)  # of a text's own, by slot
    starts: dict[int, int] = field(default_factory=dict)  # first slot of each row
    _ends: dict[int, int] = field(default_factory=dict)

    def add(self, column: int, style: int, value: object, kind: int) -> None:
        self.columns.append(column)
        self.style_of.append(style)
        self.contents.append(value)
        self.kinds.append(kind)

    def extend(self, columns: list[int], style_of: list[int], kinds: list[int]) -> None:
        """Cells whose contents were put by already, one after the other."""
        self.columns.extend(columns)
        self.style_of.extend(style_of)
        self.kinds.extend(kinds)

    def end_row(self, row: int, start: int) -> None:
        """Row ``row`` has all cells that were added since slot ``start``."""
        if start < len(self.columns):
            self.set_row(row, start, len(self.columns))

    def set_row(self, row: int, start: int, end: int) -> None:
        """Row ``row`` has the cells from slot ``start`` to before ``end``."""
        self.starts[row] = start
        self._ends[row] = end

    def __len__(self) -> int:
        return len(self.columns)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        columns, ends = self.columns, self._ends
        for row, start in self.starts.items():
            for slot in range(start, ends[row]):
                yield row, columns[slot]

    def __contains__(self, at: object) -> bool:
        return isinstance(at, tuple) and self._slot(*at) >= 0

    def __getitem__(self, at: tuple[int, int]) -> Cell:
        slot = self._slot(*at)
        if slot < 0:
            raise KeyError(at)
        style = self.styles[self.style_of[slot]]
        formula = self.formulas.get(slot)
        if isinstance(formula, SharedFormula):
            formula = formula.at(*at)
        return Cell(
            value=self.contents[slot],
            kind=KINDS[self.kinds[slot]],
            number_format=style.number_format,
            formula=formula,
            font=self.fonts.get(slot, style.font),
        )

    def _slot(self, row: int, column: int) -> int:
        start = self.starts.get(row, -1)
        if start < 0:
            return -1
        end = self._ends[row]
        slot = bisect_left(self.columns, column, start, end)
        return slot if slot < end and self.columns[slot] == column else -1
