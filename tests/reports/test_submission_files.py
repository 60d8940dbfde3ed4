"""The blocks around several files: their list, explanations, sheet rows, receipt, own tables."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from kpi.changes import Change
from kpi.definitions import Definitions, OrgUnits
from kpi.excerpts import Excerpt, ExcerptCell, ExcerptRow
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Severity
from kpi.layouts import Found
from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from reports.html.explanations import group_line, kind_of
from reports.html.findings_table import check_table, drawn_places
from reports.html.layout_card import LayoutLine, layout_table
from reports.html.read_table import read_table
from reports.html.receipt_card import Sent, receipt_card
from reports.html.submission_files import FileLine, FileState, file_line, files_head
from texts import LANGUAGES, has

SCRIPT = "<script>alert(1)</script>"
AT = CellAddress("Biểu A", "G19")
UNUSUAL = Finding(
    "boolean_cell", Severity.ERROR, AT, found="TRUE", indicator="budget_revenue", org_unit="183"
)


WARNINGS = [code for code in FindingCode if code.severity is Severity.WARNING]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", WARNINGS)
def test_every_kind_of_warning_has_a_name_to_be_explained_under(
    code: FindingCode, lang: str
) -> None:
    assert has(f"submit.kind.{code}", lang)


def test_a_kind_without_a_name_goes_by_its_own_sentence() -> None:
    assert kind_of(UNUSUAL, "vi").startswith("Ô Biểu A!G19")


@pytest.mark.parametrize("state", FileState)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_state_is_a_shape_and_a_word(state: FileState, lang: str) -> None:
    html = file_line(FileLine(1, "báo cáo.xlsx", state), lang, is_open=False)

    assert 'class="g g-' in html
    assert "báo cáo.xlsx" in html
    assert "aria-current" not in html


def test_a_file_name_is_text() -> None:
    html = file_line(FileLine(1, SCRIPT, FileState.REFUSED), "vi", is_open=True)

    assert "<script" not in html
    assert 'aria-current="true"' in html


def test_the_files_are_counted_by_state_what_needs_care_first() -> None:
    states = [FileState.SENT, FileState.ERRORS, FileState.SENT]

    html = files_head(states, "vi")

    assert "3 tệp đã chọn" in html
    assert "1 cần sửa · 2 đã nộp" in html


def sheet() -> Excerpt:
    """Three columns with the revenue's row in the middle."""
    rows = (
        ExcerptRow(
            9, (ExcerptCell("Chỉ tiêu"), ExcerptCell("ĐVT"), ExcerptCell("Thực hiện")), True
        ),
        ExcerptRow(19, (ExcerptCell("Thu ngân sách"), ExcerptCell("tỷ"), ExcerptCell("TRUE"))),
    )
    return Excerpt("Biểu A", 19, "G", ("E", "F", "G"), rows)


def test_a_finding_has_its_row_drawn_with_the_cell_marked(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    html = check_table([UNUSUAL], [], definitions, org_units, "vi", sheets={AT: sheet()})

    assert "Hàng 19 của trang Biểu A, như trong tệp" in html
    assert html.count('class="marked"') == 1
    assert "<details open>" in html
    assert 'class="drawn error"' in html


def test_findings_at_one_cell_share_one_drawing(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    again = Finding("other_sign", Severity.ERROR, AT, found="TRUE", facts={"sign": "!"})

    html = check_table([UNUSUAL, again], [], definitions, org_units, "vi", sheets={AT: sheet()})

    assert html.count("<details") == 1


def test_of_a_wholly_broken_file_only_so_many_rows_are_drawn() -> None:
    findings = [
        Finding("boolean_cell", Severity.ERROR, CellAddress("Biểu A", f"G{row}"), found="TRUE")
        for row in range(1, 100)
    ]

    assert len(drawn_places(findings)) == 40


def test_what_was_explained_stands_beside_the_finding(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    said = Finding(
        "dash_as_zero", Severity.WARNING, AT, found="-", explanation=f"không phát sinh {SCRIPT}"
    )

    html = check_table([said], [], definitions, org_units, "vi")

    assert "Giải thích: không phát sinh" in html
    assert "<script" not in html


def test_a_group_lists_its_cells_and_whether_it_is_explained() -> None:
    blanks = [
        Finding("dash_as_zero", Severity.WARNING, CellAddress("Biểu A", f"G{row}"), found="-")
        for row in range(1, 21)
    ]

    html = group_line(blanks, "vi", open_=True)

    assert "Dấu gạch hiểu là 0" in html
    assert html.count('class="cell"') == 12
    assert "và 8 ô khác" in html
    assert "chưa giải thích" in html
    assert "đã giải thích" in group_line(blanks, "vi", open_=False)


def test_the_preview_shows_what_stood_in_the_cell_and_what_was_read(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    stated = Observation(
        "budget_revenue", "183", Period(2018, 3), Decimal("269.1"), ObsStatus.NORMAL,
        "district_revenue", "269.1 tỷ", AT, note=SCRIPT,
    )  # fmt: skip

    html = read_table([Change(stated, None)], definitions, org_units, "vi")

    assert "Xem trước 1 số liệu đã đọc" in html
    assert "269.1 tỷ" in html and ">269,1<" in html
    assert "<script" not in html


def test_the_receipt_says_what_was_explained_how() -> None:
    explained = Finding("outlier", Severity.WARNING, AT, explanation="hai xã mới hoàn thành")
    sent = Sent(
        code="7F3A-21C9", reporter="Huyện Cao Lộc", period=Period(2018, 3), revision=2,
        state="submitted", file_name=f"{SCRIPT}.xlsx", digest="a" * 64,
        received_at=datetime(2018, 10, 9, 9, 12, tzinfo=UTC), figures=11, changed=1,
        findings=(explained,),
    )  # fmt: skip

    html = receipt_card(sent, "vi")

    assert "Biên nhận 7F3A-21C9" in html
    assert "Quý III/2018, v2" in html and "11 số liệu, 1 thay đổi" in html
    assert "thay đổi bất thường" in html and "hai xã mới hoàn thành" in html
    assert "<script" not in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_degree_of_certainty_has_a_word(lang: str) -> None:
    lines = [LayoutLine(AT, SCRIPT, "Thu ngân sách", found) for found in Found]
    chosen = LayoutLine(AT, "Thu", "Thu ngân sách", Found.SIMILAR, chosen=True)

    html = layout_table([*lines, chosen], "rows", lang)

    assert "<script" not in html
    assert html.count('class="level') == len(Found) + 1
