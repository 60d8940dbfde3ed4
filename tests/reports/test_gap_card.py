"""The waterfall with its words and its table, and the card of what is still to be done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from kpi.gap import Part
from kpi.judgement import Effort, Needed, QuartersSoFar
from kpi.periods import Period
from reports.figures.waterfall import waterfall_figure
from reports.html import gap_card
from reports.html.to_do_card import to_do_card
from reports.indicator_view import indicator_view, inputs_of
from reports.wording import Words

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)


@pytest.fixture
def view_of(frame, targets, definitions, org_units):
    def build(indicator: str, *, unit: str = "20", period: Period = Q3, values=frame):
        asked = definitions.indicators[indicator]
        return indicator_view(
            values[values["indicator"].isin(inputs_of(asked))], targets, definitions, org_units,
            indicator=asked, org_unit=org_units.units[unit], period=period, today=TODAY,
        )  # fmt: skip

    return build


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


# --- the waterfall -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "indicator",
    ["new_rural_communes", "communes_below_5_criteria", "road_hardening_rate",
     "communes_with_model", "traffic_accidents", "traffic_deaths"],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_bars_add_up_to_the_last_one(view_of, definitions, org_units, indicator, lang):
    view, words = view_of(indicator), Words(definitions, org_units, lang)
    bars = gap_card.bars(view.parts, view.course, words)

    *parts, whole = bars
    assert sum(bar.amount for bar in parts) == whole.amount
    assert whole.amount == view.judged.value - view.judged.reference
    figure = waterfall_figure(bars, lang, "light")
    assert len(figure.data) == len(bars)
    assert figure.data[-1].base == (0.0,)
    html = gap_card.head(view.parts, view.course, words) + gap_card.remarks(
        view.parts, view.course, words
    )
    assert "{" not in html and "None" not in html


def test_each_bar_starts_where_the_one_before_ended(view_of, words):
    view = view_of("communes_with_model")
    figure = waterfall_figure(gap_card.bars(view.parts, view.course, words), "vi", "dark")

    *parts, whole = figure.data
    for before, after in pairwise(parts):
        assert after.base[0] == pytest.approx(before.base[0] + before.x[0])
    assert parts[-1].base[0] + parts[-1].x[0] == pytest.approx(whole.x[0])


def test_the_table_has_every_unit_and_its_running_total(view_of, words):
    view = view_of("new_rural_communes")
    html = gap_card.table(view.parts, view.course, words)

    assert html.count('<th scope="row">') == len(view.parts) + 1
    whole = re.search(r'<tr class="sum">.*', html)
    assert whole is not None
    total = gap_card.bars(view.parts, view.course, words)[-1].written
    assert text_of(whole[0]).split().count(total) == 2  # its own, and the running total


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((-8, -1, -1), "1 đơn vị chiếm 80% phần thiếu"),
        ((-5, -5, 2), "toàn bộ phần thiếu ở 2 đơn vị"),
        ((-7, 0, 1), "toàn bộ phần thiếu ở TP Lạng Sơn"),
        ((-2, -2, -2, -2, -1), "phần thiếu trải ở 5 đơn vị"),
        ((3, 1, 0), "không đơn vị nào có phần thiếu"),
    ],
)
def test_the_title_says_in_how_few_units_it_lies(view_of, words, amounts, said):
    codes = ("178", "180", "181", "182", "183")
    parts = [Part(code, Decimal(n)) for code, n in zip(codes, amounts, strict=False)]
    view = view_of("new_rural_communes")

    title = gap_card.title(parts, view.course, words)

    assert title.endswith(f"; {said}")


def test_a_missing_unit_and_one_without_a_plan_are_named(view_of, words):
    view = view_of("new_rural_communes")
    parts = [
        Part("180", Decimal(-2), None, Decimal(2), missing=True),
        Part("178", Decimal(1), Decimal(1), None),
        Part(None, Decimal(1)),
    ]

    table = text_of(gap_card.table(parts, view.course, words))
    assert "chưa nộp, cả kế hoạch còn ở phía trước" in table
    assert "không giao" in table
    remarks = text_of(gap_card.remarks(parts, view.course, words))
    assert "Chưa có số liệu: Tràng Định." in remarks
    assert "Chưa phân bổ: kế hoạch giao các đơn vị cộng lại khác" in remarks


def test_a_districts_page_and_a_reported_figure_have_no_parts(view_of):
    assert view_of("new_rural_communes", unit="183").parts == ()
    assert view_of("budget_revenue").parts == ()


def test_where_nothing_differs_there_is_nothing_to_draw(view_of, frame):
    rows = frame.copy()
    rows.loc[rows["indicator"] == "communes_below_5_criteria", "value"] = Decimal(0)

    assert view_of("communes_below_5_criteria", values=rows).parts == ()


# --- còn phải làm ------------------------------------------------------------------------


def test_the_word_stands_with_the_quarters_it_was_held_against(view_of, words):
    judged = view_of("budget_revenue", period=Period(2018, 2)).judged
    needed = Needed(
        Decimal(3000), Decimal(1500), Decimal("1.25"), Effort.HARD,
        quarters=QuartersSoFar(Decimal(1200), Decimal(1600), Period(2017, 4)),
    )  # fmt: skip

    said = text_of(to_do_card(replace(judged, needed=needed), words))

    for part in (
        "Còn lại đến kế hoạch năm 3.000 tỷ đồng", "Mỗi quý còn lại 1.500 tỷ đồng",
        "Bình quân một quý từ đầu năm 1.200 tỷ đồng",
        "Quý cao nhất từ trước đến nay 1.600 tỷ đồng Q4/17", "1,3 lần", "Khó : vượt bình quân",
    ):  # fmt: skip
        assert part in said, said


@pytest.mark.parametrize("effort", list(Effort))
def test_every_effort_has_its_word(view_of, words, effort):
    judged = view_of("budget_revenue").judged
    needed = replace(judged.needed, effort=effort)

    assert 'class="effort"' in to_do_card(replace(judged, needed=needed), words)


def test_without_history_there_is_no_word(view_of, words):
    judged = view_of("budget_revenue").judged
    needed = replace(judged.needed, effort=None)

    said = text_of(to_do_card(replace(judged, needed=needed), words))
    assert "Chưa đủ chuỗi để nhận xét" in said


def test_a_limit_says_how_much_room_is_left(view_of, words):
    judged = view_of("traffic_accidents").judged

    said = text_of(to_do_card(judged, words))
    assert "Còn được thêm đến hết năm" in said
    assert "Các quý này năm trước" in said
    none = text_of(to_do_card(replace(judged, needed=Needed(room=Decimal(0))), words))
    assert "Không còn chỗ" in none


def test_a_growth_says_what_the_rest_of_the_year_needs(view_of, words):
    said = text_of(to_do_card(view_of("growth_industry").judged, words))

    assert "Phần còn lại của năm cần tăng" in said
    assert "Ước lượng" in said


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("grdp_growth", "Giữ từ mức kế hoạch 8% trở lên đến hết năm."),
        ("share_agriculture", "Giữ trong khoảng"),
        ("share_industry", "Đưa về khoảng"),
        ("income_per_capita", "Chưa tính được"),
        ("initiatives", "Chỉ tiêu theo dõi, không giao con số."),
    ],
)
def test_where_nothing_is_needed_or_known_a_sentence_says_so(view_of, words, indicator, said):
    assert said in text_of(to_do_card(view_of(indicator).judged, words))


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("unit", ["20", "183"])
def test_every_indicator_has_its_card_in_both_languages(
    view_of, definitions, org_units, lang, unit
):
    words = Words(definitions, org_units, lang)
    for indicator in definitions.numbered():
        view = view_of(indicator.id, unit=unit)
        if view is None:
            continue
        html = to_do_card(view.judged, words, note="…")
        assert "{" not in html and "None" not in html
        assert html.count("<h2>") == 1
