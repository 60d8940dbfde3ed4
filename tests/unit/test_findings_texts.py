"""Every finding has its sentence in both languages, and its facts fill it."""

import string
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kpi.checks import check
from kpi.finding_codes import READER_CODES, FindingCode
from kpi.findings import Finding
from kpi.observations import CellAddress, CellKind, Known, Reading
from kpi.periods import Period
from kpi.submissions import CheckContext, Earlier, FormReading
from tests.unit.form_builders import DEFINITIONS, ORG_UNITS, form, reading
from tests.unit.plausible import EXAMPLES, asked
from texts import LANGUAGES, catalogue
from texts.findings import message

# One row for every code that the checks can emit about a cell.
ROWS: dict[FindingCode, Reading] = {
    FindingCode.UNKNOWN_INDICATOR: reading("revenu", 1),
    FindingCode.UNKNOWN_ORG_UNIT: reading("revenue", 1, org_unit="007"),
    FindingCode.NOT_YOUR_FIGURE: reading("deaths", 1),
    FindingCode.NOT_ASKED_NOW: reading("poverty", 1),
    FindingCode.WRONG_ROW_PERIOD: reading("revenue", 1, period="2018-Q1"),
    FindingCode.UNIT_OF_MEASURE_CHANGED: reading("revenue", 1, unit="triệu đồng"),
    FindingCode.LEFT_BLANK: reading("revenue", None),
    FindingCode.NOT_A_NUMBER: reading("revenue", "tám"),
    FindingCode.TWO_COMMAS: reading("revenue", "1,2,3"),
    FindingCode.COMMA_BEFORE_DOT: reading("revenue", "6,296.5"),
    FindingCode.BRACKETS: reading("revenue", "(8)"),
    FindingCode.RANGE_OF_VALUES: reading("revenue", "8 - 9"),
    FindingCode.TWO_VALUES: reading("revenue", "8 9"),
    FindingCode.INNER_SPACE: reading("revenue", "8 ,5"),
    FindingCode.MISPLACED_DOTS: reading("revenue", "1.23.4"),
    FindingCode.LEADING_ZERO: reading("revenue", "08"),
    FindingCode.BARE_SEPARATOR: reading("revenue", ",5"),
    FindingCode.EN_DASH_MINUS: reading("revenue", "–8"),
    FindingCode.OTHER_SIGN: reading("revenue", "+5"),
    FindingCode.EXPONENT: reading("revenue", "1E5"),
    FindingCode.PERCENT_NOT_EXPECTED: reading("revenue", "8%"),
    FindingCode.BOOLEAN_CELL: reading("revenue", True),
    FindingCode.ERROR_CELL: reading("revenue", "#REF!", kind=CellKind.ERROR),
    FindingCode.FORMULA_WITHOUT_VALUE: reading(
        "revenue", None, kind=CellKind.UNCALCULATED, formula="=E1+E2"
    ),
    FindingCode.DATE_CELL: reading("revenue", datetime(2018, 5, 8), kind=CellKind.DATE),
    FindingCode.TEXT_NUMBER: reading("revenue", "8,5"),
    FindingCode.READ_AS_DECIMAL_POINT: reading("revenue", "8.5"),
    FindingCode.TWO_READINGS: reading("revenue", "8.125"),
    FindingCode.PERCENT_FORMAT: reading("growth", 0.085, number_format="0.0%"),
    FindingCode.DASH_AS_ZERO: reading("people", "-"),
    FindingCode.MARKED_NONE: reading("revenue", "-"),
    FindingCode.MARKED_NOT_AVAILABLE: reading("revenue", "…"),
    FindingCode.MARKED_NOT_APPLICABLE: reading("revenue", "x"),
    FindingCode.OUTSIDE_LIMITS: reading("revenue", -1),
    FindingCode.NOT_WHOLE: reading("people", 7.5),
}

# What the reader says of cells it has read; that it does: tests/loaders/test_reading_warnings.py.
OF_THE_READER = (
    FindingCode.BLANK_OR_ERROR,
    FindingCode.MAYBE_PERCENT,
    FindingCode.VALUE_IN_HIDDEN_ROW,
    FindingCode.VALUE_IN_FILTERED_ROW,
    FindingCode.VALUES_IN_HIDDEN_COLUMN,
    FindingCode.SCALED_FORMAT,
    FindingCode.FROM_ANOTHER_FILE,
    FindingCode.STALE_RESULT,
    FindingCode.OLD_ENCODING,
)
FACTS = {"read": "0.085", "other": "8.5", "encoding": "VNI", "count": "12"}
TOO_MANY = ("cells", "texts", "sheets", "parts", "styles", "elements")

