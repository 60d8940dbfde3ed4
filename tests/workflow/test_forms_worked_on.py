"""Forms A and B after somebody worked on them: moved rows, inserted columns, new title rows,
another sheet name, a page of instructions first, the hidden sheet gone.

Rows are found by their codes and columns by their headings, so the figures stay the same.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Severity
from kpi.forms import rows_of
from kpi.periods import Period
from kpi.submissions import FormReading
from loaders.layouts.proposals import Proposal
from loaders.limits import LOCAL
from loaders.reading_apart import reading_here
from loaders.template import write_form
from tests.loaders import own_tables
from tests.workflow.conftest import Form
from workflow.reading import read_any

Q2, Q3 = Period(2018, 2), Period(2018, 3)
CAO_LOC, TRAFFIC = "183", "traffic_safety_board"
Read = Callable[..., object]


@pytest.fixture(scope="module")
def read(definitions: Definitions, org_units: OrgUnits) -> Read:
    def make(data: bytes, reporter: str | None = CAO_LOC, period: Period | None = Q3) -> object:
        with reading_here(LOCAL):
            return read_any(
                None, definitions, org_units, data, "bieu.xlsx", reporter=reporter, period=period
            )

    return make


def proposal_of(found: object) -> Proposal:
    assert isinstance(found, Proposal)
    return found


def form_of(found: object) -> FormReading:
    assert isinstance(found, FormReading)
    return found


def values(form: FormReading) -> dict[tuple[str, str], object]:
    return {(one.indicator, one.org_unit): one.raw for one in form.readings if one.raw is not None}


def edited(data: bytes, edit: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    return own_tables.saved(book)


def unmerged(sheet: Worksheet) -> None:
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))


def shuffled(sheet: Worksheet) -> None:
    """The rows of the table in the opposite order."""
    unmerged(sheet)
    rows = [row for row in range(10, 200) if sheet.cell(row, 1).value]
    lines = [[cell.value for cell in sheet[row]] for row in rows]
    for row, line in zip(rows, reversed(lines), strict=True):
        for column, value in enumerate(line, start=1):
            sheet.cell(row, column).value = value


def columns_inserted(sheet: Worksheet) -> None:
    unmerged(sheet)
    sheet.insert_cols(3, 2)
    sheet.insert_cols(1)


def titled(sheet: Worksheet) -> None:
    unmerged(sheet)
    sheet.insert_rows(1, 12)
    sheet["A1"] = "PHÒNG TÀI CHÍNH – KẾ HOẠCH"


def renamed(sheet: Worksheet) -> None:
    sheet.title = "Bao cao (2)"


def instructed(sheet: Worksheet) -> None:
    """A sheet put first that explains the columns in words."""
    assert sheet.parent is not None
    guide = sheet.parent.create_sheet("Hướng dẫn", 0)
    guide["A1"] = "HƯỚNG DẪN ĐIỀN BIỂU"
    guide["A2"] = "Cột Thực hiện lũy kế: số liệu từ đầu năm"


def without_meta(data: bytes) -> bytes:
    book = load_workbook(BytesIO(data))
    del book["_bieu_mau"]
    return own_tables.saved(book)


EDITS = [shuffled, columns_inserted, titled, renamed, instructed]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("reporter", [CAO_LOC, TRAFFIC, "home_affairs", "statistics_office"])
@pytest.mark.parametrize("meta", [True, False])
def test_a_form_that_was_worked_on_gives_the_same_figures(
    read: Read, form: Form, edit: Callable[[Worksheet], None], reporter: str, meta: bool
) -> None:
    data = form(reporter, every=7)
    changed = edited(data, edit)
    again = form_of(read(changed if meta else without_meta(changed), reporter))

    assert values(again) == values(form_of(read(data, reporter)))
    assert (again.reporter, again.period) == (reporter, "2018-Q3")
    assert [one for one in again.findings if one.severity is Severity.ERROR] == []


def test_a_form_without_its_hidden_sheet_proposes_whose_it_is(read: Read, form: Form) -> None:
    proposal = proposal_of(read(without_meta(form(every=7)), None, None))

    assert (proposal.reporter.choice, proposal.period.choice) == (CAO_LOC, "2018-Q3")
    assert proposal.certain
    contradicted = form_of(read(without_meta(form(every=7)), "184"))
    assert "layout_title_differs" in {finding.code for finding in contradicted.findings}


def test_a_form_says_so_if_another_period_is_chosen(read: Read, form: Form) -> None:
    read_again = form_of(read(form(every=7), CAO_LOC, Q2))

    (finding,) = [one for one in read_again.findings if one.code == "layout_title_differs"]
    assert (finding.found, finding.expected) == ("2018-Q3", "2018-Q2")


# --- any order of rows and columns


@settings(max_examples=10)
@given(data=st.data())
@pytest.mark.parametrize("reporter", [CAO_LOC, TRAFFIC])
@pytest.mark.parametrize("meta", [True, False])
def test_any_order_of_rows_and_columns_gives_the_same_figures(
    data: st.DataObject,
    reporter: str,
    meta: bool,
    read: Read,
    definitions: Definitions,
    org_units: OrgUnits,
) -> None:
    rows = rows_of(definitions, org_units, reporter, Q3)
    figures = {(row.indicator.id, row.org_unit.code): at for at, row in enumerate(rows, start=1)}
    filled = write_form(
        definitions, org_units, reporter, Q3, targets={}, previous={}, values=figures
    )
    book = load_workbook(BytesIO(filled))
    permuted(book.worksheets[0], data)
    changed = own_tables.saved(book)
    again = form_of(read(changed if meta else without_meta(changed), reporter))

    assert values(again) == figures


def permuted(sheet: Worksheet, data: st.DataObject) -> None:
    """Rows and columns of the table in an order that hypothesis draws."""
    unmerged(sheet)
    width = sheet.max_column
    at = [row for row in range(10, 300) if sheet.cell(row, 1).value]
    lines = [[sheet.cell(row, column).value for column in range(1, width + 1)] for row in at]
    heads = [sheet.cell(9, column).value for column in range(1, width + 1)]
    order = data.draw(st.permutations(range(width)))
    for row, line in zip((9, *at), (heads, *data.draw(st.permutations(lines))), strict=True):
        for column, old in enumerate(order, start=1):
            sheet.cell(row, column).value = line[old]
    for row in set(range(10, 300)) - set(at):  # signatures and group headings
        for column in range(1, width + 1):
            sheet.cell(row, column).value = None
