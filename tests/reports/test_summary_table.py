"""The summary table: seventeen rows, each with glyph and word, links, quotes, escaping."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape

import pytest

from kpi.definitions import Text
from kpi.judgement import Forecast, Status
from kpi.periods import Period
from reports.cells import Cell, forecast, fresh_until, freshness, updated, variance
from reports.html.address import View
from reports.html.chip import LOOK, chip
from reports.html.strip import GROUPS, counts
from reports.html.summary_table import followed_table, summary_table
from reports.wording import Words

Q3 = Period(2018, 3)
VIEW = View(Q3)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def rows(judged, past, words):
    html = summary_table(judged, past, words, VIEW)
    found = re.findall(r'<tr data-number="(\d+)".*?</tr>', html, re.S)
    texts = re.findall(r'(<tr data-number="\d+".*?</tr>)', html, re.S)
    return dict(zip(map(int, found), texts, strict=True))


def cell(row: str, name: str) -> str:
    """The words of one cell."""
    found = re.search(rf'<td class="{name}[ "].*?</td>', row, re.S)
    assert found is not None
    plain = re.sub(r'<span class="ph">.*?</span>|<[^>]*>', "", found[0])
    return unescape(plain).replace(NBSP, " ").strip()


def judged_by_id(judged, name):
    return next(a for a in judged if a.indicator == name)


def test_seventeen_rows_in_the_decrees_order(rows):
    assert list(rows) == list(range(1, 18))


def test_a_sectors_row_leads_to_its_own_screen(judged, past, words):
    html = summary_table(judged, past, words, View(Q3, lang="en"))

    groups = re.findall(r'<tr class="grp">.*?</tr>', html, re.S)
    links = [unescape(re.search(r'href="([^"]*)"', group)[1]) for group in groups]
    assert links == [
        f"/linh-vuc?linh-vuc={sector}&ky=2018-Q3&lang=en"
        for sector in ("growth", "structure", "income_budget", "rural", "traffic")
    ]


def test_plan_value_and_distance_read_as_the_reports_write_them(rows):
    assert cell(rows[1], "pl") == "8 – 8,5"
    assert cell(rows[1], "va") == "8,12"
    assert cell(rows[1], "vr") == "trong khoảng"
    assert cell(rows[3], "vr") == "−2,58 đ.%"
    assert cell(rows[9], "pl") == "≥ 6.296"
    assert cell(rows[9], "va") == "4.575"
    assert cell(rows[9], "vr") == "72,7%"


def test_limits_that_cannot_be_passed_stand_without_a_sign(rows):
    assert cell(rows[11], "pl") == "0"  # no commune below 5 criteria
    assert cell(rows[13], "pl") == "100"  # all communes
    assert cell(rows[11], "vr") == "còn 11"


def test_accidents_keep_their_count_with_the_change_beside_it(rows):
    assert cell(rows[15], "va") == "264"
    assert cell(rows[15], "pl") == "< cùng kỳ"
    assert cell(rows[15], "vr") == "giảm 11,1%"
    assert cell(rows[16], "vr").startswith("tăng ")


def test_a_value_that_is_not_due_is_a_dash_with_its_reason(rows):
    assert cell(rows[8], "va") == "–"
    assert "hạn 05/01/2019" in rows[8]
    assert 'title="Kỳ này chưa yêu cầu báo cáo chỉ tiêu này"' in rows[8]


def test_every_status_is_shape_and_word_and_no_colour_comes_without(judged, past, words):
    html = summary_table(judged, past, words, VIEW)

    chips = re.findall(r'<span class="chip s-\w+".*?</span>', html)
    assert len(chips) == 17
    assert all(re.search(r'<i class="g g-\w+" aria-hidden="true"></i>\S', one) for one in chips)
    assert not re.search(r'class="(?!chip)[^"]*\bs-(met|on|risk|off|nd)\b', html)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.FOLLOWED])
def test_each_status_has_its_own_shape_or_word(status):
    assert LOOK[status][0] in chip(status, "vi")


def test_less_than_planned_of_what_should_fall_is_called_better(definitions):
    from kpi.targets import Direction

    said = chip(Status.EXCEEDED, "vi", direction=Direction.DECREASE)
    assert "Tốt hơn kế hoạch" in said
    assert "Vượt" in chip(Status.EXCEEDED, "vi", direction=Direction.INCREASE)


def test_only_warnings_colour_the_distance(rows):
    assert 'class="vr t-off"' in rows[3]
    assert 'class="vr"' in rows[1]


def test_the_arithmetic_is_behind_the_chip(rows):
    assert "17,42 ÷ 20,00 (kế hoạch năm) = 0,871 → Chậm tiến độ" in rows[3]
    assert "4.575 ÷ 4.722 (tiến độ 75%, theo trung vị các năm 2016–2017) = 0,969" in rows[9]


def test_the_name_is_the_link_and_the_quote_the_second_control(rows):
    assert '<a href="/chi-tieu?ma=grdp_growth&amp;ky=2018-Q3">Tốc độ tăng GRDP</a>' in rows[1]
    assert "Nguyên văn · Văn bản phát động, mục 2, điểm b" in rows[1]
    assert "<mark>tốc độ tăng trưởng kinh tế năm 2018 từ 8 - 8,5%</mark>" in rows[1]


def test_every_number_of_the_decree_is_marked_in_its_sentence(rows):
    assert all(re.search(r"<mark>[^<]+</mark>", row) for row in rows.values())


def test_headers_name_rows_columns_and_groups(judged, past, words):
    html = summary_table(judged, past, words, VIEW)

    assert html.count('<th scope="col"') == 11
    assert html.count('<th scope="rowgroup"') == 5
    assert html.count('<th scope="row"') == 17
    assert '<table class="sum" data-period="2018-Q3">' in html
    assert "<caption" in html


@pytest.mark.parametrize("key", list(GROUPS))
def test_the_filter_hides_rows_and_empty_groups(judged, past, words, key):
    html = summary_table(judged, past, words, replace(VIEW, status=key))

    assert html.count("<tr data-number=") == counts(judged)[key]
    for body in re.findall(r"<tbody>.*?</tbody>", html, re.S):
        assert "data-number" in body or 'class="empty"' in body


def test_numbers_stay_when_the_table_is_filtered(judged, past, words):
    html = summary_table(judged, past, words, replace(VIEW, status="not_due"))

    assert '<tr data-number="8"' in html


def test_an_empty_filter_says_so(judged, past, words):
    none_met = [a for a in judged if a.status is not Status.MET]

    html = summary_table(none_met, past, words, replace(VIEW, status="met"))

    assert "Không chỉ tiêu nào ở tình trạng này." in html


def test_followed_indicators_are_folded_and_have_no_status(judged, past, words):
    html = followed_table(judged, past, words, VIEW)

    assert html.startswith('<details class="card fold" lang="vi">')
    assert "chip" not in html
    assert followed_table([], past, words, VIEW) == ""


def test_the_last_known_value_is_shown_dimmed_when_a_report_is_missing(
    make_frame, targets, definitions, org_units, words
):
    from datetime import date

    from reports import tables

    frame = make_frame(without=("finance_department",))
    past = tables.histories(frame, targets, definitions, org_units, units=[org_units.province])
    judged = tables.judge(
        past, targets, definitions, org_units, period=Q3, today=date(2018, 10, 20)
    )

    html = summary_table(judged, past, words, VIEW)

    row = re.search(r'<tr data-number="9".*?</tr>', html, re.S)[0]
    assert '<td class="va dim"' in row
    assert cell(row, "va dim") == "Q2/183.050"  # whose figure it is, for all to see
    assert "Số gần nhất: 3.050 (Quý II/2018)" in row
    assert '<b class="t-risk">số liệu quý II/2018</b>' in row
    (revenue,) = (a for a in judged if a.indicator == "budget_revenue")
    assert freshness([revenue], words) == Cell("số liệu quý II/2018", tone="risk")
    assert freshness(judged, words) == Cell("số liệu đến 28/09/2018")
    assert freshness([], words) == Cell("chưa có số liệu")


def test_every_string_is_escaped(judged, past, words, definitions):
    hostile = '<img src=x onerror="alert(1)">'
    indicators = {
        id_: replace(i, short=Text(hostile, hostile), name=Text(hostile, hostile))
        for id_, i in definitions.indicators.items()
    }
    changed = Words(replace(definitions, indicators=indicators), words.org_units, "vi")

    html = summary_table(judged, past, changed, VIEW) + followed_table(judged, past, changed, VIEW)

    assert "<img" not in html
    assert 'onerror="' not in html


def test_english_has_the_same_rows_and_english_numbers(judged, past, words):
    english = replace(words, lang="en")

    html = summary_table(judged, past, english, replace(VIEW, lang="en"))

    assert html.count("<tr data-number=") == 17
    assert "4,575" in html and "On track" in html and "Đúng tiến độ" not in html
    assert '<blockquote lang="vi">' in html  # the decree's words stay its own


# --- cells -------------------------------------------------------------------------------


def test_a_forecast_is_a_spread_with_its_central_figure_behind(judged, words):
    budget = judged_by_id(judged, "budget_revenue")
    spread = replace(
        budget, forecast=Forecast(Decimal(6055), Decimal(5870), Decimal(6240), "history")
    )

    found = forecast(spread, words)

    assert found.text.replace(NBSP, " ") == "5.870 – 6.240"
    assert "6.055" in found.hint and "theo tiến độ các năm trước" in found.hint
    assert forecast(replace(budget, forecast=None), words).text == "–"


def test_the_source_is_a_day_over_who_said_it_or_how_many_did(judged, words):
    assert updated(judged_by_id(judged, "budget_revenue"), words) == ("28/09", "Sở Tài chính")
    assert updated(judged_by_id(judged, "traffic_deaths"), words) == ("28/09", "Ban ATGT")
    assert updated(judged_by_id(judged, "road_hardening_rate"), words)[1] == "11/11 đơn vị"


def test_freshness_is_the_newest_cell(judged):
    assert f"{fresh_until(judged):%d/%m/%Y}" == "28/09/2018"
    assert fresh_until([]) is None


def test_a_change_of_nothing_is_called_unchanged(judged, words):
    same = replace(judged_by_id(judged, "traffic_deaths"), change=Decimal("0.0"))

    assert variance(same, words).text == "không đổi"
    assert variance(replace(same, change=None), words).text == "–"


def test_the_line_of_a_converted_share_ends_at_the_printed_value_on_the_plans_band(rows):
    trend_of = re.search(r'<td class="tr">.*?</td>', rows[5], re.S)[0]

    assert "sp-band" in trend_of
    assert f"Q3/18 {cell(rows[5], 'va')}" in unescape(trend_of)
