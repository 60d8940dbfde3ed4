"""The workbook that is handed back: everything as it was, and every problem at its cell."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kpi.checks import check
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Severity, UnreadableWorkbook
from kpi.observations import CellAddress
from kpi.submissions import CheckContext
from loaders.annotated import annotated
from loaders.definitions import load_definitions
from loaders.marking_process import MARKING, mark_safely
from loaders.org_units import load_org_units
from loaders.workbook import read_form

ROOT = Path(__file__).parent.parent.parent
FORM = ROOT / "data" / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx"
SHEET = "Quý III-2018"


def changed(values: Mapping[str, object]) -> bytes:
    book = load_workbook(FORM)
    for cell, value in values.items():
        book[SHEET][cell].value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return load_definitions(ROOT / "kpi_definitions.yaml")


@pytest.fixture(scope="module")
def org_units() -> OrgUnits:
    return load_org_units(ROOT / "data" / "org_units.yaml")


def findings_of(data: bytes, definitions: Definitions, org_units: OrgUnits) -> list[Finding]:
    return check(read_form(data, "CaoLoc.xlsx"), CheckContext(definitions, org_units))[1]


def test_a_marked_workbook_can_be_mended_and_sent_again(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    bad = changed({"G12": "8 - 8,5", "G19": "8,5"})
    found = findings_of(bad, definitions, org_units)
    assert [(str(one.code), one.at and one.at.cell) for one in found] == [
        ("range_of_values", "G12"),
        ("text_number", "G19"),
    ]

    handed_back = annotated(bad, "CaoLoc.xlsx", found)
    assert handed_back is not None
    assert findings_of(handed_back, definitions, org_units) == found  # nothing new, nothing lost

    book = load_workbook(BytesIO(handed_back))
    book[SHEET]["G12"].value, book[SHEET]["G19"].value = 8.25, 8.5
    assert findings_of(saved(book), definitions, org_units) == []


def colours(sheet: Worksheet) -> dict[str, str]:
    """The colours that lie over cells, by cell."""
    return {
        str(block.sqref): rule.dxf.fill.bgColor.rgb
        for block in sheet.conditional_formatting
        for rule in block.rules
    }


def test_each_cell_has_its_colour_and_its_note(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    bad = changed({"G12": "8 - 8,5", "G19": "8,5"})
    found = findings_of(bad, definitions, org_units)
    sheet = load_workbook(BytesIO(annotated(bad, "a.xlsx", found) or b""))[SHEET]
    assert colours(sheet) == {"G12": "00FFC7CE", "G19": "00FFEB9C"}
    assert "một khoảng" in sheet["G12"].comment.text
    assert sheet["G13"].comment is None


def test_everything_else_is_as_it_was() -> None:
    book = load_workbook(FORM)
    sheet = book[SHEET]
    sheet["K5"].value, sheet["K6"].value = "=SUM(G11:G13)", 0.25
    sheet["K6"].number_format = "0.0%"
    sheet["K7"].font = Font(name="Arial", bold=True)
    sheet["K8"].fill = PatternFill("solid", fgColor="112233")
    sheet.column_dimensions["K"].width = 33
    sheet.row_dimensions[5].hidden = True
    data = saved(book)
    finding = Finding("range_of_values", at=CellAddress(SHEET, "G12"), found="8 - 9")

    before = load_workbook(BytesIO(data))[SHEET]
    after = load_workbook(BytesIO(annotated(data, "a.xlsx", [finding]) or b""))[SHEET]

    assert after.column_dimensions["K"].width == 33
    assert after.row_dimensions[5].hidden
    assert after.merged_cells.ranges == before.merged_cells.ranges
    for row in before.iter_rows():
        for cell in row:
            same = after[cell.coordinate]
            assert same.value == cell.value, cell.coordinate
            assert same.number_format == cell.number_format
            assert repr(same.font) == repr(cell.font)
            assert repr(same.fill) == repr(cell.fill)


def test_the_first_sheet_leads_to_every_cell() -> None:
    where = CellAddress(SHEET, "G12")
    findings = [
        Finding("text_number", Severity.WARNING, where, "8,5", facts={"read": "8.5"}),
        Finding("range_of_values", at=CellAddress(SHEET, "G13"), found="8 - 9"),
        Finding("wrong_version", found="1", expected="2"),
    ]
    book = load_workbook(BytesIO(annotated(FORM.read_bytes(), "a.xlsx", findings) or b""))
    assert book.sheetnames[0] == "Kết quả kiểm tra"
    assert book.active.title == "Kết quả kiểm tra"
    first = book.worksheets[0]
    assert [first.cell(row, 1).value for row in (6, 7, 8)] == [
        f"{SHEET}!G13", "Cả tệp", f"{SHEET}!G12",
    ]  # fmt: skip
    assert first["A6"].hyperlink.location == f"'{SHEET}'!G13"
    assert first["A7"].hyperlink is None
    assert "2 lỗi" in first["A2"].value


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "a\x00b"])
def test_what_a_stranger_wrote_never_becomes_a_formula(text: str) -> None:
    finding = Finding("range_of_values", at=CellAddress(SHEET, "G12"), found=text)
    handed_back = annotated(FORM.read_bytes(), f"{text}.xlsx", [finding])
    first = load_workbook(BytesIO(handed_back or b"")).worksheets[0]
    assert first["C6"].value == text.replace("\x00", "")
    kinds = {cell.data_type for row in first.iter_rows() for cell in row}
    assert "f" not in kinds
    assert first["C6"].quotePrefix


def test_a_second_round_replaces_the_first() -> None:
    finding = Finding("range_of_values", at=CellAddress(SHEET, "G12"), found="8 - 9")
    once = annotated(FORM.read_bytes(), "a.xlsx", [finding], "en")
    twice = annotated(once or b"", "a.xlsx", [finding])
    names = load_workbook(BytesIO(twice or b"")).sheetnames
    assert names[0] == "Kết quả kiểm tra"
    assert "Check results" not in names


def test_what_was_mended_is_no_longer_marked() -> None:
    book = load_workbook(FORM)
    book[SHEET]["G13"].comment = Comment("của tôi", "Chị Hoa")
    where = [CellAddress(SHEET, cell) for cell in ("G12", "G13")]
    both = [Finding("range_of_values", at=at, found="8 - 9") for at in where]
    once = annotated(saved(book), "a.xlsx", both)
    assert "của tôi" in load_workbook(BytesIO(once or b""))[SHEET]["G13"].comment.text

    twice = annotated(once or b"", "a.xlsx", both[1:])
    thrice = load_workbook(BytesIO(annotated(twice or b"", "a.xlsx", []) or b""))[SHEET]

    sheet = load_workbook(BytesIO(twice or b""))[SHEET]
    assert colours(sheet) == {"G13": "00FFC7CE"}
    assert sheet["G12"].comment is None
    assert (thrice["G13"].comment.text, thrice["G13"].comment.author) == ("của tôi", "Chị Hoa")
    assert colours(thrice) == {}


def test_a_note_in_a_merged_block_stands_in_its_first_cell() -> None:
    book = load_workbook(FORM)
    book[SHEET].merge_cells("J30:K31")
    finding = Finding("range_of_values", at=CellAddress(SHEET, "K31"), found="8 - 9")
    sheet = load_workbook(BytesIO(annotated(saved(book), "a.xlsx", [finding]) or b""))[SHEET]
    assert sheet["J30"].comment is not None


def test_a_finding_on_a_sheet_that_is_gone_is_listed_all_the_same() -> None:
    finding = Finding("range_of_values", at=CellAddress("Trang khác", "G12"), found="8 - 9")
    book = load_workbook(BytesIO(annotated(FORM.read_bytes(), "a.xlsx", [finding]) or b""))
    assert book.worksheets[0]["A6"].value == "Trang khác!G12"
    assert book.worksheets[0]["A6"].hyperlink is None


# --- apart from the server


def test_a_file_is_marked_in_a_process_of_its_own() -> None:
    finding = Finding("range_of_values", at=CellAddress(SHEET, "G12"), found="8 - 9")
    apart = mark_safely(FORM.read_bytes(), "a.xlsx", [finding])
    book = load_workbook(BytesIO(apart or b""))
    assert book.worksheets[0]["A6"].value == f"{SHEET}!G12"


def test_a_process_that_takes_too_long_or_too_much_is_stopped() -> None:
    for limits in (replace(MARKING, seconds=0), replace(MARKING, memory=1)):
        with pytest.raises(UnreadableWorkbook) as stopped:
            mark_safely(FORM.read_bytes(), "a.xlsx", [], limits=limits)
        said = str(stopped.value.findings[0].code)
        assert said in ("took_too_long", "took_too_much_memory", "reading_failed")
