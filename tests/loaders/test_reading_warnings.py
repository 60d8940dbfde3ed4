"""What a person who looked at the sheet may not have seen is said, with what was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.findings import Finding, Severity
from loaders.books import Book, Cell, Sheet
from loaders.opening import open_book
from loaders.reading_warnings import scale
from loaders.workbook import form_in
from texts.findings import message

SAMPLES = Path(__file__).parent.parent.parent / "data" / "samples" / "2018"
VALUE = (19, 7)  # G19, the budget's revenue


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book((SAMPLES / "CaoLoc_Q3_2018.xlsx").read_bytes(), "a.xlsx")


def altered(
    book: Book, sheet: Callable[[Sheet], Sheet] = lambda sheet: sheet, **flags: bool
) -> list[Finding]:
    """The reader's findings on the same form with something about it changed."""
    first, *others = replace(book, needs_calculation=False).sheets
    changed = replace(book, sheets=(sheet(first), *others), **{"needs_calculation": False, **flags})
    return list(form_in(changed, "a.xlsx", "").findings)


def with_value(**changes: object) -> Callable[[Sheet], Sheet]:
    def change(sheet: Sheet) -> Sheet:
        cell: Cell = replace(sheet.at(*VALUE), **changes)  # type: ignore[arg-type]
        return replace(sheet, cells={**sheet.cells, VALUE: cell})

    return change


def only(findings: list[Finding]) -> tuple[str, str, str]:
    (finding,) = findings
    assert finding.severity is Severity.WARNING
    for lang in ("vi", "en"):
        assert message(finding, lang).endswith(".")
    return str(finding.code), finding.at.cell if finding.at else "", message(finding, "vi")


def test_an_ordinary_form_needs_no_warning(book: Book) -> None:
    assert altered(book) == []


def test_hidden_rows_and_columns(book: Book) -> None:
    hidden = only(altered(book, lambda s: replace(s, hidden_rows=frozenset({19, 2}))))
    assert hidden[:2] == ("value_in_hidden_row", "G19")
    assert "“269.1”" in hidden[2]
    filtered = altered(book, lambda s: replace(s, hidden_rows=frozenset({19}), filtered=True))
    assert only(filtered)[:2] == ("value_in_filtered_row", "G19")
    column = only(altered(book, lambda s: replace(s, hidden_columns=frozenset({7}))))
    assert column[:2] == ("values_in_hidden_column", "G9")


def test_a_scaled_format_tells_both_figures(book: Book) -> None:
    found = only(altered(book, with_value(value=269100000.0, number_format='0.0,,"tỷ"')))
    assert found[:2] == ("scaled_format", "G19")
    assert "269,1" in found[2] and "269.100.000" in found[2]


def test_results_that_may_be_old(book: Book) -> None:
    stale = with_value(formula="=E19*2")
    assert only(altered(book, stale, needs_calculation=True))[:2] == ("stale_result", "G19")
    assert altered(book, stale) == []
    linked = only(altered(book, with_value(formula="='[1]Thu NS'!B4")))
    assert linked[:2] == ("from_another_file", "G19")
    assert only(altered(book, stale, has_external_links=True))[0] == "external_links"
    assert altered(book, has_external_links=True) == []


@pytest.mark.parametrize(
    ("number_format", "power"),
    [
        ("General", 0), ("#,##0", 0), ("#,##0.00", 0), ("[$-42A]#,##0.0", 0), ("#,##0,", 3),
        ('0.0,,"tỷ"', 6), ('#,##0.0,"nghìn, tỷ"', 3), ("0,.0", 3), ("#,##0,;-#,##0", 3),
        ('0" ,,"', 0), ("0.0%", 0), ("", 0),
    ],
)  # fmt: skip
def test_only_commas_after_the_last_digit_scale(number_format: str, power: int) -> None:
    assert scale(number_format) == power
