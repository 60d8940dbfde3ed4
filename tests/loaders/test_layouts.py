"""Tables of people's own making: what is proposed, what is asked, and what is read.

A wrong figure accepted is the worst that can happen, so most tests are about what must
*not* be chosen: ambiguous headings, doubtful names, another size of money.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple

import texts
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Severity, UnreadableWorkbook
from kpi.layouts import ColumnRole, ColumnUse, Found, RowUse, from_document, to_document
from kpi.observations import CellKind
from kpi.periods import Period
from kpi.submissions import FormReading
from loaders.books import Book, BookFormat, Cell, Merge, Sheet
from loaders.layouts import applying, columns, places, rows
from loaders.layouts.applying import apply
from loaders.layouts.columns import ColumnProposal
from loaders.layouts.documents import read_mapping, write_mapping
from loaders.layouts.proposals import Proposal
from loaders.layouts.reader import Reader
from loaders.layouts.rows import RowProposal
from loaders.layouts.words import figure_role
from loaders.opening import open_book
from tests.loaders import own_tables
from tests.loaders.own_tables import Rows, book_of
from texts.findings import message

Q2, Q3, Q4 = Period(2018, 2), Period(2018, 3), Period(2018, 4)
TRAFFIC, RURAL = "traffic_safety_board", "rural_development_office"
Propose = Callable[..., Proposal]
Read = Callable[..., FormReading]


@pytest.fixture(scope="module")
def reader(definitions: Definitions, org_units: OrgUnits) -> Callable[..., Reader]:
    def make(reporter: str = "183", period: Period | None = Q3) -> Reader:
        return Reader(definitions, org_units, reporter, period)

    return make


@pytest.fixture(scope="module")
def propose(reader: Callable[..., Reader]) -> Propose:
    def make(data: bytes, reporter: str = "183", period: Period | None = Q3) -> Proposal:
        book = open_book(data, "bieu.xlsx")
        (found,) = reader(reporter, period).proposals(book, "bieu.xlsx", "d")
        return found

    return make


@pytest.fixture(scope="module")
def read(reader: Callable[..., Reader], propose: Propose) -> Read:
    """Read what is settled, with answers for the rest."""

    def make(
        data: bytes, reporter: str = "183", period: Period = Q3, **answers: object
    ) -> FormReading:
        proposal = propose(data, reporter, period)
        mapping = proposal.mapping(**answers)  # type: ignore[arg-type]
        return apply(mapping, reader(reporter, period), proposal, period)

    return make


def table(*body: Sequence[object], heads: Sequence[object] = ()) -> bytes:
    usual = ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm", "Thực hiện lũy kế"]
    return book_of([["UBND huyện Cao Lộc, 9 tháng năm 2018"], list(heads) or usual, *body])


def column(proposal: Proposal, text: str) -> ColumnProposal:
    return next(one for one in proposal.columns if one.head.text == text)


def row(proposal: Proposal, text: str) -> RowProposal:
    return next(one for one in proposal.rows if one.line.text == text)


def figures(form: FormReading) -> set[tuple[str, str, object]]:
    return {(one.indicator, one.org_unit, one.raw) for one in form.readings}


def codes(form: FormReading) -> list[str]:
    return [str(finding.code) for finding in form.findings]


# --- a district's own table


def test_plan_last_year_and_percentages_are_never_the_figure(propose: Propose) -> None:
    proposal = propose(own_tables.district())
    roles = {one.head.text: one.use and one.use.role for one in proposal.columns}
    assert roles == {
        "STT": ColumnRole.NUMBER,
        "Chỉ tiêu": ColumnRole.NAME,
        "ĐVT": ColumnRole.UNIT_OF_MEASURE,
        "Cùng kỳ năm 2017": ColumnRole.PREVIOUS,
        "Kế hoạch năm 2018": ColumnRole.PLAN,
        "Thực hiện 9 tháng năm 2018": ColumnRole.VALUE,
        "% so với KH": ColumnRole.COMPARISON,
        "% so với cùng kỳ": ColumnRole.COMPARISON,
        "Ghi chú": ColumnRole.NOTE,
    }


def test_title_names_reporter_and_period(propose: Propose) -> None:
    proposal = propose(own_tables.district(), "", None)
    assert (proposal.reporter.choice, proposal.period.choice) == ("183", "2018-Q3")
    assert (proposal.given_reporter, proposal.given_period) == ("", "")


def test_only_what_is_settled_is_read_and_the_rest_is_said(read: Read) -> None:
    form = read(own_tables.district())
    assert figures(form) == {
        ("growth_agriculture", "183", 2.61),
        ("growth_services", "183", 9.15),
        ("rural_communes_total", "183", 21),
        ("communes_hardened_road", "183", 15),
    }
    assert {one.found for one in form.findings if one.code == applying.ROW_UNREAD} == {
        "Thu NSNN",
        "Trong đó: Thu nội địa",
        "- Thu từ hoạt động xuất nhập khẩu",
        "So xa co it nhat 01 mo hinh",
        "Số xã có ít nhất 01 sản phẩm chũ lực",
    }


def test_a_value_keeps_its_cell_and_its_note(read: Read) -> None:
    form = read(own_tables.district())
    first = next(one for one in form.readings if one.indicator == "growth_agriculture")
    assert (str(first.at), first.note, first.kind) == ("Biểu 02!F8", "Ước", CellKind.NUMBER)
    assert first.unit_of_measure == "%"
    assert (form.reporter, form.period, form.form) == ("183", "2018-Q3", "A")


def test_names_that_resemble_are_proposed_and_wait(propose: Propose) -> None:
    proposal = propose(own_tables.district())
    hurried = row(proposal, "So xa co it nhat 01 mo hinh")
    assert (hurried.found, hurried.use and hurried.use.indicator) == (
        Found.SIMILAR,
        "communes_model_count",
    )
    misspelt = row(proposal, "Số xã có ít nhất 01 sản phẩm chũ lực")
    assert (misspelt.found, misspelt.use) == (Found.AMBIGUOUS, None)
    assert "communes_product_count" in misspelt.could_be


def test_another_size_of_money_waits_for_its_factor(propose: Propose) -> None:
    revenue = row(propose(own_tables.district()), "Thu NSNN")
    assert (revenue.found, revenue.problem) == (Found.SIMILAR, rows.OTHER_SIZE)
    assert revenue.use == RowUse("budget_revenue", measure="triệu đồng", scale=Decimal("0.001"))


def test_a_confirmed_factor_converts_and_says_both_figures(propose: Propose, read: Read) -> None:
    revenue = row(propose(own_tables.district()), "Thu NSNN")
    assert revenue.use is not None
    form = read(own_tables.district(), rows={revenue.key: revenue.use})
    assert ("budget_revenue", "183", Decimal("190.2505")) in figures(form)
    (said,) = [one for one in form.findings if one.code == places.CONVERTED]
    assert (said.found, said.facts["stored"], said.facts["read"]) == (
        "190250.5",
        "190250.5",
        "190.2505",
    )
    assert said.explanation


@pytest.mark.parametrize("text", ["190.250", "190,250"])
def test_a_text_that_could_be_two_numbers_is_never_converted(
    propose: Propose, read: Read, text: str
) -> None:
    data = table([1, "Thu ngân sách nhà nước", "triệu đồng", 269000, text])
    revenue = propose(data).rows[0]
    assert revenue.use is not None
    form = read(data, rows={revenue.key: revenue.use})
    assert [one.raw for one in form.readings] == [None]
    assert [(one.code, one.severity) for one in form.findings] == [
        (places.UNCLEAR_TEXT, Severity.ERROR)
    ]


def test_figures_of_others_are_left_out(propose: Propose, read: Read) -> None:
    accidents = row(propose(own_tables.district()), "Số vụ tai nạn giao thông")
    assert (accidents.problem, accidents.use) == (rows.NOT_YOURS, RowUse())
    form = read(own_tables.district())
    assert not [one for one in form.findings if one.found == "Số vụ tai nạn giao thông"]


def test_parts_after_trong_do_are_not_the_indicator_of_that_name(propose: Propose) -> None:
    data = table(
        [1, "Thu ngân sách nhà nước", "tỷ đồng", 1, 2], [None, "Trong đó: Tổng số xã", "xã", 3, 4]
    )
    part = row(propose(data), "Trong đó: Tổng số xã")
    assert part.found is Found.SIMILAR


# --- districts side by side, below one another, under headings


def test_two_rows_of_headings_give_district_and_kind(read: Read, propose: Propose) -> None:
    proposal = propose(own_tables.side_by_side(), TRAFFIC)
    assert column(proposal, "H. Cao Lộc › Lũy kế 9 tháng").use == ColumnUse(
        ColumnRole.VALUE, org_unit="183"
    )
    assert column(proposal, "H. Cao Lộc › Năm 2017").use == ColumnUse(
        ColumnRole.PREVIOUS, org_unit="183"
    )
    assert figures(read(own_tables.side_by_side(), TRAFFIC)) == {
        ("traffic_accidents", "178", 17), ("traffic_accidents", "183", 9),
        ("traffic_accidents", "184", 7), ("traffic_deaths", "178", 3),
        ("traffic_deaths", "183", 1), ("traffic_deaths", "184", 2),
        ("traffic_injuries", "178", 11), ("traffic_injuries", "183", 8),
        ("traffic_injuries", "184", 5),
    }  # fmt: skip


def test_a_total_is_no_district_but_is_compared(read: Read) -> None:
    form = read(own_tables.side_by_side(), TRAFFIC)
    (differs,) = [one for one in form.findings if one.code == places.TOTAL_DIFFERS]
    assert (str(differs.at), differs.facts["read"], differs.facts["sum"]) == ("TNGT!J6", "7", "6")
    assert not {one.org_unit for one in form.readings} - {"178", "183", "184"}


def test_districts_below_one_another(propose: Propose, read: Read) -> None:
    proposal = propose(own_tables.one_below_the_other(), RURAL)
    assert row(proposal, "Văn Lảng").found is Found.SIMILAR
    city_or_province = row(proposal, "Lạng Sơn")
    assert (city_or_province.found, city_or_province.could_be) == (Found.AMBIGUOUS, ("178", "20"))
    assert row(proposal, "Tổng số").use == RowUse(total=True)
    form = read(own_tables.one_below_the_other(), RURAL)
    assert {one.org_unit for one in form.readings} == {"178", "180", "181"}
    # a sum of what was not all read says nothing
    assert places.TOTAL_DIFFERS not in codes(form)


def test_districts_under_indicators(read: Read) -> None:
    form = read(own_tables.grouped(), TRAFFIC)
    assert figures(form) == {
        ("traffic_accidents", "183", 9), ("traffic_accidents", "184", 7),
        ("traffic_deaths", "183", 1), ("traffic_deaths", "184", 2),
    }  # fmt: skip
    assert codes(form) == [places.TOTAL_DIFFERS]


def test_an_indicator_in_the_title_must_be_confirmed(propose: Propose, read: Read) -> None:
    data = own_tables.in_the_title()
    whole = propose(data, "home_affairs", Q2).whole
    assert whole is not None and whole.use is not None
    assert (whole.found, whole.use.indicator) == (Found.SIMILAR, "staff_reduction")
    assert figures(read(data, "home_affairs", Q2)) == set()
    form = read(data, "home_affairs", Q2, whole=whole.use)
    assert figures(form) == {("staff_reduction", "183", 8), ("staff_reduction", "184", 6)}


def test_where_the_province_is_reported_a_total_is_asked_about(propose: Propose) -> None:
    data = book_of(
        [
            ["STT", "Huyện", "Số biên chế được tinh giản"],
            [1, "Cao Lộc", 8],
            [None, "Toàn tỉnh", 90],
        ]
    )
    total = row(propose(data, "home_affairs"), "Toàn tỉnh")
    assert (total.found, total.could_be) == (Found.AMBIGUOUS, ("total", "20"))


def test_communes_are_not_the_districts_of_their_name(propose: Propose) -> None:
    data = book_of(
        [["STT", "Đơn vị", "Số vụ tai nạn giao thông"], [1, "Huyện Chi Lăng", 1],
         [2, "Xã Chi Lăng", 2], [3, "TT Cao Lộc", 3], [4, "Thị trấn Đình Lập", 4]]
    )  # fmt: skip
    proposal = propose(data, TRAFFIC)
    assert [one.found for one in proposal.rows] == [Found.EXACT, Found.NONE, Found.NONE, Found.NONE]


# --- headings that must be asked about


@pytest.mark.parametrize(
    ("heading", "period", "role"),
    [
        ("Thực hiện", Q3, ColumnRole.VALUE),
        ("Ước thực hiện 9 tháng", Q3, ColumnRole.VALUE),
        ("TH 9 tháng đầu năm 2018", Q3, ColumnRole.VALUE),
        ("Lũy kế đến quý III/2018", Q3, ColumnRole.VALUE),
        ("Số liệu lũy kế từ đầu năm", Q3, ColumnRole.VALUE),
        ("Thực hiện năm 2018", Q4, ColumnRole.VALUE),
        ("Cả năm", Q4, ColumnRole.VALUE),
        ("Quý I", Period(2018, 1), ColumnRole.VALUE),
        ("Thực hiện 6 tháng", Q3, ColumnRole.OTHER_PERIOD),
        ("Thực hiện 8 tháng", Q3, ColumnRole.OTHER_PERIOD),
        ("Thực hiện tháng 9", Q3, ColumnRole.OTHER_PERIOD),
        ("Ước thực hiện cả năm", Q3, ColumnRole.OTHER_PERIOD),
        ("Thực hiện 9 tháng năm 2017", Q3, ColumnRole.PREVIOUS),
        ("Thực hiện cùng kỳ", Q3, ColumnRole.PREVIOUS),
        ("Thực hiện năm trước", Q3, ColumnRole.PREVIOUS),
        ("Kế hoạch năm", Q3, ColumnRole.PLAN),
        ("Dự toán tỉnh giao", Q3, ColumnRole.PLAN),
        ("% so với KH", Q3, ColumnRole.COMPARISON),
        ("Thực hiện so với cùng kỳ", Q3, ColumnRole.COMPARISON),
        ("Tăng/giảm", Q3, ColumnRole.COMPARISON),
        ("TH/KH", Q3, ColumnRole.COMPARISON),
        # could be two things: a person must say
        ("Thực hiện quý III", Q3, None),
        ("Quý III", Q3, None),
        ("Thực hiện năm 2018", Q3, None),
        ("Năm 2018", Q3, None),
        ("Kế hoạch thực hiện", Q3, None),
        ("Thực hiện 6 tháng và 9 tháng", Q3, None),
        ("Thực hiện năm 2017 và năm 2018", Q3, None),
        ("Thực hiện vốn trung ương", Q3, None),
        ("Thực hiện (%)", Q3, None),
        ("Thực hiện 9T", Q3, None),
        ("Thực hiện 9 tháng", None, None),
        ("Nam giới", Q3, None),
    ],
)
def test_what_a_heading_says(heading: str, period: Period | None, role: ColumnRole | None) -> None:
    match = figure_role(heading, period)
    assert match.role is role
    assert match.found.settled is (role is not None)


def test_a_quarter_beside_quarters_is_asked_about(propose: Propose, read: Read) -> None:
    doubtful = column(propose(own_tables.quarters()), "Quý III")
    assert (doubtful.found, doubtful.use) == (Found.AMBIGUOUS, None)
    assert doubtful.could_be == (ColumnRole.VALUE, ColumnRole.OTHER_PERIOD)
    form = read(own_tables.quarters())
    assert (figures(form), codes(form)) == (set(), [applying.COLUMN_UNREAD])


def test_an_answer_makes_a_doubtful_column_the_figure(propose: Propose, read: Read) -> None:
    doubtful = column(propose(own_tables.quarters()), "Quý III")
    form = read(own_tables.quarters(), columns={doubtful.key: ColumnUse(ColumnRole.VALUE)})
    assert figures(form) == {("budget_revenue", "183", 68)}
    assert form.heading == "Quý III"  # the checks look for single quarters by it


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("Thực hiện", "Ước thực hiện", columns.TWO_VALUE_COLUMNS),
        ("Thực hiện", "Thực hiện", columns.SAME_HEADING),
        ("Thực hiện 9 tháng", "Lũy kế", columns.TWO_VALUE_COLUMNS),
    ],
)
def test_of_two_columns_of_figures_none_is_taken(
    propose: Propose, read: Read, first: str, second: str, problem: str
) -> None:
    data = table([1, "Tổng số xã", "xã", 5, 6], heads=["STT", "Chỉ tiêu", "ĐVT", first, second])
    doubtful = propose(data).columns[-2:]
    assert {(one.found, one.use, one.problem) for one in doubtful} == {
        (Found.AMBIGUOUS, None, problem)
    }
    assert figures(read(data)) == set()


def test_unknown_words_above_a_column_make_it_doubtful(propose: Propose) -> None:
    data = book_of(
        [["STT", "Huyện", "Số vụ", None], [None, None, "2017", "2018"], [1, "Cao Lộc", 3, 4]],
        merges=("A1:A2", "B1:B2", "C1:D1"),
    )
    doubtful = propose(data, TRAFFIC, Q4).columns[-1]
    assert (doubtful.found, doubtful.use and doubtful.use.indicator) == (
        Found.SIMILAR,
        "traffic_accidents",
    )


def test_a_name_of_two_indicators_is_asked_about(propose: Propose, read: Read) -> None:
    data = table(["I", "Cơ cấu kinh tế"], [1, "Dịch vụ", "%", 40, 41])
    doubtful = row(propose(data), "Dịch vụ")
    assert (doubtful.found, doubtful.use) == (Found.AMBIGUOUS, None)
    assert doubtful.could_be == ("growth_services", "share_services")
    assert figures(read(data)) == set()
    form = read(data, rows={doubtful.key: RowUse("share_services")})
    assert figures(form) == {("share_services", "183", 41)}


def test_money_without_a_unit_of_measure_is_asked_about(propose: Propose) -> None:
    data = table([1, "Thu ngân sách nhà nước", None, 269, 190])
    doubtful = row(propose(data), "Thu ngân sách nhà nước")
    assert (doubtful.found, doubtful.problem) == (Found.AMBIGUOUS, rows.UNIT_MISSING)


@pytest.mark.parametrize(
    ("unit", "problem", "scale"),
    [
        ("triệu đồng/người/tháng", rows.UNIT_UNKNOWN, 1),
        ("USD", rows.UNIT_UNKNOWN, 1),
        ("nghìn đồng/người/năm", rows.OTHER_SIZE, Decimal("0.001")),
    ],
)
def test_units_of_money_that_do_not_fit(
    propose: Propose, unit: str, problem: str, scale: Decimal
) -> None:
    data = table([1, "Thu nhập bình quân đầu người", unit, 1, 2])
    doubtful = propose(data, "183", Q4).rows[0]
    assert not doubtful.found.settled
    assert (doubtful.problem, doubtful.use and doubtful.use.scale) == (problem, scale)


def test_a_unit_for_the_whole_table_counts_where_none_stands_beside(propose: Propose) -> None:
    data = book_of(
        [["Đơn vị tính: triệu đồng"], ["STT", "Chỉ tiêu", "Thực hiện"],
         [1, "Thu ngân sách nhà nước", 190250], [2, "Tỷ lệ hộ nghèo (%)", 18.2]]
    )  # fmt: skip
    proposal = propose(data, "183", Q4)
    assert [one.problem for one in proposal.rows] == [rows.OTHER_SIZE, ""]
    assert [one.use and one.use.scale for one in proposal.rows] == [Decimal("0.001"), 1]


def test_rows_of_one_name_are_not_chosen_between(propose: Propose, read: Read) -> None:
    data = table([1, "Tổng số xã", "xã", 5, 6], [2, "Tổng số xã", "xã", 5, 7])
    assert {one.problem for one in propose(data).rows} == {rows.SAME_LABEL}
    assert figures(read(data)) == set()


def test_a_figure_without_a_name_is_said(read: Read) -> None:
    form = read(table([1, "Tổng số xã", "xã", 5, 6], [None, None, None, None, 9]))
    (nameless,) = [one for one in form.findings if one.code == applying.ROW_NAMELESS]
    assert (str(nameless.at), nameless.found) == ("Sheet1!E4", "9")


def test_a_code_against_the_words_beside_it_is_asked_about(propose: Propose) -> None:
    data = book_of(
        [["Mã", "Chỉ tiêu", "ĐVT", "Thực hiện"],
         ["budget_revenue", "Tỷ lệ hộ nghèo", "%", 5],
         ["poverty_rate", "Tỷ lệ hộ nghèo", "%", 5]]
    )  # fmt: skip
    found = [one.found for one in propose(data, "183", Q4).rows]
    assert found == [Found.AMBIGUOUS, Found.CODE]


def test_districts_under_a_title_of_plans_may_be_plans(propose: Propose) -> None:
    data = book_of(
        [["Kế hoạch năm 2018"], ["STT", "Chỉ tiêu", "ĐVT", "Cao Lộc", "Văn Quan"],
         [1, "Số vụ tai nạn giao thông", "vụ", 3, 4]]
    )  # fmt: skip
    assert {one.found for one in propose(data, TRAFFIC).columns[-2:]} == {Found.AMBIGUOUS}


def test_every_visible_sheet_is_a_table_of_its_own(reader: Callable[..., Reader]) -> None:
    book = load_workbook(BytesIO(own_tables.quarters()))
    own_tables.fill(book.create_sheet("Bí mật", 0), own_tables.DISTRICT_ROWS, "Bí mật")
    book.worksheets[0].sheet_state = "hidden"
    own_tables.fill(book.create_sheet("Khác"), own_tables.DISTRICT_ROWS, "Khác")
    own_tables.fill(book.create_sheet("Hướng dẫn"), [["STT", "Nội dung"], [1, "Điền"]], "Hướng dẫn")
    found = reader().proposals(open_book(own_tables.saved(book), "a.xlsx"), "a.xlsx", "d")
    assert [(one.at.sheet, one.number, one.count) for one in found] == [
        ("Thu", 1, 2),
        ("Khác", 2, 2),
    ]


SECOND: Rows = (["II. Thu chi"], ["STT", "Nội dung", "ĐVT", "Kế hoạch", "Thực hiện"],
                [1, "Tổng số xã", "xã", 30, 21])  # fmt: skip


def test_other_headings_farther_down_begin_another_table(reader: Callable[..., Reader]) -> None:
    """Read under the first headings, the plan of the second table would be a result."""
    first: Rows = (["I. Kết quả"], ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện"],
                   [1, "Tổng số xã", "xã", 22], [None, "Ghi chú: số ước"])  # fmt: skip
    book = open_book(book_of([*first, [], *SECOND]), "a.xlsx")
    one, two = reader().proposals(book, "a.xlsx", "d")
    assert (one.table.title, two.table.title) == (("I. Kết quả",), ("II. Thu chi",))
    forms = [apply(each.mapping(), reader(), each, Q3) for each in (one, two)]
    read = [[(one.raw, one.at.cell) for one in form.readings] for form in forms]
    assert read == [[(22, "D3")], [(21, "E8")]]


def test_the_same_headings_again_are_the_next_page(propose: Propose) -> None:
    heads = ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện"]
    pages = [heads, [1, "Tổng số xã", "xã", 22], heads, [2, "Thu NSNN", "tỷ đồng", 190]]
    found = propose(book_of(pages))
    assert [row.line.text for row in found.rows if row.line.has_figures] == [
        "Tổng số xã",
        "Thu NSNN",
    ]


def test_two_tables_with_the_same_headings_are_told_apart(reader: Callable[..., Reader]) -> None:
    book = load_workbook(BytesIO(own_tables.quarters()))
    again = load_workbook(BytesIO(own_tables.quarters())).worksheets[0]
    own_tables.fill(book.create_sheet("Nữa"), [[c.value for c in row] for row in again], "Nữa")
    one, two = reader().proposals(open_book(own_tables.saved(book), "a.xlsx"), "a.xlsx", "d")
    assert one.title == two.title
    assert one.fingerprint != two.fingerprint


def test_no_table_is_no_proposal(reader: Callable[..., Reader]) -> None:
    data = book_of([["Kính gửi: Sở Tài chính"], ["Huyện xin báo cáo", 5], ["STT", "x"]])
    assert reader().proposals(open_book(data, "a.xlsx"), "a.xlsx", "d") == ()


# --- applied again


def test_what_changed_since_it_was_confirmed_is_an_error(
    propose: Propose, reader: Callable[..., Reader]
) -> None:
    mapping = propose(table([1, "Thu ngân sách nhà nước", "tỷ đồng", 269, 190])).mapping()
    changed = propose(table([1, "Thu ngân sách nhà nước", "triệu đồng", 269000, 190250]))
    assert changed.fingerprint == mapping.fingerprint
    form = apply(mapping, reader(), changed, Q3)
    assert form.readings == ()
    (finding,) = form.findings
    assert (finding.code, finding.severity) == (applying.UNIT_CHANGED, Severity.ERROR)
    assert (finding.found, finding.expected) == ("triệu đồng", "tỷ đồng")


def test_a_row_that_is_new_is_not_read_but_said(
    propose: Propose, reader: Callable[..., Reader]
) -> None:
    old = table([1, "Tổng số xã", "xã", 21, 21])
    new = table([1, "Số xã có mô hình", "xã", 5, 6], [2, "Tổng số xã", "xã", 21, 21])
    form = apply(propose(old).mapping(), reader(), propose(new), Q3)
    assert figures(form) == {("rural_communes_total", "183", 21)}
    assert [(one.code, one.found) for one in form.findings] == [
        (applying.ROW_UNREAD, "Số xã có mô hình")
    ]


def test_the_same_headings_next_quarter_are_the_same_layout(propose: Propose) -> None:
    def headed(heading: str, last_year: str) -> bytes:
        heads = ["STT", "Chỉ tiêu", "ĐVT", last_year, heading]
        return table([1, "Tổng số xã", "xã", 21, 21], heads=heads)

    third = propose(headed("Thực hiện 9 tháng năm 2018", "Cùng kỳ 2017"), "183", Q3)
    second = propose(headed("Thực hiện 6 tháng năm 2018", "Cùng kỳ 2017"), "183", Q2)
    next_year = propose(
        headed("Thực hiện 9 tháng năm 2019", "Cùng kỳ 2018"), "183", Period(2019, 3)
    )
    stale = propose(headed("Thực hiện 6 tháng năm 2018", "Cùng kỳ 2017"), "183", Q3)
    assert third.fingerprint == second.fingerprint == next_year.fingerprint
    assert stale.fingerprint != third.fingerprint
    assert not stale.has_values


def test_an_answer_holds_under_its_own_title_only(
    propose: Propose, reader: Callable[..., Reader]
) -> None:
    def titled(title: str) -> bytes:
        heads = ["STT", "Chỉ tiêu", "ĐVT", "Thực hiện"]
        return book_of([[title], heads, [1, "Dịch vụ", "%", 41], [2, "Tổng số xã", "xã", 21]])

    growth = propose(titled("Tốc độ tăng trưởng 9 tháng năm 2018"))
    mapping = growth.mapping(rows={growth.rows[0].key: RowUse("growth_services")})
    shares = propose(titled("Cơ cấu kinh tế 9 tháng năm 2018"))
    assert shares.fingerprint == mapping.fingerprint
    form = apply(mapping, reader(), shares, Q3)
    assert figures(form) == {("rural_communes_total", "183", 21)}
    assert [(one.code, one.found) for one in form.findings] == [(applying.ROW_UNREAD, "Dịch vụ")]

    later = propose(titled("Tốc độ tăng trưởng 6 tháng năm 2018"), "183", Q2)
    again = apply(mapping, reader("183", Q2), later, Q2)
    assert ("growth_services", "183", 41) in figures(again)


def test_the_indicator_of_one_title_is_not_that_of_another(
    propose: Propose, reader: Callable[..., Reader]
) -> None:
    def titled(title: str) -> Proposal:
        body = [["STT", "Huyện", "Thực hiện"], [1, "Cao Lộc", 8]]
        return propose(book_of([[title], *body]), "home_affairs")

    posts = titled("Số biên chế được tinh giản")
    assert posts.whole is not None
    mapping = posts.mapping(whole=posts.whole.use)
    other = titled("Số điển hình tiên tiến được biểu dương")
    form = apply(mapping, reader("home_affairs"), other, Q3)
    assert (figures(form), codes(form)) == (set(), [applying.ROW_UNREAD])


def test_districts_under_a_heading_that_is_no_indicator_belong_to_none(read: Read) -> None:
    form = read(
        book_of(
            [["STT", "Nội dung", "ĐVT", "Thực hiện lũy kế"],
             ["I", "Số vụ tai nạn giao thông", "vụ"], [1, "Huyện Cao Lộc", None, 9],
             ["II", "Số vụ cháy rừng", "vụ"], [1, "Huyện Văn Quan", None, 5],
             ["III", "Số người chết", "người"], [None, "Trong đó:"], [1, "Văn Quan", None, 2]]
        ),
        TRAFFIC,
    )  # fmt: skip
    assert figures(form) == {("traffic_accidents", "183", 9), ("traffic_deaths", "184", 2)}
    assert [one.found for one in form.findings if one.code == applying.ROW_UNREAD] == [
        "Huyện Văn Quan"
    ]


# --- the mapping file


def test_a_mapping_survives_its_document(propose: Propose) -> None:
    mapping = propose(own_tables.side_by_side(), TRAFFIC).mapping(whole=RowUse("traffic_deaths"))
    assert from_document(to_document(mapping)) == mapping


def test_an_edited_mapping_file_answers_what_was_open(
    propose: Propose, reader: Callable[..., Reader]
) -> None:
    proposal = propose(own_tables.district())
    text = write_mapping(proposal, "183")
    untouched = proposal.completed(read_mapping(text))
    assert untouched == proposal.mapping()

    revenue = text.replace("scale: '?'", "scale: '0.001'")
    mapping = proposal.completed(read_mapping(revenue))
    form = apply(mapping, reader(), proposal, Q3)
    assert ("budget_revenue", "183", Decimal("190.2505")) in figures(form)


def test_a_code_written_for_an_unknown_row_takes_its_unit_along(
    propose: Propose, reader: Callable[..., Reader]
) -> None:
    proposal = propose(table([1, "Xã trên địa bàn toàn huyện ta", "xã", 21, 22]))
    key = proposal.rows[0].key
    mapping = proposal.mapping(rows={key: RowUse("rural_communes_total")})
    assert mapping.rows[key].measure == "xã"
    assert figures(apply(mapping, reader(), proposal, Q3)) == {("rural_communes_total", "183", 22)}
    # the same answer for something counted in other things is not enough
    assert key not in proposal.mapping(rows={key: RowUse("budget_revenue")}).rows


# --- never dependent on where things stand

_FLAT: Rows = own_tables.DISTRICT_ROWS[4:5] + tuple(
    line for line in own_tables.DISTRICT_ROWS[7:] if isinstance(line[0] if line else None, int)
)


@settings(max_examples=40)
@given(data=st.data())
def test_the_order_of_rows_and_columns_changes_nothing(
    data: st.DataObject, definitions: Definitions, org_units: OrgUnits
) -> None:
    reader = Reader(definitions, org_units, "183", Q3)
    width = len(_FLAT[0])
    body = data.draw(st.permutations(_FLAT[1:]))
    order = data.draw(st.permutations(range(width)))
    moved = [[line[at] if at < len(line) else None for at in order] for line in (_FLAT[0], *body)]
    assert _by_content(reader, moved) == _by_content(reader, _FLAT)


def _by_content(reader: Reader, rows_: Rows) -> Mapping[str, object]:
    (proposal,) = reader.proposals(open_book(book_of(rows_), "a.xlsx"), "a.xlsx", "d")
    form = apply(proposal.mapping(), reader, proposal, Q3)
    return {
        "columns": {one.key: (one.found, one.use, one.could_be) for one in proposal.columns},
        "rows": {one.key: (one.found, one.use, one.could_be) for one in proposal.rows},
        "fingerprint": proposal.fingerprint,
        "figures": figures(form),
        "unread": {(one.code, one.found) for one in form.findings},
    }


_WORDS = st.sampled_from(
    [None, "", "STT", "Chỉ tiêu", "Đơn vị", "ĐVT", "Huyện", "Mã", "Thực hiện", "Quý III", "2018",
     2018, "Kế hoạch", "%", "Cao Lộc", "Lạng Sơn", "Toàn tỉnh", "Trong đó:", "Dịch vụ", "tỷ đồng",
     "triệu đồng", "budget_revenue", "183", "I", "1.", "a)", "-", "…", "x", 5, 0.5, True,
     "Thu ngân sách nhà nước", "Số người chết (người)", "(*)", "Ghi chú", "9 tháng năm 2018"]
)  # fmt: skip


@settings(max_examples=150)
@given(
    cells=st.lists(st.lists(_WORDS, max_size=7), max_size=9),
    merge=st.tuples(*[st.integers(1, 6)] * 4),
    reporter=st.sampled_from(["", "183", TRAFFIC, "home_affairs"]),
)
def test_any_table_whatever_is_read_or_left_but_never_breaks(
    cells: Rows,
    merge: tuple[int, int, int, int],
    reporter: str,
    definitions: Definitions,
    org_units: OrgUnits,
) -> None:
    filled = {
        (row, column): Cell(value, _kind(value))
        for row, line in enumerate(cells, start=1)
        for column, value in enumerate(line, start=1)
        if value is not None
    }
    first_row, first_column, rows_, width = merge
    block = Merge(first_row, first_column, first_row + rows_ - 1, first_column + width - 1)
    book = Book(BookFormat.XLSX, (Sheet("Biểu", filled, merges=(block,)),))
    reader = Reader(definitions, org_units, reporter, Q3)
    for proposal in reader.proposals(book, "a.xlsx", "d"):
        mapping = read_mapping(write_mapping(proposal, reporter or "183"))
        form = apply(proposal.completed(mapping), reader, proposal, Q3)
        for reading in form.readings:
            # nothing but what stands in the cell it names
            (row, column) = coordinate_to_tuple(reading.at.cell)
            assert reading.raw in (None, book.sheets[0].at(row, column).value)


def _kind(value: object) -> CellKind:
    if isinstance(value, bool):
        return CellKind.BOOLEAN
    return CellKind.TEXT if isinstance(value, str) else CellKind.NUMBER


def test_a_table_beyond_any_report_is_refused_by_its_limit(
    reader: Callable[..., Reader],
) -> None:
    body = [[number, "Tổng số xã", "xã", 1, 2] for number in range(2_100)]
    with pytest.raises(UnreadableWorkbook) as refused:
        reader().proposals(open_book(table(*body), "a.xlsx"), "a.xlsx", "d")
    (finding,) = refused.value.findings
    assert (finding.code, finding.expected) == ("layout_too_long", "2000")
    wide = ["STT", "Chỉ tiêu", *(f"Cột {number}" for number in range(200))]
    with pytest.raises(UnreadableWorkbook) as refused:
        reader().proposals(open_book(table(heads=wide), "a.xlsx"), "a.xlsx", "d")
    assert [one.expected for one in refused.value.findings] == ["200"]


# --- from another program


def test_what_libreoffice_saves_is_the_same_table(read: Read, soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "bieu.xlsx"
    path.write_bytes(own_tables.side_by_side())
    subprocess.run(
        [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"),
         str(path)],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    again = read((tmp_path / "saved" / "bieu.xlsx").read_bytes(), TRAFFIC)
    first = read(own_tables.side_by_side(), TRAFFIC)
    assert figures(again) == figures(first)
    assert [str(one.at) for one in again.readings] == [str(one.at) for one in first.readings]
    assert codes(again) == codes(first) == [places.TOTAL_DIFFERS]


# --- words


@pytest.mark.parametrize("lang", texts.LANGUAGES)
def test_every_finding_has_its_sentence(read: Read, lang: str) -> None:
    constants = [*vars(applying).values(), *vars(places).values()]
    named = {one for one in constants if isinstance(one, str) and one.startswith("layout_")}
    assert len(named) >= 11
    assert {code for code in named if not texts.has(f"finding.{code}", lang)} == set()
    for data, reporter in (
        (own_tables.district(), "183"),
        (own_tables.side_by_side(), TRAFFIC),
        (own_tables.one_below_the_other(), RURAL),
        (own_tables.quarters(), "183"),
    ):
        for finding in read(data, reporter).findings:
            assert "{" not in message(finding, lang)
