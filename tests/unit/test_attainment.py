"""So với kế hoạch: METHOD 5 as tables, and what no figure may ever do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.attainment import attainment, change, distance, travelled, used_of_limit
from kpi.definitions import Measure
from kpi.goals import Goal, goal_of
from kpi.targets import Direction, TargetKind
from tests.unit.judging import d, target

UP, DOWN = Direction.INCREASE, Direction.DECREASE


def goal(
    kind: str, edge: object = None, direction: Direction | None = None, p: object = None
) -> Goal:
    previous = None if p is None else d(p)  # type: ignore[arg-type]
    return goal_of(target(kind, edge, direction=direction), 1, previous=previous)  # type: ignore[arg-type]


ATTAINMENT = [
    ("at_least: 100·a/t", goal("at_least", 12), 9, "75.0"),
    ("at_least: beyond is more than 100", goal("at_least", 12), 15, "125.0"),
    ("at_least: never below 0", goal("at_least", 12), -3, "0.0"),
    ("at_most: 100·(2 − a/t)", goal("at_most", 80), 90, "87.5"),
    ("at_most: better is more than 100", goal("at_most", 80), 60, "125.0"),
    ("at_most: never below 0", goal("at_most", 80), 300, "0.0"),
    ("at_most 0: none left", goal("at_most", 0), 0, "100.0"),
    ("at_most 0: the way down from b = 40", goal("at_most", 0), 10, "75.0"),
    ("at_most 0: more than there were", goal("at_most", 0), 50, "0.0"),
    ("range up: inside", goal("range", (8, "8.5")), "8.2", "100.0"),
    ("range up: at its lower edge", goal("range", (8, "8.5")), 8, "100.0"),
    ("range up: short, against the near edge", goal("range", (8, "8.5")), 6, "75.0"),
    ("range up: beyond, against the far edge", goal("range", (20, 25)), 30, "120.0"),
    ("range down: short, against the near edge", goal("range", (20, 25), DOWN), 30, "80.0"),
    ("range down: beyond, against the far edge", goal("range", (20, 25), DOWN), 10, "150.0"),
    ("band: inside", goal("band", (20, 25)), 21, "100.0"),
    ("band: below, against the lower edge", goal("band", (20, 25)), 15, "75.0"),
    ("band: above, against the upper edge", goal("band", (20, 25)), 30, "80.0"),
    ("band: far above", goal("band", (20, 25)), 90, "0.0"),
    ("below_previous: fewer", goal("below_previous", p=100), 80, "100.0"),
    ("below_previous: as many is not fewer", goal("below_previous", p=100), 100, "99.9"),
    ("below_previous: more", goal("below_previous", p=100), 120, "80.0"),
    ("below_previous: three times as many", goal("below_previous", p=100), 300, "0.0"),
    ("below_previous: none, and none before", goal("below_previous", p=0), 0, "100.0"),
    ("below_previous: some, and none before", goal("below_previous", p=0), 1, "0.0"),
    ("100,0 may not contradict: 99,96", goal("at_least", "2500"), "2499", "99.96"),
    ("100,0 may not contradict: 100,02", goal("at_least", "5000"), "5001", "100.02"),
]


@pytest.mark.parametrize(
    ("kind", "a", "percent"), [pytest.param(*r[1:], id=r[0]) for r in ATTAINMENT]
)
def test_attainment(kind: Goal, a: object, percent: str) -> None:
    figure = attainment(kind, d(a), measure=Measure.STOCK, final=True, baseline=d(40))  # type: ignore[arg-type]

    assert figure.value == Decimal(percent)
    assert figure.sign == ""


UNDEFINED = [
    ("at_least with t = 0", goal("at_least", 0), "target_not_positive"),
    ("at_least with t < 0", goal("at_least", -2), "target_not_positive"),
    ("at_most with t < 0", goal("at_most", -2), "target_not_positive"),
    ("at_most 0 without a baseline", goal("at_most", 0), "no_baseline"),
    ("band whose near edge is 0", goal("band", (-2, 0)), "target_not_positive"),
    ("below_previous with p < 0", goal("below_previous", p=-1), "previous_not_positive"),
    ("below_previous without p", goal("below_previous"), "no_previous"),
]


@pytest.mark.parametrize(("kind", "reason"), [pytest.param(*r[1:], id=r[0]) for r in UNDEFINED])
def test_an_undefined_attainment_has_its_reason(kind: Goal, reason: str) -> None:
    figure = attainment(kind, d(5), measure=Measure.RATE, final=True)

    assert (figure.value, figure.reason) == (None, reason)


def test_a_baseline_that_is_not_positive_gives_no_way_down() -> None:
    figure = attainment(goal("at_most", 0), d(5), measure=Measure.STOCK, final=True, baseline=d(0))

    assert (figure.value, figure.reason) == (None, "baseline_not_positive")


def test_a_range_is_defined_below_a_lower_edge_that_is_not_positive_only_inside() -> None:
    narrow = goal("range", (0, 5))

    assert attainment(narrow, d(3), measure=Measure.RATE, final=True).value == 100
    assert attainment(narrow, d(-1), measure=Measure.RATE, final=True).value is None


@pytest.mark.parametrize(
    "kind", [goal("at_most", 80), goal("range", (60, 80), DOWN)], ids=lambda g: g.kind
)
def test_a_decreasing_flow_shows_the_part_of_its_limit_until_q4(kind: Goal) -> None:
    running = attainment(kind, d(60), measure=Measure.FLOW, final=False)

    assert running.reason == "limit_of_the_year"
    assert used_of_limit(kind, d(60), measure=Measure.FLOW, final=False).value == 75
    assert attainment(kind, d(60), measure=Measure.FLOW, final=True).value is not None
    assert used_of_limit(kind, d(60), measure=Measure.FLOW, final=True).value is None


def test_below_previous_has_its_attainment_while_the_year_runs() -> None:
    assert (
        attainment(goal("below_previous", p=100), d(80), measure=Measure.FLOW, final=False).value
        == 100
    )


def test_a_limit_of_zero_has_no_used_part() -> None:
    figure = used_of_limit(goal("at_most", 0), d(1), measure=Measure.FLOW, final=False)

    assert (figure.value, figure.reason) == (None, "limit_not_positive")


def test_negative_growth_shows_only_points() -> None:
    kind = goal("range", (2, 3))

    assert attainment(kind, d("-0.5"), measure=Measure.RATE, final=True, growth=True).value is None
    assert distance(kind, d("-0.5")) == d("-2.5")


def test_figures_next_to_the_exceed_margin_get_more_decimals() -> None:
    figure = attainment(
        goal("at_least", 10000), d(10499), measure=Measure.STOCK, final=True, margin=d("0.05")
    )

    assert figure.value == d("104.99")


def test_three_decimals_too_few_get_a_sign() -> None:
    figure = attainment(
        goal("at_least", 10_000_000), d(9_999_999), measure=Measure.STOCK, final=True
    )

    assert (figure.sign, figure.value) == ("<", 100)


DISTANCES = [
    ("at_least: short", goal("at_least", 76), 75, -1),
    ("at_least: past", goal("at_least", 76), 78, 2),
    ("at_most: past its limit", goal("at_most", 10), 12, 2),
    ("range: inside", goal("range", (8, 9)), 8, 0),
    ("range: beyond", goal("range", (8, 9)), 10, 1),
    ("band: inside", goal("band", (20, 21)), 21, 0),
    ("band: below", goal("band", (20, 21)), 18, -2),
    ("band: above", goal("band", (20, 21)), 24, 3),
    ("below_previous", goal("below_previous", p=10), 12, 2),
]


@pytest.mark.parametrize(
    ("kind", "a", "points"), [pytest.param(*r[1:], id=r[0]) for r in DISTANCES]
)
def test_distance_to_the_near_edge(kind: Goal, a: int, points: int) -> None:
    assert distance(kind, d(a)) == points


@pytest.mark.parametrize(
    ("a", "b", "t", "percent"),
    [
        pytest.param(95, 100, 90, "50.0", id="down, half-way"),
        pytest.param(44, 40, 50, "40.0", id="up, 4 of 10"),
        pytest.param(38, 40, 50, "-20.0", id="the wrong way"),
        pytest.param(44, None, 50, None, id="no baseline"),
        pytest.param(44, 50, 50, None, id="no way to go"),
    ],
)
def test_distance_travelled(a: int, b: int | None, t: int, percent: str | None) -> None:
    figure = travelled(d(a), None if b is None else d(b), d(t))

    assert figure.value == (None if percent is None else d(percent))
    assert (figure.reason is None) == (figure.value is not None)


@pytest.mark.parametrize(
    ("a", "p", "percent"),
    [
        pytest.param(80, 100, "-20.0", id="down by a fifth"),
        pytest.param(100, 100, "0.0", id="as many"),
        pytest.param(10001, 10000, "0.01", id="0,0 may not contradict"),
        pytest.param(3, 0, None, id="p = 0: undefined"),
        pytest.param(3, -1, None, id="p < 0: undefined"),
        pytest.param(3, None, None, id="p not known"),
    ],
)
def test_change_against_last_year(a: int, p: int | None, percent: str | None) -> None:
    figure = change(d(a), None if p is None else d(p))

    assert figure.value == (None if percent is None else d(percent))


numbers = st.decimals(-1000, 1000, places=1)


@st.composite
def goals(draw: st.DrawFn) -> Goal:
    kind = draw(st.sampled_from(TargetKind))
    low, high = sorted((draw(numbers), draw(numbers)))
    if kind is TargetKind.BELOW_PREVIOUS:
        return goal("below_previous", p=low)
    if kind in (TargetKind.AT_LEAST, TargetKind.AT_MOST):
        return goal(kind, low)
    direction = draw(st.sampled_from((UP, DOWN))) if kind is TargetKind.RANGE else None
    return goal(kind, (low, high), direction)


@settings(max_examples=300)
@given(goals(), numbers, numbers | st.none(), st.sampled_from(Measure), st.booleans())
def test_a_figure_is_a_number_from_0_or_a_reason(
    kind: Goal, a: Decimal, b: Decimal | None, measure: Measure, final: bool
) -> None:
    figure = attainment(kind, a, measure=measure, final=final, baseline=b)

    assert (figure.value is None) == (figure.reason is not None)
    if figure.value is not None:
        assert figure.value >= 0
        if figure.value != 100:
            assert kind.met(a) == (figure.value > 100)
        if kind.kind in (TargetKind.BAND, TargetKind.BELOW_PREVIOUS):
            assert figure.value <= 100
    distance(kind, a)
    travelled(a, b, kind.reference)
    change(a, b)


@settings(max_examples=300)
@given(goals(), numbers, numbers)
def test_a_better_value_never_has_a_lower_attainment(
    kind: Goal, one: Decimal, two: Decimal
) -> None:
    if kind.kind is TargetKind.BAND:
        return
    worse, better = sorted((one, two), reverse=not kind.rises)
    low = attainment(kind, worse, measure=Measure.STOCK, final=True, baseline=d(500)).value
    high = attainment(kind, better, measure=Measure.STOCK, final=True, baseline=d(500)).value
    if low is not None and high is not None:
        assert low <= high
