"""Opening workbooks: openpyxl, asked twice, is the oracle of our own single pass.

And the other formats, old letters, and the process that files from outside are opened in.
"""

from __future__ import annotations

import json
import subprocess
import warnings
from contextvars import Context
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from kpi.findings import UnreadableWorkbook
from kpi.observations import CellKind
from loaders import apart, reading_apart
from loaders.book_json import from_json, to_json
from loaders.books import Book, BookFormat, Cell
from loaders.limits import MIB, UPLOAD
from loaders.old_letters import in_unicode
from loaders.opening import open_book
from loaders.reading_apart import open_apart, open_safely, reading_here
from loaders.workbook import read_form
from loaders.xlsx.formulas import SharedFormula
from tests.loaders import packages
from tests.loaders.packages import SHEET, STYLES, TEXTS, packed

SAMPLES = sorted((Path(__file__).parent.parent.parent / "data" / "samples").rglob("*.xlsx"))
CAO_LOC = next(path for path in SAMPLES if path.name == "CaoLoc_Q3_2018.xlsx")
Seen = dict[tuple[int, int], tuple[object, str, str | None]]


def ours(book: Book) -> dict[str, Seen]:
    return {
        sheet.title: {
            at: (cell.value, cell.number_format, cell.formula) for at, cell in sheet.cells.items()
        }
        for sheet in book.sheets
    }


def oracle(data: bytes) -> dict[str, Seen]:
    """Value, format and formula of every cell as two loads of openpyxl tell them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of days that no calendar has
        formulas = openpyxl.load_workbook(BytesIO(data))
        values = openpyxl.load_workbook(BytesIO(data), data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): (
                values[sheet.title].cell(cell.row, cell.column).value,
                cell.number_format,
                _text(cell.value) if cell.data_type == "f" else None,
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in formulas.worksheets
    }


def _text(formula: object) -> str:
    return str(formula.text if isinstance(formula, ArrayFormula) else formula)


def the_cells(rows: str, **parts: str) -> dict[str, Cell]:
    """The cells of column A by their row's number."""
    (sheet,) = open_book(packed({SHEET: packages.sheet(rows), **parts}), "a.xlsx").sheets
    return {str(row): cell for (row, _), cell in sheet.cells.items()}


def test_every_reporters_sample_reads_as_openpyxl_reads_it() -> None:
    """One of each reporter and, in turn, of each year and quarter; openpyxl takes its time."""
    by_reporter: dict[str, list[Path]] = {path.name.partition("_")[0]: [] for path in SAMPLES}
    for path in SAMPLES:
        by_reporter[path.name.partition("_")[0]].append(path)
    assert len(by_reporter) == 16
    for number, paths in enumerate(by_reporter.values()):
        path = paths[number % len(paths)]
        data = path.read_bytes()
        assert ours(open_book(data, path.name)) == oracle(data), path.name


FORMATS = ["General", "0.0%", '0.0,,"tỷ"', "dd/mm/yyyy", "[h]:mm", "#,##0.00", "@", "h:mm", "yyyy"]
VALUES = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(0, 60000),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30).filter(
        lambda text: "_x" not in text and not text.startswith("=")
    ),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.sampled_from(["=A1+1", '=IF(B2>1,"a""b",Sheet!$C$3)', "#N/A", "#DIV/0!"]),
)


