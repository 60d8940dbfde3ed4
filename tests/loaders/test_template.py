"""The form as it is drawn: what can be filled in, what is asked, and the same bytes always.

LibreOffice turns both forms into paper; openpyxl and calamine read them back.
"""

from __future__ import annotations

import re
import subprocess
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Definitions, OrgUnits
from kpi.forms import rows_of
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Direction, Edges, Target, TargetKind
from loaders.template import write_form
from loaders.template_parts import HEADER_ROW

Q3, Q4 = Period(2018, 3), Period(2018, 4)
CAO_LOC = "183"
AGENCIES = (
    "statistics_office",
    "finance_department",
    "rural_development_office",
    "traffic_safety_board",
    "home_affairs",
)


def form(
    definitions: Definitions,
    org_units: OrgUnits,
    reporter: str = CAO_LOC,
    period: Period = Q3,
    **contents: Any,
) -> bytes:
    given = {"targets": {}, "previous": {}, **contents}
    return write_form(definitions, org_units, reporter, period, **given)


def sheet_of(data: bytes) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(data)).worksheets[0]


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADER_ROW]}


def row_of(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(1, 100) if sheet.cell(row, 1).value == code)


def target(indicator: str, kind: TargetKind, edges: Edges, direction: Direction) -> Target:
    return Target(indicator, CAO_LOC, 2018, kind, direction, edges, "", "", "")


@pytest.mark.parametrize("reporter", [CAO_LOC, "178", *AGENCIES])
@pytest.mark.parametrize("period", [Q3, Q4])
def test_a_form_has_a_row_for_every_figure_that_is_asked(
    definitions: Definitions, org_units: OrgUnits, reporter: str, period: Period
) -> None:
    sheet = sheet_of(form(definitions, org_units, reporter, period))
    below = range(HEADER_ROW + 1, sheet.max_row + 1)
    codes = [sheet.cell(row, 1).value for row in below if sheet.cell(row, 1).value]
    rows = rows_of(definitions, org_units, reporter, period)
    assert codes == [row.indicator.id for row in rows]


def test_form_b_names_the_unit_of_every_row(definitions: Definitions, org_units: OrgUnits) -> None:
    sheet = sheet_of(form(definitions, org_units, "traffic_safety_board"))
    found = [
        (sheet.cell(row, 1).value, sheet.cell(row, 2).value)
        for row in range(HEADER_ROW + 1, sheet.max_row + 1)
        if sheet.cell(row, 1).value
    ]
    rows = rows_of(definitions, org_units, "traffic_safety_board", Q3)
    assert found == [(row.indicator.id, row.org_unit.code) for row in rows]


def test_only_value_and_note_can_be_written(definitions: Definitions, org_units: OrgUnits) -> None:
    sheet = sheet_of(form(definitions, org_units))
    columns = headings(sheet)
    inputs = {columns["Thực hiện lũy kế"], columns["Ghi chú"]}
    for row in sheet.iter_rows(min_row=1, max_row=sheet.max_row):
        for cell in row:
            is_input = bool(sheet.cell(cell.row, 1).value) and cell.row > HEADER_ROW
            is_input = is_input and cell.column in inputs
            assert cell.protection.locked is not is_input, cell.coordinate
            assert (cell.fill.fgColor.rgb == "00FFF7D6") is is_input, cell.coordinate
    assert sheet.protection.sheet
    assert sheet.protection.password is None


