"""What must hold of every form: order does not matter, one bad cell stays alone, and a
number comes through a real workbook in whatever notation it was typed."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.checks import check
from kpi.definitions import Definitions, OrgUnits
from kpi.numbers import parse_cell
from kpi.observations import CellKind
from kpi.submissions import CheckContext
from loaders.books import Book, Cell
from loaders.opening import open_book
from loaders.workbook import form_in
from tests.loaders import packages
from tests.loaders.packages import SHEET, packed

FILE = Path(__file__).parent.parent.parent / "data" / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx"
BOOK = open_book(FILE.read_bytes(), FILE.name)
HEADER, VALUE = 9, 7
ROWS = sorted({row for row, column in BOOK.sheets[0].cells if row > HEADER and column == VALUE})
Values = dict[tuple[str, str], tuple[Decimal | None, str]]


def with_cells(cells: Mapping[tuple[int, int], Cell]) -> Book:
    first, *others = BOOK.sheets
    return replace(BOOK, sheets=(replace(first, cells=cells), *others))


def values(book: Book, definitions: Definitions, org_units: OrgUnits) -> tuple[Values, set[str]]:
    """Values by indicator and unit, and the cells something is said about as an error."""
    stated, findings = check(form_in(book, "a.xlsx", ""), CheckContext(definitions, org_units))
    errors = {f.at.cell for f in findings if f.severity == "error" and f.at is not None}
    return {(one.indicator, one.org_unit): (one.value, one.note) for one in stated}, errors


@settings(max_examples=30)
@given(st.permutations(range(HEADER + 1, max(ROWS) + 1)), st.permutations(range(1, 9)))
def test_any_order_of_rows_and_columns_gives_the_same_observations(
    definitions: Definitions, org_units: OrgUnits, rows: list[int], columns: list[int]
) -> None:
    to_row = dict(zip(range(HEADER + 1, max(ROWS) + 1), rows, strict=True))
    to_column = dict(zip(range(1, 9), columns, strict=True))
    moved = {
        (to_row.get(row, row), to_column.get(column, column)): cell
        for (row, column), cell in BOOK.sheets[0].cells.items()
    }
    shuffled = dict(random.Random(0).sample(sorted(moved.items(), key=str), len(moved)))

    assert values(with_cells(shuffled), definitions, org_units) == values(
        BOOK, definitions, org_units
    )


@settings(max_examples=30)
@given(
    st.sampled_from(ROWS),
    st.sampled_from(
        [
            Cell("tám", CellKind.TEXT), Cell("1,2,3", CellKind.TEXT), Cell(True, CellKind.BOOLEAN),
            Cell("#REF!", CellKind.ERROR), Cell(float("nan"), CellKind.NUMBER),
            Cell(float("inf"), CellKind.NUMBER), Cell(None, CellKind.UNCALCULATED, formula="=A1"),
            Cell(1e30, CellKind.NUMBER), Cell("8 - 9", CellKind.TEXT),
        ]
    ),
)  # fmt: skip
def test_one_corrupted_cell_is_named_and_leaves_the_others_alone(
    definitions: Definitions, org_units: OrgUnits, row: int, cell: Cell
) -> None:
    before, _ = values(BOOK, definitions, org_units)
    cells = {**BOOK.sheets[0].cells, (row, VALUE): cell}
    stated, findings = check(
        form_in(with_cells(cells), "a.xlsx", ""), CheckContext(definitions, org_units)
    )
    after = {(one.indicator, one.org_unit): (one.value, one.note) for one in stated}

    assert f"G{row}" in {f.at.cell for f in findings if f.at is not None}
    code = BOOK.sheets[0].at(row, 1).text
    assert {k: v for k, v in after.items() if k[0] != code} == {
        k: v for k, v in before.items() if k[0] != code
    }


@settings(max_examples=60)
@given(
    st.decimals(-(10**9), 10**9, places=3).filter(lambda n: n != 0),
    st.sampled_from(["number", "comma", "grouped", "spaces", "minus"]),
)
def test_a_number_in_any_notation_comes_through_a_workbook(number: Decimal, how: str) -> None:
    whole, _, fraction = f"{abs(number):,f}".partition(".")
    sign = "-" if number < 0 else ""
    grouped = {"grouped": ".", "spaces": "\u00a0", "minus": "."}.get(how, "")
    text = sign + whole.replace(",", grouped) + "," + fraction
    if how == "minus":
        text = text.replace("-", "\u2212")
    inside = (
        f"<c><v>{number:f}</v></c>" if how == "number"
        else f'<c t="inlineStr"><is><t>{text}</t></is></c>'
    )  # fmt: skip
    (sheet,) = open_book(packed({SHEET: packages.sheet(f"<row>{inside}</row>")}), "a.xlsx").sheets
    cell = sheet.at(1, 1)

    read = parse_cell(cell.value, cell.kind, decimals=3, is_percent=False, is_count=False)

    assert read.value == number
