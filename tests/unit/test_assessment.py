"""An assessment explains itself: inputs, figures, rule, reason, and the same as a document."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpi
from kpi.assessment_json import as_document
from kpi.definitions import Across, Conversion, Measure
from kpi.judgement import Status
from kpi.observations import CellAddress, Known, Source
from kpi.periods import Period
from kpi.targets import Direction, TargetKind
from tests.unit.judging import (
    COUNT,
    PERCENT,
    Q2,
    Q3,
    Q4,
    d,
    indicator,
    judged,
    known,
    missing,
    target,
    year,
)

SOURCE = Source(
    submission=7,
    revision=2,
    reporter="finance_department",
    file_name="thu-ngan-sach.xlsx",
    file_digest="ab" * 32,
    at=CellAddress("Biểu B", "F9"),
    received_at=datetime(2018, 10, 3, 8, 30),
)
BUDGET = indicator(pace=("0.25", "0.5", "0.75", 1))
PLAN = target("at_least", 6296)


def test_the_package_s_door_is_assess() -> None:
    assert kpi.assess is not None


def test_the_spec_s_example_word_by_word() -> None:
    """ "4.482 ÷ 4.722 (tiến độ 75 %) = 0,949 → Có nguy cơ"."""
    result = judged(known(4482, source=SOURCE), PLAN, BUDGET)

    assert result.status is Status.AT_RISK
    assert list(result.explanation.figures.items()) == [
        ("value", 4482),
        ("target", 6296),
        ("share", d("0.75")),
        ("expected", 4722),
        ("ratio", d("0.949")),
    ]
    assert result.explanation.rule == "ratio"
    assert result.explanation.thresholds == {"on_track_from": d("0.97"), "at_risk_from": d("0.90")}
    assert result.explanation.inputs["value"].source == SOURCE


def test_the_document_says_the_same_in_decimal_strings() -> None:
    document = as_document(judged(known(4482, source=SOURCE), PLAN, BUDGET))

    assert json.loads(json.dumps(document)) == document
    explanation = document.pop("explanation")
    assert document == {
        "indicator": "x",
        "org_unit": "20",
        "period": "2018-Q3",
        "observation_period": "2018-Q3",
        "value": "4482",
        "target": {
            "kind": "at_least",
            "value": "6296",
            "low": None,
            "high": None,
            "basis": "basis",
            "clause": "2.b",
        },
        "attainment": "71.2",
        "status": "at_risk",
        "forecast": {"central": "5976", "low": "5976", "high": "5976", "profile": "declared"},
    }
    value = explanation["inputs"]["value"]
    assert {key: value[key] for key in ("file", "sheet", "cell", "submission", "revision")} == {
        "file": "thu-ngan-sach.xlsx",
        "sheet": "Biểu B",
        "cell": "F9",
        "submission": 7,
        "revision": 2,
    }
    assert explanation["profile"] == {"kind": "declared", "share": "0.75", "years": []}


def test_on_request_the_document_says_of_every_figure_whether_it_is_approved() -> None:
    waits = known(4482, source=replace(SOURCE, approved=False))
    document = as_document(judged(waits, PLAN, BUDGET), approval=True)

    assert document["approved"] is False
    assert document["explanation"]["inputs"]["value"]["approved"] is False
    assert as_document(judged(known(4482), PLAN, BUDGET), approval=True)["approved"] is True
    assert "approved" not in as_document(judged(waits, PLAN, BUDGET))


def test_a_document_without_value_or_target_has_nulls() -> None:
    document = as_document(judged(None, None, BUDGET))

    assert [document[key] for key in ("value", "target", "attainment", "forecast")] == [None] * 4
    assert document["status"] == "followed"


def test_a_range_has_its_edges_in_the_document() -> None:
    aim = target("range", (8, "8.5"))
    document = as_document(judged("8.36", aim, indicator(Measure.RATE, decimals=2), Q4))

    assert document["target"]["value"] is None
    assert (document["target"]["low"], document["target"]["high"]) == ("8", "8.5")
    assert (document["value"], document["attainment"]) == ("8.36", "100.0")


def test_a_ratio_names_every_cell_it_rests_on() -> None:
    parts = (known(9, name="n", source=SOURCE), known(12, name="d", source=SOURCE))
    document = as_document(
        judged(
            known("75", parts=parts), target("at_least", 76, baseline=60), indicator(Measure.STOCK)
        )
    )

    named = document["explanation"]["inputs"]["value"]["parts"]
    assert [(part["indicator"], part["cell"]) for part in named] == [("n", "F9"), ("d", "F9")]


def test_an_annual_figure_keeps_the_period_it_was_asked_for() -> None:
    document = as_document(
        judged(37, target("range", (37, 38)), indicator(Measure.RATE, annual=True), Q4)
    )

    assert (document["period"], document["observation_period"]) == ("2018-Q4", "2018")


def test_the_history_behind_a_pace_is_among_the_inputs() -> None:
    history = year(2016, 0, 20, 40, 100) | year(2017, 0, 20, 40, 100)
    result = judged(4, target("at_least", 12), indicator(linear=False), history=history)

    assert list(result.explanation.inputs) == [
        "value",
        "previous",
        "baseline",
        "history 2016-Q3",
        "history 2016-Q4",
        "history 2017-Q3",
        "history 2017-Q4",
    ]


def test_an_undefined_figure_has_its_reason() -> None:
    result = judged(
        3, target("below_previous"), indicator(unit=COUNT), history=year(2017, 0, 0, 0, 5)
    )

    assert (result.change, result.attainment) == (None, 0)
    assert result.explanation.reasons["change"] == "previous_not_positive"


def test_percentages_change_in_points_so_no_percent_of_percent_is_given() -> None:
    history = year(2017, 1, 1, 50)
    of = indicator(Measure.RATE, unit=PERCENT)
    result = judged(55, target("at_least", 60), of, history=history)

    assert (result.change, result.previous_value, result.distance) == (None, 50, -5)
    assert result.explanation.reasons["change"] == "in_points"


def test_a_partial_figure_that_is_not_judged_shows_its_value_and_coverage_only() -> None:
    result = judged(
        known(5, coverage=missing("0.3")), PLAN, replace(BUDGET, across_units=Across.SUM)
    )

    assert (result.value, result.attainment, result.forecast) == (5, None, None)
    document = as_document(result)
    assert document["explanation"]["provisional"] is True
    assert len(document["explanation"]["coverage"]["present"]) == 8


# --- conversion of basis -----------------------------------------------------------------

SHARE = indicator(
    Measure.RATE,
    unit=PERCENT,
    decimals=1,
    basis="four_parts",
    conversion=Conversion("four_parts", "three_parts", "share_product_taxes"),
    good_side="below",
)
BAND = target("band", (21, 22), basis="three_parts")


def share(value: str, period: Period = Q3) -> Known:
    return known(value, period, basis="four_parts")


def taxes(value: str | None) -> Known:
    return known(value, name="share_product_taxes", basis="four_parts")


def test_a_declared_conversion_is_judged_and_the_original_kept() -> None:
    """20,5 % of the whole is 20,5 ÷ 96 × 100 = 21,4 % without product taxes."""
    result = judged(share("20.5"), BAND, SHARE, product_taxes=taxes("4"))

    assert (result.status, result.value) == (Status.ON_TRACK, d("21.4"))
    assert result.original == share("20.5")
    assert result.known is not None
    assert result.known.basis == "three_parts"
    assert [note.code for note in result.notes] == ["converted"]
    assert list(result.explanation.inputs) == ["value", "product_taxes"]


@pytest.mark.parametrize("rate", [None, "100"], ids=["not known", "nothing else is left"])
def test_without_usable_product_taxes_nothing_is_compared(rate: str | None) -> None:
    result = judged(share("20.5"), BAND, SHARE, product_taxes=taxes(rate))

    assert (result.status, result.explanation.reason) == (Status.NOT_ASSESSABLE, "no_product_taxes")
    assert (result.value, result.attainment) == (d("20.5"), None)


def test_a_conversion_to_another_basis_is_none() -> None:
    elsewhere = replace(BAND, basis="production_value")
    result = judged(share("20.5"), elsewhere, SHARE, product_taxes=taxes("4"))

    assert result.explanation.reason == "basis_differs"


def test_a_value_already_in_the_target_s_basis_is_left_alone() -> None:
    result = judged(known("21.4", basis="three_parts"), BAND, SHARE, product_taxes=taxes("4"))

    assert (result.value, result.original) == (d("21.4"), None)


def test_last_year_is_converted_with_last_years_taxes_or_not_shown() -> None:
    history = {Period(2017, 3): share("24", Period(2017, 3))}
    both = judged(
        share("20.5"),
        BAND,
        SHARE,
        history=history,
        product_taxes=taxes("4"),
        product_taxes_last_year=taxes("4"),
    )
    one = judged(share("20.5"), BAND, SHARE, history=history, product_taxes=taxes("4"))

    assert both.previous_value == 25
    assert one.previous_value is None


# --- whatever comes in -------------------------------------------------------------------

numbers = st.decimals(-(10**6), 10**6, places=3)
edges = st.decimals(-100, 100, places=1)


@settings(max_examples=300, deadline=None)
@given(
    numbers,
    st.sampled_from(TargetKind),
    st.tuples(edges, edges),
    st.sampled_from((Direction.INCREASE, Direction.DECREASE)),
    st.sampled_from(Measure),
    st.sampled_from((Q2, Q3, Q4)),
    st.lists(edges, min_size=8, max_size=8),
    st.booleans(),
    st.sampled_from(["0", "0.05", "1"]),
)
def test_any_figures_give_an_assessment_that_can_be_sent(
    a: Decimal,
    kind: TargetKind,
    pair: tuple[Decimal, Decimal],
    direction: Direction,
    measure: Measure,
    period: Period,
    past: list[Decimal],
    flag: bool,
    weight: str,
) -> None:
    """Nothing is divided by zero, nothing is a float, no number has an exponent."""
    low, high = sorted(pair)
    two = kind in (TargetKind.RANGE, TargetKind.BAND)
    aim = target(
        kind,
        (low, high) if two else None if kind is TargetKind.BELOW_PREVIOUS else low,
        direction=direction if kind is TargetKind.RANGE else None,
        by_quarter={3: (low, high) if two else high}
        if flag and kind is not TargetKind.BELOW_PREVIOUS
        else None,
    )
    of = indicator(measure, decimals=1, growth=flag, across=Across.SUM, forecast_latest=flag)
    history = year(2016, *past[:4]) | year(2017, *past[4:])
    value = known(a, period, coverage=missing(d(weight)) if flag else None)
    document: dict[str, Any] = as_document(judged(value, aim, of, period, history=history))

    text = json.dumps(document)
    assert "E+" not in text
    assert "E-" not in text
    assert document["status"] in set(Status)
