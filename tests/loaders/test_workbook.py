"""Reading a form back: every cell with its kind and address, every bad file with its reason.

No bytes whatever may end in a traceback; the last tests damage a good file at random.
"""

from __future__ import annotations

import random
import re
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import texts
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Scope, Severity, UnreadableWorkbook
from kpi.observations import CellKind, Reading
from kpi.periods import Period
from kpi.submissions import FormReading
from loaders import workbook
from loaders.limits import UPLOAD
from loaders.template import write_form
from loaders.template_parts import HEADER_ROW
from loaders.workbook import read_cells, read_form

CAO_LOC = "183"
VALUE_COLUMN = 7
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEETML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
)
Edit = Callable[[Worksheet], None]


@pytest.fixture(scope="module")
def filled(definitions: Definitions, org_units: OrgUnits) -> bytes:
    """Form A of Cao Lộc, two cells filled in."""
    values = {("budget_revenue", CAO_LOC): Decimal("269.1"), ("growth_industry", CAO_LOC): "…"}
    notes = {("budget_revenue", CAO_LOC): "Ước tính"}
    return write_form(
        definitions, org_units, CAO_LOC, Period(2018, 3),
        targets={}, previous={}, values=values, notes=notes,
    )  # fmt: skip


def edited(data: bytes, edit: Edit) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def repacked(data: bytes, **parts: bytes | None) -> bytes:
    """The same package with some parts replaced, added or (None) left out."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in [*old.namelist(), *(set(parts) - set(old.namelist()))]:
            part = parts.get(name, old.read(name) if name in old.namelist() else None)
            if part is not None:
                new.writestr(name, part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def with_cell(data: bytes, at: str, attributes: str, inside: str) -> bytes:
    """The value cell ``at`` as some other program might have saved it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        xml = package.read(SHEET).decode()
    cell = f'<c r="{at}" {attributes}>{inside}</c>'
    changed, count = re.subn(rf'<c r="{at}"[^>]*?(/>|>.*?</c>)', lambda _: cell, xml)
    assert count == 1
    return repacked(data, **{SHEET: changed.encode()})


def row_of(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(1, 100) if sheet.cell(row, 1).value == code)


def reading_of(form: FormReading, code: str) -> Reading:
    return next(reading for reading in form.readings if reading.indicator == code)


def reason(data: bytes, name: str = "bao-cao.xlsx") -> str:
    with pytest.raises(UnreadableWorkbook) as refused:
        read_form(data, name)
    (finding,) = refused.value.findings
    assert finding.scope is Scope.FILE
    assert finding.severity is Severity.ERROR
    for lang in texts.LANGUAGES:
        assert texts.has(f"finding.{finding.code}", lang)
    return str(finding.code)


# --- a good file


def test_the_form_says_who_it_is_from(filled: bytes) -> None:
    form = read_form(filled, "CaoLoc.xlsx")
    assert (form.file_name, form.form, form.reporter) == ("CaoLoc.xlsx", "A", CAO_LOC)
    assert (form.period, form.template_version) == ("2018-Q3", "2018.1")
    assert len(form.digest) == 64
    assert form.findings == ()


def test_a_value_keeps_its_cell(filled: bytes) -> None:
    reading = reading_of(read_form(filled, "a.xlsx"), "budget_revenue")
    sheet = openpyxl.load_workbook(BytesIO(filled)).worksheets[0]
    assert (reading.raw, reading.kind) == (269.1, CellKind.NUMBER)
    assert str(reading.at) == f"Quý III-2018!G{row_of(sheet, 'budget_revenue')}"
    assert (reading.unit_of_measure, reading.note) == ("tỷ đồng", "Ước tính")
    assert (reading.org_unit, reading.period) == (CAO_LOC, "2018-Q3")
    assert reading.number_format == "[$-42A]#,##0.0"


def test_an_empty_form_reads_as_empty_cells(definitions: Definitions, org_units: OrgUnits) -> None:
    empty = write_form(
        definitions, org_units, "traffic_safety_board", Period(2018, 3), targets={}, previous={}
    )
    form = read_form(empty, "b.xlsx")
    assert {reading.kind for reading in form.readings} == {CellKind.EMPTY}
    assert {reading.org_unit for reading in form.readings} >= {"178", "189"}
    assert (form.form, len(form.readings)) == ("B", 33)


