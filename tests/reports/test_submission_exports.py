"""The submission screens' tables to take away: complete, headed, and never a formula."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from kpi.changes import Change
from kpi.excerpts import Excerpt, ExcerptCell, ExcerptRow
from kpi.findings import Finding, Severity
from kpi.ledger import Changed, Kind, Vintage
from kpi.observations import CellAddress, Known, Observation, ObsStatus
from kpi.periods import Period
from reports import export, submission_export
from reports.change_lines import lines
from reports.changes_export import export_table
from reports.export import Table
from reports.submission_export import Sent
from reports.wording import Words

Q3 = Period(2018, 3)
EVIL = '=HYPERLINK("http://x","y")'
SENT = Sent(
    "Huyện Cao Lộc", Q3, "CaoLoc.xlsx", datetime(2018, 10, 8, 18, 0, tzinfo=UTC),
    datetime(2018, 10, 20, 9, 30, tzinfo=UTC), 2,
)  # fmt: skip


def stated(value: str | None, cell: str) -> Observation:
    number = None if value is None else Decimal(value)
    status = ObsStatus.NORMAL if value else ObsStatus.MISSING
    return Observation(
        "budget_revenue", "183", Q3, number, status, "district_revenue", str(value),
        CellAddress("Quý III", cell),
    )  # fmt: skip


def in_force(value: str) -> Known:
    return Known("budget_revenue", "183", Q3, Decimal(value), basis="district_revenue")


def blanks(count: int) -> list[Finding]:
    facts = {"indicator": "Thu ngân sách", "unit": "Cao Lộc"}
    places = [CellAddress("Quý III", f"H{row}") for row in range(9, 9 + count)]
    return [
        Finding(
            "left_blank", Severity.WARNING, at,
            indicator="budget_revenue", org_unit="183", facts=facts,
        )
        for at in places
    ]  # fmt: skip


def evil_finding() -> Finding:
    at = CellAddress("Quý III", "H30")
    return Finding("boolean_cell", Severity.ERROR, at, found=EVIL)


def evil_excerpt() -> Excerpt:
    cells = (ExcerptCell(EVIL), ExcerptCell("83,10", Decimal("83.10"), 2, "=A1*2"))
    return Excerpt("Quý III", 9, "B", ("A", "B"), (ExcerptRow(9, cells),))


def changed() -> Changed:
    at = datetime(2018, 10, 8, 18, 0, tzinfo=UTC)
    now = Vintage(
        ("budget_revenue", "183", Q3.code), 1, 1, Decimal("83.14"), "E", "Quý III", "H9", EVIL, "",
        "local", at, "automatic",
    )  # fmt: skip
    return Changed(Kind.FIRST, now.cell, None, now, at, "automatic", EVIL)


@pytest.fixture
def tables(words: Words) -> dict[str, Table]:
    """Every table of these screens, with a hostile text in each."""
    changes = [Change(stated("1", "H9"), None)]
    check, change = submission_export.tables([evil_finding()], changes, SENT, words)
    since = export_table(
        lines([changed()], words.definitions, words.org_units, "vi"),
        date(2018, 10, 1), "vi", taken_at=SENT.taken_at,
    )  # fmt: skip
    excerpt = submission_export.excerpt_table(evil_excerpt(), SENT, words)
    return {"check": check, "change": change, "since": since, "excerpt": excerpt}


@pytest.mark.parametrize("name", ["check", "since", "excerpt"])
def test_what_somebody_wrote_never_becomes_a_formula(tables: dict[str, Table], name: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export.excel(tables[name]))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert all(cell.data_type != "f" for cell in cells)
    assert f"'{EVIL}" in [cell.value for cell in cells]
    csv = export.comma_separated(tables[name], lang="vi").decode("utf-8-sig")
    assert "'=HYPERLINK" in csv and ";=" not in csv


@pytest.mark.parametrize("name", ["check", "change", "since", "excerpt"])
def test_every_head_says_as_of_when(tables: dict[str, Table], name: str) -> None:
    table = tables[name]
    head = dict(table.head)

    # by the province's clock it is the next day already
    assert head["Số liệu đến"] == "09/10/2018"
    assert head["Lấy ra lúc"] == "20/10/2018 16:30"
    assert all(len(row) == len(table.columns) for row in table.rows)
    if name != "since":
        assert head["Kỳ"] == "Quý III/2018"
        assert head["Tệp"] == "CaoLoc.xlsx (v2)"


def test_the_file_lists_every_blank_cell_that_the_screen_only_counts(words: Words) -> None:
    table = submission_export.check_table([*blanks(20), evil_finding()], SENT, words)

    assert len(table.rows) == 21
    assert table.rows[0][0] == "Lỗi"
    assert [row[1] for row in table.rows[1:3]] == ["Quý III!H9", "Quý III!H10"]
    assert table.rows[1][3] == "tỷ đồng"


def test_old_and_new_are_numbers_and_what_stays_is_listed(words: Words) -> None:
    changes = [
        Change(stated("83.14", "H9"), None),
        Change(stated("80", "H10"), in_force("83.1")),
        Change(stated("83.1", "H11"), in_force("83.1")),
        Change(stated(None, "H12"), in_force("83.1")),
    ]
    rows = submission_export.change_table(changes, SENT, words).rows

    assert [row[3] for row in rows] == [
        "chưa có",
        Decimal("83.1"),
        Decimal("83.1"),
        Decimal("83.1"),
    ]
    assert [row[4] for row in rows] == [
        Decimal("83.1"), Decimal("80.0"), Decimal("83.1"), "chưa có số liệu",
    ]  # fmt: skip
    assert rows[1][5] == "sửa −3,1" and rows[2][5] == "giữ nguyên"


def test_nothing_known_of_changes_means_no_sheet_of_changes(words: Words) -> None:
    found = submission_export.tables([evil_finding()], [], SENT, words)

    assert [table.sheet for table in found] == ["Kết quả kiểm tra"]


def test_what_changed_since_a_day_names_the_kind_of_the_figure(tables: dict[str, Table]) -> None:
    row = tables["since"].rows[0]

    assert row[4:7] == (None, Decimal("83.1"), "ước tính")
    assert row[12] == "Quý III!H9"


def test_an_excerpt_keeps_its_letters_numbers_and_the_formula(tables: dict[str, Table]) -> None:
    table = tables["excerpt"]

    assert table.columns == ["Hàng", "A", "B"]
    assert table.rows[0][0] == 9 and table.rows[0][2] == Decimal("83.10")
    assert dict(table.head)["Công thức của ô"] == "=A1*2"


def test_a_sheet_is_named_in_the_language_of_the_reader(words: Words) -> None:
    english = Words(words.definitions, words.org_units, "en")

    assert submission_export.check_table([], SENT, english).sheet == "Findings of the check"
