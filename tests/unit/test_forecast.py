"""Dự báo cả năm: METHOD 7. A forecast stands beside the status and never changes it."""

from __future__ import annotations

import pytest

from kpi.definitions import Across, Measure
from kpi.judgement import Forecast
from tests.unit.judging import Q1, Q2, Q3, Q4, d, indicator, judged, known, missing, target, year

PLAN = target("at_least", 1000)
PAST = year(2015, 10, 40, 50, 100) | year(2016, 10, 40, 60, 100) | year(2017, 10, 40, 80, 100)


def forecast(central: object, low: object, high: object, profile: str) -> Forecast:
    return Forecast(d(central), d(low), d(high), profile)  # type: ignore[arg-type]


def test_a_flow_is_divided_by_its_usual_share_and_the_years_give_the_interval() -> None:
    result = judged(600, PLAN, indicator(), history=PAST)

    assert result.forecast == forecast(1000, 750, 1200, "history")


def test_a_declared_pace_is_central_and_the_history_widens_the_interval() -> None:
    result = judged(600, PLAN, indicator(pace=(0, 0, "0.75", 1)), history=PAST)

    assert result.forecast == forecast(800, 750, 1200, "declared")


def test_a_declared_pace_alone_has_no_spread() -> None:
    assert judged(600, PLAN, indicator(pace=(0, 0, "0.75", 1))).forecast == forecast(
        800, 800, 800, "declared"
    )


def test_a_single_year_counts_beside_a_declared_pace() -> None:
    result = judged(600, PLAN, indicator(pace=(0, 0, "0.75", 1)), history=year(2017, 0, 0, 80, 100))

    assert result.forecast == forecast(800, 750, 800, "declared")


def test_a_quarter_of_the_target_is_a_declared_share() -> None:
    aim = target("at_least", 1000, by_quarter={3: 800})

    assert judged(600, aim, indicator()).forecast == forecast(750, 750, 750, "declared")


def test_a_small_share_is_left_out() -> None:
    history = year(2016, 5, 40, 60, 100) | year(2017, 20, 40, 60, 100)
    result = judged(50, PLAN, indicator(), Q1, history=history)

    assert result.forecast == forecast(400, 250, 400, "history")  # median 0,125; 0,05 left out


def test_where_the_usual_share_is_small_there_is_no_forecast() -> None:
    history = year(2016, 5, 40, 60, 100) | year(2017, 12, 40, 60, 100)

    assert judged(50, PLAN, indicator(), Q1, history=history).forecast is None


@pytest.mark.parametrize("history", [{}, year(2017, 10, 40, 60, 100)], ids=["none", "one year"])
def test_too_little_history_gives_no_forecast(history: dict) -> None:  # type: ignore[type-arg]
    assert judged(600, PLAN, indicator(), history=history).forecast is None


def test_a_falling_flow_is_forecast_too() -> None:
    result = judged(60, target("below_previous"), indicator(), history=PAST)

    assert result.forecast == forecast(100, 75, 120, "history")


@pytest.mark.parametrize(
    ("a", "bounds", "end"),
    [
        pytest.param(69, {}, 72, id="b + (a − b) ÷ share"),
        pytest.param(95, {"hard_high": d(100)}, 100, id="kept within its upper bound"),
        pytest.param(30, {"hard_low": d(25)}, 25, id="kept within its lower bound"),
    ],
)
def test_a_stock_on_its_way(a: int, bounds: dict, end: int) -> None:  # type: ignore[type-arg]
    result = judged(a, target("at_least", 76, baseline=60), indicator(Measure.STOCK, **bounds))

    assert result.forecast == forecast(end, end, end, "linear")


def test_a_stock_whose_declared_share_is_small_has_no_forecast() -> None:
    of = indicator(Measure.STOCK, pace=("0.05", "0.3", "0.5", 1))

    assert judged(61, target("at_least", 76, baseline=60), of, Q1).forecast is None
    assert judged(68, target("at_least", 76, baseline=60), of, Q3).forecast == forecast(
        76, 76, 76, "declared"
    )


@pytest.mark.parametrize("baseline", [80, None], ids=["past its target", "no baseline"])
def test_a_stock_that_is_not_on_its_way_has_none(baseline: int | None) -> None:
    aim = target("at_least", 76, baseline=baseline)

    assert judged(78, aim, indicator(Measure.STOCK)).forecast is None


def test_a_rate_has_none_before_q4_unless_declared() -> None:
    aim = target("range", (8, "8.5"))

    assert judged("8.2", aim, indicator(Measure.RATE, decimals=1), Q2).forecast is None
    declared = indicator(Measure.RATE, decimals=1, forecast_latest=True)
    assert judged("8.2", aim, declared, Q2).forecast == forecast("8.2", "8.2", "8.2", "latest")


@pytest.mark.parametrize("measure", Measure)
def test_at_q4_the_forecast_is_the_value(measure: Measure) -> None:
    assert judged(70, PLAN, indicator(measure), Q4).forecast == forecast(70, 70, 70, "actual")


def test_a_partial_sum_is_not_carried_on_to_the_year_s_end() -> None:
    part = known(600, Q3, coverage=missing("0.02", present=10))

    assert judged(part, PLAN, indicator(pace=(0, 0, "0.75", 1), across=Across.SUM)).forecast is None
