"""Which rows a form asks for."""

import pytest

from kpi.forms import form_of, rows_of
from kpi.periods import Period
from tests.unit.form_builders import DEFINITIONS, ORG_UNITS


def keys(reporter: str, period: str) -> list[tuple[str, str, str]]:
    return [r.key for r in rows_of(DEFINITIONS, ORG_UNITS, reporter, Period.parse(period))]


@pytest.mark.parametrize(
    ("reporter", "period"),
    [
        pytest.param("nobody", "2018-Q3", id="unknown reporter"),
        pytest.param("20", "2018-Q3", id="the province: its agencies report for it"),
        pytest.param("99", "2018-Q3", id="a district that no longer exists"),
        pytest.param("idle", "2018-Q3", id="an agency without figures"),
        pytest.param("183", "2018", id="a year is not a reporting period"),
    ],
)
def test_who_is_asked_for_nothing_has_no_rows(reporter: str, period: str) -> None:
    assert keys(reporter, period) == []


def test_a_district_reports_about_itself_in_the_definitions_order() -> None:
    assert keys("183", "2018-Q3") == [
        ("revenue", "183", "2018-Q3"),
        ("growth", "183", "2018-Q3"),
        ("people", "183", "2018-Q3"),
    ]


def test_annual_figures_are_asked_for_with_the_fourth_quarter() -> None:
    assert keys("183", "2018-Q4") == [
        ("revenue", "183", "2018-Q4"),
        ("income", "183", "2018"),
        ("growth", "183", "2018-Q4"),
        ("poverty", "183", "2018-Q4"),
        ("people", "183", "2018-Q4"),
    ]


def test_an_agency_reports_by_indicator_then_unit_code() -> None:
    assert keys("traffic", "2018-Q3") == [
        ("deaths", "183", "2018-Q3"),
        ("deaths", "184", "2018-Q3"),
        ("staff", "20", "2018-Q3"),
        ("staff", "183", "2018-Q3"),
        ("staff", "184", "2018-Q3"),
    ]


def test_an_agency_reports_the_provinces_own_figure() -> None:
    assert keys("finance", "2018-Q3") == [("revenue", "20", "2018-Q3")]


def test_a_unit_fills_in_form_a_and_an_agency_form_b() -> None:
    assert [form_of(reporter, ORG_UNITS) for reporter in ("183", "20", "traffic")] == [
        "A",
        "A",
        "B",
    ]
