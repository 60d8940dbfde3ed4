"""METHOD 12 as a table: what every notation means, and what is said about it."""

import math
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi.finding_codes import FindingCode
from kpi.findings import Severity
from kpi.numbers import Parsed, parse_cell, plain
from kpi.observations import CellKind, ObsStatus


def parse(
    raw: object,
    kind: CellKind = CellKind.TEXT,
    number_format: str = "General",
    *,
    decimals: int = 1,
    percent: bool = False,
    count: bool = False,
) -> Parsed:
    return parse_cell(
        raw, kind, number_format, decimals=decimals, is_percent=percent, is_count=count
    )


def codes(parsed: Parsed) -> list[str]:
    return [str(quirk.code) for quirk in parsed.findings]


# --- numeric cells


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param(8.1, "8.1", id="not 8.0999999999999996"),
        pytest.param(56.99999999999999, "57", id="a formula's 57"),
        pytest.param(0.1 + 0.2, "0.3", id="binary dust"),
        pytest.param(6296, "6296", id="whole"),
        pytest.param(6296.0, "6296", id="whole as a float"),
        pytest.param(1e15, "1000000000000000", id="no exponent"),
        pytest.param(1.5e-7, "0.00000015", id="no negative exponent"),
        pytest.param(-2.5, "-2.5", id="negative"),
        pytest.param(-0.0, "0", id="minus zero"),
        pytest.param(1234567890123456, "1234567890123460", id="15 significant digits"),
        pytest.param(0.123456789012345678, "0.123456789012346", id="15 after the point too"),
        pytest.param(Decimal("12.50"), "12.5", id="trailing zero"),
        pytest.param(1.23456, "1.23456", id="more decimals than the indicator has are kept"),
    ],
)
def test_a_numeric_cell_is_its_fifteen_digits(raw: object, value: str) -> None:
    parsed = parse(raw, CellKind.NUMBER)
    assert (f"{parsed.value:f}", parsed.status, parsed.findings) == (value, None, ())


def test_the_cells_own_text_is_kept() -> None:
    assert parse(56.99999999999999, CellKind.NUMBER).raw == "56.99999999999999"
    assert parse(12.0, CellKind.NUMBER).raw == "12"
    assert parse(" 8,5 ").raw == " 8,5 "


@pytest.mark.parametrize("raw", [math.nan, math.inf, -math.inf, Decimal("sNaN"), None, "8"])
def test_what_is_no_number_is_refused(raw: object) -> None:
    parsed = parse(raw, CellKind.NUMBER)
    assert (parsed.value, codes(parsed)) == (None, ["not_a_number"])


@pytest.mark.parametrize(
    ("raw", "number_format", "value"),
    [
        (0.085, "0.0%", "8.5"),
        (0.285, "0%", "28.5"),
        (-0.0025, "0.00%;[Red]-0.00%", "-0.25"),
        (0.07, r"0.0\ %", "7"),
    ],
)
def test_a_percent_formatted_cell_says_what_it_shows(
    raw: float, number_format: str, value: str
) -> None:
    parsed = parse(raw, CellKind.NUMBER, number_format, percent=True)
    assert (str(parsed.value), codes(parsed)) == (value, ["percent_format"])
    assert parsed.findings[0].facts == {"stored": str(plain(Decimal(str(raw)))), "read": value}


@pytest.mark.parametrize("number_format", ['0.0"%"', r"0.0\%", "#,##0.0", "[$%]0.0", "0.0_%"])
def test_a_percent_sign_that_is_only_decoration_changes_nothing(number_format: str) -> None:
    parsed = parse(8.5, CellKind.NUMBER, number_format, percent=True)
    assert (parsed.value, parsed.findings) == (Decimal("8.5"), ())


def test_a_percent_formatted_cell_is_refused_where_no_percent_is_meant() -> None:
    parsed = parse(0.085, CellKind.NUMBER, "0.0%")
    assert (parsed.value, codes(parsed)) == (None, ["percent_not_expected"])