def test_read_cells_yields_the_same_readings(filled: bytes) -> None:
    assert tuple(read_cells(BytesIO(filled))) == read_form(filled, "").readings


# --- what stands in a cell


@pytest.mark.parametrize(
    ("attributes", "inside", "raw", "kind", "formula"),
    [
        ('t="n"', "<v>8.36</v>", 8.36, CellKind.NUMBER, None),
        ('t="n"', "<v>12</v>", 12, CellKind.NUMBER, None),
        ('t="inlineStr"', "<is><t>8,36</t></is>", "8,36", CellKind.TEXT, None),
        ('t="inlineStr"', "<is><t> \N{NO-BREAK SPACE}</t></is>", None, CellKind.EMPTY, None),
        ('t="b"', "<v>1</v>", True, CellKind.BOOLEAN, None),
        ('t="e"', "<v>#REF!</v>", "#REF!", CellKind.ERROR, None),
        ("", "<f>SUM(E1:E9)</f><v>57</v>", 57, CellKind.NUMBER, "=SUM(E1:E9)"),
        ("", "<f>SUM(E1:E9)</f>", None, CellKind.UNCALCULATED, "=SUM(E1:E9)"),
        ('t="e"', "<f>1/0</f><v>#DIV/0!</v>", "#DIV/0!", CellKind.ERROR, "=1/0"),
        ('t="str"', '<f>IF(1=2,1,"")</f><v></v>', None, CellKind.EMPTY, '=IF(1=2,1,"")'),
        ('t="str"', '<f>"8,5"</f><v>8,5</v>', "8,5", CellKind.TEXT, '="8,5"'),
        ("", '<f t="array" ref="G20">SUM(E1)</f><v>4</v>', 4, CellKind.NUMBER, "=SUM(E1)"),
    ],
)
def test_every_kind_of_content_is_told_apart(
    filled: bytes, attributes: str, inside: str, raw: object, kind: CellKind, formula: str | None
) -> None:
    at = reading_of(read_form(filled, "a.xlsx"), "budget_revenue").at.cell
    data = with_cell(filled, at, attributes, inside)
    reading = reading_of(read_form(data, "a.xlsx"), "budget_revenue")
    assert (reading.raw, reading.kind, reading.formula) == (raw, kind, formula)
    assert type(reading.raw) is type(raw)


