"""Reporting periods and their codes."""

from datetime import date
from decimal import Decimal

import pytest

from kpi.periods import Period


@pytest.mark.parametrize("code", ["2018", "2018-Q1", "2018-Q4"])
def test_a_code_reads_back_as_it_was_written(code: str) -> None:
    assert Period.parse(code).code == code


@pytest.mark.parametrize(
    "code", ["", "Quý 1/2018", "2018-Q5", "2018-Q0", "18-Q1", "2018-q1", "2018 "]
)
def test_anything_else_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        Period.parse(code)


def test_reports_are_to_date() -> None:
    fractions = [Period(2018, quarter).fraction for quarter in (1, 2, 3, 4, 0)]
    assert fractions == [Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal(1), Decimal(1)]


@pytest.mark.parametrize(
    ("code", "end"),
    [
        ("2018-Q1", date(2018, 3, 31)),
        ("2018-Q2", date(2018, 6, 30)),
        ("2018-Q3", date(2018, 9, 30)),
        ("2018-Q4", date(2018, 12, 31)),
        ("2018", date(2018, 12, 31)),
    ],
)
def test_a_period_ends_with_its_last_month(code: str, end: date) -> None:
    assert Period.parse(code).end == end


@pytest.mark.parametrize(
    ("code", "previous"),
    [("2018-Q3", "2018-Q2"), ("2018-Q1", "2017-Q4"), ("2018", "2017")],
)
def test_the_period_before(code: str, previous: str) -> None:
    assert Period.parse(code).previous().code == previous


def test_a_year_sorts_before_its_quarters() -> None:
    assert sorted([Period(2018, 1), Period(2018), Period(2017, 4)]) == [
        Period(2017, 4),
        Period(2018),
        Period(2018, 1),
    ]
