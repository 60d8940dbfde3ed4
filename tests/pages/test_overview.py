"""The overview through the navigation, without a browser: what is shown for which address."""

from __future__ import annotations

import re

import pytest


def blocks(app) -> str:
    """All HTML of the page, in order."""
    return "\n".join(element.proto.body for element in app.get("html"))


def chosen(html: str) -> list[str]:
    """What the selects beside the title show."""
    return re.findall(r'<option value="([^"]*)" selected>', html)


def numbers_shown(app) -> list[int]:
    return [int(n) for n in re.findall(r'<tr data-number="(\d+)"', blocks(app))]


def test_the_first_visit_shows_the_demos_period(open_page):
    app = open_page()

    assert not app.exception
    html = blocks(app)
    assert "<h1>Chỉ tiêu thi đua năm 2018</h1>" in html
    assert 'data-period="2018-Q3"' in html
    assert numbers_shown(app) == list(range(1, 18))
    assert "Dữ liệu minh họa" in html
    assert chosen(html) == ["2018-Q3", ""]


def test_one_h1_and_no_style_sheet_of_its_own(open_page):
    html = blocks(open_page())

    assert "<style" not in html  # it comes with the first page, not with every run
    assert html.count("<h1") == 1


def test_the_strips_counts_are_those_of_the_rows(open_page):
    html = blocks(open_page())

    counts = [int(n) for n in re.findall(r"</i>(\d+)</b>", html)]
    assert len(counts) == 6
    assert sum(counts) == 17


def test_the_address_chooses_period_sector_and_status(open_page):
    app = open_page(ky="2018-Q2", linh_vuc="traffic", tinh_trang="on_track")

    html = blocks(app)
    assert 'data-period="2018-Q2"' in html
    assert set(numbers_shown(app)) <= {15, 16, 17}
    assert "Đang lọc: Đúng tiến độ" in html
    assert chosen(html) == ["2018-Q2", "traffic"]


def test_the_selects_ask_for_the_period_and_keep_the_rest_of_the_address(open_page):
    html = blocks(open_page(ky="2018-Q2", tinh_trang="on_track", lang="en"))

    form = re.search(r'<form class="choices" action="/" method="get".*?</form>', html)
    assert form is not None
    assert re.findall(r'<select name="([^"]*)"', form[0]) == ["ky", "linh-vuc"]
    assert re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form[0]) == [
        ("tinh-trang", "on_track"),
        ("lang", "en"),
    ]


def test_a_sector_is_chosen_and_cleared(open_page):
    assert numbers_shown(open_page(linh_vuc="growth")) == [1, 2, 3, 4]
    assert len(numbers_shown(open_page(linh_vuc=""))) == 17


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"ky": "2018-Q9"}, "Không có kỳ “2018-Q9”"),
        ({"ky": "<b>"}, "Không có kỳ “&lt;b&gt;”"),
        ({"linh_vuc": "nope"}, "Không có lĩnh vực “nope”"),
        ({"tinh_trang": "nope"}, ""),
        ({"lang": "xx"}, ""),
    ],
)
def test_a_wrong_address_is_answered_with_a_sentence(open_page, query, said):
    app = open_page(**query)

    assert not app.exception
    assert said in blocks(app)
    assert len(numbers_shown(app)) == 17


def test_english_by_the_address(open_page):
    app = open_page(lang="en")

    html = blocks(app)
    assert "<h1>Emulation targets 2018</h1>" in html
    assert "Illustrative data" in html
    assert "ky=2018-Q3&amp;lang=en" in html
    assert "Đúng tiến độ" not in html


def test_the_language_link_keeps_the_rest_of_the_address(open_page):
    html = blocks(open_page(ky="2018-Q2", linh_vuc="rural"))

    link = re.search(r'hreflang="en" href="([^"]*)"', html)
    assert link is not None
    assert set(link[1].removeprefix("/?").split("&amp;")) == {
        "ky=2018-Q2",
        "linh-vuc=rural",
        "lang=en",
    }


def test_every_row_leads_to_its_indicator(open_page):
    html = blocks(open_page())

    assert html.count('href="/chi-tieu?ma=') >= 17
    assert 'href="/chi-tieu?ma=road_hardening_rate&amp;ky=2018-Q3"' in html


def test_the_table_can_be_taken_away(open_page):
    buttons = open_page().get("download_button")

    assert [button.key for button in buttons] == [
        "overview-paper-0",
        "overview-paper-1",
        "overview-excel",
        "overview-csv",
    ]


def test_where_nothing_was_reported_the_overview_leads_to_those_who_have_to(open_page):
    way = "Xem đơn vị nào chưa nộp báo cáo"

    assert way not in blocks(open_page())
    assert way in blocks(open_page(ngay="2018-02-01", ky="2018-Q1"))
