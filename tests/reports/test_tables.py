"""The one place that judges a slice: what is in it, at which level, computed from what."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest

from kpi.definitions import Level, Role
from kpi.judgement import Status
from kpi.periods import Period
from reports import tables

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)


@pytest.fixture
def assess(definitions, org_units, targets):
    def run(frame, **options):
        facts = {"period": Q3, "today": TODAY, **options}
        return tables.assessments(frame, targets, definitions, org_units, **facts)

    return run


def by_id(assessments):
    return {a.indicator: a for a in assessments}


def test_the_province_has_every_numbered_and_followed_indicator_and_no_input(
    assess, frame, definitions
):
    found = assess(frame)

    expected = [
        i.id
        for i in definitions.indicators.values()
        if i.role is not Role.INPUT and i.exists_at(Level.PROVINCE)
    ]
    assert [a.indicator for a in found] == expected
    assert {a.org_unit for a in found} == {"20"}


def test_a_district_has_only_what_exists_there(assess, frame, definitions):
    found = by_id(assess(frame, org_units_wanted=["183"]))

    assert "grdp_growth" not in found
    assert found["road_hardening_rate"].org_unit == "183"
    assert all(definitions.indicators[id_].exists_at(Level.DISTRICT) for id_ in found)


def test_what_nobody_reports_for_the_province_is_the_sum_of_the_districts(assess, frame):
    found = by_id(assess(frame))["communes_below_5_criteria"]

    assert found.value == 11
    assert found.coverage is not None and found.coverage.complete
    assert len(found.known.parts) == 11


def test_a_ratio_is_of_sums_in_the_province_and_of_its_own_in_a_district(assess, frame):
    province = by_id(assess(frame))["road_hardening_rate"]
    district = by_id(assess(frame, org_units_wanted=["183"]))["road_hardening_rate"]

    assert province.value == district.value == Decimal("73.7")  # 14 of 19 everywhere
    assert len(province.known.parts) == 22
    assert {p.indicator for p in district.known.parts} == {
        "communes_hardened_road",
        "rural_communes_total",
    }


def test_a_missing_district_shows_in_the_coverage(assess, make_frame):
    found = by_id(assess(make_frame(without=("184",))))["road_hardening_rate"]

    assert found.coverage.missing == ("184",)
    assert found.status is Status.INCOMPLETE


def test_indicators_asked_for_by_name_come_alone_but_judged_alike(assess, frame):
    everything = by_id(assess(frame))

    alone = assess(frame, indicators=["share_industry", "road_hardening_rate"])

    assert [a.indicator for a in alone] == ["share_industry", "road_hardening_rate"]
    assert all(a == everything[a.indicator] for a in alone)


def test_the_structure_is_converted_with_the_product_taxes_of_the_same_frame(assess, frame):
    found = by_id(assess(frame))["share_industry"]

    assert found.value == Decimal("19.6")  # 18.8 ÷ (100 − 4.0) × 100
    assert found.original.value == Decimal("18.8")


def test_history_gives_the_pace(assess, frame):
    found = by_id(assess(frame))["budget_revenue"]

    assert found.expected == Decimal("4722")  # 6,296 × 75 %
    assert found.explanation.profile.years == (2016, 2017)


def test_a_figure_of_the_year_is_not_shown_before_it_is_asked_for(assess, frame, make_frame):
    """Looking back at quý III from next year must show what quý III showed."""
    row = frame[frame["indicator"] == "income_per_capita"].iloc[[0]].copy()
    row["period"] = "2018"
    later = frame.loc[[*frame.index]].copy()
    later.loc[len(later)] = row.iloc[0]

    found = by_id(assess(later, today=date(2019, 2, 1)))["income_per_capita"]

    assert found.status is Status.NOT_DUE
    assert found.value is None


def test_a_frame_without_rows_is_incomplete_after_the_due_date(assess, frame):
    found = by_id(assess(frame.iloc[:0]))

    assert found["budget_revenue"].status is Status.INCOMPLETE
    assert found["income_per_capita"].status is Status.NOT_DUE
    assert found["initiatives"].status is Status.FOLLOWED


def test_a_slice_is_judged_fast_enough(assess, frame, org_units):
    assess(frame)

    start = time.process_time()
    assess(frame)
    province = time.process_time() - start
    start = time.process_time()
    assess(frame, org_units_wanted=list(org_units.units))
    whole = time.process_time() - start

    # generous: a busy machine, and the goal is kept by bench/
    assert province < 0.25
    assert whole < 1.5
