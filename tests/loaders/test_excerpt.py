"""The rows around a cell, cut out of workbooks as they were sent."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kpi.findings import UnreadableWorkbook
from loaders.excerpt import AROUND, excerpt

SAMPLES = Path(__file__).parent.parent.parent / "data" / "samples" / "2018"


@pytest.fixture(scope="module")
def cao_loc() -> bytes:
    return (SAMPLES / "CaoLoc_Q3_2018.xlsx").read_bytes()


def workbook(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Biểu"
    for address, value in cells.items():
        sheet[address] = value
        if isinstance(value, float) and value < 1:
            sheet[address].number_format = "0.0%"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_row_comes_with_its_neighbours_and_its_headings(cao_loc: bytes) -> None:
    found = excerpt(cao_loc, "Quý III-2018", "G19")

    assert found is not None
    assert [row.number for row in found.rows] == [9, *range(19 - AROUND, 19 + AROUND + 1)]
    assert [row.is_head for row in found.rows] == [True] + [False] * (2 * AROUND + 1)
    assert found.rows[0].cells[0].text == "Mã"
    assert found.columns == tuple("ABCDEFGH")
    assert found.cell.number == Decimal("269.1")
    code = next(row for row in found.rows if row.number == 19).cells[0]
    assert code.text == "budget_revenue"


def test_close_to_the_headings_no_row_comes_twice(cao_loc: bytes) -> None:
    found = excerpt(cao_loc, "Quý III-2018", "G11")

    assert found is not None
    assert [row.number for row in found.rows] == list(range(9, 11 + AROUND + 1))


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        pytest.param("Quý IV-2018", "G19", id="no such sheet"),
        pytest.param("", "G19", id="no sheet named"),
        pytest.param("Quý III-2018", "G1900", id="below the last row"),
        pytest.param("Quý III-2018", "XFD19", id="right of the last column"),
        pytest.param("Quý III-2018", "G0", id="no such row"),
        pytest.param("Quý III-2018", "g19", id="not how Excel writes it"),
        pytest.param("Quý III-2018", "19", id="no column"),
        pytest.param("Quý III-2018", "=G19", id="a formula"),
        pytest.param("Quý III-2018", "", id="nothing"),
        pytest.param("Quý III-2018", "G" + "9" * 5000, id="absurd"),
    ],
)
def test_what_is_not_there_is_none(cao_loc: bytes, sheet: str, cell: str) -> None:
    assert excerpt(cao_loc, sheet, cell) is None


def test_numbers_keep_every_decimal_and_lose_binary_noise() -> None:
    data = workbook(A1=56.99999999999999, A2=1.2345, A3=0.085, A4=12)

    found = excerpt(data, "Biểu", "A1")

    assert found is not None
    cells = [row.cells[0] for row in found.rows]
    assert [cell.number for cell in cells] == [
        Decimal("57"), Decimal("1.2345"), Decimal("8.5"), Decimal("12"),
    ]  # fmt: skip
    assert [cell.percent for cell in cells] == [False, False, True, False]
    assert [cell.decimals for cell in cells] == [0, 4, 1, 0]


def test_texts_days_and_truths_are_shown_as_they_were_written() -> None:
    data = workbook(A1="83,1", A2=date(2018, 10, 5), A3=True, A4="  x ")

    found = excerpt(data, "Biểu", "A1")

    assert found is not None
    assert [row.cells[0].text for row in found.rows] == ["83,1", "05/10/2018", "TRUE", "x"]


def test_a_formula_is_said_beside_its_result() -> None:
    found = excerpt(workbook(A1=1, A2="=A1+1"), "Biểu", "A2")

    assert found is not None
    assert found.cell.formula == "=A1+1"


def test_a_sheet_without_headings_is_shown_as_it_is() -> None:
    found = excerpt(workbook(B2="chỉ có chữ", C3=5), "Biểu", "C3")

    assert found is not None
    assert not any(row.is_head for row in found.rows)
    assert found.columns == ("A", "B", "C")


def test_bytes_that_are_no_workbook_are_refused() -> None:
    with pytest.raises(UnreadableWorkbook):
        excerpt(b"not a workbook", "Biểu", "A1")
