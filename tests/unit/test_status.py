"""Trạng thái: METHOD 8, rule by rule, and the property it keeps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpi.assessment import assess
from kpi.definitions import Across, Indicator, Level, Measure
from kpi.judgement import Assessment, Status
from kpi.observations import Known, ObsStatus
from kpi.periods import Period
from kpi.status import group_status
from kpi.targets import Direction, Edges, Target, TargetKind
from tests.unit.judging import (
    COUNT,
    PERCENT,
    Q1,
    Q2,
    Q3,
    Q4,
    context,
    d,
    indicator,
    judged,
    known,
    missing,
    target,
    year,
)

FLOW, STOCK, RATE = (indicator(measure) for measure in Measure)
DOWN = Direction.DECREASE
PLAN = target("at_least", 1000)
LIMIT = target("at_most", 1000)
FEWER = target("below_previous")


def table(rows: list[tuple]) -> list:  # type: ignore[type-arg]
    """The first column is what the row says of the rule."""
    return [pytest.param(*row[1:], id=row[0]) for row in rows]


# --- rule 1 and 2 ------------------------------------------------------------------------


def test_rule_1_without_a_target_it_is_followed() -> None:
    assert judged(5, None, FLOW).status is Status.FOLLOWED
    assert judged(None, None, FLOW).status is Status.FOLLOWED


def test_rule_1_a_period_that_is_not_asked_for_is_not_due() -> None:
    result = judged(5, PLAN, replace(FLOW, asked_at=(2, 4)), Q3, late=True)

    assert (result.status, result.explanation.rule) == (Status.NOT_DUE, "not_asked")


@pytest.mark.parametrize(("period", "status"), [(Q3, Status.NOT_DUE), (Q4, Status.MET)], ids=str)
def test_rule_1_an_annual_figure_is_judged_with_q4(period: Period, status: Status) -> None:
    result = judged(
        "37.5", target("range", (37, 38)), indicator(RATE.measure, decimals=1, annual=True), period
    )

    assert (result.status, result.observation_period) == (status, Period(2018))


def test_rule_1_a_level_where_it_does_not_exist_is_not_due() -> None:
    only_province = replace(FLOW, levels={Level.PROVINCE: FLOW.levels[Level.PROVINCE]})
    result = judged(5, PLAN, only_province, level=Level.DISTRICT, late=True)

    assert (result.status, result.explanation.rule) == (Status.NOT_DUE, "no_such_level")


def test_rule_2_no_value_waits_for_the_deadline() -> None:
    assert judged(None, PLAN, FLOW).status is Status.NOT_DUE
    assert judged(None, PLAN, FLOW, late=True).status is Status.INCOMPLETE


def test_rule_2_on_the_day_itself_the_deadline_has_not_passed() -> None:
    at = context(FLOW)

    assert assess(None, PLAN, replace(at, due=at.today)).status is Status.NOT_DUE


def test_rule_2_a_cell_that_says_not_available_is_no_value() -> None:
    cell = known(None, status=ObsStatus.MISSING)

    assert judged(cell, PLAN, FLOW).status is Status.NOT_DUE
    assert judged(cell, PLAN, FLOW, late=True).status is Status.INCOMPLETE


def test_rule_2_a_cell_that_says_not_applicable_is_never_due() -> None:
    cell = known(None, status=ObsStatus.NOT_APPLICABLE)

    assert judged(cell, PLAN, FLOW, late=True).status is Status.NOT_DUE


def test_rule_2_the_last_known_value_stays_in_sight() -> None:
    history = year(2018, 100, 300)

    assert judged(None, PLAN, FLOW, late=True, history=history).last_known == history[Q2]
    assert judged(None, PLAN, FLOW, history=history).last_known is None


# --- rule 3 ------------------------------------------------------------------------------

NEVER_STRAIGHT = replace(FLOW, linear=False)
UNDEFINED = [
    ("basis differs", target("at_least", 1000, basis="other"), FLOW, Q3, {}, "basis_differs"),
    (
        "basis differs, at Q4 too",
        target("at_least", 1000, basis="other"),
        FLOW,
        Q4,
        {},
        "basis_differs",
    ),
    ("p missing", FEWER, FLOW, Q3, {}, "no_previous"),
    ("p missing, at Q4 too", FEWER, FLOW, Q4, year(2017, 1, 2, 3), "no_previous"),
    ("no expected value of a flow", PLAN, NEVER_STRAIGHT, Q3, {}, "no_pace"),
    ("no expected value of a limit kept so far", LIMIT, NEVER_STRAIGHT, Q3, {}, "no_pace"),
    ("no baseline of a stock", PLAN, STOCK, Q3, {}, "no_baseline"),
    (
        "no baseline of a stock outside its range",
        target("range", (900, 1000)),
        STOCK,
        Q3,
        {},
        "no_baseline",
    ),
]


@pytest.mark.parametrize(("aim", "of", "period", "history", "reason"), table(UNDEFINED))
def test_rule_3_an_undefined_input_gives_its_reason(
    aim: Target, of: Indicator, period: Period, history: dict[Period, Known], reason: str
) -> None:
    result = judged(500, aim, of, period, history=history)

    assert (result.status, result.explanation.reason) == (Status.NOT_ASSESSABLE, reason)
    assert (result.value, result.target) == (500, aim)


DEFINED = [
    ("a flow that has met its target", PLAN, NEVER_STRAIGHT, 1000, Q3, Status.MET),
    ("a stock that has met its target", PLAN, STOCK, 1000, Q3, Status.MET),
    ("a stock inside its range", target("range", (900, 1000)), STOCK, 950, Q3, Status.ON_TRACK),
    ("a limit that is passed", LIMIT, NEVER_STRAIGHT, 1001, Q3, Status.OFF_TRACK),
    ("a stock in its band", target("band", (900, 1000)), STOCK, 950, Q3, Status.ON_TRACK),
    ("the year is over", PLAN, NEVER_STRAIGHT, 999, Q4, Status.MISSED),
]


@pytest.mark.parametrize(("aim", "of", "a", "period", "status"), table(DEFINED))
def test_rule_3_does_not_ask_for_what_the_rule_does_not_need(
    aim: Target, of: Indicator, a: int, period: Period, status: Status
) -> None:
    assert judged(a, aim, of, period).status is status


# --- rule 4 ------------------------------------------------------------------------------

SUM = replace(FLOW, across_units=Across.SUM)
STOCK_SUM = replace(STOCK, across_units=Across.SUM)
RATIO = replace(STOCK, across_units=Across.RATIO)
ON_WAY = target("at_least", 100, baseline=20)

PARTIAL = [
    ("8 of 11: too little", SUM, PLAN, 700, "0.3", Q3, Status.INCOMPLETE),
    ("5 % missing is still judged", SUM, PLAN, 700, "0.05", Q3, Status.ON_TRACK),
    ("5.1 % missing is not", SUM, PLAN, 700, "0.051", Q3, Status.INCOMPLETE),
    ("never at Q4", SUM, PLAN, 700, "0.01", Q4, Status.INCOMPLETE),
    ("never for a limit", SUM, LIMIT, 700, "0.01", Q3, Status.INCOMPLETE),
    (
        "never for a falling stock",
        STOCK_SUM,
        target("at_most", 0, baseline=9),
        0,
        "0.01",
        Q3,
        Status.INCOMPLETE,
    ),
    (
        "never for a falling ratio",
        RATIO,
        target("at_most", 50, baseline=90),
        60,
        "0.01",
        Q3,
        Status.INCOMPLETE,
    ),
    ("a flow that meets the full target", SUM, PLAN, 1200, "0.3", Q3, Status.MET),
    ("at Q4 too", SUM, PLAN, 1200, "0.3", Q4, Status.MET),
    ("a stock that meets the full target", STOCK_SUM, PLAN, 1200, "0.3", Q4, Status.MET),
    (
        "a ratio that meets the target may yet fall",
        RATIO,
        ON_WAY,
        100,
        "0.3",
        Q4,
        Status.INCOMPLETE,
    ),
    ("a ratio is judged as it is", RATIO, ON_WAY, 80, "0.05", Q3, Status.ON_TRACK),
    ("a ratio is not scaled", RATIO, ON_WAY, 76, "0.05", Q3, Status.AT_RISK),
    (
        "a stock sum: baseline and expected × 0.95",
        STOCK_SUM,
        ON_WAY,
        76,
        "0.05",
        Q3,
        Status.ON_TRACK,
    ),
]


@pytest.mark.parametrize(("of", "aim", "a", "weight", "period", "status"), table(PARTIAL))
def test_rule_4_a_partial_figure(
    of: Indicator, aim: Target, a: int, weight: str, period: Period, status: Status
) -> None:
    result = judged(known(a, period, coverage=missing(d(weight))), aim, of, period)

    assert result.status is status
    assert result.provisional
    assert result.coverage is not None
    assert len(result.coverage.present) == 8


def test_rule_4_the_missing_weight_is_taken_off_what_is_expected() -> None:
    result = judged(known(684, coverage=missing("0.04")), PLAN, SUM)

    assert (result.expected, result.ratio) == (720, d("0.950"))


def test_rule_4_last_years_whole_figure_leaves_a_partial_fall_incomplete() -> None:
    history = {Period(2017, 3): known(100, Period(2017, 3), coverage=missing(0, present=11))}
    result = judged(known(5, coverage=missing("0.3")), FEWER, SUM, history=history)

    assert result.status is Status.INCOMPLETE


# --- rule 5 ------------------------------------------------------------------------------

MARGIN = indicator(Measure.STOCK, thresholds={"exceed_margin": d("0.05")})
FINAL = [
    ("at_least: short", STOCK, target("at_least", 76), 75, Status.MISSED),
    ("at_least: a = value", STOCK, target("at_least", 76), 76, Status.MET),
    ("at_least: more", STOCK, target("at_least", 76), 77, Status.EXCEEDED),
    ("at_least: more, within the margin", MARGIN, target("at_least", 100), 104, Status.MET),
    ("at_least: past the margin", MARGIN, target("at_least", 100), 105, Status.EXCEEDED),
    (
        "at_least below zero: margin of |value|",
        MARGIN,
        target("at_least", -100),
        -95,
        Status.EXCEEDED,
    ),
    ("at_least 0", STOCK, target("at_least", 0), 0, Status.MET),
    ("at_most: more", STOCK, target("at_most", 76), 77, Status.MISSED),
    ("at_most: a = value", STOCK, target("at_most", 76), 76, Status.MET),
    ("at_most: fewer", STOCK, target("at_most", 76), 75, Status.EXCEEDED),
    ("at_most: fewer, within the margin", MARGIN, target("at_most", 100), 96, Status.MET),
    ("at_most: past the margin", MARGIN, target("at_most", 100), 95, Status.EXCEEDED),
    ("range up: short", RATE, target("range", (8, 10)), 7, Status.MISSED),
    ("range up: lower edge", RATE, target("range", (8, 10)), 8, Status.MET),
    ("range up: upper edge", RATE, target("range", (8, 10)), 10, Status.MET),
    ("range up: past it", RATE, target("range", (8, 10)), 11, Status.EXCEEDED),
    (
        "range down: past its upper edge",
        RATE,
        target("range", (8, 10), direction=DOWN),
        11,
        Status.MISSED,
    ),
    ("range down: upper edge", RATE, target("range", (8, 10), direction=DOWN), 10, Status.MET),
    ("range down: below", RATE, target("range", (8, 10), direction=DOWN), 7, Status.EXCEEDED),
    ("band: inside", RATE, target("band", (8, 10)), 9, Status.MET),
    ("band: never exceeded", RATE, target("band", (8, 10)), 11, Status.MISSED),
]


@pytest.mark.parametrize(("of", "aim", "a", "status"), table(FINAL))
def test_rule_5_at_q4_by_the_target(of: Indicator, aim: Target, a: int, status: Status) -> None:
    result = judged(a, aim, of, Q4)

    assert (result.status, result.explanation.rule) == (status, "final")


@pytest.mark.parametrize(
    ("a", "p", "status"),
    table(
        [
            ("fewer", 99, 100, Status.MET),
            ("many fewer are not exceeding", 1, 100, Status.MET),
            ("as many", 100, 100, Status.MISSED),
            ("none and none before", 0, 0, Status.MET),
            ("one and none before", 1, 0, Status.MISSED),
        ]
    ),
)
def test_rule_5_below_previous(a: int, p: int, status: Status) -> None:
    assert judged(a, FEWER, FLOW, Q4, history=year(2017, 0, 0, 0, p)).status is status


def test_figures_are_rounded_before_they_are_compared() -> None:
    of = indicator(Measure.STOCK, unit=PERCENT, decimals=1)

    assert judged("75.95", target("at_least", 76), of, Q4).status is Status.MET
    assert judged("75.94", target("at_least", 76), of, Q4).status is Status.MISSED


# --- rule 6 ------------------------------------------------------------------------------

GROWS = target("range", (8, 10))
DECIDED = [
    ("a flow at its target", FLOW, PLAN, 1000, Status.MET),
    ("a flow past its target", FLOW, PLAN, 1001, Status.EXCEEDED),
    (
        "a flow past it within the margin",
        replace(MARGIN, measure=Measure.FLOW),
        PLAN,
        1049,
        Status.MET,
    ),
    ("a flow at its range", FLOW, GROWS, 8, Status.MET),
    ("a flow past its range", FLOW, GROWS, 11, Status.EXCEEDED),
    ("a stock at its target", STOCK, PLAN, 1000, Status.MET),
    ("a stock past its target is only met", STOCK, PLAN, 2000, Status.MET),
    ("a stock at its limit", STOCK, LIMIT, 1000, Status.MET),
    ("a rate at its target goes on", RATE, PLAN, 1000, Status.ON_TRACK),
    ("a limit passed", FLOW, LIMIT, 1001, Status.OFF_TRACK),
    (
        "a falling range passed",
        FLOW,
        target("range", (900, 1000), direction=DOWN),
        1001,
        Status.OFF_TRACK,
    ),
]


@pytest.mark.parametrize(("of", "aim", "a", "status"), table(DECIDED))
def test_rule_6_the_year_may_be_decided_early(
    of: Indicator, aim: Target, a: int, status: Status
) -> None:
    assert judged(a, aim, of, Q2).status is status


BY_RATIO = [
    ("0.970: on track", FLOW, target("at_least", 10000), 7275, Status.ON_TRACK),
    ("0.9695 rounds to 0.970", RATE, target("at_least", 10000), 9695, Status.ON_TRACK),
    ("0.969: at risk", RATE, target("at_least", 10000), 9694, Status.AT_RISK),
    ("0.900: at risk", RATE, target("at_least", 10000), 9000, Status.AT_RISK),
    ("0.899: off track", RATE, target("at_least", 10000), 8994, Status.OFF_TRACK),
    ("a limit: 0.970", FLOW, target("at_most", 10000), 7725, Status.ON_TRACK),
    ("a limit: 0.900", FLOW, target("at_most", 10000), 8250, Status.AT_RISK),
    ("a limit: worse", FLOW, target("at_most", 10000), 8400, Status.OFF_TRACK),
    ("the spec's own example", FLOW, target("at_least", 6296), 4482, Status.AT_RISK),
    ("a range of a rate: inside", RATE, target("range", (100, 110)), 100, Status.ON_TRACK),
    (
        "a range of a rate: on the good side",
        RATE,
        target("range", (100, 110)),
        150,
        Status.ON_TRACK,
    ),
    ("a range of a rate: just short", RATE, target("range", (100, 110)), 97, Status.ON_TRACK),
    ("a range of a rate: short", RATE, target("range", (100, 110)), 96, Status.AT_RISK),
    (
        "a falling range of a rate: on the good side",
        RATE,
        target("range", (90, 100), direction=DOWN),
        50,
        Status.ON_TRACK,
    ),
    (
        "a falling range of a rate: past it",
        RATE,
        target("range", (90, 100), direction=DOWN),
        110,
        Status.AT_RISK,
    ),
    ("a flow's range by its near edge", FLOW, target("range", (1000, 1100)), 700, Status.AT_RISK),
    ("a stock on its way", STOCK, target("at_least", 100, baseline=20), 79, Status.ON_TRACK),
    ("a stock behind", STOCK, target("at_least", 100, baseline=20), 76, Status.AT_RISK),
    ("a stock far behind", STOCK, target("at_least", 100, baseline=20), 60, Status.OFF_TRACK),
    (
        "a stock that was past its target and fell",
        STOCK,
        target("at_least", 100, baseline=120),
        95,
        Status.AT_RISK,
    ),
    ("no ratio, at what is expected", RATE, target("at_least", 0), 0, Status.ON_TRACK),
    ("no ratio, worse", RATE, target("at_least", 0), -1, Status.OFF_TRACK),
    (
        "no ratio, a stock that had none",
        STOCK,
        target("at_most", 0, baseline=0),
        1,
        Status.OFF_TRACK,
    ),
]


@pytest.mark.parametrize(("of", "aim", "a", "status"), table(BY_RATIO))
def test_rule_6_by_the_ratio_to_what_is_expected(
    of: Indicator, aim: Target, a: int, status: Status
) -> None:
    assert judged(a, aim, of, Q3).status is status


def test_rule_6_less_than_one_step_short_is_on_track() -> None:
    """A quarter of a commune cannot be recognised."""
    communes = indicator(unit=COUNT)
    two = target("at_least", 5)  # 3,75 expected at Q3

    assert judged(3, two, communes).explanation.rule == "step"
    assert judged(3, two, communes).status is Status.ON_TRACK
    assert judged(2, two, communes).status is Status.OFF_TRACK
    assert judged(3, target("at_least", 5), indicator(Measure.RATE)).status is Status.OFF_TRACK


def test_rule_6_a_whole_step_short_is_short() -> None:
    four = target("at_least", 4)  # 3 expected at Q3

    assert judged(2, four, indicator(unit=COUNT)).status is Status.OFF_TRACK


def test_rule_6_the_step_of_a_ratio_is_what_one_more_would_add() -> None:
    """One of 18 communes is 5,5 points (100 ÷ 18 rounded down)."""
    of = indicator(
        Measure.STOCK, unit=PERCENT, decimals=1, across=Across.RATIO, numerator="n", denominator="d"
    )
    parts = (known(9, name="n"), known(18, name="d"))
    aim = target("at_least", 60, baseline=40)  # 55 expected at Q3

    assert judged(known("50", parts=parts), aim, of).explanation.rule == "step"
    kilometres = (known("9.5", name="n"), known(18, name="d"))
    assert judged(known("50", parts=kilometres), aim, of).status is Status.OFF_TRACK


BAND = [
    ("lower edge", 20, Status.ON_TRACK),
    ("upper edge", 25, Status.ON_TRACK),
    ("one width below", 15, Status.AT_RISK),
    ("one width above", 30, Status.AT_RISK),
    ("farther below", 14, Status.OFF_TRACK),
    ("farther above", 31, Status.OFF_TRACK),
]


@pytest.mark.parametrize(("a", "status"), table(BAND))
def test_rule_6_band(a: int, status: Status) -> None:
    assert judged(a, target("band", (20, 25)), RATE).status is status


def test_rule_6_a_quarter_s_own_edges_of_a_band_and_a_range() -> None:
    band = target("band", (20, 25), by_quarter={3: (30, 35), 4: (20, 25)})
    grows = target("range", (8, 10), by_quarter={3: (4, 5), 4: (8, 10)})

    assert judged(31, band, RATE, Q3).status is Status.ON_TRACK
    assert judged(31, band, RATE, Q2).status is Status.OFF_TRACK
    assert judged(31, band, RATE, Q4).status is Status.MISSED
    assert judged(4, grows, RATE, Q3).status is Status.ON_TRACK
    assert judged(4, grows, RATE, Q2).status is Status.OFF_TRACK


FALLS = [
    ("fewer", indicator(unit=COUNT), 99, 100, Status.ON_TRACK),
    ("none and none before", indicator(unit=COUNT), 0, 0, Status.ON_TRACK),
    ("as many", indicator(unit=COUNT), 100, 100, Status.AT_RISK),
    ("3 % more", indicator(unit=COUNT), 103, 100, Status.AT_RISK),
    ("4 % more", indicator(unit=COUNT), 104, 100, Status.OFF_TRACK),
    ("one more of few", indicator(unit=COUNT), 6, 5, Status.AT_RISK),
    ("two more of few", indicator(unit=COUNT), 7, 5, Status.OFF_TRACK),
    ("one where there was none", indicator(unit=COUNT), 1, 0, Status.AT_RISK),
    ("one more, but not a count", indicator(), 6, 5, Status.OFF_TRACK),
    (
        "past last year's whole total: only this rule",
        indicator(unit=COUNT),
        100,
        99,
        Status.AT_RISK,
    ),
]


@pytest.mark.parametrize(("of", "a", "p", "status"), table(FALLS))
def test_rule_6_below_previous(of: Indicator, a: int, p: int, status: Status) -> None:
    result = judged(a, FEWER, of, Q3, history=year(2017, 0, 0, p, p))

    assert (result.status, result.explanation.rule) == (status, "below_previous")


# --- groups and notes --------------------------------------------------------------------

S = Status
GROUPS = [
    ("one missed", [S.MET, S.MISSED, S.OFF_TRACK], S.MISSED),
    ("off track before incomplete", [S.INCOMPLETE, S.OFF_TRACK], S.OFF_TRACK),
    ("incomplete before not assessable", [S.NOT_ASSESSABLE, S.INCOMPLETE], S.INCOMPLETE),
    ("not assessable before at risk", [S.AT_RISK, S.NOT_ASSESSABLE], S.NOT_ASSESSABLE),
    ("at risk before not due", [S.NOT_DUE, S.AT_RISK], S.AT_RISK),
    ("not due before on track", [S.ON_TRACK, S.NOT_DUE], S.NOT_DUE),
    ("on track before met", [S.MET, S.ON_TRACK], S.ON_TRACK),
    ("all exceeded are met", [S.EXCEEDED, S.EXCEEDED], S.MET),
    ("followed members are ignored", [S.FOLLOWED, S.MET], S.MET),
    ("only followed members", [S.FOLLOWED, S.FOLLOWED], S.FOLLOWED),
]


@pytest.mark.parametrize(("members", "status"), table(GROUPS))
def test_a_group_takes_the_worst(members: list[Status], status: Status) -> None:
    assert {group_status(order) for order in permutations(members)} == {status}


def codes(result: Assessment) -> list[str]:
    return [note.code for note in result.notes]


def test_a_near_miss_says_how_little_was_missing() -> None:
    near = judged(6294, target("at_least", 6296), FLOW, Q4)

    assert (near.status, codes(near), near.notes[0].facts) == (S.MISSED, ["approx"], {"short": 2})
    assert codes(judged(995, PLAN, FLOW, Q4)) == []  # 0,5 % is not less than 0,5 %
    assert codes(judged(996, PLAN, FLOW, Q3)) == []  # not missed yet


def test_small_counts_vary_by_chance() -> None:
    accidents = indicator(unit=COUNT)

    assert codes(judged(7, FEWER, accidents, history=year(2017, 1, 2, 9))) == ["small_numbers"]
    assert codes(judged(7, FEWER, accidents, history=year(2017, 1, 2, 10))) == []
    assert codes(judged(7, FEWER, indicator(), history=year(2017, 1, 2, 9))) == []


@pytest.mark.parametrize(
    ("a", "good_side", "expected"),
    table(
        [
            ("inside", 21, "below", []),
            ("below, the wished-for side", 19, "below", ["band_below", "faster_than_plan"]),
            ("below, the other side", 19, "above", ["band_below"]),
            ("above, the wished-for side", 26, "above", ["band_above", "faster_than_plan"]),
            ("above, no side is wished for", 26, None, ["band_above"]),
        ]
    ),
)
def test_a_band_says_on_which_side_the_value_lies(
    a: int, good_side: str | None, expected: list[str]
) -> None:
    result = judged(a, target("band", (20, 25)), replace(RATE, good_side=good_side))

    assert codes(result) == expected


# --- the property to keep ----------------------------------------------------------------

RANK = {S.EXCEEDED: 4, S.MET: 3, S.ON_TRACK: 2, S.AT_RISK: 1, S.OFF_TRACK: 0, S.MISSED: 0}
KINDS = (TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.RANGE, TargetKind.BELOW_PREVIOUS)
PERIODS = st.sampled_from((Q1, Q2, Q3, Q4))
even = st.integers(-60, 60).map(lambda number: Decimal(2 * number))
whole = st.integers(-150, 150).map(Decimal)


@st.composite
def targets(draw: st.DrawFn, kinds: tuple[TargetKind, ...] = KINDS) -> Target:
    kind = draw(st.sampled_from(kinds))
    low, high = sorted((draw(even), draw(even)))
    direction = draw(st.sampled_from((Direction.INCREASE, DOWN)))
    aim = target(
        kind,
        {TargetKind.RANGE: (low, high), TargetKind.BELOW_PREVIOUS: None}.get(kind, low),
        direction=direction if kind is TargetKind.RANGE else None,
        baseline=draw(even | st.none()),
    )
    if kind is TargetKind.BELOW_PREVIOUS or draw(st.booleans()):
        return aim
    return replace(aim, by_quarter={2: Edges(low - 2, high - 2), 3: Edges(low + 4, high + 4)})


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    pace = draw(st.none() | st.sampled_from([(0, "0.5", "0.75", 1), ("0.25", "0.25", 1, 1)]))
    return indicator(
        draw(st.sampled_from(Measure)),
        unit=draw(st.sampled_from((COUNT, PERCENT))),
        pace=pace,
        linear=draw(st.booleans()),
        thresholds={"exceed_margin": draw(st.sampled_from((d(0), d("0.05"))))},
        across=draw(st.sampled_from((Across.SUM, Across.RATIO))),
    )


histories = st.lists(whole, min_size=8, max_size=8).map(
    lambda v: year(2016, *v[:4]) | year(2017, *v[4:])
)
coverages = st.none() | st.sampled_from(["0.04", "0.5"]).map(lambda weight: missing(weight))


@settings(max_examples=300, deadline=None)
@given(targets(), indicators(), PERIODS, histories, whole, whole, coverages)
def test_a_better_value_never_gets_a_worse_status(
    aim: Target,
    of: Indicator,
    period: Period,
    history: dict[Period, Known],
    one: Decimal,
    two: Decimal,
    coverage: object,
) -> None:
    worse, better = sorted((one, two), reverse=aim.direction is not Direction.INCREASE)
    low, high = (
        judged(known(a, period, coverage=coverage), aim, of, period, history=history)
        for a in (worse, better)
    )
    if low.status in RANK and high.status in RANK:
        assert RANK[low.status] <= RANK[high.status]


@settings(max_examples=200, deadline=None)
@given(even, even, whole, whole, PERIODS, st.sampled_from((Measure.STOCK, Measure.RATE)))
def test_a_value_nearer_to_its_band_never_gets_a_worse_status(
    one: Decimal, two: Decimal, a: Decimal, other: Decimal, period: Period, measure: Measure
) -> None:
    low, high = sorted((one, two))
    aim = target("band", (low, high))

    def outside(value: Decimal) -> Decimal:
        return max(low - value, value - high, Decimal(0))

    near, far = sorted((a, other), key=outside)
    ranks = [RANK[judged(value, aim, indicator(measure), period).status] for value in (near, far)]
    assert ranks[0] >= ranks[1]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from((TargetKind.AT_LEAST, TargetKind.RANGE)),
    even,
    even,
    even,
    whole,
    PERIODS,
    st.sampled_from(Measure),
    st.sampled_from((d(0), d("0.05"))),
)
def test_mirrored_targets_get_mirrored_statuses(
    kind: TargetKind,
    low: Decimal,
    width: Decimal,
    baseline: Decimal,
    a: Decimal,
    period: Period,
    measure: Measure,
    margin: Decimal,
) -> None:
    """Mirrored at the expected value; a flow's edges at its target, for they are the year's."""
    of = indicator(measure, thresholds={"exceed_margin": margin if low > 0 else d(0)})
    up = target(kind, (low, low + abs(width)), baseline=baseline)
    rising = judged(a, up, of, period)
    centre = rising.expected
    assert centre is not None
    about = low if measure is Measure.FLOW else centre
    if kind is TargetKind.RANGE:
        down = target(kind, (2 * about - low - abs(width), 2 * about - low), direction=DOWN)
    else:
        # The margin is a part of |t|, so it is mirrored where t stays the same.
        assume(not margin or about == low)
        down = target("at_most", 2 * about - low)
    falling = judged(2 * centre - a, replace(down, baseline=2 * about - baseline), of, period)
    decided = {rising.explanation.rule, falling.explanation.rule} & {"met_early", "limit_passed"}
    if measure is Measure.FLOW and decided:
        return
    assert falling.status == rising.status
