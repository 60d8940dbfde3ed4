"""Ranking, arithmetic, sources and export of the indicator page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.inquiries import Inquiry, Question
from kpi.judgement import Status
from kpi.observations import ObsStatus
from kpi.periods import Period
from kpi.targets import Target
from reports import export
from reports.html import figure_table, source_table
from reports.html.arithmetic_card import arithmetic_card, steps
from reports.html.rank_list import rank_list, ranked
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.vintages import Vintage
from reports.wording import Words

TODAY = date(2018, 10, 20)
MakeView = Callable[..., IndicatorView]


@pytest.fixture(scope="module")
def view(
    make_frame: Callable[..., pd.DataFrame],
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
) -> MakeView:
    """``view("budget_revenue", unit="183", without=("184",))``."""

    def make(
        indicator: str, code: str = "2018-Q3", *, unit: str = "20", without: Sequence[str] = ()
    ) -> IndicatorView:
        frame, asked = make_frame(without=without), definitions.indicators[indicator]
        found = indicator_view(
            frame[frame["indicator"].isin(inputs_of(asked))], targets, definitions, org_units,
            indicator=asked, org_unit=org_units.units[unit], period=Period.parse(code),
            today=TODAY,
        )  # fmt: skip
        assert found is not None
        return found

    return make


# --- the view ----------------------------------------------------------------------------


def test_a_figure_that_no_district_has_cannot_be_viewed_for_one(
    frame: pd.DataFrame, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits
) -> None:
    found = indicator_view(
        frame, targets, definitions, org_units,
        indicator=definitions.indicators["grdp_growth"], org_unit=org_units.units["183"],
        period=Period(2018, 3), today=TODAY,
    )  # fmt: skip

    assert found is None


def test_the_course_has_this_years_quarters_and_last_years(view: MakeView) -> None:
    course = view("budget_revenue").course

    assert [step.value for step in course.steps] == [1220, 3050, 4575, None]
    assert [step.previous for step in course.steps] == [1220, 3050, 4575, 6100]
    assert course.steps[-1].expected == 6296


def test_an_annual_figure_is_not_shown_before_its_time(view: MakeView) -> None:
    found = view("income_per_capita")

    assert found.judged.value is None and found.judged.last_known is not None
    assert [step.period.code for step in found.course.steps] == ["2016", "2017", "2018"]


# --- ranking -----------------------------------------------------------------------------


def test_equal_districts_share_a_rank_and_the_missing_one_stands_last(
    view: MakeView, words: Words
) -> None:
    found = ranked(view("communes_below_5_criteria", without=()).districts, words)
    assert {one.rank for one in found} == {(1, 11)}

    with_gap = ranked(view("road_hardening_rate", without=("184",)).districts, words)

    assert with_gap[-1].assessment.org_unit == "184"
    assert with_gap[-1].rank is None and with_gap[-1].figure == "–"
    assert with_gap[0].rank is not None and with_gap[0].rank[0] == 1


def test_every_district_is_a_link_and_the_shown_one_is_marked(view: MakeView, words: Words) -> None:
    found = view("budget_revenue", unit="183")

    html = rank_list(found.districts, words, found.indicator, found.period, "183")

    assert html.count("<li") == 11
    assert html.count('aria-current="true"') == 1
    assert "/chi-tieu?ma=budget_revenue&amp;ky=2018-Q3&amp;don-vi=183" in html


def test_a_district_somebody_asks_about_has_the_mark_beside_its_light(
    view: MakeView, words: Words
) -> None:
    found = view("budget_revenue")
    question = Question(
        "budget_revenue", "183", found.period, "Vì sao?", TODAY, Status.AT_RISK, None
    )
    asked = {"budget_revenue": [Inquiry(7, question, "183", "thi-dua", datetime.now(UTC))]}

    html = rank_list(found.districts, words, found.indicator, found.period, "20", asked)

    lines = [line for line in html.split("<li")[1:] if 'class="asked"' in line]
    assert len(lines) == 1 and "don-vi=183" in lines[0] and "/giai-trinh?so=7" in lines[0]
    assert lines[0].index('role="img" aria-label="') < lines[0].index('class="asked"')
    none = rank_list(found.districts, words, found.indicator, found.period, "20")
    assert "asked" not in none


def test_without_districts_the_card_says_why(view: MakeView, words: Words) -> None:
    found = view("grdp_growth")

    html = rank_list(found.districts, words, found.indicator, found.period, "20")

    assert "GRDP không được tính cho từng huyện, nên không có bảng xếp hạng." in html


# --- arithmetic --------------------------------------------------------------------------


def test_the_arithmetic_names_cell_clause_quote_pace_and_thresholds(
    view: MakeView, words: Words
) -> None:
    found = dict(steps(view("budget_revenue").judged, words))

    assert "Biểu!F" in found["value"]
    assert "mục 2, điểm b" in found["target"]
    assert "<mark>hoàn thành đạt và vượt dự toán" in found["target"]
    assert found["expected"].startswith("4.722 tỷ đồng")
    assert "0,97" in found["thresholds"] and "0,90" in found["thresholds"]
    assert found["needed"].startswith("Còn 1.721 tỷ đồng trong quý IV")


def test_a_levels_arithmetic_starts_at_the_end_of_last_year(view: MakeView, words: Words) -> None:
    assert "Quý IV/2017" in dict(steps(view("road_hardening_rate").judged, words))["baseline"]
    assert "baseline" not in dict(steps(view("budget_revenue").judged, words))


@pytest.mark.parametrize(
    "indicator",
    ["grdp_growth", "share_services", "income_per_capita", "traffic_deaths", "poverty_rate"],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_indicator_has_its_arithmetic(
    view: MakeView, definitions: Definitions, org_units: OrgUnits, indicator: str, lang: str
) -> None:
    unit = "20" if indicator != "poverty_rate" else "183"
    judged = view(indicator, unit=unit).judged

    html = arithmetic_card(judged, Words(definitions, org_units, lang))

    assert html.startswith('<section class="card how"') and "None" not in html


# --- sources -----------------------------------------------------------------------------


def vintage(value: str, submission: int) -> Vintage:
    at = datetime(2018, 9, 28, 3, tzinfo=UTC)
    return Vintage(Decimal(value), ObsStatus.NORMAL, submission, submission, "183", at)


def test_a_ratio_names_its_two_inputs_with_their_cells(view: MakeView, words: Words) -> None:
    found = source_table.rows(view("road_hardening_rate", unit="183").shown, words, {})

    assert [row.depth for row in found] == [0, 1, 1]
    assert found[0].source is None and found[0].written == "73,7"
    assert found[0].note == "14 ÷ 19"
    assert all(row.source is not None for row in found[1:])


def test_a_provinces_sum_says_on_how_many_units_it_rests(view: MakeView, words: Words) -> None:
    versions = {"183": [vintage("9", 1), vintage("1", 2)]}
    found = source_table.rows(view("new_rural_communes").shown, words, versions)

    assert found[0].note == "cộng từ các huyện, thành phố, 11/11 đơn vị"
    assert len(found) == 12
    corrected = next(row for row in found if row.name == "Cao Lộc")
    assert corrected.note == "thay v1: 9"


def test_the_table_shows_version_file_cell_and_local_time(view: MakeView, words: Words) -> None:
    found = view("budget_revenue", unit="183")
    rows = source_table.rows(found.shown, words, {})

    html = source_table.source_table(rows, found, words)

    assert '<span class="ver">v1</span>' in html
    assert '<code class="cell">Biểu!F' in html
    assert "28/09/2018 10:00" in html


@pytest.mark.parametrize(
    ("indicator", "folded"), [("road_hardening_rate", True), ("new_rural_communes", False)]
)
def test_only_a_long_table_of_sources_is_folded_and_no_row_of_it_is_left_out(
    view: MakeView, words: Words, indicator: str, folded: bool
) -> None:
    found = view(indicator)
    rows = source_table.rows(found.shown, words, {})

    html = source_table.source_table(rows, found, words)

    assert html.count("<tr") == 1 + len(rows)
    assert ('<details class="rest"' in html, f"Xem đủ {len(rows)} dòng" in html) == (folded, folded)


# --- tables of the figures ---------------------------------------------------------------


def test_the_table_twins_have_every_number_of_their_figures(view: MakeView) -> None:
    course = view("budget_revenue").course

    to_date = figure_table.to_date_table(course, "vi")
    quarters = figure_table.quarters_table(course, "vi")

    for text in ("1.220", "4.575", "6.100", "4.722", "≥\N{NO-BREAK SPACE}6.296"):
        assert text in to_date
    for text in ("1.830", "1.525", "Quý IV"):
        assert text in quarters


# --- export ------------------------------------------------------------------------------


def a_table(note: str = "") -> export.Table:
    return export.Table(
        title="Thu ngân sách",
        head=[("Đơn vị tính", "tỷ đồng"), ("Kỳ", "9 tháng 2018")],
        columns=["Đơn vị", "Giá trị", "Ghi chú"],
        rows=[("Cao Lộc", Decimal("96.4"), note), ("Văn Quan", None, "")],
        sheet="Số liệu",
        decimals=1,
    )


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_is_made_harmless(evil: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export.excel(a_table(evil)))).active
    text = export.comma_separated(a_table(evil), lang="vi").decode("utf-8-sig")

    assert sheet is not None
    cell = next(c for row in sheet.iter_rows() for c in row if str(c.value or "").startswith("'"))
    assert cell.data_type == "s"
    assert "'" + evil.strip("\r") in text or "'\r" in text


def test_numbers_stay_numbers_and_what_is_missing_stays_empty() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(export.excel(a_table()))).active

    assert sheet is not None
    values = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert values[0][0] == "Thu ngân sách"
    assert values[1][:2] == ("Đơn vị tính", "tỷ đồng")
    assert values[-2][:2] == ("Cao Lộc", 96.4)
    assert values[-1][:2] == ("Văn Quan", None)


def test_csv_is_written_as_a_vietnamese_or_english_excel_reads_it() -> None:
    vietnamese = export.comma_separated(a_table(), lang="vi")

    assert vietnamese.startswith(b"\xef\xbb\xbf")
    assert '"Cao Lộc";"96,4";' in vietnamese.decode("utf-8-sig")
    english = export.comma_separated(a_table(), lang="en").decode("utf-8-sig")
    assert '"Cao Lộc","96.4",' in english


def test_a_taken_away_table_carries_unit_period_and_moment(view: MakeView, words: Words) -> None:
    found = view("budget_revenue")
    moment = datetime(2018, 10, 20, 9, 30, tzinfo=UTC)

    table = source_table.export_table(
        source_table.rows(found.shown, words, {}), found, words, taken_at=moment
    )

    assert dict(table.head) == {
        "Đơn vị tính": "tỷ đồng",
        "Kỳ": "9 tháng 2018",
        "Số liệu đến": "28/09/2018",
        "Lấy ra lúc": "20/10/2018 16:30",
    }
    assert table.rows[0][:3] == ("Toàn tỉnh", Decimal(4575), "v1")
