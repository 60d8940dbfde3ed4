"""Tiến độ: METHOD 6, the profile, the expected value and the ratio to it."""

from __future__ import annotations

import pytest

from kpi.definitions import Measure
from kpi.judgement import ProfileKind
from kpi.periods import Period
from kpi.targets import Direction
from tests.unit.judging import (
    COUNT,
    MONEY,
    Q1,
    Q2,
    Q3,
    Q4,
    d,
    indicator,
    judged,
    known,
    target,
    year,
)

EVEN = (10, 50, 80, 100)
LATE = (0, 20, 40, 100)


def test_a_declared_pace_comes_before_history_and_the_straight_line() -> None:
    history = year(2016, *LATE) | year(2017, *LATE)
    result = judged(
        400, target("at_least", 1000), indicator(pace=("0.2", "0.4", "0.6", 1)), history=history
    )

    assert result.expected == 600
    assert result.explanation.profile is not None
    assert result.explanation.profile.kind is ProfileKind.DECLARED


def test_without_a_declared_pace_the_median_of_past_years_is_used() -> None:
    history = year(2015, *EVEN) | year(2016, *LATE) | year(2017, 0, 30, 50, 100)
    result = judged(400, target("at_least", 1000), indicator(), history=history)

    profile = result.explanation.profile
    assert profile is not None
    assert (profile.kind, profile.share, profile.years) == (
        ProfileKind.HISTORY,
        d("0.5"),
        (2015, 2016, 2017),
    )
    assert result.expected == 500


def test_two_years_give_the_middle_of_both() -> None:
    history = year(2016, *EVEN) | year(2017, *LATE)

    assert judged(400, target("at_least", 1000), indicator(), history=history).expected == 600


NOT_QUALIFYING = [
    ("a quarter is missing", year(2016, 10, None, 80, 100)),
    ("the total is zero", year(2016, 0, 0, 0, 0)),
    ("the total is negative", year(2016, 0, 0, 0, -5)),
    ("a share above 1", year(2016, 10, 50, 120, 100)),
    ("a share below 0", year(2016, -10, 50, 80, 100)),
    ("more than five years before", year(2012, *LATE)),
    ("the plan year itself", year(2018, *LATE)),
]


@pytest.mark.parametrize("other", [pytest.param(r[1], id=r[0]) for r in NOT_QUALIFYING])
def test_one_qualifying_year_is_too_few_and_the_year_goes_straight(other: dict) -> None:  # type: ignore[type-arg]
    result = judged(400, target("at_least", 1000), indicator(), history=year(2017, *LATE) | other)

    assert result.explanation.profile is not None
    assert result.explanation.profile.kind is ProfileKind.LINEAR
    assert result.expected == 750


def test_a_year_five_years_back_still_counts() -> None:
    history = year(2013, *LATE) | year(2017, *LATE)

    assert judged(400, target("at_least", 1000), indicator(), history=history).expected == 400


def test_a_year_in_another_basis_gives_no_share() -> None:
    other = {p: known(k.value, p, basis="older method") for p, k in year(2016, *LATE).items()}
    result = judged(400, target("at_least", 1000), indicator(), history=other | year(2017, *LATE))

    assert result.expected == 750


def test_a_flow_that_never_goes_straight_has_no_expected_value_without_history() -> None:
    result = judged(4, target("at_least", 12), indicator(linear=False))

    assert result.expected is None
    assert result.explanation.reason == "no_pace"


@pytest.mark.parametrize(
    ("period", "share"), [(Q1, 250), (Q2, 500), (Q3, 750), (Q4, 1000)], ids=str
)
def test_a_straight_line_by_quarter(period: Period, share: int) -> None:
    assert judged(1, target("at_least", 1000), indicator(), period).expected == share


STOCKS = [
    ("on its way up from a declared baseline", target("at_least", 76, baseline=60), {}, 72),
    ("on its way down", target("at_most", 0, baseline=40), {}, 10),
    (
        "from the value at Q4 of the year before",
        target("at_least", 76),
        year(2017, 1, 1, 1, 60),
        72,
    ),
    (
        "a declared baseline comes first",
        target("at_least", 76, baseline=72),
        year(2017, 1, 1, 1, 60),
        75,
    ),
    ("already past its target", target("at_least", 76, baseline=80), {}, 76),
    ("already at its target", target("at_most", 0, baseline=0), {}, 0),
    ("a range up goes to its lower edge", target("range", (76, 80), baseline=60), {}, 72),
    ("no baseline", target("at_least", 76), {}, None),
    ("Q3 of the year before is no baseline", target("at_least", 76), year(2017, 1, 1, 60), None),
    (
        "the quarter's own value needs no baseline",
        target("at_least", 76, by_quarter={3: 70, 4: 76}),
        {},
        70,
    ),
]


