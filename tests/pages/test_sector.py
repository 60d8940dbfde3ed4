"""The sector page through the navigation, without a browser: what an address shows."""

from __future__ import annotations

import pytest

PAGE = "pages/sector.py"
SECTORS = ("growth", "structure", "income_budget", "rural", "traffic", "administration")
H1 = {
    "growth": "Tăng trưởng kinh tế (GRDP)",
    "structure": "Cơ cấu kinh tế",
    "income_budget": "Thu nhập và ngân sách",
    "rural": "Nông thôn mới và hạ tầng",
    "traffic": "An toàn giao thông – giảm cả 3 tiêu chí so với cùng kỳ",
    "administration": "Hành chính, xã hội và thi đua",
}


def blocks(app) -> str:
    """All HTML of the page, in order."""
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_has_its_screen(open_page, sector):
    app = open_page(PAGE, linh_vuc=sector, ky="2018-Q3")

    assert not app.exception
    html = blocks(app)
    assert f"<h1>{H1[sector]}</h1>" in html and html.count("<h1") == 1
    assert len(app.get("plotly_chart")) == html.count('class="panel-head"') > 1
    assert app.selectbox("sector-sector-vi").value == sector


@pytest.mark.parametrize(("ky", "lang"), [("2018-Q1", "vi"), ("2018-Q4", "en")])
def test_other_periods_and_english(open_page, ky, lang):
    for sector in SECTORS:
        app = open_page(PAGE, linh_vuc=sector, ky=ky, lang=lang)

        assert not app.exception
        assert app.selectbox(f"sector-period-{lang}").value == ky


def test_the_structure_is_there_with_its_finding_and_its_notes(open_page):
    html = blocks(open_page(PAGE, linh_vuc="structure", ky="2018-Q3"))

    assert "Cơ cấu GRDP chuyển dịch đúng hướng" in html
    assert "99 – 103%" in html
    assert "9 tháng 2016" in html and "9 tháng 2018" in html


def test_growth_is_taken_apart(open_page):
    html = blocks(open_page(PAGE, linh_vuc="growth", ky="2018-Q3"))

    assert "Dịch vụ đóng góp 54% mức tăng trưởng" in html
    assert "Phần còn lại" in html


def test_without_a_sector_in_the_address_the_first_is_shown(open_page):
    assert f"<h1>{H1['growth']}</h1>" in blocks(open_page(PAGE))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"linh_vuc": "nope"}, "Không có lĩnh vực “nope”"),
        ({"linh_vuc": "<b>"}, "Không có lĩnh vực “&lt;b&gt;”"),
        ({"ma": "grdp_growth"}, "không có chỉ tiêu “grdp_growth” ở cấp huyện"),
        ({"ky": "2018-Q9"}, "Không có kỳ “2018-Q9”"),
        ({"don_vi": "999"}, ""),
    ],
)
def test_a_wrong_address_is_answered_with_a_sentence(open_page, query, said):
    app = open_page(PAGE, **query)

    assert not app.exception
    assert said in blocks(app)
    assert f"<h1>{H1['growth']}</h1>" in blocks(app)


def test_the_selects_write_into_the_address(open_page):
    app = open_page(PAGE, linh_vuc="growth", ky="2018-Q3", ma="growth_services")

    app.selectbox("sector-sector-vi").select("traffic").run()
    assert app.query_params["linh-vuc"] in ("traffic", ["traffic"])
    assert "ma" not in app.query_params
    assert f"<h1>{H1['traffic']}</h1>" in blocks(app)

    app.selectbox("sector-indicator-vi").select("traffic_deaths").run()
    assert app.query_params["ma"] in ("traffic_deaths", ["traffic_deaths"])
    assert 'href="/chi-tieu?ma=traffic_deaths&amp;ky=2018-Q3&amp;don-vi=' in blocks(app)


def test_districts_are_ranked_by_an_indicator_that_has_figures(open_page):
    app = open_page(PAGE, linh_vuc="income_budget", ky="2018-Q3")

    assert app.selectbox("sector-indicator-vi").value == "budget_revenue"
    assert blocks(app).count('<span class="no">') == 11


def test_the_numbers_can_be_taken_away(open_page):
    app = open_page(PAGE, linh_vuc="rural", ky="2018-Q3")

    assert [button.key for button in app.get("download_button")] == [
        "download-excel",
        "download-csv",
    ]
    assert '<table class="tbl twin sector"' in blocks(app)
