"""The strip's sentence and counts agree, with each other and with the table (UI 12.7)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from kpi.judgement import Status
from kpi.periods import Period
from reports.html.address import View
from reports.html.strip import GROUPS, counted, counts, filtering, lead, strip

VIEW = View(Period(2018, 3))


def with_statuses(judged, *statuses):
    """The numbered assessments with these statuses, one after the other."""
    return [replace(a, status=s) for a, s in zip(counted(judged), statuses, strict=False)]


def test_counts_are_those_of_the_rows_and_followed_ones_do_not_count(judged):
    found = counts(judged)
    rows = Counter(a.status for a in judged)

    assert sum(found.values()) == 17
    for key, statuses in GROUPS.items():
        assert found[key] == sum(rows[status] for status in statuses)


def test_the_sentence_has_the_strips_numbers(judged, words):
    found = counts(judged)

    said = lead(judged, words)

    # the name of the worst may have a number of its own ("xã dưới 5 tiêu chí")
    numbers = [int(n) for n in re.findall(r"\d+(?= trên| chỉ tiêu)", said)]
    good = found["met"] + found["on_track"]
    bad = found["at_risk"] + found["off_track"]
    assert numbers == [good, 17, bad, found["incomplete"] + found["not_due"]]


def test_the_worst_is_named_the_one_that_is_behind_with_the_lowest_ratio(judged, words):
    assert "nặng nhất là" in lead(judged, words)
    worst = min(
        (a for a in judged if a.status is Status.OFF_TRACK and a.ratio is not None),
        key=lambda a: a.ratio,
    )
    name = words.short_name(worst)
    assert name[:1].lower() + name[1:] in lead(judged, words)


def test_all_well_and_nothing_in(judged, words):
    good = with_statuses(judged, *[Status.MET] * 17)
    empty = [replace(a, value=None, status=Status.INCOMPLETE) for a in judged]

    assert lead(good, words) == "Cả 17 chỉ tiêu đạt hoặc đúng tiến độ."
    assert lead(empty, words) == "Chưa đơn vị nào nộp số liệu quý III/2018."


def test_none_is_bad_but_some_are_missing(judged, words):
    found = with_statuses(judged, Status.MET, Status.ON_TRACK, Status.INCOMPLETE)

    said = lead(found, words)

    assert said == (
        "2 trên 3 chỉ tiêu đạt hoặc đúng tiến độ; không chỉ tiêu nào cần chỉ đạo. "
        "1 chỉ tiêu chưa đánh giá."
    )


def test_every_cell_has_a_shape_a_number_and_a_word(judged, words):
    html = strip(judged, words, VIEW)

    cells = re.findall(r'<a class="cell [^"]*".*?</a>', html)
    assert len(cells) == 6
    for cell in cells:
        assert re.search(r'<i class="g g-\w+" aria-hidden="true"></i>\d+</b><span>\S', cell)


def test_a_zero_stays_in_grey(judged, words):
    found = with_statuses(judged, Status.MET)

    html = strip(found, words, VIEW)

    assert html.count('class="cell none"') == 5


def test_a_cell_sets_the_filter_and_a_second_time_takes_it_off(judged, words):
    off = strip(judged, words, VIEW)
    on = strip(judged, words, replace(VIEW, status="at_risk"))

    assert 'aria-pressed="false" href="/?ky=2018-Q3&amp;tinh-trang=at_risk"' in off
    assert 'aria-pressed="true" href="/?ky=2018-Q3"' in on


def test_the_line_says_which_filter_is_on(judged, words):
    assert filtering(judged, words, VIEW) == ""
    count = counts(judged)["at_risk"]
    said = filtering(judged, words, replace(VIEW, status="at_risk"))
    assert f"Đang lọc: Có nguy cơ ({count}) · " in said
    assert "Bỏ lọc</a>" in said


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_block_says_its_language(judged, words, lang):
    assert f'<section class="strip" lang="{lang}">' in strip(
        judged, replace(words, lang=lang), replace(VIEW, lang=lang)
    )


def test_links_keep_language_and_sector():
    view = View(Period(2018, 3), sector="rural", lang="en")

    assert view.toggled("met").overview() == (
        "/?ky=2018-Q3&amp;linh-vuc=rural&amp;tinh-trang=met&amp;lang=en"
    )
    assert view.indicator("grdp_growth") == "/chi-tieu?ma=grdp_growth&amp;ky=2018-Q3&amp;lang=en"