# --- cells that are neither number nor text


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        (True, CellKind.BOOLEAN, "boolean_cell"),
        (True, CellKind.NUMBER, "boolean_cell"),
        ("#REF!", CellKind.ERROR, "error_cell"),
        (None, CellKind.UNCALCULATED, "formula_without_value"),
        (datetime(2018, 5, 8), CellKind.DATE, "date_cell"),
        (date(2018, 5, 8), CellKind.DATE, "date_cell"),
        (time(8, 5), CellKind.DATE, "date_cell"),
    ],
)
def test_other_cells_are_refused_each_with_its_code(raw: object, kind: CellKind, code: str) -> None:
    parsed = parse(raw, kind)
    assert (parsed.value, parsed.status, codes(parsed)) == (None, None, [code])


def test_a_date_is_shown_without_its_midnight() -> None:
    assert parse(datetime(2018, 5, 8), CellKind.DATE).raw == "08/05/2018"
    assert parse(datetime(2018, 5, 8, 7, 30), CellKind.DATE).raw == "08/05/2018 07:30"


@pytest.mark.parametrize(
    ("raw", "kind"), [(None, CellKind.EMPTY), ("", CellKind.TEXT), (" \u00a0", CellKind.TEXT),
                      ("'", CellKind.TEXT)]
)  # fmt: skip
def test_blank_says_nothing(raw: object, kind: CellKind) -> None:
    parsed = parse(raw, kind)
    assert parsed.is_blank
    assert parsed == Parsed(None, None, "")


# --- text cells that hold a number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("8,5", "8.5", id="decimal comma"),
        pytest.param("85", "85", id="no separator"),
        pytest.param("6.296,5", "6296.5", id="thousands dot and decimal comma"),
        pytest.param("1.234.567", "1234567", id="two groups"),
        pytest.param("1.234.567,89", "1234567.89", id="two groups and decimals"),
        pytest.param("6 296", "6296", id="space between groups"),
        pytest.param("6\u00a0296", "6296", id="no-break space between groups"),
        pytest.param("1 234 567,5", "1234567.5", id="spaces and decimals"),
        pytest.param("'8,5", "8.5", id="leading apostrophe"),
        pytest.param(" 8,5\u00a0", "8.5", id="outer spaces"),
        pytest.param("８,５", "8.5", id="full-width digits"),
        pytest.param("-8,5", "-8.5", id="minus"),
        pytest.param("\u22128,5", "-8.5", id="true minus"),
        pytest.param("0,5", "0.5", id="zero before the comma"),
        pytest.param("0", "0", id="zero"),
        pytest.param("-0,0", "0", id="minus zero"),
        pytest.param("8,50", "8.5", id="trailing zero"),
        pytest.param("1234,567", "1234.567", id="four digits before cannot be a group"),
        pytest.param("0,296", "0.296", id="a group never begins with 0"),
        pytest.param("12,3456", "12.3456", id="four digits after are no group"),
    ],
)
def test_a_text_number_is_read_and_named(text: str, value: str) -> None:
    parsed = parse(text)
    assert (str(parsed.value), parsed.status, codes(parsed)) == (value, None, ["text_number"])
    assert parsed.findings[0].severity is Severity.WARNING
    assert parsed.findings[0].facts == {"read": value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8.5", "8.5"),
        ("0.125", "0.125"),
        ("-0.125", "-0.125"),
        ("1234.567", "1234.567"),
        ("12.34", "12.34"),
        ("8.1234", "8.1234"),
    ],
)
@pytest.mark.parametrize("decimals", [0, 1, 3])
def test_a_dot_that_cannot_group_is_a_decimal_point(text: str, value: str, decimals: int) -> None:
    parsed = parse(text, decimals=decimals)
    assert (str(parsed.value), codes(parsed)) == (value, ["read_as_decimal_point"])


