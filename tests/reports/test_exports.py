"""All tables of a screen in one workbook and one CSV file, with the screen's figures."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.periods import Period
from kpi.targets import Target
from reports import export, indicator_export, sector_export
from reports.export import Table
from reports.html import figure_table, gap_card
from reports.html.growth_card import lines
from reports.html.rank_list import ranked
from reports.html.structure_card import structure_table
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.maps import Gap
from reports.ranking import rank_text
from reports.sector_view import SectorView, sector_view
from reports.wording import Words
from texts.numbers import number

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)
TAKEN = datetime(2018, 10, 20, 9, 30, tzinfo=UTC)
MakeTables = Callable[..., tuple[IndicatorView, dict[str, Table]]]


@pytest.fixture(scope="module")
def tables_of(
    make_frame: Callable[..., pd.DataFrame],
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    words: Words,
) -> MakeTables:
    """``tables_of("budget_revenue", without=("184",))``: the view and its tables by sheet."""

    def make(
        name: str, *, unit: str = "20", without: Sequence[str] = ()
    ) -> tuple[IndicatorView, dict[str, Table]]:
        frame, asked = make_frame(without=without), definitions.indicators[name]
        view = indicator_view(
            frame[frame["indicator"].isin(inputs_of(asked))], targets, definitions, org_units,
            indicator=asked, org_unit=org_units.units[unit], period=Q3, today=TODAY,
        )  # fmt: skip
        assert view is not None
        return view, {t.sheet: t for t in indicator_export.tables(view, words, taken_at=TAKEN)}

    return make


@pytest.fixture(scope="module")
def sector_of(
    frame: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
) -> Callable[[str], SectorView]:
    def make(name: str) -> SectorView:
        return sector_view(
            frame, targets, definitions, org_units,
            sector=definitions.sectors[name], period=Q3, today=TODAY,
        )  # fmt: skip

    return make


def numbers(table: Table) -> list[Decimal]:
    return [cell for row in table.rows for cell in row if isinstance(cell, Decimal)]


def decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


# --- one indicator -----------------------------------------------------------------------


def test_an_indicator_takes_away_every_table_of_its_page(tables_of: MakeTables) -> None:
    _, found = tables_of("traffic_accidents")

    assert list(found) == [
        "Diễn biến", "Từng quý", "Xếp hạng đơn vị", "Đơn vị theo kỳ", "Khoảng cách đến kế hoạch",
    ]  # fmt: skip
    assert list(tables_of("grdp_growth")[1]) == ["Diễn biến"]


def test_every_table_says_unit_period_and_as_of_when(tables_of: MakeTables) -> None:
    _, found = tables_of("budget_revenue")

    for table in found.values():
        head = dict(table.head)
        assert head["Kỳ"] == "9 tháng 2018"
        assert head["Số liệu đến"] == "28/09/2018"
        assert head["Lấy ra lúc"] == "20/10/2018 16:30"
        assert head["Đơn vị tính"]
        assert all(len(row) == len(table.columns) for row in table.rows)
    assert dict(found["Diễn biến"].head)["Đơn vị tính"] == "tỷ đồng"


@pytest.mark.parametrize("name", ["budget_revenue", "traffic_accidents", "grdp_growth"])
def test_the_figures_are_those_of_the_table_twins(tables_of: MakeTables, name: str) -> None:
    view, found = tables_of(name)
    twins = {"Diễn biến": figure_table.to_date_table(view.course, "vi")}
    if "Từng quý" in found:
        twins["Từng quý"] = figure_table.quarters_table(view.course, "vi")

    for sheet, html in twins.items():
        assert numbers(found[sheet])
        for value in numbers(found[sheet]):
            assert number(value, decimals(value), "vi") in html


def test_the_ranking_has_every_district_with_its_value(tables_of: MakeTables) -> None:
    view, found = tables_of("budget_revenue", without=("184",))
    table = found["Xếp hạng đơn vị"]

    at = table.columns.index("Thực hiện")
    values = {row[1]: row[at] for row in table.rows}
    assert len(values) == 11
    assert sorted(v for v in values.values() if isinstance(v, Decimal)) == sorted(
        one.value for one in view.districts if one.value is not None
    )
    missing = table.rows[-1]
    assert missing[0] == "–" and missing[at] is None


@pytest.mark.parametrize("name", ["budget_revenue", "traffic_accidents"])
def test_the_ranking_is_the_one_on_the_screen(
    tables_of: MakeTables, words: Words, name: str
) -> None:
    view, found = tables_of(name)

    shown = ranked(view.districts, words)
    for row, one in zip(found["Xếp hạng đơn vị"].rows, shown, strict=True):
        assert row[0] == rank_text(one.rank)
        assert isinstance(row[2], Decimal)
        assert number(row[2], decimals(row[2]), "vi") == one.figure.strip("+%")


def test_the_heat_map_says_why_a_cell_is_empty(tables_of: MakeTables) -> None:
    view, found = tables_of("budget_revenue", without=("184",))
    table = found["Đơn vị theo kỳ"]

    assert view.grid is not None
    assert len(table.rows) == len(view.grid.rows)
    for drawn, taken in zip(view.grid.rows, table.rows, strict=True):
        for cell, shown in zip(drawn.cells, taken[1:], strict=True):
            if cell.gap is Gap.MISSING:
                assert shown == "chưa có số liệu"
            elif cell.figure is not None:
                assert isinstance(shown, Decimal)
                assert abs(shown - cell.figure) <= 1


def test_the_parts_of_the_distance_add_up_in_the_file(tables_of: MakeTables, words: Words) -> None:
    view, found = tables_of("traffic_accidents")
    table = found["Khoảng cách đến kế hoạch"]

    *parts, whole = table.rows
    amounts = [row[3] for row in parts if isinstance(row[3], Decimal)]
    assert len(amounts) == len(view.parts)
    assert sum(amounts) == whole[3] == whole[4] == parts[-1][4]
    html = gap_card.table(view.parts, view.course, words)
    assert all(str(row[0]) in html for row in table.rows)


# --- one sector --------------------------------------------------------------------------


def test_the_structure_is_taken_away_on_both_bases(sector_of, words: Words) -> None:
    view = sector_of("structure")
    three, four = sector_export.tables(view, words, taken_at=TAKEN)

    assert view.structure is not None
    assert len(three.rows) == len(view.structure.years) + 1
    assert three.rows[-1][0] == "Kế hoạch"
    assert len(four.columns) == len(three.columns) + 1
    html = structure_table(view.structure, words)
    assert len(numbers(three)) == 9 and len(numbers(four)) == 12
    for value in (*numbers(three), *numbers(four)):
        assert f">{number(value, 1, 'vi')}<" in html
    assert [label for label, _ in four.head] == ["Đơn vị tính", "Kỳ", "Số liệu đến", "Lấy ra lúc"]


def test_the_contributions_add_up_to_the_growth(sector_of, words: Words) -> None:
    view = sector_of("growth")
    (table,) = sector_export.tables(view, words, taken_at=TAKEN)

    *parts, total = table.rows
    assert sum(row[3] for row in parts if isinstance(row[3], Decimal)) == total[3]
    assert view.growth is not None and view.growth.found is not None
    drawn = lines(view.growth, view.growth.found, words)
    written = [number(row[3], 2, "vi") for row in table.rows if isinstance(row[3], Decimal)]
    assert written == [line.written for line in drawn]
    assert "điểm" in table.columns[3] or "đ.%" in table.columns[3]


def test_a_sector_without_such_cards_has_no_such_tables(sector_of, words: Words) -> None:
    assert sector_export.tables(sector_of("rural"), words, taken_at=TAKEN) == []


# --- the files ---------------------------------------------------------------------------


def test_one_workbook_has_a_sheet_for_every_table(tables_of: MakeTables) -> None:
    _, found = tables_of("budget_revenue")
    book = openpyxl.load_workbook(io.BytesIO(export.excel(*found.values())))

    assert book.sheetnames == list(found)
    for sheet, table in zip(book.worksheets, found.values(), strict=True):
        rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
        assert rows[0][0] == table.title
        assert [row[:2] for row in rows[1 : 1 + len(table.head)]] == list(table.head)
        taken = [
            Decimal(str(cell)) for row in rows for cell in row if isinstance(cell, int | float)
        ]
        assert taken == numbers(table)


def test_one_csv_has_every_table_under_its_own_head(tables_of: MakeTables) -> None:
    _, found = tables_of("budget_revenue")
    text = export.comma_separated(*found.values(), lang="vi").decode("utf-8-sig")

    assert text.count('"Lấy ra lúc";"20/10/2018 16:30"') == len(found)
    lines_ = text.split("\r\n")
    for table in list(found.values())[1:]:
        assert lines_[lines_.index(f'"{table.title}"') - 1] == ""


def a_table(sheet: str, cell: str = "") -> Table:
    return Table("Tên", [("Kỳ", "Năm 2018")], ["Đơn vị"], [(cell,)], sheet)


def test_names_of_sheets_are_what_excel_takes() -> None:
    names = export.sheet_names(
        [a_table("Quý I/2018: [a]*?"), a_table("x" * 40), a_table("X" * 40), a_table("'")]
    )

    assert names[0] == "Quý I 2018 a"
    assert names[1] == "x" * 31
    assert names[2] == "X" * 27 + " (2)"
    assert names[3] == "-"
    assert export.excel(*(a_table(name) for name in names))


def test_a_formula_is_harmless_on_every_sheet() -> None:
    found = [a_table("a", "=1+1"), a_table("b", "@SUM(A1)")]
    book = openpyxl.load_workbook(io.BytesIO(export.excel(*found)))

    for sheet in book.worksheets:
        last = list(sheet.iter_rows())[-1][0]
        assert last.data_type == "s" and str(last.value).startswith("'")
    assert "'@SUM(A1)" in export.comma_separated(*found, lang="vi").decode("utf-8-sig")


def test_a_sheet_prints_on_one_page_width_with_its_column_names_on_each() -> None:
    table = Table("Tên", [("Kỳ", "Năm 2018")], ["Đơn vị", "Số"], [("Cao Lộc", Decimal(1))], "Số")
    sheet = openpyxl.load_workbook(io.BytesIO(export.excel(table))).worksheets[0]

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
    assert [cell.alignment.horizontal for cell in sheet[4]] == [None, "right"]
