"""The strip plot's edges (UI 12.3): missing, zero, beyond the scale, alone, by value."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reports.district_view import Standing
from reports.html.strip_plot import FULL, drawing, strip_plot
from reports.ranking import By, median


@pytest.fixture
def standing(judged):
    """``standing("80", others=["60", "70"])`` on an assessment that does not matter here."""

    def make(own: str | None, *, others: list[str], by: By = By.ATTAINMENT, falls: bool = False):
        level = None if own is None else Decimal(own)
        rest = tuple(Decimal(one) for one in others)
        known = [*rest, *([] if level is None else [level])]
        return Standing(
            own=judged[0],
            by=by,
            falls=falls,
            level=level,
            others=rest,
            median=median(known),
            rank=None if level is None else (1, 1),
            ranked=len(known),
            districts=11,
        )

    return make


def marks(html: str) -> list[tuple[str, float]]:
    """Every mark with its place in per cent of the line."""
    found = re.findall(r'<i class="pk-([a-z ]+)" style="left:([\d.]+)%">', html)
    return [(name, float(left)) for name, left in found]


def test_every_mark_stands_where_its_per_cent_of_the_plan_is(standing):
    html = strip_plot(standing("75", others=["50", "100"]), aria="x")

    assert marks(html) == [
        ("full", 80),
        ("one", 40),
        ("one", 80),
        ("med", 60),
        ("own", 60),
    ]


def test_a_missing_figure_has_no_dot_and_is_not_zero(standing):
    html = strip_plot(standing(None, others=["50", "100"]), aria="chưa có số liệu")

    assert [name for name, _ in marks(html)] == ["full", "one", "one", "med"]
    assert 'aria-label="chưa có số liệu"' in html


def test_a_true_zero_stands_at_the_left_end(standing):
    html = strip_plot(standing("0", others=["50"]), aria="x")

    assert ("own", 0) in marks(html)
    assert "under" not in html


@pytest.mark.parametrize(
    ("level", "mark", "left"), [("190", "own over", 100), ("-4", "own under", 0)]
)
def test_what_lies_beyond_an_end_is_clipped_with_a_notch(standing, level, mark, left):
    assert (mark, left) in marks(strip_plot(standing(level, others=["50"]), aria="x"))


def test_others_beyond_the_end_are_clipped_as_well(standing):
    found = marks(strip_plot(standing("100", others=["300", "400"]), aria="x"))

    assert [place for name, place in found if name == "one over"] == [100, 100]


def test_the_end_itself_is_not_beyond_it(standing):
    assert ("own", 100) in marks(strip_plot(standing("125", others=["50"]), aria="x"))


def test_all_others_missing_leaves_the_dot_alone_without_a_median(standing):
    assert marks(strip_plot(standing("75", others=[]), aria="x")) == [("full", 80), ("own", 60)]


def test_nobody_has_a_figure_nothing_is_drawn(standing):
    assert strip_plot(standing(None, others=[]), aria="x") == ""
    assert drawing(standing(None, others=[])) is None


def test_equal_others_are_one_mark(standing):
    found = marks(strip_plot(standing("50", others=["100"] * 9), aria="x"))

    assert [name for name, _ in found].count("one") == 1


def test_others_that_nobody_has_decided_on_are_marked_unless_they_stand_with_decided_ones(standing):
    among = replace(standing("50", others=["20", "100", "100"]), waiting=frozenset({0, 1}))

    found = marks(strip_plot(among, aria="x"))

    assert [name for name, _ in found if name.startswith("one")] == ["one wait", "one"]


def test_values_have_a_line_of_their_own_from_zero_to_the_greatest(standing):
    found = drawing(standing("1", others=["0", "4"], by=By.VALUE))

    assert found is not None and found.full is None
    assert found.own == FULL / 4
    assert found.others == (0, FULL)


def test_values_of_which_less_is_better_are_reversed(standing):
    found = drawing(standing("1", others=["0", "4"], by=By.VALUE, falls=True))

    assert found is not None
    assert found.own == FULL * 3 / 4
    assert found.others == (FULL, 0)


def test_values_below_zero_stay_on_the_line(standing):
    found = drawing(standing("-2", others=["2"], by=By.VALUE))

    assert found is not None
    assert (found.own, found.median, found.others) == (0, FULL / 2, (FULL,))


def test_all_values_zero_divide_by_nothing(standing):
    found = drawing(standing("0", others=["0", "0"], by=By.VALUE))

    assert found is not None and found.own == 0 and found.others == (0, 0)


def test_a_single_unit_by_value(standing):
    assert marks(strip_plot(standing("7", others=[], by=By.VALUE), aria="x")) == [("own", 80)]


def test_the_sentence_cannot_leave_its_attribute(standing):
    html = strip_plot(standing("7", others=[]), aria='"><script>')

    assert "<script>" not in html


def test_a_standing_can_be_replaced_and_drawn_again(standing):
    before = standing("75", others=["50"])

    assert drawing(replace(before, level=None)) != drawing(before)