@pytest.mark.parametrize(
    ("text", "decimals", "value", "other"),
    [
        pytest.param("8.125", 1, "8125", "8.125", id="dot, with decimals"),
        pytest.param("6.296", 3, "6296", "6.296", id="dot, with three decimals"),
        pytest.param("-8.125", 2, "-8125", "-8.125", id="negative"),
        pytest.param("6,296", 0, "6.296", "6296", id="comma, without decimals"),
        pytest.param("6,296", 2, "6.296", "6296", id="comma, with two decimals"),
        pytest.param("8,500", 1, "8.5", "8500", id="comma, a zero at the end"),
    ],
)
def test_two_readings_are_both_shown_and_the_grouping_rules_is_taken(
    text: str, decimals: int, value: str, other: str
) -> None:
    parsed = parse(text, decimals=decimals)
    assert (str(parsed.value), codes(parsed)) == (value, ["two_readings"])
    assert parsed.findings[0].facts == {"read": value, "other": other}


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        pytest.param("6.296", 0, "6296", id="dot groups where there are no decimals"),
        pytest.param("6,296", 3, "6.296", id="comma, with three decimals"),
    ],
)
def test_one_group_is_plain_where_only_one_reading_fits(
    text: str, decimals: int, value: str
) -> None:
    parsed = parse(text, decimals=decimals)
    assert (str(parsed.value), codes(parsed)) == (value, ["text_number"])


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("8,5%", "8.5", "text_number"),
        ("'8%", "8", "text_number"),
        ("8.5%", "8.5", "read_as_decimal_point"),
        ("8.125%", "8125", "two_readings"),
        ("-2%", "-2", "text_number"),
    ],
)
def test_a_percent_sign_is_dropped_in_a_percent_indicator(text: str, value: str, code: str) -> None:
    parsed = parse(text, percent=True)
    assert (str(parsed.value), codes(parsed)) == (value, [code])


# --- missing, never 0


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        *[
            (text, ObsStatus.MISSING, "marked_not_available")
            for text in ("…", "...", "..", "—", "KXĐ", "kxđ", "KXÐ", "không có số liệu",
                         "Không  có số liệu", " … ", "'...")
        ],
        ("x", ObsStatus.NOT_APPLICABLE, "marked_not_applicable"),
        ("X", ObsStatus.NOT_APPLICABLE, "marked_not_applicable"),
        ("-", ObsStatus.MISSING, "marked_none"),
        ("–", ObsStatus.MISSING, "marked_none"),
    ],
)  # fmt: skip
def test_missing_has_kinds_and_is_never_zero(text: str, status: ObsStatus, code: str) -> None:
    parsed = parse(text)
    assert (parsed.value, parsed.status, codes(parsed)) == (None, status, [code])
    assert parsed.findings[0].severity is Severity.WARNING


@pytest.mark.parametrize("text", ["-", "–", " - "])
def test_a_dash_is_zero_for_counts_only(text: str) -> None:
    parsed = parse(text, decimals=0, count=True)
    assert (parsed.value, parsed.status, codes(parsed)) == (Decimal(0), None, ["dash_as_zero"])


@pytest.mark.parametrize("text", ["…", "x"])
def test_other_marks_are_no_zero_for_counts_either(text: str) -> None:
    assert parse(text, decimals=0, count=True).value is None


# --- text that is refused


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("6,296,500", "two_commas"),
        ("8,,5", "two_commas"),
        ("6,296.5", "comma_before_dot"),
        ("1,234.567", "comma_before_dot"),
        ("(8,5)", "brackets"),
        ("8,5 (ước)", "brackets"),
        ("[8]", "brackets"),
        ("8 - 8,5", "range_of_values"),
        ("8-9", "range_of_values"),
        ("8–8,5", "range_of_values"),
        ("8\u22129", "range_of_values"),
        ("8% - 9%", "range_of_values"),
        ("8 đến 9", "range_of_values"),
        ("8 9", "two_values"),
        ("6 29", "two_values"),
        ("6 296 50", "two_values"),
        ("8; 9", "two_values"),
        ("8\n9", "two_values"),
        ("- 8,5", "inner_space"),
        ("8 ,5", "inner_space"),
        ("1.23.456", "misplaced_dots"),
        ("1234.567.890", "misplaced_dots"),
        ("12.34.5", "misplaced_dots"),
        ("0.125.000", "misplaced_dots"),
        ("6.29,5", "misplaced_dots"),
        ("8.5,5", "misplaced_dots"),
        ("08", "leading_zero"),
        ("-08,5", "leading_zero"),
        ("00", "leading_zero"),
        ("012.345", "leading_zero"),
        ("00.5", "leading_zero"),
        (",5", "bare_separator"),
        ("5,", "bare_separator"),
        (".5", "bare_separator"),
        ("5.", "bare_separator"),
        ("-,5", "bare_separator"),
        ("6.,5", "bare_separator"),
        (",", "bare_separator"),
        (".", "bare_separator"),
        ("–8,5", "en_dash_minus"),
        ("– 8", "en_dash_minus"),
        ("+5", "other_sign"),
        ("--5", "other_sign"),
        ("5-", "other_sign"),
        ("8/5", "other_sign"),
        ("~8", "other_sign"),
        (">8", "other_sign"),
        ("—8", "other_sign"),
        ("8‰", "other_sign"),
        ("8*", "other_sign"),
        ("8,5 tỷ", "not_a_number"),
        ("tám", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("8²", "not_a_number"),
        ("1" * 41, "not_a_number"),
        ("1E5", "exponent"),
        ("1,5e-3", "exponent"),
        ("1.5E+10", "exponent"),
        ("8,5%", "percent_not_expected"),
        ("8%", "percent_not_expected"),
    ],
)
@pytest.mark.parametrize("count", [False, True])
def test_what_cannot_be_read_one_way_is_refused(text: str, code: str, count: bool) -> None:
    parsed = parse(text, count=count)
    assert (parsed.value, parsed.status, codes(parsed)) == (None, None, [code])
    assert parsed.findings[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("8%%", "other_sign"),
        ("%8", "other_sign"),
        ("%", "not_a_number"),
        ("8,5 %", "inner_space"),
        ("08%", "leading_zero"),
        ("6,296,500%", "two_commas"),
        ("8 9%", "two_values"),
    ],
)
def test_a_percent_sign_does_not_excuse_the_rest(text: str, code: str) -> None:
    assert codes(parse(text, percent=True)) == [code]


