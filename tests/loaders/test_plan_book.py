"""The plan workbook: what it hands down, and everything that keeps it from being adopted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import texts
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Severity
from kpi.targets import Edges, Target, TargetKind
from loaders import plan_book, plan_cell
from loaders.opening import open_book
from loaders.plan_book import PlanBook, read_plan
from loaders.plan_template import write_plan
from loaders.targets import load_targets
from tests.loaders import own_tables
from tests.loaders.own_tables import book_of
from texts.findings import message

Read = Callable[[bytes], PlanBook]


@pytest.fixture(scope="module")
def read(definitions: Definitions, org_units: OrgUnits) -> Read:
    def make(data: bytes) -> PlanBook:
        book = open_book(data, "giao.xlsx")
        plan = read_plan(book, "giao.xlsx", "d", definitions, org_units)
        assert plan is not None
        return plan

    return make


@pytest.fixture(scope="module")
def assigned(root: Path, definitions: Definitions, org_units: OrgUnits) -> tuple[Target, ...]:
    return load_targets(root / "data" / "targets" / "2018.yaml", definitions, org_units)


def edited(data: bytes, edit: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    return own_tables.saved(book)


def decided(sheet: Worksheet) -> None:
    sheet["D5"], sheet["D6"] = "2345/QĐ-UBND", "12/12/2017"


def plan(*body: list[object], title: str = "GIAO CHỈ TIÊU NĂM 2018") -> bytes:
    return book_of(
        [[title], ["Quyết định số 9/QĐ-UBND ngày 02/01/2018"],
         ["STT", "Chỉ tiêu", "ĐVT", "Cao Lộc", "Văn Quan"], *body]
    )  # fmt: skip


def test_a_plan_somebody_wrote_is_read_with_its_decision(read: Read) -> None:
    found = read(own_tables.handed_down())
    assert (found.decision, found.year) == ("2345/QĐ-UBND ngày 12/12/2017", 2018)
    assert (found.in_force_from, found.adoptable) == (date(2017, 12, 12), True)
    by_place = {str(cell.at): cell.target for cell in found.cells}
    assert (by_place["Giao KH!D5"].kind, by_place["Giao KH!D5"].edges) == (
        TargetKind.AT_LEAST,
        Edges(low=Decimal("640.5")),
    )
    assert by_place["Giao KH!E6"].edges == Edges(Decimal(9), Decimal("10.5"))
    assert by_place["Giao KH!F8"].kind is TargetKind.BELOW_PREVIOUS
    assert "Giao KH!F7" not in by_place  # an empty cell hands nothing down
    assert {target.org_unit for target in by_place.values()} == {"178", "183", "184"}
    assert {target.document for target in by_place.values()} == {found.decision}


def test_the_template_gives_back_the_targets_written_into_it(
    read: Read, definitions: Definitions, org_units: OrgUnits, assigned: tuple[Target, ...]
) -> None:
    standing = {(target.indicator, target.org_unit): target for target in assigned}
    data = write_plan(definitions, org_units, 2018, standing=standing)
    found = read(edited(data, decided))

    def asked(target: Target) -> tuple[object, ...]:
        return (target.indicator, target.org_unit, target.kind, target.edges, target.basis)

    assert found.adoptable
    assert {asked(target) for target in found.targets} == {asked(target) for target in assigned}


def test_the_template_is_the_same_every_time_and_empty_without_targets(
    read: Read, definitions: Definitions, org_units: OrgUnits
) -> None:
    data = write_plan(definitions, org_units, 2018)
    assert data == write_plan(definitions, org_units, 2018)
    empty = read(edited(data, decided))
    assert [finding.code for finding in empty.findings] == [plan_book.PLAN_EMPTY]
    undecided = read(data)
    assert [finding.code for finding in undecided.findings] == [plan_book.PLAN_NO_DECISION]


def test_a_report_is_no_plan(definitions: Definitions, org_units: OrgUnits) -> None:
    for data in (own_tables.district(), own_tables.side_by_side(), own_tables.quarters()):
        assert read_plan(open_book(data, "a.xlsx"), "a", "d", definitions, org_units) is None


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ([1, "Chỉ tiêu nào đó", "xã", 5], plan_book.PLAN_ROW, "D4"),
        ([1, "Dịch vụ", "%", 5], plan_book.PLAN_ROW, "D4"),
        ([1, "Tốc độ tăng GRDP", "%", 8], plan_book.PLAN_ROW, "D4"),  # no figure of districts
        ([1, "Thu ngân sách nhà nước", "triệu đồng", 5], plan_book.PLAN_UNIT, "D4"),
        ([1, "Thu ngân sách nhà nước", None, 5], plan_book.PLAN_UNIT, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", "khoảng 5"], plan_cell.PLAN_FIGURE, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", "6.296"], plan_cell.PLAN_FIGURE, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", "…"], plan_cell.PLAN_FIGURE, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", 5.25], plan_cell.PLAN_FIGURE, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", -5], plan_cell.PLAN_FIGURE, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", "≤ 5"], plan_cell.PLAN_KIND, "D4"),
        ([1, "Thu ngân sách nhà nước", "tỷ đồng", "giảm"], plan_cell.PLAN_KIND, "D4"),
        ([1, "Tốc độ tăng trưởng dịch vụ", "%", "10 - 9"], plan_cell.PLAN_FIGURE, "D4"),
        ([1, "Tỷ trọng dịch vụ trong cơ cấu kinh tế", "%", 40], plan_cell.PLAN_KIND, "D4"),
        ([1, "Tỷ trọng dịch vụ trong cơ cấu kinh tế", "%", "40 - 40"], plan_cell.PLAN_FIGURE, "D4"),
        ([None, None, None, 5], plan_book.PLAN_ROW, "D4"),
    ],
)
def test_what_cannot_be_a_target_is_said_at_its_cell(
    read: Read, row: list[object], code: str, cell: str
) -> None:
    found = read(plan(row))
    assert not found.adoptable
    assert found.cells == ()
    errors = [one for one in found.findings if one.severity is Severity.ERROR]
    assert {(one.code, one.at and one.at.cell) for one in errors} == {(code, cell)}
    for lang in texts.LANGUAGES:
        assert "{" not in message(errors[0], lang)


def test_a_unit_of_measure_for_the_whole_table_counts(read: Read) -> None:
    def stated(unit: str) -> PlanBook:
        row: list[object] = [1, "Thu ngân sách nhà nước", None, 5]
        return read(plan(row, title=f"GIAO CHỈ TIÊU NĂM 2018 (Đơn vị tính: {unit})"))

    assert [one.edges.low for one in stated("tỷ đồng").targets] == [5]
    assert [one.code for one in stated("triệu đồng").findings] == [plan_book.PLAN_UNIT]


def test_a_target_given_twice_names_both_cells(read: Read) -> None:
    twice = [[n, "Số vụ tai nạn giao thông", "vụ", "giảm"] for n in (1, 2)]
    found = read(plan(*twice))
    (error,) = found.findings
    assert (error.code, str(error.at), error.expected) == (
        plan_book.PLAN_TWICE,
        "Sheet1!D5",
        "Sheet1!D4",
    )


def test_a_column_that_is_no_district_stops_the_plan(read: Read) -> None:
    data = edited(
        plan([1, "Xã đạt chuẩn nông thôn mới (tăng thêm)", "xã", 1, 2]),
        lambda sheet: sheet.__setitem__("E3", "Huyện Văn Quang"),
    )
    found = read(data)
    assert [(one.code, str(one.at)) for one in found.findings] == [
        (plan_book.PLAN_COLUMN, "Sheet1!E3")
    ]


def test_without_a_year_or_a_decision_nothing_can_be_adopted(read: Read) -> None:
    row: list[object] = [1, "Xã đạt chuẩn nông thôn mới (tăng thêm)", "xã", 1, 2]
    assert [one.code for one in read(plan(row, title="GIAO CHỈ TIÊU")).findings] == [
        plan_book.PLAN_NO_YEAR
    ]
    assert [one.code for one in read(own_tables.handed_down(decision=False)).findings] == [
        plan_book.PLAN_NO_DECISION
    ]


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_finding_has_its_sentence(lang: str) -> None:
    constants = [*vars(plan_book).items(), *vars(plan_cell).items()]
    named = {value for name, value in constants if name.startswith("PLAN_")}
    assert len(named) >= 10
    assert {code for code in named if not texts.has(f"finding.{code}", lang)} == set()