FORMS: list[tuple[FormReading, str | None]] = [
    *[(form(row), None) for row in ROWS.values()],
    (form(reading("revenue", 1, "E9"), reading("revenue", 2, "E10")), None),
    (form(reading("deaths", 1, org_unit="20")), None),
    (form(reading("revenue", 1, unit="")), None),
    (form(reading("growth", 101)), None),
    (form(reading("growth", None)), None),
    (form(template_version="1"), None),
    (form(form="B"), None),
    (form(), "184"),
    (form(), "somebody"),
    (form(reporter="998"), None),
    (form(period="Quý 3"), None),
    (form(reporter="20"), None),
]


def found(form: FormReading, sender: str | None, newer: Earlier | None = None) -> list[Finding]:
    """All findings about a form, where earlier values of growth and people are in force."""
    in_force = {
        (id_, "183", "2018-Q3"): Known(id_, "183", Period(2018, 3), Decimal("1234.5"))
        for id_ in ("growth", "people")
    }
    context = CheckContext(DEFINITIONS, ORG_UNITS, in_force, sender, older_than=newer)
    return check(form, context)[1]


FINDINGS = [
    *(finding for form, sender in FORMS for finding in found(form, sender)),
    *(
        finding
        for again in (True, False)
        for finding in found(form(), None, Earlier(2, datetime(2018, 10, 4, tzinfo=UTC), again))
    ),
    *(
        finding
        for sent, before, single in EXAMPLES
        for finding in asked(sent, before, single_quarters=single)[1]
    ),
    *(Finding(code, found="60.0 MB", expected="20.0 MB") for code in sorted(READER_CODES)),
    *(Finding(FindingCode.TOO_MANY, expected="9", facts={"variant": of}) for of in TOO_MANY),
    Finding(FindingCode.INEXACT_FORMAT, found=".ods", expected=".xlsx"),
    Finding(FindingCode.EXTERNAL_LINKS, found="3"),
    *(
        Finding(code, at=CellAddress("Biểu A", "E9"), found="7", expected="8", facts=FACTS)
        for code in OF_THE_READER
    ),
]


@pytest.mark.parametrize("code", ROWS)
def test_the_row_is_an_example_of_its_code(code: FindingCode) -> None:
    assert code in [finding.code for finding in found(form(ROWS[code]), None)]


def test_the_examples_cover_every_code() -> None:
    assert {str(finding.code) for finding in FINDINGS} == {str(code) for code in FindingCode}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_is_there_filled_and_names_the_cell(lang: str) -> None:
    for finding in FINDINGS:
        sentence = message(finding, lang)
        assert "{" not in sentence
        assert "  " not in sentence
        assert "“”" not in sentence, sentence
        assert sentence.endswith("."), sentence
        if finding.at is not None:
            assert str(finding.at) in sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_the_checks_is_left_unused(lang: str) -> None:
    wordings = {
        f"finding.{finding.code}" + (f"_{variant}" if variant else "")
        for finding in FINDINGS
        for variant in [finding.facts.get("variant", "")]
    }
    codes = tuple(f"finding.{code}" for code in FindingCode)
    written = {key for key in catalogue(lang) if key.startswith(codes)}
    assert written == wordings


def test_both_languages_use_the_same_facts() -> None:
    for key, vietnamese in catalogue("vi").items():
        if key.startswith("finding."):
            assert _names(vietnamese) == _names(catalogue("en")[key]), key


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_sentence_speaks_the_readers_language_and_numbers() -> None:
    (finding,) = (f for f in found(form(reading("people", 1234.5)), None) if f.at)
    assert message(finding, "vi") == (
        "Ô Biểu A!E9: chỉ tiêu này đếm theo người nên cần số nguyên, "
        "nhưng ô đang ghi 1.234,5. Hãy kiểm tra lại số."
    )
    assert "1,234.5" in message(finding, "en")


def test_braces_in_a_cell_are_only_text() -> None:
    finding = Finding(FindingCode.BRACKETS, at=CellAddress("Biểu A", "E9"), found="{at}{0}")
    assert "“{at}{0}”" in message(finding, "vi")
