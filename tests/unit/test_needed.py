"""Còn phải làm: METHOD 7's second half."""

from __future__ import annotations

import pytest

from kpi.definitions import Measure
from kpi.judgement import Effort, Needed
from kpi.needed import LastYear
from kpi.targets import Direction
from tests.unit.judging import COUNT, Q1, Q2, Q3, Q4, Number, d, indicator, judged, target, year

PAST = year(2016, 0, 2, 4, 10)  # single quarters 0, 2, 2, 6


@pytest.mark.parametrize(
    ("a", "total", "per_quarter", "multiple", "effort"),
    [
        pytest.param(6, 6, 3, "1.000", Effort.FEASIBLE, id="as much as so far: khả thi"),
        pytest.param(4, 8, 4, "2.000", Effort.HARD, id="less than the best quarter: khó"),
        pytest.param(0, 12, 6, None, Effort.HARD, id="as the best quarter; nothing so far"),
        pytest.param(-1, 13, "6.5", None, Effort.NEVER_DONE, id="more than ever: chưa từng đạt"),
    ],
)
def test_a_flow_needs_the_rest_of_its_target(
    a: Number, total: Number, per_quarter: Number, multiple: str | None, effort: Effort
) -> None:
    result = judged(a, target("at_least", 12), indicator(unit=COUNT), Q2, history=PAST)

    times = None if multiple is None else d(multiple)
    assert result.needed == Needed(d(total), d(per_quarter), times, effort)


def test_without_history_there_is_no_word_for_what_was_never_tried() -> None:
    result = judged(1, target("at_least", 12), indicator(unit=COUNT), Q2, history=year(2018, 1, 1))

    assert result.needed is not None
    assert (result.needed.multiple, result.needed.effort) == (d("11.000"), None)


def test_this_years_best_quarter_has_been_done_too() -> None:
    history = PAST | year(2018, 9, 9)
    result = judged(9, target("at_least", 25), indicator(unit=COUNT), Q2, history=history)

    assert result.needed is not None
    assert (result.needed.per_quarter, result.needed.effort) == (8, Effort.HARD)


@pytest.mark.parametrize(
    "aim",
    [target("at_least", 60, baseline=20), target("at_most", 20, baseline=60)],
    ids=["up", "down"],
)
def test_a_stock_needs_the_rest_of_its_way_in_both_directions(aim: object) -> None:
    result = judged(40, aim, indicator(Measure.STOCK), Q2)  # type: ignore[arg-type]

    assert result.needed == Needed(d(20), d(10), d("1.000"), Effort.FEASIBLE)


def test_a_stock_s_best_quarter_is_its_best_change() -> None:
    history = year(2016, 80, 70, 65, 60) | year(2017, 55, 50, 50, 50)
    result = judged(48, target("at_most", 40), indicator(Measure.STOCK), Q3, history=history)

    assert result.needed is not None
    assert result.needed.effort is Effort.HARD  # 8 in a quarter; 10 were done once


def test_a_stock_without_a_baseline_has_no_average_so_far() -> None:
    result = judged(48, target("at_least", 76), indicator(Measure.STOCK), Q3)

    assert result.needed == Needed(d(28), d(28))


@pytest.mark.parametrize(
    ("a", "period"), [(12, Q3), (15, Q3), (3, Q4)], ids=["met", "exceeded", "the year is over"]
)
def test_nothing_is_needed(a: int, period: object) -> None:
    assert judged(a, target("at_least", 12), indicator(), period).needed is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("aim", "a", "room"),
    [
        pytest.param(target("at_most", 100), 60, 40, id="limit − a"),
        pytest.param(target("at_most", 100), 130, 0, id="none below zero"),
        pytest.param(target("below_previous"), 60, 39, id="last year's total less one step"),
        pytest.param(target("below_previous"), 100, 0, id="as many as last year already"),
    ],
)
def test_a_limit_leaves_room(aim: object, a: int, room: int) -> None:
    history = year(2017, 20, 40, 70, 100)
    result = judged(a, aim, indicator(unit=COUNT), history=history)  # type: ignore[arg-type]

    assert result.needed == Needed(room=d(room))


def test_without_last_years_total_there_is_no_room_to_tell() -> None:
    result = judged(6, target("below_previous"), indicator(unit=COUNT), history=year(2017, 2, 4, 7))

    assert result.needed is None


GROWTH = indicator(Measure.RATE, decimals=2, growth=True)


def test_growth_needed_in_the_rest_of_the_year_from_last_years_levels() -> None:
    """(1,08 · 1000 − 1,06 · 400) ÷ 600 − 1 = 9,33 %."""
    levels = LastYear(d(1000), d(400))
    result = judged(6, target("range", (8, "8.5")), GROWTH, Q2, last_year=levels)

    assert result.needed == Needed(growth_in_rest=d("9.33"))


@pytest.mark.parametrize(
    "levels", [LastYear(), LastYear(d(400), d(400))], ids=["unknown", "nothing left"]
)
def test_growth_needed_is_an_approximation_without_levels(levels: LastYear) -> None:
    result = judged(6, target("range", (8, "8.5")), GROWTH, Q1, last_year=levels)

    assert result.needed == Needed(growth_in_rest=d("8.67"), approximate=True)


def test_other_rates_need_nothing_that_can_be_told() -> None:
    down = target("range", (8, 9), direction=Direction.DECREASE)

    assert judged(6, target("at_least", 8), indicator(Measure.RATE)).needed is None
    assert judged(12, down, indicator(Measure.RATE)).needed is None
    assert judged(12, target("band", (8, 9)), indicator(Measure.STOCK)).needed is None
