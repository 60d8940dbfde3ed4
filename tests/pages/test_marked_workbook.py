"""The workbook handed back: marked where it can be, else the list of what was found."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Outcome, Severity, UnreadableWorkbook
from kpi.observations import CellAddress
from kpi.periods import Period
from pages import submit_check
from pages.knowledge import Version
from pages.shell import Screen
from pages.submit_files import Dropped, Looked
from pages.submit_form import Form
from workflow.inspection import Inspection

AT = CellAddress("Quý III-2018", "G11")
FOUND = (Finding("not_a_number", Severity.ERROR, AT, found="chưa rõ", expected="0,0"),)


@pytest.fixture
def looked(root: Path, definitions: Definitions, org_units: OrgUnits) -> Looked:
    """Cao Lộc's report with one cell that is no number."""
    period = Period(2018, 3)
    screen = Screen(definitions, org_units, "vi", period, [period], Version(1), date(2018, 10, 5))
    data = (root / "data/samples/2018/CaoLoc_Q3_2018.xlsx").read_bytes()
    found = Inspection(None, (), FOUND, Outcome.REJECTED_CELLS, ())
    return Looked(Dropped(1, "bao_cao.xlsx", data), Form(screen, "183"), found)


def test_the_workbook_comes_back_with_its_cell_marked(looked: Looked) -> None:
    book = load_workbook(BytesIO(submit_check.marked(looked, FOUND)))
    comment = book[AT.sheet][AT.cell].comment
    assert comment is not None
    assert "chưa rõ" in comment.text


@pytest.mark.parametrize("fails", [True, False])
def test_where_it_cannot_be_marked_the_list_comes_instead(
    looked: Looked, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    """The process that marks ran out of its limits, or the format cannot be written."""

    def cannot(*_: object) -> None:
        if fails:
            raise UnreadableWorkbook([Finding("took_too_long")])

    monkeypatch.setattr(submit_check, "mark_safely", cannot)

    book = load_workbook(BytesIO(submit_check.marked(looked, FOUND)))
    said = [str(cell.value) for row in book["Kết quả kiểm tra"] for cell in row if cell.value]
    assert str(AT) in said
    assert any("chưa rõ" in text for text in said)