@settings(max_examples=40)  # openpyxl takes its time
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 60), st.integers(1, 40)),
        st.tuples(VALUES, st.sampled_from(FORMATS)),
        max_size=12,
    )
)
def test_any_workbook_reads_as_openpyxl_reads_it(
    cells: dict[tuple[int, int], tuple[object, str]],
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for (row, column), (value, number_format) in cells.items():
        cell = sheet.cell(row, column)
        cell.value = value  # type: ignore[assignment]
        if not isinstance(value, datetime):
            cell.number_format = number_format
    saved = BytesIO()
    book.save(saved)
    expected = oracle(saved.getvalue())["Sheet"]
    found = ours(open_book(saved.getvalue(), "a.xlsx"))["Sheet"]

    for at, (value, number_format, formula) in found.items():
        theirs = expected.pop(at)
        if isinstance(value, int | float) and theirs[0] == "#VALUE!":
            continue  # a day no calendar has: theirs calls it an error, ours keeps the number
        if isinstance(value, timedelta):
            assert isinstance(theirs[0], timedelta)
            assert abs(value - theirs[0]) <= timedelta(milliseconds=1)
            continue
        assert (value, number_format, formula) == theirs
    assert all(value == "" for value, _, _ in expected.values())


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_shared_formula_moves_as_openpyxl_moves_it(row: int, column: int) -> None:
    from openpyxl.formula.translate import Translator
    from openpyxl.utils import get_column_letter

    text = "=SUM($A1:B$3)*'A1 b'!C4+Q1!D5-LOG10(E6)+F:F+$7:8&\"G7\"&[1]Sheet1!H8"
    theirs = Translator(text, "C5").translate_formula(f"{get_column_letter(column + 2)}{row + 4}")

    assert SharedFormula(text, 5, 3).at(row + 4, column + 2) == theirs


def test_every_kind_of_cell_has_its_kind() -> None:
    found = the_cells(
        '<row><c><v>8.36</v></c></row><row><c t="s"><v>0</v></c></row>'
        '<row><c t="b"><v>1</v></c></row><row><c t="e"><v>#REF!</v></c></row>'
        '<row><c t="d"><v>2018-03-31</v></c></row><row><c t="str"><v>a</v></c></row>'
        "<row><c><f>1/0</f></c></row><row><c><v>NaN</v></c></row><row><c><v>1_0</v></c></row>"
        '<row><c s="1"/></row><row><c s="1"><v>43190.5</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>Lạng </t></r><r><t>Sơn</t></r>'
        "<rPh><t>x</t></rPh></is></c></row><row><c t='str'><f>\"\"</f><v></v></c></row>",
        **{STYLES: packages.styles('<xf/><xf numFmtId="14"/>')},
    )
    kinds = [found[n].kind for n in ("1", "2", "3", "4", "5", "6", "7", "8", "9")]
    assert kinds == [
        CellKind.NUMBER, CellKind.TEXT, CellKind.BOOLEAN, CellKind.ERROR, CellKind.DATE,
        CellKind.TEXT, CellKind.UNCALCULATED, CellKind.NUMBER, CellKind.TEXT,
    ]  # fmt: skip
    assert "10" not in found
    assert found["11"].value == datetime(2018, 3, 31, 12)
    assert found["12"].value == "Lạng Sơn"
    assert (found["13"].kind, found["13"].formula) == (CellKind.EMPTY, '=""')


def test_days_may_count_from_1904() -> None:
    dated = {
        STYLES: packages.styles('<xf numFmtId="14"/>'),
        packages.WORKBOOK: packages.workbook(
            '<sheet name="a" sheetId="1" r:id="r1"/>', '<workbookPr date1904="1"/>'
        ),
    }
    assert the_cells("<row><c><v>1</v></c></row>", **dated)["1"].value == datetime(1904, 1, 2)


def test_what_is_hidden_filtered_and_merged_is_known() -> None:
    data = packed({
        SHEET: packages.sheet(
            '<row r="1"/><row r="2" hidden="1"/><row r="3" ht="0"/>',
            '<cols><col min="2" max="3" hidden="true"/><col min="5" max="5" width="9"/></cols>',
            '<autoFilter ref="A1:C9"><filterColumn colId="0"/></autoFilter>'
            '<mergeCells><mergeCell ref="B2:C4"/></mergeCells>',
        )
    })  # fmt: skip
    (sheet,) = open_book(data, "a.xlsx").sheets

    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2, 3}, {2, 3})
    assert sheet.filtered
    (merge,) = sheet.merges
    assert (merge.first_row, merge.first_column, merge.last_row, merge.last_column) == (2, 2, 4, 3)