def test_a_date_is_not_a_number(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        cell = sheet.cell(row_of(sheet, "budget_revenue"), VALUE_COLUMN)
        cell.value, cell.number_format = 43228, "dd/mm/yyyy"

    reading = reading_of(read_form(edited(filled, edit), "a.xlsx"), "budget_revenue")
    assert reading.kind is CellKind.DATE
    assert str(reading.raw).startswith("2018-05-08")


def test_a_percent_format_is_kept_for_the_checks(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        cell = sheet.cell(row_of(sheet, "growth_industry"), VALUE_COLUMN)
        cell.value, cell.number_format = 0.085, "0.0%"

    reading = reading_of(read_form(edited(filled, edit), "a.xlsx"), "growth_industry")
    assert (reading.raw, reading.number_format) == (0.085, "0.0%")


# --- a form that was moved or altered


def test_the_form_is_found_where_it_was_moved_to(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(HEADER_ROW, 3)
        sheet.insert_cols(5, 2)
        sheet.title = "Báo cáo"

    reading = reading_of(read_form(edited(filled, edit), "a.xlsx"), "budget_revenue")
    assert (reading.raw, reading.at.sheet, reading.at.cell[0]) == (269.1, "Báo cáo", "I")
    assert reading.note == "Ước tính"


def test_headings_are_known_without_diacritics_and_in_capitals(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        for cell in sheet[HEADER_ROW]:
            cell.value = {"Thực hiện lũy kế": "THUC HIEN", "Mã": "MÃ SỐ"}.get(
                str(cell.value), cell.value
            )

    assert reading_of(read_form(edited(filled, edit), "a.xlsx"), "budget_revenue").raw == 269.1


def test_an_unknown_code_is_read_and_left_to_the_checks(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "budget_revenue"), 1).value = "thu_ngan_sach"

    assert reading_of(read_form(edited(filled, edit), "a.xlsx"), "thu_ngan_sach").raw == 269.1


def test_a_value_without_a_code_is_not_lost_silently(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, "budget_revenue"), 1).value = None

    form = read_form(edited(filled, edit), "a.xlsx")
    (finding,) = form.findings
    assert (finding.code, finding.found) == (workbook.ROW_WITHOUT_CODE, "269.1")
    assert finding.severity is Severity.WARNING
    assert "G" in str(finding.at)


def test_a_second_form_in_the_file_is_mentioned(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.copy_worksheet(sheet).title = "Bản lưu"

    form = read_form(edited(filled, edit), "a.xlsx")
    (finding,) = form.findings
    assert (finding.code, finding.found) == (workbook.SHEET_NOT_READ, "Bản lưu")
    assert {reading.at.sheet for reading in form.readings} == {"Quý III-2018"}


def test_a_hidden_row_is_read_like_any_other(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.row_dimensions[row_of(sheet, "budget_revenue")].hidden = True

    assert reading_of(read_form(edited(filled, edit), "a.xlsx"), "budget_revenue").raw == 269.1


def test_merged_cells_do_no_harm(filled: bytes) -> None:
    def edit(sheet: Worksheet) -> None:
        row = row_of(sheet, "budget_revenue")
        sheet.merge_cells(start_row=row, end_row=row, start_column=7, end_column=8)

    assert reading_of(read_form(edited(filled, edit), "a.xlsx"), "budget_revenue").raw == 269.1


def test_what_libreoffice_saves_reads_the_same(filled: bytes, soffice: str, tmp_path: Path) -> None:
    at = reading_of(read_form(filled, "a.xlsx"), "growth_services").at.cell
    path = tmp_path / "form.xlsx"
    path.write_bytes(with_cell(filled, at, "", "<f>4+4.5</f>"))
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"),
         str(path)],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    before = read_form(filled, "a.xlsx")
    after = read_form((tmp_path / "saved" / "form.xlsx").read_bytes(), "a.xlsx")
    assert (after.reporter, after.period, after.findings) == (CAO_LOC, "2018-Q3", ())
    assert [r.indicator for r in after.readings] == [r.indicator for r in before.readings]
    assert reading_of(after, "budget_revenue").raw == 269.1
    calculated = reading_of(after, "growth_services")
    assert (calculated.raw, calculated.formula) == (8.5, "=4+4.5")


# --- what is no form


def test_each_wrong_file_is_called_what_it_is(filled: bytes) -> None:
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(512)
    assert reason(b"") == "empty_file"
    assert reason(bytes(2048)) == "empty_file"
    assert reason(filled, "~$CaoLoc.xlsx") == "lock_file"
    assert reason(ole) == "old_excel_format"
    assert reason(ole + "EncryptedPackage".encode("utf-16-le")) == "encrypted"
    assert reason(b"\xef\xbb\xbf\r\n<html><table><tr><td>1") == "html_not_excel"
    assert reason("<HTML xmlns:o='x'>".encode("utf-16")) == "html_not_excel"
    assert reason(b"<?xml version='1.0'?><Workbook/>") == "other_format"
    assert reason(b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n") == "html_not_excel"
    assert reason("mã,giá trị\nthu,1\n".encode()) == "csv_not_excel"
    assert reason("Tªn,Gi¸ trÞ\n".encode("latin-1")) == "csv_not_excel"
    assert reason("mã\tgiá trị\n".encode("utf-16")) == "csv_not_excel"
    assert reason(SPREADSHEETML) == "xml_spreadsheet"
    assert reason(b"\x05Huong" + b" " * 49 + b"\x05\0" + bytes(108)) == "lock_file"
    assert reason(b"\x09\x02\x06\0" + bytes(99)) == "old_excel_format"
    assert reason(ole + "WordDocument".encode("utf-16-le")) == "other_format"
    assert reason(b"%PDF-1.6\n") == "other_format"
    assert reason(bytes(range(256)) * 8) == "unreadable_file"
    assert reason(b"PK\x03\x04" + bytes(100)) == "unreadable_file"
    assert reason(filled[: len(filled) // 2]) == "unreadable_file"
    assert reason(filled + bytes(UPLOAD.file)) == "too_big"


@pytest.mark.parametrize(
    ("part", "content", "found"),
    [
        ("mimetype", b"application/vnd.oasis.opendocument.text", "OpenDocument"),
        ("word/document.xml", b"<w/>", "Word"),
        ("anything.txt", b"", "ZIP"),
    ],
)
def test_another_kind_of_package_is_named(part: str, content: bytes, found: str) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(part, content)
    with pytest.raises(UnreadableWorkbook) as refused:
        read_form(made.getvalue(), "a.xlsx")
    assert refused.value.findings[0].found == found


def test_a_workbook_of_somebody_else_is_not_our_form() -> None:
    saved = BytesIO()
    openpyxl.Workbook().save(saved)
    assert reason(saved.getvalue()) == "not_our_form"


def test_a_form_without_its_table_is_refused(filled: bytes) -> None:
    def no_header(sheet: Worksheet) -> None:
        sheet.delete_rows(1, HEADER_ROW)

    def no_input(sheet: Worksheet) -> None:
        sheet.cell(HEADER_ROW, VALUE_COLUMN).value = "Số liệu"

    def no_period(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent["_bieu_mau"]["B4"] = None

    assert reason(edited(filled, no_header)) == "not_our_form"
    assert reason(edited(filled, no_input)) == "no_input_column"
    assert reason(edited(filled, no_period)) == "not_our_form"


# --- files made to do harm


def test_a_zip_bomb_is_refused_before_it_is_inflated(filled: bytes) -> None:
    assert reason(repacked(filled, **{"xl/media/a.bin": bytes(101 << 20)})) == "too_big"
    assert reason(repacked(filled, **{"xl/comments9.xml": b" " * (21 << 20)})) == "too_big"
    many = {f"xl/media/{number}.bin": b"" for number in range(UPLOAD.parts)}
    assert reason(repacked(filled, **many)) == "too_many"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(filled: bytes, encoding: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    )
    assert reason(repacked(filled, **{SHEET: xml.encode(encoding)})) == "unsafe_content"
    spaces = b"<?xml version='1.0'?>" + b" " * 70_000 + b"<a/>"
    assert reason(repacked(filled, **{SHEET: spaces})) == "unsafe_content"


def test_an_encrypted_entry_is_refused(filled: bytes) -> None:
    locked = bytearray(filled)
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(header), filled):
            locked[found.start() + flags] |= 1
    assert reason(bytes(locked)) == "unreadable_file"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (SHEET, "unreadable_file"),
        ("xl/styles.xml", "unreadable_file"),
        ("[Content_Types].xml", "unreadable_file"),
        ("xl/workbook.xml", "other_format"),
    ],
)
def test_a_lost_part_is_noticed(filled: bytes, part: str, code: str) -> None:
    assert reason(repacked(filled, **{part: None})) == code


def outcome(data: bytes) -> str:
    """How reading damaged bytes ends; anything but these two is a traceback."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return read_form(data, "a.xlsx").form
        except UnreadableWorkbook as refused:
            return refused.findings[0].code


def test_no_damaged_file_ends_in_a_traceback(filled: bytes) -> None:
    chance = random.Random(2018)
    for _ in range(200):
        data = bytearray(filled)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert outcome(bytes(data[: chance.choice((len(data), chance.randrange(len(data))))]))


def test_no_damaged_part_ends_in_a_traceback(filled: bytes) -> None:
    """Here the zip's checksums are right, so that the damage reaches the XML reader."""
    chance = random.Random(2018)
    with zipfile.ZipFile(BytesIO(filled)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    edges = [match.start() for match in re.finditer(rb'[="/<>]', parts[SHEET])]
    for _ in range(80):
        name = chance.choice([SHEET, *sorted(parts)])
        part = bytearray(parts[name])
        for _ in range(chance.randint(1, 3)):
            at = chance.choice(edges) + chance.randint(0, 4) if name == SHEET else 0
            at = at or chance.randrange(len(part))
            part[at : at + chance.randint(0, 2)] = bytes([chance.choice(b'0123aZ"<>/&-. ')])
        assert outcome(repacked(filled, **{name: bytes(part)}))
