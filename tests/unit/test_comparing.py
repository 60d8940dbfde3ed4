"""The figure by which units are compared: which one fits, and in which class it falls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi.comparing import PACE_EDGES, Scale, class_of, percent_of_pace, scale_of, value_edges
from kpi.definitions import Definitions, Measure
from kpi.judgement import Assessment, Explanation, Status
from kpi.periods import Period
from kpi.targets import Direction, Edges, Target, TargetKind

Q3 = Period(2018, 3)


def target(kind: TargetKind, direction: Direction, low: str | None = "8", high: str | None = None):
    edges = Edges(Decimal(low) if low else None, Decimal(high) if high else None)
    return Target("x", "183", 2018, kind, direction, edges, "", "", "", in_force_from=date.min)


def judged(value: str | None, expected: str | None, goal: Target | None, ratio: str | None = None):
    return Assessment(
        indicator="x", org_unit="183", period=Q3, observation_period=Q3,
        status=Status.ON_TRACK, known=None, target=goal, explanation=Explanation(rule=""),
        value=None if value is None else Decimal(value),
        expected=None if expected is None else Decimal(expected),
        ratio=None if ratio is None else Decimal(ratio),
    )  # fmt: skip


AT_LEAST = target(TargetKind.AT_LEAST, Direction.INCREASE)
AT_MOST = target(TargetKind.AT_MOST, Direction.DECREASE, None, "8")
BAND = target(TargetKind.BAND, Direction.HOLD, "8", "9")
FEWER = target(TargetKind.BELOW_PREVIOUS, Direction.DECREASE, None)


@pytest.mark.parametrize(
    ("assessment", "percent"),
    [
        pytest.param(judged("9", "8", AT_LEAST, "0.921"), "92.100", id="the ratio of the status"),
        pytest.param(judged("9", "8", AT_LEAST), "112.500", id="met, so that none was needed"),
        pytest.param(judged("6", "8", AT_MOST), "125.000", id="less is better"),
        pytest.param(judged("0", "0", AT_LEAST), None, id="nothing expected"),
        pytest.param(judged("9", "8", BAND), None, id="a band has two sides"),
        pytest.param(judged("9", "8", FEWER), None, id="against last year"),
        pytest.param(judged(None, "8", AT_LEAST), None, id="no value"),
        pytest.param(judged("9", None, None), None, id="no target"),
    ],
)
def test_percent_of_what_is_expected(assessment: Assessment, percent: str | None) -> None:
    found = percent_of_pace(assessment)

    assert (None if found is None else str(found)) == percent


@pytest.mark.parametrize(
    ("indicator", "scale"),
    [
        ("budget_revenue", Scale.PACE),
        ("growth_industry", Scale.PACE),
        ("share_agriculture", Scale.VALUE),
        ("income_per_capita", Scale.VALUE),
        ("road_hardening_rate", Scale.VALUE),
        ("communes_below_5_criteria", Scale.VALUE),
        ("new_rural_communes", Scale.SINGLE),
        ("traffic_deaths", Scale.SINGLE),
        ("initiatives", Scale.SINGLE),
    ],
)
def test_the_scale_fits_the_kind_of_target(
    definitions: Definitions, indicator: str, scale: Scale
) -> None:
    asked = definitions.indicators[indicator]
    goal = {"budget_revenue": AT_LEAST, "growth_industry": AT_LEAST, "share_agriculture": BAND,
            "traffic_deaths": FEWER, "initiatives": None}.get(indicator, AT_LEAST)  # fmt: skip

    assert scale_of(asked, [judged("9", "8", goal), judged(None, None, goal)]) is scale


def test_one_unit_without_an_expected_value_and_nobody_has_a_percentage(
    definitions: Definitions,
) -> None:
    asked = replace(definitions.indicators["budget_revenue"], measure=Measure.FLOW)

    assert (
        scale_of(asked, [judged("9", "8", AT_LEAST), judged("9", None, AT_LEAST)]) is Scale.SINGLE
    )


@pytest.mark.parametrize(
    ("figure", "step"),
    [("0", 1), ("89.9", 1), ("90", 2), ("96.9", 2), ("97", 3), ("103", 4), ("110", 5), ("400", 5)],
)
def test_the_five_classes_of_the_pace(figure: str, step: int) -> None:
    assert class_of(Decimal(figure), PACE_EDGES) == step


@pytest.mark.parametrize(
    ("figures", "decimals", "edges"),
    [
        pytest.param([], 0, [], id="nothing"),
        pytest.param(["0", "0"], 0, [], id="all alike"),
        pytest.param(["0", "1", "2"], 0, ["1", "2"], id="few figures get a class each"),
        pytest.param(["0", "1", "2", "3", "4", "9"], 0, ["2", "4", "6", "8"], id="whole numbers"),
        pytest.param(
            ["5.1", "20.2", "30.2", "38", "43.9", "50.5"], 1, ["10", "20", "30", "40"], id="shares"
        ),
        pytest.param(["-3", "-2", "-1", "0", "1", "2"], 0, ["-2", "-1", "0", "1"], id="below zero"),
    ],
)
def test_round_edges_for_values(figures: list[str], decimals: int, edges: list[str]) -> None:
    found = value_edges([Decimal(figure) for figure in figures], decimals)

    assert list(found) == [Decimal(edge) for edge in edges]


def test_never_more_than_five_classes_and_every_edge_on_the_scale_of_the_figures() -> None:
    for spread in range(6, 400, 7):
        figures = [Decimal(n) / 10 for n in range(0, spread, max(1, spread // 9))]

        edges = value_edges(figures, 1)

        assert len(edges) <= 4
        assert all(edge % Decimal("0.1") == 0 for edge in edges)
        assert max(class_of(figure, edges) for figure in figures) == len(edges) + 1