def test_an_unlikely_entry_is_asked_about_and_never_refused(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    sheet = sheet_of(form(definitions, org_units))
    rules = {
        cell: rule
        for rule in sheet.data_validations.dataValidation
        for cell in str(rule.sqref).split()
    }
    value = headings(sheet)["Thực hiện lũy kế"]
    for row in rows_of(definitions, org_units, CAO_LOC, Q3):
        at = sheet.cell(row_of(sheet, row.indicator.id), value).coordinate
        rule = rules[at]
        assert rule.errorStyle == "warning"
        assert rule.error
        assert (rule.type == "whole") is row.indicator.unit_of_measure.is_count
        low, high = row.indicator.hard_low, row.indicator.hard_high
        assert low is None or Decimal(rule.formula1) == low
        assert high is None or Decimal(rule.formula2) == high


def test_plan_and_previous_period_stand_beside_the_input(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    targets = {
        ("budget_revenue", CAO_LOC): target(
            "budget_revenue", TargetKind.AT_LEAST, Edges(Decimal(1350)), Direction.INCREASE
        ),
        ("growth_industry", CAO_LOC): target(
            "growth_industry", TargetKind.RANGE, Edges(Decimal(21), Decimal("22.5")),
            Direction.INCREASE,
        ),
    }  # fmt: skip
    previous = {
        ("budget_revenue", CAO_LOC): Known("budget_revenue", CAO_LOC, Q3, Decimal("1182.4"))
    }
    sheet = sheet_of(form(definitions, org_units, targets=targets, previous=previous))
    columns = headings(sheet)
    revenue = row_of(sheet, "budget_revenue")
    assert sheet.cell(revenue, columns["Kế hoạch năm 2018"]).value == "≥\N{NO-BREAK SPACE}1.350"
    before = sheet.cell(revenue, columns["Kỳ trước (Q2/18)"])
    assert (before.value, before.number_format) == (1182.4, "[$-42A]#,##0.0")
    growth = sheet.cell(row_of(sheet, "growth_industry"), columns["Kế hoạch năm 2018"])
    assert growth.value == "21\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}22,5"


def test_values_and_notes_fill_the_input_cells(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    revenue, growth = ("budget_revenue", CAO_LOC), ("growth_industry", CAO_LOC)
    sheet = sheet_of(
        form(
            definitions,
            org_units,
            values={revenue: Decimal("269.1"), growth: "…"},
            notes={revenue: "Số liệu minh họa"},
        )
    )
    columns = headings(sheet)
    value, note = columns["Thực hiện lũy kế"], columns["Ghi chú"]
    assert sheet.cell(row_of(sheet, "budget_revenue"), value).value == 269.1
    assert sheet.cell(row_of(sheet, "budget_revenue"), note).value == "Số liệu minh họa"
    assert sheet.cell(row_of(sheet, "growth_industry"), value).value == "…"


def test_the_hidden_sheet_says_what_the_file_is(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    book = openpyxl.load_workbook(BytesIO(form(definitions, org_units)))
    hidden = book["_bieu_mau"]
    assert hidden.sheet_state == "hidden"
    said = {key.value: value.value for key, value in hidden.iter_rows(max_col=2)}
    assert said == {
        "template_version": "2018.1",
        "form": "A",
        "reporter": CAO_LOC,
        "period": "2018-Q3",
        "sheet": "Quý III-2018",
    }


@pytest.mark.parametrize(
    ("reporter", "orientation", "height"),
    [(CAO_LOC, "portrait", 1), ("home_affairs", "landscape", 0)],
)
def test_it_prints_on_a4(
    definitions: Definitions, org_units: OrgUnits, reporter: str, orientation: str, height: int
) -> None:
    sheet = sheet_of(form(definitions, org_units, reporter))
    page = sheet.page_setup
    assert page.paperSize == int(sheet.PAPERSIZE_A4)
    assert (page.orientation, page.fitToWidth, page.fitToHeight) == (orientation, 1, height)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert sheet.print_area


def test_the_same_form_is_the_same_bytes(definitions: Definitions, org_units: OrgUnits) -> None:
    values = {("budget_revenue", CAO_LOC): Decimal("269.1")}
    first = form(definitions, org_units, values=values)
    assert form(definitions, org_units, values=values) == first
    assert form(definitions, org_units) != first


def test_who_is_asked_for_nothing_gets_no_form(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    with pytest.raises(ValueError, match="asked for nothing"):
        form(definitions, org_units, "nobody")
    with pytest.raises(ValueError, match="asked for nothing"):
        form(definitions, org_units, org_units.province.code)


def test_calamine_reads_it_back(definitions: Definitions, org_units: OrgUnits) -> None:
    values = {("budget_revenue", CAO_LOC): Decimal("269.1")}
    book = python_calamine.CalamineWorkbook.from_filelike(
        BytesIO(form(definitions, org_units, values=values))
    )
    rows = book.get_sheet_by_name("Quý III-2018").to_python()
    assert any(row[0] == "budget_revenue" and 269.1 in row for row in rows)


@pytest.mark.parametrize(("reporter", "pages"), [(CAO_LOC, 1), ("traffic_safety_board", 2)])
def test_libreoffice_puts_it_on_paper(
    definitions: Definitions,
    org_units: OrgUnits,
    soffice: str,
    tmp_path: Path,
    reporter: str,
    pages: int,
) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form(definitions, org_units, reporter, Q4))
    done = subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert "error" not in (done.stdout + done.stderr).lower()
    pdf = (tmp_path / "form.pdf").read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == pages