def test_another_sign_is_named() -> None:
    assert parse("+5").findings[0].facts == {"sign": "+"}


# --- for every value

sane = st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False, places=3)


def vietnamese(value: Decimal, separator: str) -> str:
    """The number as a Vietnamese text would write it: 1.234.567,89."""
    swap = {",": separator, ".": ","}
    return "".join(swap.get(sign, sign) for sign in f"{value:,f}")


@given(value=sane, separator=st.sampled_from([".", " ", "\u00a0", ""]))
@settings(max_examples=200)
@example(value=Decimal("-1234567.890"), separator=".")
def test_vietnamese_notation_reads_back_exactly(value: Decimal, separator: str) -> None:
    parsed = parse(vietnamese(value, separator), decimals=3)
    assert parsed.value == value
    assert all(quirk.severity is Severity.WARNING for quirk in parsed.findings)
    assert len(parsed.findings) == 1


@given(value=st.integers(-(10**12), 10**12), separator=st.sampled_from([".", " ", ""]))
@settings(max_examples=200)
def test_grouped_whole_numbers_read_back_exactly(value: int, separator: str) -> None:
    parsed = parse(vietnamese(Decimal(value), separator), decimals=0, count=True)
    assert (parsed.value, codes(parsed)) == (value, ["text_number"])


@given(st.floats(-1e300, 1e300))
@settings(max_examples=200)
def test_a_numeric_cell_keeps_fifteen_digits(raw: float) -> None:
    value = parse(raw, CellKind.NUMBER).value
    assert value is not None
    assert float(value) == pytest.approx(raw, rel=1e-14, abs=0)
    assert len(value.normalize().as_tuple().digits) <= 15


number_like = st.text(alphabet="0123456789.,-–−+% ()eExX…—'\u00a0８đ", max_size=20)


@given(
    raw=st.one_of(st.text(max_size=40), number_like),
    decimals=st.integers(0, 3),
    percent=st.booleans(),
    count=st.booleans(),
)
@settings(max_examples=200)
def test_any_text_gives_a_value_a_mark_a_reason_or_is_blank(
    raw: str, decimals: int, percent: bool, count: bool
) -> None:
    parsed = parse(raw, decimals=decimals, percent=percent, count=count)
    errors = [quirk for quirk in parsed.findings if quirk.severity is Severity.ERROR]
    said = [parsed.value is not None, parsed.status is not None, bool(errors), parsed.is_blank]
    assert said.count(True) == 1
    assert parsed.is_blank or len(parsed.findings) == 1  # text always leaves a finding
    assert parsed.value is None or parsed.value.is_finite()


@given(
    raw=st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates()),
    kind=st.sampled_from(CellKind),
)
@settings(max_examples=200)
def test_nothing_a_cell_can_hold_raises(raw: object, kind: CellKind) -> None:
    assert isinstance(parse(raw, kind), Parsed)


def test_every_quirk_is_a_known_code() -> None:
    assert all(isinstance(quirk.code, FindingCode) for quirk in parse("8,5").findings)
