"""The districts' page through the navigation: what is shown for which address."""

from __future__ import annotations

import re

import pytest

PAGE = "pages/district.py"


def blocks(app) -> str:
    """All HTML of the page, in order."""
    return "\n".join(element.proto.body for element in app.get("html"))


def asked(app, name: str) -> str:
    """A parameter of the address."""
    value = app.query_params[name]
    return value[0] if isinstance(value, list) else value


def numbers_shown(app) -> list[int]:
    return [int(n) for n in re.findall(r'<tr data-number="(\d+)"', blocks(app))]


def test_the_address_chooses_district_and_period(open_page):
    app = open_page(PAGE, don_vi="183", ky="2018-Q2")

    assert not app.exception
    html = blocks(app)
    assert "<h1>Huyện Cao Lộc</h1>" in html
    assert 'data-unit="183" data-period="2018-Q2"' in html
    assert app.selectbox("district-unit-vi").value == "183"
    assert app.selectbox("district-period-vi").value == "2018-Q2"
    assert html.count("<h1") == 1
    assert len(app.get("plotly_chart")) == 1


def test_without_an_address_the_first_district_is_shown(open_page):
    html = blocks(open_page(PAGE))

    assert "<h1>Thành phố Lạng Sơn</h1>" in html
    assert "Tất cả chỉ tiêu của thành phố" in html


def test_the_strips_counts_are_those_of_the_rows(open_page):
    app = open_page(PAGE, don_vi="186")

    counts = [int(n) for n in re.findall(r"</i>(\d+)</b>", blocks(app))]
    assert len(counts) == 6
    assert sum(counts) == len(numbers_shown(app)) == 16
    assert 1 not in numbers_shown(app)  # GRDP exists for the province only


@pytest.mark.parametrize(
    ("button", "name"), [("district-next", "Tràng Định"), ("district-previous", "Đình Lập")]
)
def test_the_neighbours_are_one_press_away(open_page, button, name):
    app = open_page(PAGE, don_vi="178")

    app.button(button).click().run()

    assert f"<h1>Huyện {name}</h1>" in blocks(app)
    assert asked(app, "don-vi") == {"Tràng Định": "180", "Đình Lập": "189"}[name]


def test_choices_go_into_the_address(open_page):
    app = open_page(PAGE, don_vi="183")

    app.selectbox("district-unit-vi").select("186").run()
    app.selectbox("district-period-vi").select("2018-Q4").run()
    app.selectbox("district-indicator-vi").select("budget_revenue").run()

    assert [asked(app, name) for name in ("don-vi", "ky", "ma")] == [
        "186",
        "2018-Q4",
        "budget_revenue",
    ]
    html = blocks(app)
    assert "<h1>Huyện Hữu Lũng</h1>" in html
    # the other links of the page keep what was chosen
    assert "don-vi=186&amp;ky=2018-Q4&amp;ma=budget_revenue&amp;tinh-trang=" in html


def test_the_status_in_the_address_filters_the_rows(open_page):
    app = open_page(PAGE, don_vi="186", tinh_trang="off_track")

    html = blocks(app)
    assert "Đang lọc: Chậm tiến độ" in html
    assert 0 < len(numbers_shown(app)) < 16


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"don_vi": "999"}, "Không có huyện, thành phố “999”. Đang hiển thị TP Lạng Sơn."),
        ({"don_vi": "<i>"}, "“&lt;i&gt;”"),
        ({"don_vi": "20"}, "số liệu toàn tỉnh ở Tổng quan"),
        ({"ma": "nope"}, "Không có chỉ tiêu “nope” ở cấp huyện."),
        ({"ma": "grdp_growth"}, "Không có chỉ tiêu “grdp_growth” ở cấp huyện."),
        ({"ky": "2018-Q9"}, "Không có kỳ “2018-Q9”"),
        ({"tinh_trang": "nope"}, ""),
        ({"lang": "xx"}, ""),
    ],
)
def test_a_wrong_address_is_answered_with_a_sentence(open_page, query, said):
    app = open_page(PAGE, **query)

    assert not app.exception
    assert said in blocks(app)
    assert len(numbers_shown(app)) > 0


def test_english_by_the_address(open_page):
    html = blocks(open_page(PAGE, don_vi="183", lang="en"))

    assert "Strengths" in html and "Needs direction" in html
    assert "don-vi=183&amp;lang=en" in html or "don-vi=183&amp;ky=2018-Q3" in html
    for vietnamese in ("Điểm mạnh", "trung vị", "hạng ", "Đúng tiến độ"):
        assert vietnamese not in html


def test_rows_lead_to_the_indicator_of_this_district(open_page):
    html = blocks(open_page(PAGE, don_vi="183"))

    href = "/chi-tieu?ma=road_hardening_rate&amp;ky=2018-Q3&amp;don-vi=183"
    assert f'href="{href}"' in html


def test_the_table_can_be_taken_away(open_page):
    app = open_page(PAGE, don_vi="183")

    assert len(app.get("download_button")) == 2
