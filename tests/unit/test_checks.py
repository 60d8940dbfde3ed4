"""Rules that a whole submission must pass; no file, no database."""

from datetime import datetime
from decimal import Decimal

import pytest

from kpi.checks import check
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Outcome, Scope, Severity, outcome
from kpi.forms import rows_of
from kpi.observations import (
    CellAddress,
    CellKind,
    Known,
    Observation,
    ObsStatus,
    Reading,
)
from kpi.periods import Period
from kpi.submissions import CheckContext, FormReading
from tests.unit.form_builders import DEFINITIONS, ORG_UNITS, form, reading

GOOD = (reading("revenue", 120.5, "E9"), reading("growth", 8.1, "E10"), reading("people", 7, "E11"))


def checked(form: FormReading, **more: object) -> tuple[list[Observation], list[Finding], Outcome]:
    context = CheckContext(DEFINITIONS, ORG_UNITS, **more)  # type: ignore[arg-type]
    observations, findings = check(form, context)
    return observations, findings, outcome(findings)


def cells(*readings: Reading, **more: object) -> list[tuple[str, str]]:
    """Code and cell of what is found, without rows that are missing."""
    _, findings, _ = checked(form(*readings), **more)
    return [
        (str(f.code), f.at.cell if f.at else "")
        for f in findings
        if f.code != FindingCode.MISSING_ROW
    ]


def codes(form: FormReading, **more: object) -> list[str]:
    return [str(f.code) for f in checked(form, **more)[1]]


# --- the good case and the empty one


def test_a_good_form_is_accepted_without_a_word() -> None:
    observations, findings, result = checked(form(*GOOD))
    assert (findings, result) == ([], Outcome.ACCEPTED)
    assert [(o.indicator, str(o.value), o.at.cell) for o in observations] == [
        ("revenue", "120.5", "E9"),
        ("growth", "8.1", "E10"),
        ("people", "7", "E11"),
    ]


def test_an_observation_knows_its_period_basis_status_and_note() -> None:
    (observation, *_), _, _ = checked(form(reading("growth", 8.1, "E10", note="ước")))
    assert observation == Observation(
        indicator="growth",
        org_unit="183",
        period=Period(2018, 3),
        value=Decimal("8.1"),
        status=ObsStatus.ESTIMATE,  # as declared for the third quarter
        basis="basis_district",
        raw="8.1",
        at=CellAddress("Biểu A", "E10"),
        note="ước",
    )


def test_an_annual_figure_belongs_to_the_year() -> None:
    rows = [reading("income", 37.5, period="2018-Q4"), reading("income", 38, period="2018")]
    for row in rows:
        observations, _, _ = checked(form(row, period="2018-Q4"))
        assert [o.period for o in observations] == [Period(2018)]


def test_an_empty_template_gives_warnings_only_and_no_observation() -> None:
    blank = tuple(reading(r.indicator, None, r.at.cell) for r in GOOD)
    observations, findings, result = checked(form(*blank))
    assert (observations, result) == ([], Outcome.ACCEPTED_WITH_WARNINGS)
    assert [(str(f.code), f.at) for f in findings] == [("left_blank", r.at) for r in blank]


def test_a_form_without_rows_misses_all_of_them() -> None:
    observations, findings, result = checked(form())
    assert (observations, result) == ([], Outcome.ACCEPTED_WITH_WARNINGS)
    assert [(str(f.code), f.indicator) for f in findings] == [
        ("missing_row", "revenue"),
        ("missing_row", "growth"),
        ("missing_row", "people"),
    ]


# --- the form as a whole


@pytest.mark.parametrize(
    ("change", "code", "found"),
    [
        pytest.param({"template_version": "2017.1"}, "wrong_version", "2017.1", id="version"),
        pytest.param({"reporter": "999"}, "unknown_reporter", "999", id="reporter"),
        pytest.param({"form": "B"}, "wrong_form", "B", id="form"),
        pytest.param({"period": "Quý 3/2018"}, "unknown_period", "Quý 3/2018", id="period"),
        pytest.param({"period": "2018-Q5"}, "unknown_period", "2018-Q5", id="quarter"),
        pytest.param({"period": "2018"}, "not_asked", "2018", id="nothing asked for a year"),
    ],
)
def test_a_wrong_form_is_refused_as_a_whole(change: dict[str, str], code: str, found: str) -> None:
    period = change.get("period", "2018-Q3")
    rows = tuple(reading(r.indicator, r.raw, r.at.cell, period=period) for r in GOOD)
    observations, findings, result = checked(form(*rows, **change))
    assert (observations, result) == ([], Outcome.REJECTED_FILE)
    assert [(str(f.code), f.found, f.scope, f.at) for f in findings] == [
        (code, found, Scope.FILE, None)
    ]


def test_the_province_itself_is_not_asked() -> None:
    assert codes(form(reporter="20")) == ["not_asked"]


