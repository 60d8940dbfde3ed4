"""Workbooks as other programs really write them (``tests/loaders/workbooks``)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

import texts
from kpi.checks import check
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, UnreadableWorkbook
from kpi.observations import Observation
from kpi.submissions import CheckContext
from loaders.opening import open_book
from loaders.workbook import read_form
from loaders.xlsb_cells import spelled_out
from tests.loaders import own_tables
from texts.findings import message

HERE = Path(__file__).parent / "workbooks"
XLSB = HERE / "cao-loc.xlsb"
Checked = tuple[list[Observation], list[Finding]]


def checked(data: bytes, name: str, definitions: Definitions, org_units: OrgUnits) -> Checked:
    form = read_form(data, name)
    return check(form, CheckContext(definitions, org_units, reporter="183"))


@pytest.fixture
def twin(root: Path) -> bytes:
    """The same report as ``.xlsx``, with the same error in G11."""
    book = load_workbook(root / "data" / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx")
    book.worksheets[0]["G11"] = "#N/A"
    return own_tables.saved(book)


def test_an_xlsb_says_what_its_twin_says(
    twin: bytes, definitions: Definitions, org_units: OrgUnits
) -> None:
    observations, findings = checked(XLSB.read_bytes(), XLSB.name, definitions, org_units)
    as_xlsx, of_xlsx = checked(twin, "twin.xlsx", definitions, org_units)

    def stated(one: Observation) -> tuple[object, ...]:
        return (one.indicator, one.value, one.raw, one.at, one.note)

    assert [stated(one) for one in observations] == [stated(one) for one in as_xlsx]
    assert len(observations) == 10
    assert [(one.code, one.at and one.at.cell) for one in of_xlsx] == [("error_cell", "G11")]
    # what cannot be known of an .xlsb is said: an error there looks like a blank
    assert [(one.code, one.at and one.at.cell) for one in findings] == [
        ("inexact_format", None),
        ("blank_or_error", "G11"),
        ("left_blank", "G11"),
    ]


def test_cells_without_their_column_are_not_passed_over() -> None:
    """calamine alone reads the first cell of each run and says nothing of the others."""
    data = XLSB.read_bytes()
    mended = spelled_out(data)

    assert mended != data
    assert spelled_out(mended) == mended
    book = open_book(data, XLSB.name)
    assert book.sheets[0].at(11, 7).text == ""  # the error
    assert book.sheets[0].at(9, 2).text == "STT"  # the second cell of its row
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(mended)) as new:
        assert old.namelist() == new.namelist()


def test_a_torn_xlsb_is_refused_or_read_and_nothing_else() -> None:
    with ZipFile(XLSB) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    for length in (0, 1, 7, 200, len(parts[sheet]) - 3):
        file = BytesIO()
        with ZipFile(file, "w") as torn:
            for name, content in parts.items():
                torn.writestr(name, content[:length] if name == sheet else content)
        try:
            open_book(file.getvalue(), XLSB.name)
        except UnreadableWorkbook as refused:
            assert [one.code for one in refused.findings] == ["unreadable_file"]


@pytest.mark.parametrize("name", ["co-mat-khau.xls", "co-mat-khau.xlsx", "co-mat-khau.ods"])
def test_a_workbook_with_a_password_gets_its_own_sentence(name: str) -> None:
    with pytest.raises(UnreadableWorkbook) as refused:
        open_book((HERE / name).read_bytes(), name)

    (finding,) = refused.value.findings
    assert finding.code == "encrypted"
    for lang in texts.LANGUAGES:
        assert message(finding, lang)
