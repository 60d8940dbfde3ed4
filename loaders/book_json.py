"""A book as JSON, for the way out of the process that read it (``loaders.reading_apart``).

JSON and not pickle, because what comes from a process that parsed a stranger's file must
not be able to run anything. The cells travel as the flat columns of ``PackedCells``;
whatever does not fit together on arrival is refused with a ``ValueError``.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from loaders.books import Book, BookFormat, Merge, Sheet
from loaders.packed_cells import KINDS, PackedCells, Style
from loaders.xlsx.formulas import SharedFormula

_MICROSECOND = timedelta(microseconds=1)


def to_json(book: Book) -> dict[str, Any]:
    return {
        "format": book.format.value,
        "exact": book.exact,
        "has_external_links": book.has_external_links,
        "has_macros": book.has_macros,
        "needs_calculation": book.needs_calculation,
        "sheets": [_sheet_to_json(sheet) for sheet in book.sheets],
    }


def from_json(document: Mapping[str, Any]) -> Book:
    """
    Raises:
        ValueError, TypeError, KeyError, OverflowError: if it is not what ``to_json`` makes.
    """
    return Book(
        format=BookFormat(document["format"]),
        sheets=tuple(_sheet_from_json(sheet) for sheet in document["sheets"]),
        exact=document["exact"] is True,
        has_external_links=document["has_external_links"] is True,
        has_macros=document["has_macros"] is True,
        needs_calculation=document["needs_calculation"] is True,
    )


def _sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    cells = sheet.cells
    if not isinstance(cells, PackedCells):
        raise TypeError("only packed cells travel")
    return {
        "title": sheet.title,
        "visible": sheet.visible,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "filtered": sheet.filtered,
        "merges": [
            [one.first_row, one.first_column, one.last_row, one.last_column] for one in sheet.merges
        ],
        "styles": [[style.number_format, style.font] for style in cells.styles],
        "rows": list(cells.starts.items()),
        "columns": cells.columns.tolist(),
        "kinds": cells.kinds.tolist(),
        "style_of": cells.style_of.tolist(),
        "contents": [_value_to_json(value) for value in cells.contents],
        "formulas": _formulas(cells),
        "fonts": list(cells.fonts.items()),
    }


def _formulas(cells: PackedCells) -> list[tuple[int, str]]:
    places = dict(enumerate(cells)) if cells.formulas else {}
    return [
        (slot, formula.at(*places[slot]) if isinstance(formula, SharedFormula) else formula)
        for slot, formula in cells.formulas.items()
    ]


def _value_to_json(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, timedelta):
        return {"timedelta": value // _MICROSECOND}
    return value


def _sheet_from_json(sheet: Mapping[str, Any]) -> Sheet:
    return Sheet(
        title=_text(sheet["title"]),
        cells=_cells(sheet),
        visible=sheet["visible"] is True,
        hidden_rows=frozenset(map(int, sheet["hidden_rows"])),
        hidden_columns=frozenset(map(int, sheet["hidden_columns"])),
        filtered=sheet["filtered"] is True,
        merges=tuple(Merge(*map(int, merge)) for merge in sheet["merges"]),
    )


def _cells(sheet: Mapping[str, Any]) -> PackedCells:
    cells = PackedCells(
        styles=[
            Style(_text(number_format), _text(font)) for number_format, font in sheet["styles"]
        ],
        columns=array("H", sheet["columns"]),
        kinds=array("B", sheet["kinds"]),
        style_of=array("I", sheet["style_of"]),
        contents=[_value_from_json(value) for value in sheet["contents"]],
        formulas={int(slot): _text(formula) for slot, formula in sheet["formulas"]},
        fonts={int(slot): _text(font) for slot, font in sheet["fonts"]},
    )
    count = len(cells.columns)
    lengths = {len(cells.kinds), len(cells.style_of), len(cells.contents), count}
    outside = max(cells.kinds, default=0) >= len(KINDS)
    if len(lengths) > 1 or outside or max(cells.style_of, default=0) >= len(cells.styles):
        raise ValueError("columns of cells do not fit together")
    rows = [(int(row), int(start)) for row, start in sheet["rows"]]
    for (row, start), (next_row, end) in pairwise([*rows, (1 << 30, count)]):
        if not (0 < row < next_row and 0 <= start < end):
            raise ValueError("rows do not follow each other")
        cells.set_row(row, start, end)
    return cells


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def _value_from_json(value: object) -> object:
    if value is None or isinstance(value, str | int | float):
        return value
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError("no value of a cell")
    ((kind, written),) = value.items()
    if kind == "timedelta":
        return timedelta(microseconds=int(written))
    read = {
        "datetime": datetime.fromisoformat, "date": date.fromisoformat, "time": time.fromisoformat,
    }  # fmt: skip
    return read[kind](written)
