"""A sector's page: what is judged, drawn, said and taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import pairwise

import openpyxl
import pandas as pd
import pytest

from kpi.coherence import Carried, Gap, Whole
from kpi.definitions import Definitions, OrgUnits, Role
from kpi.inquiries import Inquiry, Question
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from kpi.targets import TargetKind
from reports import export
from reports.coherence import coherence, line
from reports.figures import drawn_marks, panel_figure
from reports.html import sector_head
from reports.html.coherence_card import coherence_card
from reports.html.growth_card import growth_card, lines
from reports.html.sector_table import export_table, sector_table
from reports.html.structure_card import structure_card
from reports.sector_view import SectorView, sector_view
from reports.sector_words import growth_needs, growth_title, listed, panels_title
from reports.wording import Words

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)
SECTORS = ("growth", "structure", "income_budget", "rural", "traffic", "administration")


@pytest.fixture(scope="module")
def view_of(
    frame: pd.DataFrame, targets, definitions: Definitions, org_units: OrgUnits
) -> Callable[..., SectorView]:
    def view(sector: str, values: pd.DataFrame = frame, period: Period = Q3) -> SectorView:
        return sector_view(
            values, targets, definitions, org_units,
            sector=definitions.sectors[sector], period=period, today=TODAY,
        )  # fmt: skip

    return view


@pytest.fixture(scope="module")
def views(view_of) -> dict[str, SectorView]:
    return {sector: view_of(sector) for sector in SECTORS}


def without(frame: pd.DataFrame, indicator: str, period: str, unit: str = "20") -> pd.DataFrame:
    gone = (
        (frame["indicator"] == indicator)
        & (frame["period"] == period)
        & (frame["org_unit"] == unit)
    )
    assert gone.any()
    return frame[~gone]


# --- what is judged ----------------------------------------------------------------------


@pytest.mark.parametrize("sector", SECTORS)
def test_a_sector_shows_all_its_indicators_of_the_province(views, definitions, sector):
    expected = [
        i.id
        for i in definitions.indicators.values()
        if i.sector == sector and i.role is not Role.INPUT and i.id != "poverty_rate"
    ]

    assert [panel.indicator.id for panel in views[sector].panels] == expected


def test_what_it_says_is_what_the_overview_says(views, judged: list[Assessment]):
    by_id = {a.indicator: a for a in judged}

    for view in views.values():
        for panel in view.panels:
            if panel.judged.value is not None:
                assert panel.judged == by_id[panel.indicator.id]


def test_districts_are_judged_for_every_indicator_that_exists_there(views):
    assert "grdp_growth" not in views["growth"].districts
    assert "poverty_rate" in views["administration"].districts
    for view in views.values():
        for name, assessed in view.districts.items():
            assert len(assessed) == 11
            assert {a.indicator for a in assessed} == {name}


# --- growth ------------------------------------------------------------------------------


def test_contributions_use_last_years_shares_and_leave_a_rest(views):
    found = views["growth"].growth.found

    weights = [part.weight for part in found.parts]
    assert {w.period for w in weights} == {Period(2017, 3)}
    assert {w.basis for w in weights} == {"grdp_four_part"}
    assert sum(part.value for part in found.parts) + found.rest == Decimal("8.12")


def test_the_bars_float_and_end_at_the_total(views, words: Words):
    growth = views["growth"].growth
    drawn = lines(growth, growth.found, words)

    assert drawn[0].start == 0
    for before, after in pairwise(drawn[:-1]):
        assert after.start == before.end
    assert drawn[-2].end == drawn[-1].end == Decimal("8.12")
    figures = [Decimal(line.written.replace(",", ".").replace("−", "-")) for line in drawn]
    assert sum(figures[:-1]) == figures[-1]


def test_the_growth_cards_title_is_computed(views, words: Words):
    growth = views["growth"].growth

    assert growth_title(growth, words) == "Dịch vụ đóng góp 58% mức tăng trưởng"
    html = growth_card(growth, words)
    assert "Phần còn lại" in html and "8 – 8,5" in html.replace("\N{NO-BREAK SPACE}", " ")
    assert html.count('class="goal"') == 5


def test_what_the_rest_of_the_year_must_bring_is_said(views, words: Words):
    said, about = growth_needs(views["growth"].growth, words)

    assert said == ["Để đạt 20% cả năm, công nghiệp – xây dựng cần tăng khoảng 27,7% trong quý IV"]
    assert about


def test_without_a_share_nothing_is_taken_apart_and_the_card_says_why(view_of, frame, words):
    less = without(frame, "share_services", "2017-Q3")
    growth = view_of("growth", less).growth

    assert growth.found is None
    html = growth_card(growth, words)
    assert "Chưa tính được" in html and "quý III/2017" in html


# --- words -------------------------------------------------------------------------------


def test_the_title_names_the_one_that_is_behind(views, words: Words):
    title = panels_title(views["growth"], words)

    assert title == "Chỉ công nghiệp – xây dựng cần chỉ đạo: dưới khoảng kế hoạch 2,58 đ.%"


def test_the_title_of_followed_indicators_judges_nothing(views, words: Words):
    assert panels_title(views["administration"], words).startswith("Chỉ theo dõi")


def test_names_are_listed_as_one_says_them():
    assert listed([], "vi") == ""
    assert listed(["a"], "vi") == "a"
    assert listed(["a", "b"], "vi") == "a và b"
    assert listed(["a", "b", "c"], "en") == "a, b and c"


def test_targets_judged_together_have_one_mark(views, words: Words):
    assert "Đánh giá chung" in sector_head.panels_head(views["traffic"], words)
    assert "Đánh giá chung" not in sector_head.panels_head(views["rural"], words)


def test_a_light_somebody_asks_about_has_its_mark_on_the_panel_and_among_the_shares(
    views, words: Words
):
    view = views["structure"]
    asked = {
        "share_industry": [
            Inquiry(
                4,
                Question("share_industry", "20", view.period, "Vì sao?", Q3.end, Status.AT_RISK),
                "cuc-thong-ke",
                "thi-dua",
                datetime(2018, 10, 12, tzinfo=UTC),
            )
        ]
    }
    heads = [sector_head.panel_head(panel, words, asked) for panel in view.panels]

    assert [panel.indicator.id for panel, head in zip(view.panels, heads, strict=True)
            if "/giai-trinh?so=4" in head] == ["share_industry"]  # fmt: skip
    assert structure_card(view.structure, words, asked).count("/giai-trinh?so=4") == 1
    assert "/giai-trinh" not in structure_card(view.structure, words)


def test_notes_say_what_is_not_added_up(views, words: Words):
    budget = sector_head.notes_card(views["income_budget"], words)
    assert "không cộng và không so với nhau" in budget
    assert sector_head.notes_card(views["traffic"], words) == ""


@pytest.mark.parametrize("sector", SECTORS)
def test_english_has_no_vietnamese_status(views, definitions, org_units, sector):
    english = Words(definitions, org_units, "en")
    html = sector_head.panels_head(views[sector], english)
    html += "".join(sector_head.panel_head(panel, english) for panel in views[sector].panels)

    assert "Đúng tiến độ" not in html and "Kế hoạch" not in html


# --- panels ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("sector", SECTORS)
def test_every_panel_starts_at_zero_and_shows_its_plan(views, sector, lang):
    for panel in views[sector].panels:
        figure = panel_figure(panel.course, lang, "dark")
        low, high = figure.layout.yaxis.range

        assert low <= 0 < high
        assert bool(figure.layout.shapes) == (panel.judged.target is not None)
        for bar in figure.data:
            assert all(v is None or low <= v <= high for v in bar.y)


def test_fewer_than_last_year_has_last_years_bar_as_its_zone(views):
    panel = views["traffic"].panels[0]
    figure = panel_figure(panel.course, "vi", "light")

    assert panel.course.kind is TargetKind.BELOW_PREVIOUS
    zones = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [zone.y1 for zone in zones] == [float(s.previous) for s in panel.course.steps]


def test_an_annual_figure_shows_three_years_and_the_plan_at_the_last(views):
    panel = views["income_budget"].panels[0]
    figure = panel_figure(panel.course, "vi", "light")

    assert list(figure.layout.xaxis.categoryarray) == ["2016", "2017", "2018"]
    zone = next(shape for shape in figure.layout.shapes if shape.type == "rect")
    assert (zone.x0, zone.x1) == (1.5, 2.5)
    assert drawn_marks(panel.course) == {"plan"}


def test_a_value_stands_inside_its_bar_only_where_it_fits(views):
    panel = views["growth"].panels[0]
    figure = panel_figure(panel.course, "vi", "light")

    texts = {note.text: note for note in figure.layout.annotations}
    assert texts["<b>8,12</b>"].y == 0


# --- the table ---------------------------------------------------------------------------


def test_the_table_has_every_step_of_every_panel(views, words: Words):
    view = views["rural"]
    table = export_table(view, words, taken_at=datetime(2018, 10, 10, tzinfo=UTC))

    assert len(table.rows) == 4 * len(view.panels)
    now = [row for row in table.rows if row[2] == "9 tháng 2018"]
    assert [row[3] for row in now] == [panel.judged.value for panel in view.panels]
    html = sector_table(view, words)
    assert html.count("<tr>") == 1 + len(table.rows)
    assert html.count('scope="rowgroup"') == len(view.panels)


def test_the_table_is_taken_away_with_the_decimals_of_each_figure(views, words: Words):
    table = export_table(views["rural"], words, taken_at=datetime(2018, 10, 10, tzinfo=UTC))
    sheet = openpyxl.load_workbook(BytesIO(export.excel(table))).active

    formats = {cell.number_format for row in sheet.iter_rows() for cell in row
               if isinstance(cell.value, int | float)}  # fmt: skip
    assert formats == {"#,##0", "#,##0.0"}
    assert export.comma_separated(table, lang="vi").decode("utf-8-sig").startswith('"Nông thôn mới')


# --- parts and wholes --------------------------------------------------------------------


def test_the_card_of_parts_and_wholes_says_who_is_furthest_off(
    frame, definitions, org_units, words: Words
):
    found = [
        gap
        for gap in coherence(frame, definitions, org_units, Period(2018, 3))
        if definitions.indicators[gap.indicator].sector == "administration"
    ]
    html = coherence_card(found, words)
    assert html.count("<tr>") == 1 + len(found) == 4
    assert "t-risk" in html  # in the frame every unit reports what the province does
    assert "hỏi lại cơ quan báo cáo" in html
    assert coherence_card([], words) == ""


def test_the_province_s_structure_is_listed_and_the_districts_only_counted(
    definitions, org_units, words: Words
):
    whole = Decimal(100)
    even = [
        Gap(Whole.SHARES, "share_agriculture", unit, whole, whole, False, ())
        for unit in ("20", "183", "184")
    ]
    html = coherence_card(even, words)
    assert html.count("<tr>") == 2
    assert 'data-head="Đơn vị tính">%</td>' in html and "Cơ cấu kinh tế, Toàn tỉnh" in html
    assert "Cả 3 phép đối chiếu đều khớp." in html
    assert "<table" not in coherence_card(even[1:], words)


def test_what_growth_leaves_over_is_worded_by_whether_it_can_be(words: Words):
    parts = (Carried("growth_industry", Decimal("2.06"), Decimal("1.31")),)
    facts = {"unmeasured": "share_product_taxes", "implied": Decimal("3.61")}
    fits, apart = (
        line(
            Gap(Whole.GROWTH, "grdp_growth", "20", Decimal("8.12"), Decimal("7.75"), beyond,
                parts, **facts),
            words,
        )
        for beyond in (False, True)
    )  # fmt: skip
    shown = (fits.unit, fits.whole, fits.parts, fits.difference)
    assert shown == ("%", "8,12", "7,75", "+0,37\xa0đ.%")
    assert fits.carrier.startswith("Không quy cho khu vực nào: mức tăng hàm ý của thuế sản phẩm")
    assert "+3,6%" in fits.carrier and "Công nghiệp" not in fits.carrier
    assert apart.carrier.startswith("Công nghiệp – xây dựng (đóng góp −2,06\xa0đ.% so với tốc độ")