@pytest.mark.parametrize(
    ("aim", "history", "expected"), [pytest.param(*r[1:], id=r[0]) for r in STOCKS]
)
def test_what_is_expected_of_a_stock(aim: object, history: object, expected: int | None) -> None:
    result = judged(50, aim, indicator(Measure.STOCK), history=history)  # type: ignore[arg-type]

    assert result.expected == expected
    assert (result.explanation.reason == "no_baseline") == (expected is None)


def test_a_declared_pace_sets_the_way_of_a_stock() -> None:
    of = indicator(Measure.STOCK, pace=(0, 0, "0.5", 1))

    assert judged(50, target("at_least", 76, baseline=60), of).expected == 68


@pytest.mark.parametrize("period", [Q1, Q2, Q3, Q4], ids=str)
def test_a_rate_is_held_against_its_target_at_any_time(period: Period) -> None:
    result = judged("8.1", target("range", (8, "8.5")), indicator(Measure.RATE, decimals=1), period)

    assert result.expected == 8


def test_a_quarter_of_the_target_itself_comes_first_and_others_follow_the_profile() -> None:
    aim = target("at_least", 1000, by_quarter={2: 300, 4: 1000})

    assert judged(1, aim, indicator(), Q2).expected == 300
    assert judged(1, aim, indicator(), Q3).expected == 750


def test_below_previous_expects_last_years_figure() -> None:
    result = judged(
        9, target("below_previous"), indicator(unit=COUNT), history=year(2017, 3, 5, 12)
    )

    assert result.expected == 12


RATIOS = [
    ("a ÷ expected", target("at_least", 6296), indicator(), 4482, "0.949"),
    ("2 − a ÷ expected", target("at_most", 1000), indicator(), 800, "0.933"),
    ("way ÷ share, up", target("at_least", 76, baseline=60), indicator(Measure.STOCK), 69, "0.750"),
    ("way ÷ share, down", target("at_most", 0, baseline=40), indicator(Measure.STOCK), 20, "0.667"),
    ("the wrong way", target("at_most", 0, baseline=40), indicator(Measure.STOCK), 50, "-0.333"),
    (
        "a quarter's value of a stock, up",
        target("at_least", 76, by_quarter={3: 70}),
        indicator(Measure.STOCK),
        63,
        "0.900",
    ),
    (
        "a quarter's value of a stock, down",
        target("at_most", 0, by_quarter={3: 10}),
        indicator(Measure.STOCK),
        12,
        "0.800",
    ),
    (
        "rounded half away from zero",
        target("at_least", 10000),
        indicator(Measure.RATE),
        9695,
        "0.970",
    ),
    (
        "mirrored, rounded the same",
        target("at_most", 10000),
        indicator(Measure.RATE),
        10305,
        "0.970",
    ),
    ("expected 0: none", target("at_least", 0), indicator(Measure.RATE), -1, None),
    (
        "share 0: none",
        target("at_least", 76, baseline=60),
        indicator(Measure.STOCK, pace=(0, 0, 0, 1)),
        59,
        None,
    ),
]


@pytest.mark.parametrize(
    ("aim", "of", "a", "ratio"), [pytest.param(*r[1:], id=r[0]) for r in RATIOS]
)
def test_ratio_to_what_is_expected(aim: object, of: object, a: int, ratio: str | None) -> None:
    result = judged(a, aim, of)  # type: ignore[arg-type]

    assert result.ratio == (None if ratio is None else d(ratio))


def test_a_third_of_the_year_is_a_third_to_the_unit() -> None:
    """300 × 1/3 is 100: 99 is one whole commune short, not a trifle less."""
    history = year(2016, 1, 1, 1, 3) | year(2017, 1, 1, 1, 3)
    result = judged(99, target("at_least", 300), indicator(unit=COUNT), history=history)

    assert result.expected == 100
    assert (result.explanation.rule, result.ratio) == ("ratio", d("0.990"))


def test_values_targets_and_baselines_are_rounded_before_anything_is_computed() -> None:
    of = indicator(Measure.STOCK, decimals=1)
    result = judged("72.04", target("at_least", "76.04", baseline="59.96"), of)

    assert (result.value, result.reference, result.expected) == (d("72.0"), 76, 72)


def test_the_direction_of_a_range_says_which_edge_is_near() -> None:
    down = target("range", (60, 80), direction=Direction.DECREASE)

    assert judged(50, down, indicator(unit=MONEY)).expected == 60
