"""Across organisation units: METHOD 9, sums, ratios, what is missing and how much it weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.across import combine, restricted
from kpi.definitions import Across, Indicator, Measure, OrgUnits
from kpi.judgement import Status
from kpi.observations import Known, ObsStatus
from kpi.periods import Period
from kpi.targets import Target
from tests.unit.form_builders import DEFINITIONS, ORG_UNITS
from tests.unit.judging import COUNT, PERCENT, Q3, Number, d, indicator, judged, known, target, year

DISTRICTS = ("183", "184")  # 99 was dissolved in 2010
SUM = indicator(unit=COUNT, across=Across.SUM)
RATIO = indicator(
    Measure.STOCK, unit=PERCENT, decimals=1, across=Across.RATIO, numerator="n", denominator="d"
)
MEAN = indicator(across=Across.WEIGHTED_MEAN, weight_indicator="w")


def values(**by_name: tuple[Number | None, Number | None]) -> dict[tuple[str, str], Known]:
    """For each indicator the figures of both districts; None: nothing was sent."""
    return {
        (name, unit): known(value, name=name, unit=unit)
        for name, pair in by_name.items()
        for unit, value in zip(DISTRICTS, pair, strict=True)
        if value is not None
    }


def plans(*figures: Number | None) -> dict[tuple[str, str], Target]:
    return {
        ("x", unit): target("at_least", figure)
        for unit, figure in zip(DISTRICTS, figures, strict=True)
        if figure is not None
    }


def combined(
    of: Indicator,
    now: dict[tuple[str, str], Known],
    *,
    targets: dict[tuple[str, str], Target] | None = None,
    previous: dict[tuple[str, str], Known] | None = None,
    period: Period = Q3,
    org_units: OrgUnits = ORG_UNITS,
    org_unit: str | None = None,
) -> Known | None:
    return combine(of, DEFINITIONS, org_units, period, now, targets or {}, previous or {}, org_unit)


def test_a_sum_has_its_coverage_and_its_parts() -> None:
    result = combined(SUM, values(x=(3, 4)))

    assert result is not None
    assert (result.value, result.org_unit, result.basis) == (7, "20", "basis")
    assert [part.value for part in result.parts] == [3, 4]
    assert result.coverage is not None
    assert (result.coverage.present, result.coverage.missing_weight) == (DISTRICTS, 0)


def test_a_ratio_is_never_an_average_of_ratios() -> None:
    result = combined(RATIO, values(n=(9, 1), d=(10, 90)))

    assert result is not None
    assert result.value == 10  # not (90 % + 1,1 %) ÷ 2
    assert [(part.indicator, part.org_unit) for part in result.parts] == [
        ("n", "183"),
        ("d", "183"),
        ("n", "184"),
        ("d", "184"),
    ]


def test_a_mean_is_weighted_by_its_indicator() -> None:
    result = combined(MEAN, values(x=(40, 20), w=(1, 3)))

    assert result is not None
    assert result.value == 25


def test_a_reported_figure_is_never_computed() -> None:
    assert combined(indicator(), values(x=(3, 4))) is None


def test_without_any_part_there_is_no_figure() -> None:
    assert combined(SUM, {}) is None
    assert combined(SUM, values(x=(None, None))) is None
    assert combined(RATIO, values(n=(9, 1))) is None


def test_a_part_without_a_value_is_missing() -> None:
    now = values(x=(3, 4)) | {("x", "184"): known(None, name="x", unit="184")}
    result = combined(SUM, now)

    assert result is not None
    assert result.coverage is not None
    assert (result.value, result.coverage.missing) == (3, ("184",))


def test_only_units_that_exist_at_the_period_s_end_are_expected() -> None:
    until_june = replace(ORG_UNITS.units["184"], valid_to=date(2018, 6, 30))
    fewer = replace(ORG_UNITS, units={**ORG_UNITS.units, "184": until_june})
    result = combined(SUM, values(x=(3, 4)), org_units=fewer)

    assert result is not None
    assert result.coverage is not None
    assert (result.value, result.coverage.expected) == (3, ("183",))


def test_a_district_s_ratio_is_its_own() -> None:
    now = values(n=(9, 1), d=(12, None))
    result = combined(RATIO, now, org_unit="183")

    assert result is not None
    assert (result.value, result.org_unit, result.coverage) == (75, "183", None)
    assert [part.indicator for part in result.parts] == ["n", "d"]
    assert combined(RATIO, now, org_unit="184") is None
    assert combined(SUM, values(x=(3, 4)), org_unit="183") is None


def test_a_ratio_of_nothing_cannot_exist() -> None:
    result = combined(RATIO, values(n=(0, 0), d=(0, 0)))

    assert result is not None
    assert (result.value, result.status) == (None, ObsStatus.NOT_APPLICABLE)


def test_an_estimate_among_the_parts_makes_the_whole_an_estimate() -> None:
    now = values(x=(3, 4))
    now["x", "184"] = replace(now["x", "184"], status=ObsStatus.ESTIMATE)
    result = combined(SUM, now)

    assert result is not None
    assert result.status is ObsStatus.ESTIMATE


def test_an_annual_figure_belongs_to_the_year() -> None:
    result = combined(replace(SUM, annual=True), values(x=(3, 4)), period=Period(2018, 4))

    assert result is not None
    assert result.period == Period(2018)


WEIGHTS = [
    ("its share of the plan", SUM, {"x": (3, None)}, (9, 3), {"x": (1, 1)}, "0.25"),
    (
        "without plans, of last year's values",
        SUM,
        {"x": (3, None)},
        (None, None),
        {"x": (1, 4)},
        "0.8",
    ),
    ("plans of none at all weigh nothing", SUM, {"x": (3, None)}, (0, 0), {"x": (1, 4)}, "0.8"),
    (
        "a unit without a plan, by last year",
        SUM,
        {"x": (3, None)},
        (9, None),
        {"x": (3, 1)},
        "0.25",
    ),
    ("a unit planned to do nothing", SUM, {"x": (3, None)}, (9, 0), {"x": (1, 1)}, "0"),
    ("neither: one of n", SUM, {"x": (3, None)}, (None, None), {}, "0.5"),
    ("a ratio: its denominator", RATIO, {"n": (3, None), "d": (10, 30)}, (9, 3), {}, "0.75"),
    (
        "a ratio: last year's denominator",
        RATIO,
        {"n": (3, 2), "d": (10, None)},
        (9, 3),
        {"d": (1, 30)},
        "0.75",
    ),
    ("a ratio without: one of n", RATIO, {"n": (3, 2), "d": (10, None)}, (9, 3), {}, "0.5"),
]


@pytest.mark.parametrize(
    ("of", "now", "planned", "before", "weight"), [pytest.param(*r[1:], id=r[0]) for r in WEIGHTS]
)
def test_what_is_missing_weighs(
    of: Indicator,
    now: dict[str, tuple[Number | None, Number | None]],
    planned: tuple[Number | None, Number | None],
    before: dict[str, tuple[Number | None, Number | None]],
    weight: str,
) -> None:
    result = combined(of, values(**now), targets=plans(*planned), previous=values(**before))

    assert result is not None
    assert result.coverage is not None
    assert result.coverage.missing == ("184",)
    assert result.coverage.missing_weight == Decimal(weight)


def test_last_years_figure_is_cut_to_the_same_units() -> None:
    whole = combined(RATIO, values(n=(9, 1), d=(10, 90)))
    assert whole is not None
    one = restricted(whole, RATIO, frozenset(("183",)))

    assert one is not None
    assert (one.value, one.units) == (90, {"183"})
    assert restricted(one, RATIO, frozenset(DISTRICTS)) is None
    assert restricted(replace(whole, parts=()), RATIO, frozenset(("183",))) is None
    assert restricted(known(5), RATIO, frozenset(("183",))) is None


def test_a_partial_sum_is_compared_with_the_same_districts_of_last_year() -> None:
    last = combined(SUM, values(x=(5, 6)))
    part = combined(SUM, values(x=(4, None)))
    assert last is not None
    assert part is not None
    result = judged(part, target("below_previous"), SUM, history={Period(2017, 3): last})

    assert (result.previous_value, result.change) == (5, d("-20.0"))
    assert result.status is Status.INCOMPLETE  # a fall is not told from some of the units


def test_a_whole_sum_is_not_compared_with_a_part_of_last_year() -> None:
    last = combined(SUM, values(x=(5, None)))
    whole = combined(SUM, values(x=(4, 4)))
    assert last is not None
    assert whole is not None
    result = judged(whole, target("below_previous"), SUM, history={Period(2017, 3): last})

    assert (result.status, result.explanation.reason) == (
        Status.NOT_ASSESSABLE,
        "previous_units_differ",
    )


def test_a_year_whose_quarters_rest_on_different_units_gives_no_share() -> None:
    years = year(2016, 10, 50, 80, 100) | year(2017, 10, 50, 80, 100)
    part = combined(SUM, values(x=(4, None)))
    assert part is not None
    years[Period(2017, 2)] = replace(part, value=d(50))
    never = indicator(linear=False)

    assert judged(4, target("at_least", 100), never, history=years).expected is None


def test_a_partial_sum_is_no_baseline() -> None:
    part = combined(SUM, values(x=(40, None)))
    assert part is not None
    stock = replace(SUM, measure=Measure.STOCK)
    result = judged(5, target("at_most", 0), stock, history={Period(2017, 4): part})

    assert result.explanation.reason == "no_baseline"


amounts = st.tuples(*[st.none() | st.integers(0, 50)] * 2)


@settings(max_examples=200)
@given(st.sampled_from((SUM, RATIO, MEAN)), amounts, amounts, amounts, amounts)
def test_a_weight_is_a_part_and_nothing_is_divided_by_zero(
    of: Indicator,
    one: tuple,
    two: tuple,
    planned: tuple,
    before: tuple,  # type: ignore[type-arg]
) -> None:
    now = values(x=one, n=one, w=two, d=two)
    result = combined(
        of, now, targets=plans(*planned), previous=values(x=before, d=before, w=before)
    )
    if result is not None:
        assert result.coverage is not None
        assert 0 <= result.coverage.missing_weight <= 1
        assert (result.coverage.missing_weight == 0) or not result.coverage.complete