def test_a_form_of_another_reporter_is_refused() -> None:
    observations, findings, result = checked(form(*GOOD), reporter="184")
    assert (observations, result) == ([], Outcome.REJECTED_FILE)
    assert [(str(f.code), f.found, f.expected) for f in findings] == [
        ("wrong_reporter", "183", "184")
    ]
    assert findings[0].facts["sender_vi"] == "Huyện Văn Quan"


def test_a_form_of_the_sender_is_accepted() -> None:
    assert codes(form(*GOOD), reporter="183") == []


def test_all_problems_are_listed_at_once_whatever_their_scope() -> None:
    wrong = form(
        reading("revenue", "tám", "E9", period="2018-Q5"),
        reading("nothing", 1, "E10", period="2018-Q5"),
        reading("growth", None, "E11", period="2018-Q5"),
        template_version="1",
        reporter="998",
        period="2018-Q5",
    )
    assert codes(wrong) == [
        "wrong_version",
        "unknown_reporter",
        "unknown_period",
        "not_a_number",
        "unknown_indicator",
    ]


def test_what_the_reader_noticed_comes_first_and_can_refuse_the_file() -> None:
    noticed = Finding(FindingCode.NO_INPUT_COLUMN, scope=Scope.FILE, found="Biểu A")
    observations, findings, result = checked(form(*GOOD, findings=(noticed,)))
    assert (observations, findings, result) == ([], [noticed], Outcome.REJECTED_FILE)


# --- its rows


def test_unknown_codes_are_refused_with_their_cell() -> None:
    rows = (reading("revenu", 1, "E9"), reading("growth", 1, "E10", org_unit="007"))
    assert cells(*rows) == [("unknown_indicator", "E9"), ("unknown_org_unit", "E10")]


def test_a_row_with_two_unknown_codes_says_both() -> None:
    assert cells(reading("revenu", 1, org_unit="007")) == [
        ("unknown_indicator", "E9"),
        ("unknown_org_unit", "E9"),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(reading("deaths", 3), "traffic", id="an agency's"),
        pytest.param(reading("revenue", 3, org_unit="184"), "184", id="another district's"),
        pytest.param(reading("revenue", 3, org_unit="20"), "finance", id="the province's"),
        pytest.param(reading("deaths", 3, org_unit="20"), "", id="computed, nobody's"),
        pytest.param(reading("growth", 3, org_unit="20"), "", id="no such level"),
        pytest.param(reading("deaths", None), "traffic", id="even when blank"),
    ],
)
def test_another_reporters_figure_is_refused(row: Reading, expected: str) -> None:
    observations, findings, result = checked(form(*GOOD, row))
    assert len(observations) == len(GOOD)
    assert result is Outcome.REJECTED_CELLS
    assert [(str(f.code), f.expected) for f in findings] == [("not_your_figure", expected)]


def test_a_figure_of_another_quarter_is_refused() -> None:
    assert cells(*GOOD, reading("poverty", 3, "E12")) == [("not_asked_now", "E12")]


def test_a_row_of_another_period_is_refused() -> None:
    assert cells(reading("growth", 3, "E12", period="2018-Q2")) == [("wrong_row_period", "E12")]


def test_a_figure_stated_twice_is_refused_and_neither_is_taken() -> None:
    rows = (*GOOD, reading("growth", 9.9, "E20"), reading("growth", None, "E21"))
    observations, findings, _ = checked(form(*rows))
    assert [o.indicator for o in observations] == ["revenue", "people"]
    twice = [f for f in findings if f.code == FindingCode.DUPLICATE_INDICATOR]
    assert [(f.at.cell if f.at else "", f.facts["first"]) for f in twice] == [
        ("E20", "Biểu A!E10"),
        ("E21", "Biểu A!E10"),
    ]


@pytest.mark.parametrize("unit", ["%", "phần trăm", " PHẦN  TRĂM ", "percent"])
def test_other_names_of_the_unit_of_measure_are_the_same_unit(unit: str) -> None:
    assert cells(reading("growth", 8.1, unit=unit)) == []


@pytest.mark.parametrize(
    ("unit", "variant"), [("triệu đồng", None), ("", "erased"), ("  ", "erased")]
)
def test_a_changed_unit_of_measure_is_refused(unit: str, variant: str | None) -> None:
    observations, findings, _ = checked(form(reading("revenue", 120, unit=unit)))
    assert observations == []
    finding = findings[0]
    assert finding.code == FindingCode.UNIT_OF_MEASURE_CHANGED
    assert (finding.found, finding.expected) == (unit, "tỷ đồng")
    assert finding.facts.get("variant") == variant


def test_a_missing_row_is_a_warning_that_names_it() -> None:
    observations, findings, result = checked(form(*GOOD[:2]))
    assert (len(observations), result) == (2, Outcome.ACCEPTED_WITH_WARNINGS)
    assert [(str(f.code), f.indicator, f.org_unit) for f in findings] == [
        ("missing_row", "people", "183")
    ]


def known(indicator: str, value: str | None, period: str = "2018-Q3") -> Known:
    number = None if value is None else Decimal(value)
    return Known(indicator, "183", Period.parse(period), number)


