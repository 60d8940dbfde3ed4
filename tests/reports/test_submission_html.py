"""The blocks of the submission screen: findings by cell, old → new, receipts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from kpi.changes import Change
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Scope, Severity
from kpi.observations import CellAddress, Known, Observation, ObsStatus
from kpi.periods import Period
from reports.html import receipt_list, submission
from reports.html.change_table import change_table
from reports.html.findings_table import check_table

Q3 = Period(2018, 3)


def observation(value: str | None, cell: str = "H9") -> Observation:
    number = None if value is None else Decimal(value)
    status = ObsStatus.NORMAL if value else ObsStatus.MISSING
    return Observation(
        "budget_revenue", "183", Q3, number, status, "district_revenue", str(value),
        CellAddress("Quý III", cell),
    )  # fmt: skip


def stored(value: str | None) -> Known:
    number = None if value is None else Decimal(value)
    return Known("budget_revenue", "183", Q3, number, basis="district_revenue")


def blank(row: int) -> Finding:
    return Finding(
        "left_blank", Severity.WARNING, CellAddress("Quý III", f"H{row}"), facts={"variant": "new"}
    )


def test_a_clean_file_says_so_and_draws_no_empty_table(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    html = check_table([], [observation("83.1")], definitions, org_units, "vi")

    assert "không có lỗi" in html
    assert "1 ô hợp lệ" in html
    assert "<table" not in html


def test_errors_stand_before_warnings_and_each_names_its_cell(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    findings = [
        Finding(
            "missing_row", Severity.WARNING, None, indicator="poverty_rate",
            facts={"indicator": "Tỷ lệ hộ nghèo", "unit": "Cao Lộc"},
        ),
        Finding("boolean_cell", Severity.ERROR, CellAddress("Quý III", "H12"), found="TRUE"),
        Finding("boolean_cell", Severity.ERROR, CellAddress("Quý III", "H9"), found="FALSE"),
    ]  # fmt: skip

    html = check_table(findings, [], definitions, org_units, "vi")

    assert "còn 2 lỗi" in html
    assert html.index("Quý III!H9") < html.index("Quý III!H12") < html.index("Cả tệp")


def test_dozens_of_blank_cells_are_counted_in_one_line(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    html = check_table([blank(row) for row in range(9, 30)], [], definitions, org_units, "vi")

    assert "21 ô còn trống" in html
    assert html.count("<tr>") == 2


def test_a_refused_file_is_not_called_erroneous_cell_by_cell(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    finding = Finding("empty_file", Severity.ERROR, scope=Scope.FILE)

    html = check_table([finding], [], definitions, org_units, "vi")

    assert "Không nhận được tệp này" in html


def test_what_comes_from_a_file_is_escaped(definitions: Definitions, org_units: OrgUnits) -> None:
    script = "<script>alert(1)</script>"
    finding = Finding("boolean_cell", Severity.ERROR, CellAddress(script, "H9"), found=script)

    html = check_table([finding], [], definitions, org_units, "vi")

    assert "<script" not in html


def test_a_new_figure_a_corrected_one_and_one_that_stays(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    changes = [
        Change(observation("83.1"), None),
        Change(observation("80.0", "H10"), stored("83.1")),
        Change(observation("83.1", "H11"), stored("83.1")),
    ]

    html = change_table(changes, definitions, org_units, "vi")

    assert "Sẽ thay đổi 2 trong 3 số liệu" in html
    assert "chưa có" in html and "mới" in html
    assert "<s>83,1</s>" in html and "sửa −3,1" in html
    assert "1 số liệu giữ nguyên" in html


def test_a_value_withdrawn_to_not_available_is_a_change_and_not_zero(
    definitions: Definitions, org_units: OrgUnits
) -> None:
    html = change_table([Change(observation(None), stored("83.1"))], definitions, org_units, "vi")

    assert "chưa có số liệu" in html
    assert ">0<" not in html


def test_receipts_say_late_corrected_and_replaced() -> None:
    at = datetime(2018, 10, 9, 2, 12, tzinfo=UTC)
    lines = [
        receipt_list.Receipt(Q3, 2, "7F3A-21C9", "CaoLoc_Q3.xlsx", at, 400),
        receipt_list.Receipt(Q3, 1, "1B0D-88E2", "CaoLoc_Q3.xlsx", at, 0, replaced_by=2),
        receipt_list.Receipt(Period(2018, 2), 1, "C2F4-0A17", "CaoLoc_Q2.xlsx", at, 4),
    ]

    html = receipt_list.receipts(lines, "Huyện Cao Lộc", "vi")

    assert "bản sửa" in html and "trễ 400 ngày" not in html
    assert "trễ 4 ngày" in html
    assert "đã có bản v2" in html
    assert "7F3A-21C9" in html


def test_the_current_step_is_marked_for_a_screen_reader() -> None:
    html = submission.stepper(2, ["", "", "", ""], "vi")

    assert html.count('aria-current="step"') == 1
    assert html.count('class="step done"') == 2
    assert '<p class="sr" role="status" lang="vi">Xem kết quả kiểm tra: </p>' in html
