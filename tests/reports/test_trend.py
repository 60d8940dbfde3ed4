"""What a sparkline draws: one basis, gaps where there is none, the plan where it compares."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kpi.definitions import Definitions
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.rounding import half_away
from reports.tables import Histories, History, Key
from reports.trend import Trend, last_periods, trend

Q3 = Period(2018, 3)
SHARE, TAXES = Key("share_industry", "20"), Key("share_product_taxes", "20")


def of(name: str, judged: list[Assessment], definitions: Definitions, past: Histories) -> Trend:
    assessment = next(one for one in judged if one.indicator == name)
    return trend(assessment, definitions.indicators[name], past)


def without(history: History, period: Period) -> History:
    return {key: known for key, known in history.items() if key != period}


def test_a_converted_row_is_converted_in_every_period_and_has_its_plan(judged, definitions, past):
    found = of("share_industry", judged, definitions, past)
    own = next(one for one in judged if one.indicator == "share_industry")

    assert found.target is own.target
    assert {known.basis for known in found.shown} == {own.target.basis}
    assert half_away(found.shown[-1].value, 1) == own.value
    assert found.shown[0].value == 100 * past[SHARE][Period(2017, 1)].value / Decimal(96)


def test_a_period_without_its_taxes_is_a_gap(judged, definitions, past):
    less = {**past, TAXES: without(past[TAXES], Period(2017, 4))}
    found = of("share_industry", judged, definitions, less)

    assert [known is None for known in found.shown] == [False] * 3 + [True] + [False] * 3


def test_figures_of_another_basis_are_a_gap(judged, definitions, past):
    key, first = Key("grdp_growth", "20"), Period(2017, 1)
    other = {**past[key], first: replace(past[key][first], basis="giá năm khác")}
    found = of("grdp_growth", judged, definitions, {**past, key: other})

    assert [known is None for known in found.shown] == [True] + [False] * 6
    assert found.target is not None


def test_a_plan_on_another_basis_and_a_flows_plan_are_not_drawn(judged, definitions, past):
    key = Key("grdp_growth", "20")
    other = {period: replace(known, basis="khác") for period, known in past[key].items()}

    assert of("grdp_growth", judged, definitions, {**past, key: other}).target is None
    assert of("budget_revenue", judged, definitions, past).target is None


def test_the_seven_periods_run_over_the_turn_of_the_year():
    assert [p.code for p in last_periods(Q3, 7)] == [
        "2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2", "2018-Q3",
    ]  # fmt: skip
    assert [p.code for p in last_periods(Period(2018), 3)] == ["2016", "2017", "2018"]