def test_a_blank_says_whether_an_earlier_value_stays() -> None:
    in_force = {("growth", "183", "2018-Q3"): known("growth", "7.9")}
    rows = (reading("revenue", None, "E9"), reading("growth", None, "E10"))
    _, findings, _ = checked(form(*rows), in_force=in_force)
    assert [f.facts.get("kept") for f in findings] == [None, "7.9", None]


def test_a_blank_annual_figure_looks_at_the_years_value() -> None:
    in_force = {("income", "183", "2018"): known("income", "37.5", "2018")}
    row = reading("income", None, period="2018-Q4")
    _, findings, _ = checked(form(row, period="2018-Q4"), in_force=in_force)
    assert findings[0].facts["kept"] == "37.5"


def test_an_earlier_mark_for_missing_is_no_value_to_keep() -> None:
    in_force = {("growth", "183", "2018-Q3"): known("growth", None)}
    _, findings, _ = checked(form(reading("growth", None)), in_force=in_force)
    assert "kept" not in findings[0].facts


# --- its values


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param(reading("revenue", "8 - 9"), "range_of_values", id="text"),
        pytest.param(reading("revenue", True), "boolean_cell", id="boolean"),
        pytest.param(reading("revenue", "#N/A", kind=CellKind.ERROR), "error_cell", id="error"),
        pytest.param(
            reading("growth", datetime(2018, 5, 8), kind=CellKind.DATE), "date_cell", id="date"
        ),
        pytest.param(reading("revenue", -0.5), "outside_limits", id="below"),
        pytest.param(reading("growth", 100.01), "outside_limits", id="above"),
        pytest.param(reading("people", 7.5), "not_whole", id="half a person"),
        pytest.param(reading("people", 0.07, number_format="0%"), "percent_not_expected", id="%"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_the_others_are_still_read(
    row: Reading, code: str
) -> None:
    others = tuple(r for r in GOOD if r.indicator != row.indicator)
    observations, findings, result = checked(form(*others, row))
    assert {o.indicator for o in observations} == {r.indicator for r in others}
    assert ([str(f.code) for f in findings], result) == ([code], Outcome.REJECTED_CELLS)
    assert findings[0].at == row.at


@pytest.mark.parametrize("value", [-100, 100, 0])
def test_the_limits_themselves_are_allowed(value: int) -> None:
    assert cells(reading("growth", value)) == []


def test_a_formula_without_a_value_shows_its_formula() -> None:
    row = reading("revenue", None, kind=CellKind.UNCALCULATED, formula="=SUM(E1:E8)")
    _, findings, _ = checked(form(row))
    assert (str(findings[0].code), findings[0].found) == ("formula_without_value", "=SUM(E1:E8)")


def test_a_text_number_is_taken_with_a_warning() -> None:
    observations, findings, result = checked(form(*GOOD[1:], reading("revenue", "1.234,5")))
    assert [str(o.value) for o in observations] == ["8.1", "7", "1234.5"]
    assert observations[-1].raw == "1.234,5"
    assert [(str(f.code), f.severity) for f in findings] == [("text_number", Severity.WARNING)]
    assert result is Outcome.ACCEPTED_WITH_WARNINGS


def test_a_text_number_can_break_a_limit_too() -> None:
    assert cells(reading("people", "6,296")) == [("two_readings", "E9"), ("not_whole", "E9")]


@pytest.mark.parametrize(
    ("row", "status", "value"),
    [
        (reading("revenue", "…"), ObsStatus.MISSING, None),
        (reading("revenue", "x"), ObsStatus.NOT_APPLICABLE, None),
        (reading("revenue", "-"), ObsStatus.MISSING, None),
        (reading("growth", "…"), ObsStatus.MISSING, None),
        (reading("people", "-"), ObsStatus.NORMAL, Decimal(0)),
    ],
)
def test_a_mark_for_missing_is_an_observation_of_its_own(
    row: Reading, status: ObsStatus, value: Decimal | None
) -> None:
    observations, _, result = checked(form(row))
    assert [(o.status, o.value) for o in observations] == [(status, value)]
    assert result is Outcome.ACCEPTED_WITH_WARNINGS


def test_what_was_found_is_shown_shortened() -> None:
    _, findings, _ = checked(form(reading("revenue", "dài " * 5000)))
    assert len(findings[0].found) == 80


# --- form B


def test_an_agency_reports_for_every_unit() -> None:
    rows = rows_of(DEFINITIONS, ORG_UNITS, "traffic", Period(2018, 3))
    readings = [
        reading(row.indicator.id, number, f"F{number}", org_unit=row.org_unit.code)
        for number, row in enumerate(rows)
    ]
    observations, findings, _ = checked(form(*readings, form="B", reporter="traffic"))
    assert findings == []
    assert [(o.indicator, o.org_unit, o.basis) for o in observations] == [
        ("deaths", "183", "basis_district"),
        ("deaths", "184", "basis_district"),
        ("staff", "20", "basis_province"),
        ("staff", "183", "basis_district"),
        ("staff", "184", "basis_district"),
    ]
