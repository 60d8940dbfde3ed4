"""Numbers and dates as UI 4 writes them, in both languages."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kpi.definitions import Definitions
from kpi.periods import Period
from texts import numbers, say

NB = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        ("6296", 0, "6.296", "6,296"),
        ("8.36", 2, "8,36", "8.36"),
        ("8", 1, "8,0", "8.0"),
        ("1234567.5", 1, "1.234.567,5", "1,234,567.5"),
        ("-2.58", 2, "−2,58", "−2.58"),
        ("0", 0, "0", "0"),
        ("-0.04", 1, "0,0", "0.0"),
        ("0.125", 2, "0,13", "0.13"),
        ("-0.125", 2, "−0,13", "−0.13"),
        ("2.5", 0, "3", "3"),
    ],
)
def test_a_number_has_its_decimals_and_a_true_minus(value, decimals, vi, en):
    assert numbers.number(Decimal(value), decimals, "vi") == vi
    assert numbers.number(Decimal(value), decimals, "en") == en


@pytest.mark.parametrize(
    ("value", "text"), [("11.5", "+11,5"), ("-2.58", "−2,6"), ("0", "0,0"), ("-0.01", "0,0")]
)
def test_a_change_carries_its_sign_but_zero_none(value, text):
    assert numbers.number(Decimal(value), 1, "vi", signed=True) == text


def test_missing_is_a_dash_and_never_a_zero():
    assert numbers.number(None, 2, "vi") == "–"
    assert numbers.percent(None, 2, "vi") == "–"
    assert numbers.points(None, 2, "vi") == "–"
    assert numbers.date_text(None, "vi") == "–"
    assert numbers.range_text(None, None, "vi") == "–"


def test_percent_is_glued_and_a_difference_of_percentages_is_points():
    assert numbers.percent(Decimal("8.36"), 2, "vi") == "8,36%"
    assert numbers.percent(Decimal("11.5"), 1, "vi", signed=True) == "+11,5%"
    assert numbers.points(Decimal("-2.58"), 2, "vi") == f"−2,58{NB}đ.%"
    assert numbers.points(Decimal("0.4"), 1, "en") == f"+0.4{NB}pp"


@pytest.mark.parametrize(
    ("low", "high", "decimals", "text"),
    [
        ("8", "8.5", None, "8 – 8,5"),
        ("20", "21", None, "20 – 21"),
        ("5870", "6240", 0, "5.870 – 6.240"),
        ("-10", "-5", None, "−10 đến −5"),
        ("-2", "7", None, "−2 đến 7"),
        ("6296", None, None, "≥ 6.296"),
        (None, "5", None, "≤ 5"),
        ("8", "8.5", 1, "8,0 – 8,5"),
        ("6100.2", "6100.4", 0, "6.100"),
    ],
)
def test_ranges(low, high, decimals, text):
    edges = [None if edge is None else Decimal(edge) for edge in (low, high)]
    assert numbers.range_text(*edges, "vi", decimals=decimals).replace(NB, " ") == text


def test_dates_and_moments():
    assert numbers.date_text(date(2018, 10, 9), "vi") == "09/10/2018"
    assert numbers.date_text(date(2018, 10, 9), "vi", year=False) == "09/10"
    assert numbers.moment_text(datetime(2018, 10, 8, 9, 12), "vi") == "08/10/2018 09:12"
    assert numbers.date_text(date(2018, 10, 9), "en") == "9 Oct 2018"
    assert numbers.date_text(date(2018, 9, 30), "en", year=False) == "30 Sep"
    assert numbers.moment_text(datetime(2018, 10, 8, 9, 12), "en") == "8 Oct 2018 09:12"


@pytest.mark.parametrize(
    ("code", "form", "vi", "en"),
    [
        ("2018-Q3", "quarter", "Quý III/2018", "Q3 2018"),
        ("2018-Q3", "to_date", "9 tháng 2018", "9 months 2018"),
        ("2018-Q3", "months", "9 tháng", "9 months"),
        ("2018-Q1", "to_date", "Quý I/2018", "Q1 2018"),
        ("2018-Q4", "to_date", "Năm 2018", "2018"),
        ("2018-Q4", "months", "cả năm", "full year"),
        ("2018-Q3", "short", "Q3/18", "Q3/18"),
        ("2018", "quarter", "Năm 2018", "2018"),
    ],
)
def test_periods(code, form, vi, en):
    assert numbers.period_name(Period.parse(code), "vi", form) == vi
    assert numbers.period_name(Period.parse(code), "en", form) == en


def test_what_is_counted_stands_in_the_singular_where_the_language_has_one(
    definitions: Definitions,
) -> None:
    unit = definitions.indicators["traffic_accidents"].unit_of_measure

    said = {
        (lang, value): unit.label_of(one=numbers.is_one(Decimal(value), lang)).get(lang)
        for lang in ("vi", "en")
        for value in ("0", "1", "1.0", "-1", "1.5", "2")
    }

    assert {word for (lang, _), word in said.items() if lang == "vi"} == {"vụ"}
    assert [said["en", value] for value in ("0", "1", "1.0", "-1", "1.5", "2")] == [
        "accidents", "accident", "accident", "accident", "accidents", "accidents",
    ]  # fmt: skip


def test_words_go_by_the_number_before_them():
    assert say("approve.caption", "en", count=1) == "1 report is waiting for approval"
    assert say("approve.caption", "en", count=3) == "3 reports are waiting for approval"
    assert say("standing.detail.title", "en", unit="A", total="1.00").endswith("1.00 points")
