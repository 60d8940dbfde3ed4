"""The indicator page through the navigation, without a browser."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
PAGE = "pages/indicator.py"


def blocks(app: AppTest) -> str:
    """All HTML of the page, in order."""
    return "\n".join(element.proto.body for element in app.get("html"))


def charts(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def test_a_shared_link_shows_the_indicator_with_figures_arithmetic_and_cells(
    open_page: Open,
) -> None:
    app = open_page(PAGE, ma="budget_revenue", ky="2018-Q3")

    assert not app.exception
    html = blocks(app)
    assert "<h1>Thu ngân sách nhà nước" in html
    for block in ('class="card kpi"', 'class="card rank"', 'class="card how"', "tbl sources"):
        assert block in html
    assert len(charts(app)) == 2
    assert html.count("<h1") == 1


@pytest.mark.parametrize(
    ("indicator", "figures"),
    [
        ("grdp_growth", 1), ("share_agriculture", 1), ("road_hardening_rate", 1),
        ("communes_below_5_criteria", 1), ("income_per_capita", 1), ("traffic_deaths", 2),
        ("new_rural_communes", 2), ("staff_reduction", 2), ("communes_with_model", 1),
        ("rural_communes_total", 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("unit", ["20", "183"])
def test_every_kind_of_indicator_opens_for_the_province_and_for_a_district(
    open_page: Open, indicator: str, figures: int, unit: str
) -> None:
    app = open_page(PAGE, ma=indicator, ky="2018-Q4", don_vi=unit)

    assert not app.exception
    html = blocks(app)
    if 'class="card kpi"' in html:
        # the province's distance to its plan, where districts make it up, is one more
        assert len(charts(app)) == figures + html.count("tbl twin gap")
        assert 'class="card todo"' in html
    else:
        assert 'class="way"' in html
    if unit == "183":
        assert "tbl twin gap" not in html


def test_the_districts_stand_side_by_side_and_the_distance_is_taken_apart(
    open_page: Open,
) -> None:
    html = blocks(open_page(PAGE, ma="new_rural_communes", ky="2018-Q3"))

    for block in ('class="card heat"', 'class="card tiles"', "tbl twin gap", 'class="card todo"'):
        assert block in html
    assert "Còn thiếu 7 xã so với kế hoạch năm" in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"ma": "khong_co"}, "Không có chỉ tiêu “khong_co”"),
        ({"ma": "budget_revenue", "ky": "nonsense"}, "Không có kỳ “nonsense”"),
        ({"ma": "budget_revenue", "don_vi": "999"}, "Không có đơn vị “999”"),
        ({"ma": "<script>"}, "Không có chỉ tiêu “&lt;script&gt;”"),
    ],
)
def test_a_wrong_address_is_answered_with_a_sentence_and_the_nearest_view(
    open_page: Open, query: dict[str, str], said: str
) -> None:
    app = open_page(PAGE, **query)

    assert not app.exception
    assert said in blocks(app)
    assert 'class="card kpi"' in blocks(app)


def test_a_figure_that_districts_do_not_have_offers_the_province(open_page: Open) -> None:
    app = open_page(PAGE, ma="grdp_growth", don_vi="183")

    assert not app.exception
    assert "không được tính cho từng huyện" in blocks(app)
    assert "Xem số liệu toàn tỉnh" in blocks(app)


def test_the_selects_write_into_the_address(open_page: Open) -> None:
    app = open_page(PAGE, ma="budget_revenue", ky="2018-Q3")

    app.selectbox("indicator-ky-vi").select("2018-Q2").run()
    assert app.query_params["ky"] in ("2018-Q2", ["2018-Q2"])
    assert "Thực hiện 6 tháng" in blocks(app)

    app.selectbox("indicator-ma-vi").select("grdp_growth").run()
    assert app.query_params["ma"] in ("grdp_growth", ["grdp_growth"])
    assert "<h1>Tốc độ tăng GRDP" in blocks(app)


def test_a_later_quarter_is_not_drawn_in_an_earlier_view(open_page: Open) -> None:
    app = open_page(PAGE, ma="budget_revenue", ky="2018-Q2")

    done = next(t for t in charts(app)[0]["data"] if t.get("name") == "Thực hiện")
    assert done["y"][2:] == [None, None]


def test_english_changes_words_and_separators(open_page: Open) -> None:
    app = open_page(PAGE, ma="budget_revenue", ky="2018-Q3", lang="en")

    assert not app.exception
    assert "How it is judged" in blocks(app)
    assert charts(app)[0]["layout"]["separators"] == ".,"


def test_the_figures_can_be_taken_away(open_page: Open) -> None:
    app = open_page(PAGE, ma="budget_revenue", ky="2018-Q3")

    names = [button.label for button in app.get("download_button")]
    assert names == ["Tải Excel", "Tải CSV"]
