"""One district among the others: medians, ranks, what is strong and what needs direction."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kpi.definitions import Level
from kpi.inquiries import Inquiry, Question
from kpi.judgement import Status
from kpi.periods import Period
from kpi.targets import TargetKind
from reports import standing_words, tables
from reports.district_export import export_table
from reports.district_view import Standing, district_views
from reports.export import comma_separated, excel
from reports.html.address import View
from reports.html.district_head import head, lead, neighbours
from reports.html.district_table import district_table, followed_table
from reports.html.rank_list import ranked
from reports.html.standouts import standouts
from reports.html.strip import counts
from reports.ranking import By, compared_by, level, median, ordered, rank_text
from reports.wording import Words

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)
LATE = "184"


@pytest.fixture(scope="module")
def views(make_frame, targets, definitions, org_units):
    """All scorecards; Văn Quan has not sent its own report."""
    districts = org_units.districts(Q3.end)
    assessed = tables.assessments(
        make_frame(without=(LATE,)),
        targets,
        definitions,
        org_units,
        period=Q3,
        org_units_wanted=[unit.code for unit in districts],
        today=TODAY,
    )
    return district_views(assessed, definitions, districts, Q3)


def of(status, gap, judged, *, indicator="budget_revenue"):
    """A standing with this status, this far from the median."""
    assessment = next(a for a in judged if a.indicator == indicator)
    level = None if gap is None else Decimal(80) + gap
    return Standing(
        own=replace(assessment, status=status, value=None if gap is None else assessment.value),
        by=By.ATTAINMENT,
        falls=False,
        level=level,
        others=(),
        median=Decimal(80),
        rank=None,
        ranked=1,
        districts=1,
    )


# --- rows, medians, ranks ----------------------------------------------------------------


def test_every_district_has_the_indicators_of_its_level(views, definitions, org_units):
    at_level = [
        i.id
        for i in definitions.indicators.values()
        if i.exists_at(Level.DISTRICT) and i.role.value != "input"
    ]

    assert list(views) == [unit.code for unit in org_units.districts(Q3.end)]
    for view in views.values():
        assert [s.own.indicator for s in view.standings] == at_level
        assert len(view.targeted) + len(view.followed) == len(at_level)


def test_the_median_counts_every_district_with_a_figure_and_no_other(views):
    for view in views.values():
        for one in view.standings:
            known = [*one.others, *([] if one.level is None else [one.level])]
            assert one.median == median(known)
            assert one.ranked == len(known) <= one.districts == 11


def test_a_missing_report_has_no_rank_and_is_not_a_zero(views):
    missing = views[LATE].standing("budget_revenue")
    other = views["183"].standing("budget_revenue")

    assert missing.level is None and missing.rank is None and missing.gap is None
    assert rank_text(missing.rank) == "–"
    assert len(missing.others) == 10 and len(other.others) == 9
    assert Decimal(0) not in other.others


def test_ranks_are_those_of_the_indicators_page(views, words):
    for id_ in ("budget_revenue", "traffic_deaths", "new_rural_communes", "share_industry"):
        members = [view.standing(id_) for view in views.values()]
        listed = {one.assessment.org_unit: one.rank for one in ranked(
            [m.own for m in members], words)}  # fmt: skip

        assert {m.own.org_unit: m.rank for m in members} == listed


def test_equal_ones_share_a_rank(views, definitions):
    members = [view.standing("communes_below_5_criteria").own for view in views.values()]
    same = [replace(a, value=a.value, attainment=Decimal(100)) for a in members]

    ranks = {rank for _, rank in ordered(same, definitions.indicators[same[0].indicator])}
    assert ranks == {(1, 11)}
    assert rank_text((1, 11)) == "1–11"


@pytest.mark.parametrize(
    ("levels", "found"),
    [([], None), (["7"], "7"), (["1", "9", "2"], "2"), (["1", "2", "4", "9"], "3")],
)
def test_the_median_is_the_middle_or_half_way(levels, found):
    assert median([Decimal(one) for one in levels]) == (None if found is None else Decimal(found))


def test_falls_against_last_year_are_drawn_mirrored(views):
    for view in views.values():
        one = view.standing("traffic_deaths")
        assert one.by is By.CHANGE
        assert one.level == 100 - one.own.change


@pytest.mark.parametrize(
    ("attainment", "change", "expected"),
    [("100", "-12.5", "112.5"), ("100", None, "100"), ("0", None, "0"), (None, None, None)],
)
def test_none_last_year_is_no_division(views, attainment, change, expected):
    def number(text):
        return None if text is None else Decimal(text)

    own = views["183"].standing("traffic_deaths").own
    changed = replace(own, attainment=number(attainment), change=number(change))

    assert level(changed, By.CHANGE) == number(expected)


def test_without_an_attainment_everywhere_values_are_compared(views):
    members = [view.standing("budget_revenue").own for view in views.values()]
    members[0] = replace(members[0], attainment=None)

    assert compared_by(members) is By.VALUE


@pytest.mark.parametrize(
    ("own", "middle", "falls", "gap"),
    [("3", "2", False, "50"), ("3", "2", True, "-50"), ("2", "0", False, None),
     ("0", "0", False, "0"), ("2", "2", True, "0")],
)  # fmt: skip
def test_the_gap_of_values_is_in_per_cent_of_the_median(judged, own, middle, falls, gap):
    one = replace(
        of(Status.MET, Decimal(0), judged),
        by=By.VALUE,
        falls=falls,
        level=Decimal(own),
        median=Decimal(middle),
    )

    assert one.gap == (None if gap is None else Decimal(gap))


# --- strong and weak ---------------------------------------------------------------------


def test_strong_is_met_or_on_track_and_most_above_the_median(views, judged):
    found = replace(
        views["183"],
        standings=(
            of(Status.ON_TRACK, Decimal(3), judged),
            of(Status.MET, Decimal(9), judged),
            of(Status.OFF_TRACK, Decimal(20), judged),  # above the others, and still behind
            of(Status.EXCEEDED, Decimal(5), judged),
            of(Status.MET, Decimal(0), judged),
            of(Status.MET, Decimal(1), judged),
            of(Status.MET, None, judged),
        ),
    )

    assert [one.gap for one in found.strong] == [9, 5, 3]


def test_weak_is_behind_then_at_risk_then_missing_then_below_the_median(views, judged):
    below, missing = of(Status.ON_TRACK, Decimal(-9), judged), of(Status.INCOMPLETE, None, judged)
    risk, behind = of(Status.AT_RISK, Decimal(-1), judged), of(Status.OFF_TRACK, Decimal(2), judged)
    worse, not_due = of(Status.MISSED, Decimal(-4), judged), of(Status.NOT_DUE, None, judged)
    every = (below, not_due, missing, risk, behind, worse)

    def weak(*standings):
        return replace(views["183"], standings=standings).weak

    assert weak(*every) == (worse, behind, risk)
    assert weak(below, not_due, missing, risk) == (risk, missing, below)
    assert weak(not_due, of(Status.MET, Decimal(0), judged)) == ()


def test_nothing_is_both_strong_and_weak(views):
    for view in views.values():
        assert not {s.own.indicator for s in view.strong} & {s.own.indicator for s in view.weak}
        assert len(view.strong) <= 3 and len(view.weak) <= 3


def test_a_light_above_the_table_carries_the_mark_of_a_question_too(views, words):
    found = views["183"]
    about = found.weak[0].own.indicator
    question = Question(about, "183", Q3, "Vì sao?", TODAY, Status.OFF_TRACK, None)
    asked = {about: [Inquiry(7, question, "183", "thi-dua", datetime.now(UTC))]}

    lines = standouts(found, words, View(Q3, org_unit="183"), asked).split("<li")[1:]

    assert [about in line for line in lines] == ["/giai-trinh?so=7" in line for line in lines]
    assert "asked" not in standouts(found, words, View(Q3, org_unit="183"))


def test_empty_cards_say_so(views, judged, words):
    found = replace(views["183"], standings=(of(Status.MET, Decimal(0), judged),))

    html = standouts(found, words, View(Q3, org_unit="183"))

    assert "Chưa có chỉ tiêu nào vượt trung vị." in html
    assert "Không chỉ tiêu nào chậm, thiếu số liệu hoặc thấp hơn trung vị." in html


# --- words, table, export ----------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_district_can_be_said_and_written_in_both_languages(
    views, definitions, org_units, lang
):
    words = Words(definitions, org_units, lang)
    for code, found in views.items():
        view = View(Q3, org_unit=code, lang=lang)
        html = head(found, words, view) + standouts(found, words, view)
        html += district_table(found, words, view) + followed_table(found, words, view)
        assert f"don-vi={code}" in html
        assert html.count('class="pk"') == html.count('class="pk" role="img" aria-label="')
        assert ("Trung vị" in html) is (lang == "vi")


def test_the_lead_has_the_strips_numbers(views, words):
    for found in views.values():
        number = counts(found.judged)
        said = lead(found, words)
        good = number["met"] + number["on_track"]
        assert f"{good}/{len(found.targeted)} chỉ tiêu" in said
        assert f"trung vị tỉnh ở {len(found.above)} chỉ tiêu" in said


def test_the_lead_of_all_well_and_of_nothing_in(views, words):
    found = views["183"]
    good = [replace(s, own=replace(s.own, status=Status.MET)) for s in found.targeted]
    empty = [replace(s, own=replace(s.own, value=None)) for s in found.standings]

    assert "cả 16 chỉ tiêu" in lead(replace(found, standings=tuple(good)), words)
    said = lead(replace(found, standings=tuple(empty)), words)
    assert said == "Cao Lộc chưa có số liệu quý III/2018."


def test_a_row_says_its_standing_for_those_who_do_not_see_it(views, words):
    said = standing_words.sentence(views["183"].standing("budget_revenue"), words)

    assert said.startswith("% kế hoạch năm: Cao Lộc ")
    assert "trung vị " in said and "9 đơn vị khác từ " in said and "hạng " in said
    missing = standing_words.sentence(views[LATE].standing("budget_revenue"), words)
    assert "Văn Quan chưa có số liệu" in missing and missing.endswith("hạng –")


def test_own_figure_and_median_are_written_alike(views, words):
    budget = views["183"].standing("budget_revenue")
    deaths = views["183"].standing("traffic_deaths")

    assert standing_words.own(budget, words).endswith("%")
    assert standing_words.median(budget, words).endswith("%")
    assert standing_words.own(deaths, words)[0] in "+−0"
    assert standing_words.median(deaths, words)[0] in "+−0"


def test_none_last_year_and_none_now_is_said_by_its_value(views, words):
    deaths = views["183"].standing("traffic_deaths")
    own = replace(deaths.own, value=Decimal(0), change=None, attainment=Decimal(100))

    assert standing_words.own(replace(deaths, own=own), words) == "0"


def test_a_half_unit_of_things_that_are_counted_gets_a_decimal(views, words):
    one = replace(views["183"].standing("new_rural_communes"), by=By.VALUE, median=Decimal("0.5"))

    assert standing_words.median(one, words) == "0,5"


def test_rows_are_filtered_by_the_address(views, words):
    found = views["183"]
    number = counts(found.judged)
    for key in number:
        html = district_table(found, words, View(Q3, status=key, org_unit="183"))
        assert html.count("<tr data-number=") == number[key]
        assert "Bỏ lọc" in html


def test_another_basis_than_the_provinces_is_named(views, words):
    html = district_table(views["183"], words, View(Q3, org_unit="183"))

    assert "ở cấp huyện: Giá trị sản xuất trên địa bàn huyện" in html


def test_last_years_mark_is_drawn_said_and_explained(views, words: Words):
    html = district_table(views["183"], words, View(Q3, org_unit="183"))
    row = re.search(r'<tr data-number="9".*?</tr>', html, re.S)[0]

    assert "bu-py" in row and "; cùng kỳ " in row
    assert "lg-py" in html and "Cùng kỳ 2017" in html


def test_neighbours_go_round(org_units):
    districts = org_units.districts(Q3.end)
    before, after = neighbours(districts, districts[0])

    assert (before, after) == (districts[-1], districts[1])
    assert neighbours(districts, districts[-1])[1] == districts[0]
    assert neighbours(districts[:1], districts[0]) == (districts[0], districts[0])


def test_the_table_to_take_away_has_the_screens_figures(views, words):
    found = views["183"]
    table = export_table(found, words, taken_at=datetime(2018, 10, 20, 8, 0))

    rows = list(csv.reader(io.StringIO(comma_separated(table, lang="vi").decode("utf-8-sig")),
                           delimiter=";"))  # fmt: skip
    assert rows[0] == ["Huyện Cao Lộc: bảng chỉ tiêu"]
    assert ["Kỳ", "9 tháng 2018"] in rows
    head_at = next(n for n, row in enumerate(rows) if row and row[0] == "Lĩnh vực")
    assert len(rows) - head_at - 1 == len(found.standings)
    budget = next(row for row in rows if len(row) > 1 and row[1] == "Thu ngân sách nhà nước")
    standing = found.standing("budget_revenue")
    assert budget[4] == words.value(standing.own).replace(".", "")
    assert budget[5] + "%" == standing_words.own(standing, words).replace(".", "")
    assert budget[8] == rank_text(standing.rank)
    assert excel(table)[:2] == b"PK"


def test_no_plan_makes_an_indicator_followed_for_that_district(views):
    for view in views.values():
        for one in view.followed:
            assert one.own.target is None
        for one in view.targeted:
            assert one.own.target is not None
            assert (one.by is By.CHANGE) is (one.own.target.kind is TargetKind.BELOW_PREVIOUS)