def test_prefixes_and_the_strict_dialect_are_understood() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    for namespace in (packages.MAIN, strict):
        prefixed = (
            f'<x:worksheet xmlns:x="{namespace}"><x:sheetData><x:row r="1"><x:c r="A1">'
            "<x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        )
        (sheet,) = open_book(packed({SHEET: prefixed}), "a.xlsx").sheets
        assert sheet.at(1, 1).value == 5


def test_escaped_characters_are_read_and_control_characters_never_come_out() -> None:
    parts = {TEXTS: packages.texts("<si><t>a_x000D_b_x0000_c_x005F_d</t></si>")}
    cell = the_cells('<row><c t="s"><v>0</v></c></row>', **parts)["1"]

    assert cell.value == "a\rb_x0000_c_d"


# --- other formats


@pytest.fixture(scope="module")
def converted(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Cao Lộc's report with an error, as LibreOffice saves it in other formats."""
    folder = tmp_path_factory.mktemp("converted")
    book = openpyxl.load_workbook(CAO_LOC)
    sheet = book.worksheets[0]
    sheet["G11"] = "=1/0"
    sheet["G12"] = 0.085
    book.save(folder / "a.xlsx")
    for ending in ("ods", "xls"):
        subprocess.run(
            [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", ending, "--outdir", str(folder), str(folder / "a.xlsx")],
            capture_output=True, timeout=180, check=True,
        )  # fmt: skip
    return {ending: (folder / f"a.{ending}").read_bytes() for ending in ("ods", "xls")}


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_other_formats_are_read_and_say_what_they_cannot_know(
    converted: dict[str, bytes], ending: str
) -> None:
    book = open_apart(converted[ending], "named-otherwise.xlsx")
    assert (book.format, book.exact) == (BookFormat(ending), False)

    form = read_form(converted[ending], "a.xlsx")
    exact = read_form(CAO_LOC.read_bytes(), "a.xlsx")
    assert [one.at for one in form.readings] == [one.at for one in exact.readings]
    assert [one.raw for one in form.readings][2:] == [one.raw for one in exact.readings][2:]
    said = [(str(finding.code), finding.at and finding.at.cell) for finding in form.findings]
    assert ("inexact_format", None) in said
    assert ("blank_or_error", "G11") in said
    assert ("maybe_percent", "G12") in said


# --- old letters


def old(text: str, encoding: str) -> str:
    """How an old program would have written the text."""
    from viparse.normalize.encodings import CHARMAPS

    pairs = {letter: surface for surface, letter in reversed(CHARMAPS[encoding].pairs)}
    return "".join(pairs.get(letter, letter) for letter in text)


SPOKEN = "Thực hiện lũy kế chín tháng đầu năm, số liệu ước tính của phòng thống kê huyện"


@pytest.mark.parametrize(
    ("encoding", "font"), [("tcvn3", ".VnTime"), ("tcvn3", ""), ("vni", "VNI-Times"), ("vni", "")]
)
def test_old_letters_are_converted_and_shown(encoding: str, font: str) -> None:
    fonts = {STYLES: packages.styles(fonts=f'<font><name val="{font or "Arial"}"/></font>')}
    written = old(SPOKEN, encoding)
    assert written != SPOKEN
    rows = f'<row r="1"><c r="A1" t="str"><v>{written}</v></c></row>'
    (sheet,) = open_book(packed({SHEET: packages.sheet(rows), **fonts}), "a.xlsx").sheets

    modern, warning = in_unicode(sheet)

    assert modern.at(1, 1).value == SPOKEN
    assert warning is not None
    assert (warning.found, warning.expected) == (written[:80], SPOKEN[:80])
    assert warning.facts["encoding"] in ("TCVN3 (ABC)", "VNI")


@given(st.lists(st.text("abcghiklmnopqrstuvxyàáâãèéêìíòóôõùúýăđơưạảấầ ", max_size=40), max_size=5))
def test_unicode_is_never_converted(lines: list[str]) -> None:
    lines = [*lines, "Đơn vị báo cáo"]
    rows = "".join(f'<row><c t="inlineStr"><is><t>{line}</t></is></c></row>' for line in lines)
    (sheet,) = open_book(packed({SHEET: packages.sheet(rows)}), "a.xlsx").sheets

    assert in_unicode(sheet) == (sheet, None)


# --- the process apart


def test_a_book_travels_unchanged() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ([1, 2.5, "chữ", True], [datetime(2018, 3, 31, 8), date(2018, 3, 31), time(8, 30)],
                [timedelta(hours=30), "=A1", "#REF!", None]):  # fmt: skip
        sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    here = open_book(saved.getvalue(), "a.xlsx")

    assert ours(open_apart(saved.getvalue(), "a.xlsx")) == ours(here)
    assert ours(from_json(json.loads(json.dumps(to_json(here))))) == ours(here)


def test_an_answer_that_does_not_fit_together_is_refused() -> None:
    good = to_json(open_book(CAO_LOC.read_bytes(), "a.xlsx"))
    sheet = good["sheets"][0]
    for broken in (
        {**sheet, "kinds": [99] * len(sheet["kinds"])},
        {**sheet, "contents": sheet["contents"][1:]},
        {**sheet, "contents": [["no", "value"]] * len(sheet["contents"])},
        {**sheet, "rows": [(1, 5), (1, 7)]},
        {**sheet, "style_of": [10**6] * len(sheet["style_of"])},
    ):
        with pytest.raises((ValueError, TypeError)):
            from_json({**good, "sheets": [broken]})


@pytest.mark.parametrize(
    ("stands_in", "code"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "took_too_long"),
        ("import os; os.abort()", "took_too_much_memory"),
        ("raise SystemExit(3)", "reading_failed"),
        ("print('no json')", "reading_failed"),
        ("print('{}')", "reading_failed"),
        ("import time; time.sleep(60)", "took_too_long"),
    ],
)
def test_a_reader_that_breaks_is_a_sentence(stands_in: str, code: str) -> None:
    run = subprocess.run

    def instead(command: list[str], **options: object) -> object:
        return run([command[0], "-c", stands_in], **{**options, "timeout": 3})  # type: ignore[call-overload]

    with (
        patch.object(apart.subprocess, "run", instead),
        pytest.raises(UnreadableWorkbook) as refused,
    ):
        open_apart(packed(), "a.xlsx")
    assert refused.value.findings[0].code == code


def test_the_reader_gets_no_environment_and_no_more_than_allowed() -> None:
    with patch.object(apart.subprocess, "run", wraps=subprocess.run) as run:
        open_apart(packed(), "a.xlsx")
    assert run.call_args.kwargs["env"] == {"PYTHONUTF8": "1"}
    with pytest.raises(UnreadableWorkbook) as refused:
        open_apart(bytes(UPLOAD.file + MIB), "a.xlsx")
    assert refused.value.findings[0].code == "too_big"


def test_who_reads_here_says_so_and_only_within() -> None:
    def calls() -> int:
        with patch.object(reading_apart, "open_apart", wraps=open_apart) as opened:
            open_safely(packed(), "a.xlsx")
            return opened.call_count

    def both() -> tuple[int, int]:
        with reading_here():
            inside = calls()
        return inside, calls()

    assert Context().run(both) == (0, 1)
