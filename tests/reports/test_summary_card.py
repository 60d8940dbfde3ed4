"""The five figures, the status and the sentence of one indicator, per kind of target."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from kpi.targets import Target
from reports.html.summary_card import figures, sentence, summary_card
from reports.tables import assessments
from reports.wording import Words

TODAY = date(2018, 10, 20)
Judge = Callable[..., Assessment]


@pytest.fixture(scope="module")
def judge(
    frame: pd.DataFrame, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits
) -> Judge:
    def run(indicator: str, code: str = "2018-Q3", unit: str = "20") -> Assessment:
        found = assessments(
            frame, targets, definitions, org_units, period=Period.parse(code),
            org_units_wanted=[unit], indicators=[indicator], today=TODAY,
        )  # fmt: skip
        return found[0]

    return run


def shown(assessment: Assessment, words: Words) -> dict[str, str]:
    """Label: figure and what is beside it, with ordinary spaces."""
    return {
        one.label: f"{one.value} {one.beside}".strip().replace("\N{NO-BREAK SPACE}", " ")
        for one in figures(assessment, words)
    }


def test_a_flow_shows_done_plan_pace_last_year_and_forecast(judge: Judge, words: Words) -> None:
    assert shown(judge("budget_revenue"), words) == {
        "Thực hiện 9 tháng": "4.575 tỷ đồng",
        "Kế hoạch năm": "≥ 6.296",
        "So với kế hoạch": "72,7% tiến độ cần 75,0%",
        "So với cùng kỳ 2017": "0,0% từ 4.575",
        "Dự báo cả năm": "6.100 theo nhịp các năm trước",
    }


def test_growth_is_measured_in_points_and_has_no_forecast_before_the_fourth_quarter(
    judge: Judge, words: Words
) -> None:
    found = shown(judge("growth_industry"), words)

    assert found["Thực hiện 9 tháng"] == "17,42%"
    assert found["Kế hoạch năm"] == "20 – 21"
    assert found["So với kế hoạch"] == "−2,58 đ.%"
    assert found["Dự báo cả năm"] == "– không dự báo trước quý IV"


def test_a_range_that_is_kept_says_so(judge: Judge, words: Words) -> None:
    assessment = judge("grdp_growth")

    assert shown(assessment, words)["So với kế hoạch"] == "trong khoảng"
    assert sentence(assessment, words) == "Trong khoảng kế hoạch"


def test_fewer_than_last_year_has_last_years_figure_as_its_plan(judge: Judge, words: Words) -> None:
    found = shown(judge("traffic_accidents"), words)

    assert found["Kế hoạch năm"] == "< 297 cùng kỳ năm trước"
    assert found["So với kế hoạch"] == "−33 vụ"
    assert found["So với cùng kỳ 2017"] == "−11,1% từ 297"


def test_a_followed_figure_has_no_plan_and_no_comparison(judge: Judge, words: Words) -> None:
    assessment = judge("staff_reduction")

    assert shown(assessment, words)["Kế hoạch năm"] == "– không giao con số"
    assert "chip plain" in summary_card(assessment, words)


def test_an_annual_figure_is_not_due_at_the_third_quarter(judge: Judge, words: Words) -> None:
    assessment = judge("income_per_capita")

    assert assessment.status is Status.NOT_DUE
    assert shown(assessment, words)["Thực hiện năm 2018"].startswith("–")
    assert sentence(assessment, words).startswith("Kỳ này chưa yêu cầu")


@pytest.mark.parametrize(
    ("indicator", "said"),
    [
        ("budget_revenue", "Thiếu 147 tỷ đồng so với tiến độ; dự báo đạt 96,9% kế hoạch"),
        ("growth_industry", "Dưới khoảng kế hoạch 2,58 đ.%"),
        ("traffic_accidents", "Thấp hơn cùng kỳ 33 vụ; dự báo cả năm 352"),
        ("communes_below_5_criteria", "Cao hơn mức cần đến kỳ này 8,3 xã; dự báo cả năm 11"),
    ],
)
def test_the_sentence_says_what_the_status_means(
    judge: Judge, words: Words, indicator: str, said: str
) -> None:
    assert sentence(judge(indicator), words).replace("\N{NO-BREAK SPACE}", " ") == said


def test_what_is_expected_of_counted_things_keeps_its_decimal(judge: Judge, words: Words) -> None:
    assessment = replace(
        judge("new_rural_communes"),
        value=Decimal(1),
        expected=Decimal("0.5"),
        reference=Decimal(2),
        status=Status.ON_TRACK,
        forecast=None,
    )

    assert sentence(assessment, words) == "Cao hơn mức cần đến kỳ này 0,5 xã"


def test_the_card_has_a_bullet_with_its_sentence_and_a_chip_with_shape_and_word(
    judge: Judge, words: Words
) -> None:
    html = summary_card(judge("budget_revenue"), words)

    assert html.count("<dt>") == 5
    assert re.search(r'role="img" aria-label="[^"]*kế hoạch[^"]*"', html)
    # what is drawn is said: last year's mark too, once
    assert "bu-py" in html and "; cùng kỳ 4.575; " in html
    accidents = summary_card(judge("traffic_accidents"), words)
    assert "bu-py" not in accidents and "; cùng kỳ 297" not in accidents
    assert 'class="chip s-' in html
    assert 'lang="vi"' in html


def test_what_rests_on_some_of_the_units_is_marked_with_a_rule(judge: Judge, words: Words) -> None:
    whole = judge("road_hardening_rate")
    assert whole.coverage is not None

    assert "r-risk" not in summary_card(replace(whole, provisional=False), words)
    assert '<p class="notes r-risk">' in summary_card(replace(whole, provisional=True), words)


def test_text_from_a_file_cannot_become_markup(
    judge: Judge, words: Words, definitions: Definitions
) -> None:
    assessment = judge("budget_revenue")
    evil = replace(definitions.indicators["budget_revenue"].name, vi="<img src=x>")
    indicators = dict(definitions.indicators)
    indicators["budget_revenue"] = replace(indicators["budget_revenue"], name=evil)
    bad = replace(words, definitions=replace(definitions, indicators=indicators))

    assert "<img" not in summary_card(assessment, bad)


def test_english_has_its_own_words_and_separators(judge: Judge, words: Words) -> None:
    found = shown(judge("budget_revenue"), replace(words, lang="en"))

    assert found["Plan for the year"] == "≥ 6,296"
    assert found["Actual, 9 months"].startswith("4,575")
