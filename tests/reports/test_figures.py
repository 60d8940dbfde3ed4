"""The figures of an indicator: what is drawn, and the sentence above it, per kind of target."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from kpi.definitions import Across, Indicator, Level, LevelRule, Measure, Role, Text, UnitOfMeasure
from kpi.judgement import Assessment, Explanation, Forecast, Status
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Direction, Edges, Target, TargetKind
from reports.figures import (
    CONFIG,
    Course,
    course,
    has_quarters,
    panel_figure,
    quarters_figure,
    quarters_title,
    summary,
    to_date_figure,
    to_date_title,
)
from reports.figures.palette import palette
from reports.figures.scale import MAX_GRIDLINES, axis, spread
from reports.html import figure_table

MONEY = UnitOfMeasure("billion_dong", Text("tỷ đồng", "billion dong"))
PERCENT = UnitOfMeasure("percent", Text("%", "%"), is_percent=True)
COMMUNES = UnitOfMeasure("commune", Text("xã", "communes"), is_count=True)
PEOPLE = UnitOfMeasure("person", Text("người", "people"), is_count=True)
DIRECTIONS = {
    TargetKind.AT_LEAST: Direction.INCREASE,
    TargetKind.AT_MOST: Direction.DECREASE,
    TargetKind.RANGE: Direction.INCREASE,
    TargetKind.BAND: Direction.HOLD,
    TargetKind.BELOW_PREVIOUS: Direction.DECREASE,
}


def an_indicator(
    measure: Measure, unit: UnitOfMeasure, decimals: int = 0, *, annual: bool = False
) -> Indicator:
    rule = LevelRule(reporter="office", basis="own", decimals=decimals)
    return Indicator(
        id="an_indicator",
        name=Text("Một chỉ tiêu", "An indicator"),
        short=Text("Một chỉ tiêu", "An indicator"),
        sector="rural",
        role=Role.TARGET,
        unit_of_measure=unit,
        measure=measure,
        direction=None,
        levels={Level.PROVINCE: rule},
        across_units=Across.REPORTED,
        decree=None,
        annual=annual,
    )


def a_target(kind: TargetKind, low: str | None = None, high: str | None = None) -> Target:
    edges = Edges(Decimal(low) if low else None, Decimal(high) if high else None)
    return Target("an_indicator", "20", 2018, kind, DIRECTIONS[kind], edges, "own", "2.b", "")


def judged(
    code: str,
    value: str | None,
    target: Target | None = None,
    *,
    previous: str | None = None,
    expected: str | None = None,
    reference: str | None = None,
    forecast: Forecast | None = None,
) -> Assessment:
    """One assessment with only what a figure reads."""
    period = Period.parse(code)
    number = None if value is None else Decimal(value)
    return Assessment(
        indicator="an_indicator",
        org_unit="20",
        period=period if period.quarter else period.at_quarter(4),
        observation_period=period,
        status=Status.ON_TRACK,
        known=None if number is None else Known("an_indicator", "20", period, number),
        target=target,
        explanation=Explanation(rule="ratio"),
        value=number,
        reference=None if reference is None else Decimal(reference),
        expected=None if expected is None else Decimal(expected),
        previous_value=None if previous is None else Decimal(previous),
        forecast=forecast,
    )


def a_course(indicator: Indicator, assessed: Sequence[Assessment]) -> Course:
    """The last one is the one looked at."""
    return course(assessed[-1], assessed, indicator, Level.PROVINCE)


def budget(at: int = 3) -> Course:
    target = a_target(TargetKind.AT_LEAST, "6296")
    forecast = Forecast(Decimal(6055), Decimal(5870), Decimal(6240), "history")
    last_year = [judged(f"2017-Q{q}", v) for q, v in enumerate(("1190", "2540", "4020", "5710"), 1)]
    years = (("1312", "1190", "1450"), ("2795", "2540", "3100"), ("4482", "4020", "4722"))
    quarters = [
        judged(f"2018-Q{q}", a, target, previous=p, expected=e, reference="6296", forecast=forecast)
        for q, (a, p, e) in enumerate(years[:at], 1)
    ]
    return a_course(an_indicator(Measure.FLOW, MONEY), [*last_year, *quarters])


def of_kind(kind: str) -> Course:
    """One course per kind of target the decree knows."""
    if kind == "flow at least":
        return budget()
    if kind == "rate in a range":
        target = a_target(TargetKind.RANGE, "8", "8.5")
        values = [judged(f"2018-Q{q}", v, target, previous="7.1", expected="8", reference="8")
                  for q, v in enumerate(("7.42", "7.9", "8.12"), 1)]  # fmt: skip
        return a_course(an_indicator(Measure.RATE, PERCENT, 2), values)
    if kind == "share in a band":
        target = a_target(TargetKind.BAND, "21", "22")
        values = [judged(f"2018-Q{q}", v, target, previous="22.9", expected="22", reference="22")
                  for q, v in enumerate(("23.4", "22.6", "22.3"), 1)]  # fmt: skip
        return a_course(an_indicator(Measure.RATE, PERCENT, 1), values)
    if kind == "stock at most zero":
        target = a_target(TargetKind.AT_MOST, None, "0")
        values = [judged(f"2018-Q{q}", v, target, expected=e, reference="0")
                  for q, (v, e) in enumerate((("11", "9"), ("8", "6"), ("2", "3")), 1)]  # fmt: skip
        return a_course(an_indicator(Measure.STOCK, COMMUNES), values)
    if kind == "stock at least":
        target = a_target(TargetKind.AT_LEAST, "76")
        values = [judged(f"2018-Q{q}", v, target, previous="70", expected=e, reference="76")
                  for q, (v, e) in enumerate((("73", "73.8"), ("73.9", "74.5")), 1)]  # fmt: skip
        return a_course(an_indicator(Measure.STOCK, PERCENT, 1), values)
    if kind == "below previous":
        target = a_target(TargetKind.BELOW_PREVIOUS)
        last = [judged("2017-Q4", "54")]
        pairs = (("9", "12"), ("22", "25"), ("38", "40"))
        values = [judged(f"2018-Q{q}", v, target, previous=p, expected=p, reference=p)
                  for q, (v, p) in enumerate(pairs, 1)]  # fmt: skip
        return a_course(an_indicator(Measure.FLOW, PEOPLE), [*last, *values])
    if kind == "followed":
        return a_course(
            an_indicator(Measure.FLOW, PEOPLE),
            [judged("2018-Q1", "120", previous="90"), judged("2018-Q2", "260", previous="250")],
        )
    target = a_target(TargetKind.RANGE, "37", "38")
    values = [*(judged(str(y), str(v)) for y, v in ((2015, 29), (2016, 31), (2017, 34))),
              judged("2018", "36.5", target, expected="37", reference="37")]  # fmt: skip
    return a_course(an_indicator(Measure.RATE, MONEY, 1, annual=True), values)


KINDS = (
    "flow at least", "rate in a range", "share in a band", "stock at most zero",
    "stock at least", "below previous", "followed", "annual",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("theme", ["light", "dark", None])
def test_every_kind_of_target_has_a_figure_a_title_and_a_sentence(
    kind: str, lang: str, theme: str | None
) -> None:
    shown = of_kind(kind)

    figure = to_date_figure(shown, lang, theme)

    assert figure.to_json()
    assert figure.layout.separators == (",." if lang == "vi" else ".,")
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange
    assert not figure.layout.showlegend
    assert to_date_title(shown, lang) in summary(shown, lang)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("flow at least", "Luỹ kế: dưới đường tiến độ từ đầu năm"),
        ("rate in a range", "Từ đầu năm: trong khoảng kế hoạch"),
        ("share in a band", "Từ đầu năm: trên khoảng kế hoạch 0,3 đ.%"),
        ("stock at most zero", "Mức cuối quý: theo kịp đường tiến độ từ quý III"),
        ("stock at least", "Mức cuối quý: dưới đường tiến độ từ đầu năm"),
        ("below previous", "Luỹ kế: ít hơn cùng kỳ 2 người"),
        ("followed", "Luỹ kế: nhiều hơn cùng kỳ 10 người"),
        ("annual", "Theo năm: dưới khoảng kế hoạch 0,5 tỷ đồng"),
    ],
)
def test_the_title_says_what_the_lines_show(kind: str, title: str) -> None:
    assert to_date_title(of_kind(kind), "vi") == title


def test_time_runs_left_to_right_whatever_is_drawn_first() -> None:
    figure = to_date_figure(budget(), "vi", "light")

    assert figure.layout.xaxis.categoryorder == "array"
    assert figure.layout.xaxis.categoryarray == ("Quý I", "6 tháng", "9 tháng", "Cả năm")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_line_has_the_look_of_its_scenario(theme: str) -> None:
    colours = palette(theme)
    last_year, pace, cone, ahead, dot, done = to_date_figure(budget(), "vi", theme).data

    assert (done.line.width, done.line.dash, done.line.color) == (3, None, colours.ac)
    assert (done.marker.size, done.marker.color) == (8, colours.ac)
    assert (last_year.line.width, last_year.line.dash, last_year.line.color) == (
        2, None, colours.py,
    )  # fmt: skip
    assert (pace.line.width, pace.line.dash, pace.line.color) == (2, "dot", colours.pace)
    assert (ahead.line.width, ahead.line.dash, ahead.line.color) == (2, "dash", colours.ac)
    assert (dot.marker.color, dot.marker.line.color) == (colours.surface, colours.ac)
    assert 0.12 <= float(cone.fillcolor.rstrip(")").split(",")[-1]) <= 0.16


def test_the_tooltip_has_a_line_for_what_is_there_and_none_for_what_is_not() -> None:
    drawn = to_date_figure(budget(), "vi", "light").data

    said = {line.hovertemplate: line.text for line in drawn if line.hoverinfo != "skip"}
    assert list(said) == [
        f"{name}: %{{text}}<extra></extra>"
        for name in ("Năm 2017", "Đường tiến độ", "Dự báo", "Thực hiện")
    ]
    assert all(text for texts in said.values() for text in texts)
    assert said["Dự báo: %{text}<extra></extra>"] == (
        "6.055 (từ 5.870 đến 6.240) · theo nhịp các năm trước",
    )


def test_names_of_lines_stand_in_the_right_margin_and_nothing_can_be_dragged() -> None:
    figure = to_date_figure(budget(), "vi", "light")

    ends = [note for note in figure.layout.annotations if note.xref == "paper"]
    assert {note.x for note in ends} == {1} and len(ends) == 4
    margin = figure.layout.margin
    assert (margin.l, margin.r, margin.b) == (44, 122, 28)
    assert CONFIG["displayModeBar"] is False and figure.layout.dragmode is False


def test_the_quarter_looked_at_is_the_last_with_a_value() -> None:
    whole = budget()
    later = [judged("2018-Q3", "4482"), judged("2018-Q4", "6300")]
    second = course(judged("2018-Q2", "2795"), later, whole.indicator, Level.PROVINCE)

    assert [step.value for step in second.steps] == [None, Decimal(2795), None, None]


def test_single_quarters_are_differences_and_the_rest_is_forecast() -> None:
    singles = budget().singles()

    assert [s.value for s in singles] == [Decimal(1312), Decimal(1483), Decimal(1687), None]
    assert [s.forecast for s in singles] == [None, None, None, Decimal(1573)]
    assert sum(s.expected or 0 for s in singles) == Decimal(6296)


def test_what_is_still_to_come_is_told_with_its_spread() -> None:
    last = budget().singles()[-1].ahead

    assert last is not None and (last.low, last.high) == (Decimal(1388), Decimal(1758))
    hatched = quarters_figure(budget(), "vi", "light").data[-1]
    said = "1.573 (từ 1.388 đến 1.758) · theo nhịp các năm trước"
    assert hatched.customdata[-1] == said
    assert "1.573 (từ 1.388 đến 1.758)" in figure_table.quarters_table(budget(), "vi")
    panel = panel_figure(budget(), "vi", "light").data[-1]
    assert panel.customdata[-1] == "6.055 (từ 5.870 đến 6.240) · theo nhịp các năm trước"


def test_a_quarter_after_a_gap_has_no_figure_of_its_own() -> None:
    shown = a_course(
        an_indicator(Measure.FLOW, MONEY), [judged("2018-Q1", "10"), judged("2018-Q3", "40")]
    )

    assert [s.value for s in shown.singles()] == [Decimal(10), None, None, None]


def test_rates_and_levels_have_no_single_quarters() -> None:
    assert [has_quarters(of_kind(kind)) for kind in KINDS] == [
        True, False, False, False, False, True, True, False,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no single quarters"):
        quarters_figure(of_kind("share in a band"), "vi", "light")


def test_bars_start_at_zero_and_the_plan_is_an_outline_behind_the_bar() -> None:
    figure = quarters_figure(budget(), "vi", "light")

    names = [bar.name for bar in figure.data]
    assert names == ["Năm 2017", "Kế hoạch", "Thực hiện", "Dự báo"]
    assert figure.layout.yaxis.range[0] == 0
    before, plan, actual, forecast = figure.data
    assert plan.width > actual.width and plan.marker.color == "rgba(0,0,0,0)"
    assert plan.offset < actual.offset < plan.offset + plan.width - actual.width
    assert before.offset < plan.offset and before.offset + before.width > actual.offset
    colours = palette("light")
    assert (before.marker.color, actual.marker.color) == (colours.py, colours.ac)
    assert (plan.marker.line.color, plan.marker.line.width) == (colours.ink2, 1.5)
    hatch = forecast.marker.pattern
    assert (hatch.shape, hatch.size, hatch.solidity) == ("/", 6, 0.25)
    assert (forecast.marker.line.width, forecast.offset) == (1, actual.offset)
    inside = [note for note in figure.layout.annotations if note.font.color == colours.surface]
    assert [note.text for note in inside] == ["1.312", "1.483", "1.687"]
    assert quarters_title(budget(), "vi") == "Từng quý: quý III tăng 14,0% so với cùng kỳ"


def test_fewer_than_last_year_has_last_year_as_its_plan_and_no_outline() -> None:
    shown = of_kind("below previous")

    lines = to_date_figure(shown, "vi", "light").data
    bars = quarters_figure(shown, "vi", "light").data

    assert lines[0].fill == "tozeroy"
    assert [bar.name for bar in bars] == ["Năm 2017", "Thực hiện"]


def test_without_any_value_the_plan_is_still_drawn_and_the_title_says_so() -> None:
    target = a_target(TargetKind.AT_LEAST, "6296")
    empty = a_course(an_indicator(Measure.FLOW, MONEY), [judged("2018-Q1", None, target)])

    figure = to_date_figure(empty, "vi", "light")

    assert to_date_title(empty, "vi") == "Luỹ kế: chưa có số liệu"
    assert len(figure.layout.shapes) == 2
    assert quarters_figure(empty, "vi", "light").to_json()


def test_a_correction_downwards_draws_a_bar_below_zero() -> None:
    shown = a_course(
        an_indicator(Measure.FLOW, MONEY), [judged("2018-Q1", "90"), judged("2018-Q2", "60")]
    )

    assert quarters_figure(shown, "vi", "light").layout.yaxis.range[0] < 0


@pytest.mark.parametrize("high", ["0.004", "1", "9", "54", "6296", "123456"])
def test_gridlines_stay_few_and_round(high: str) -> None:
    drawn = axis([Decimal(0), Decimal(high)], from_zero=True)

    assert drawn.low == 0 and drawn.high > float(high)
    assert 2 <= len(drawn.ticks) <= MAX_GRIDLINES + 1


def test_counts_have_no_tick_between_two_of_them() -> None:
    drawn = axis([Decimal(0), Decimal(2)], from_zero=True, whole=True)

    assert drawn.ticks == (0, 1, 2)


def test_only_lines_that_lie_close_together_get_a_cut_axis() -> None:
    assert axis([Decimal(20), Decimal(22)], from_zero=False).low > 0
    assert axis([Decimal(2), Decimal(22)], from_zero=False).low == 0
    assert axis([], from_zero=True).high == pytest.approx(1.08)


def test_labels_move_apart_and_keep_their_order() -> None:
    placed = spread([100, 100, 98, 10], 15, 0, 110)

    assert placed[2] + 15 <= placed[0] + 1e-9 and placed[0] + 15 <= placed[1] + 1e-9
    assert max(placed) <= 110 and placed[3] == 10
