"""Where everything stands on a bullet, and that no strange value breaks it (UI 6.1, 12.3)."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from kpi.judgement import Assessment, Explanation, Forecast, Status
from kpi.observations import Known
from kpi.periods import Period
from kpi.targets import Direction, Edges, Target, TargetKind
from reports.html.bullet import bullet, drawing

Q3 = Period(2018, 3)
FIXED = {
    TargetKind.AT_LEAST: Direction.INCREASE,
    TargetKind.AT_MOST: Direction.DECREASE,
    TargetKind.RANGE: Direction.INCREASE,
    TargetKind.BAND: Direction.HOLD,
    TargetKind.BELOW_PREVIOUS: Direction.DECREASE,
}


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def judged(
    kind: TargetKind,
    value: str | None,
    low: str | None = None,
    high: str | None = None,
    *,
    direction: Direction | None = None,
    baseline: str | None = None,
    **more: object,
) -> Assessment:
    target = Target(
        "x", "20", 2018, kind, direction or FIXED[kind],
        Edges(number(low), number(high)), "own", "2.b", "decree",
    )  # fmt: skip
    inputs = {"baseline": Known("x", "20", Period(2017, 4), number(baseline))} if baseline else {}
    facts = {
        "indicator": "x", "org_unit": "20", "period": Q3, "observation_period": Q3,
        "status": Status.ON_TRACK, "known": None, "target": target,
        "explanation": Explanation("ratio", inputs=inputs), "value": number(value),
    }  # fmt: skip
    return Assessment(**{**facts, **more})  # type: ignore[arg-type]


def boxes(assessment: Assessment) -> dict[str, str]:
    """Every box by its main class, with its style."""
    html = bullet(assessment, aria="…")
    found = re.findall(r'<i class="bu-(\w+)([\w -]*)"(?: style="([^"]*)")?>', html)
    return {name: f"{rest.strip()}|{style}" for name, rest, style in found}


# --- the scale ---------------------------------------------------------------------------


def test_the_plan_stands_at_74_of_100_in_every_row_with_a_zero():
    at_least = drawing(judged(TargetKind.AT_LEAST, "4482", "6296"))
    in_range = drawing(judged(TargetKind.RANGE, "8.12", "8", "8.5"))
    falling = drawing(judged(TargetKind.AT_MOST, "2", high="0", baseline="11"))

    assert at_least.zone == (pytest.approx(0.74), None)
    assert at_least.value == pytest.approx(0.74 * 4482 / 6296)
    assert in_range.zone == (pytest.approx(0.74), pytest.approx(0.74 * 8.5 / 8))
    assert falling.zone == (pytest.approx(0.74), None)
    assert falling.value == pytest.approx(0.74 * 9 / 11)


def test_a_range_too_wide_for_that_ends_at_97_and_keeps_its_true_width():
    found = drawing(judged(TargetKind.RANGE, "2.61", "2", "3"))

    assert found.zone == (pytest.approx(0.97 * 2 / 3), pytest.approx(0.97))
    assert found.value == pytest.approx(0.97 * 2.61 / 3)


def test_a_band_is_in_the_middle_and_takes_a_sixth_with_a_dot_for_the_value():
    found = drawing(judged(TargetKind.BAND, "21.3", "21", "22"))

    assert found.origin is None
    assert found.zone == (pytest.approx(0.5 - 1 / 12), pytest.approx(0.5 + 1 / 12))
    assert found.value == pytest.approx(0.5 + (21.3 - 21.5) / 6)


def test_a_fall_grows_to_the_right_and_a_rise_to_the_left():
    falling = boxes(judged(TargetKind.BELOW_PREVIOUS, "98", change=Decimal("-10")))
    rising = boxes(judged(TargetKind.BELOW_PREVIOUS, "118", change=Decimal("10")))

    assert falling["bar"] == "|left:50%;width:20%"
    assert rising["bar"] == "|left:30%;width:20%"
    assert falling["tick"] == "|left:50%"
    assert falling["zone"] == "open|left:50%;width:50%"


def test_lower_is_better_is_reversed_so_that_right_is_always_better():
    worse = drawing(judged(TargetKind.AT_MOST, "8", high="0", baseline="11"))
    better = drawing(judged(TargetKind.AT_MOST, "1", high="0", baseline="11"))

    assert worse.value < better.value < 0.74


def test_a_decreasing_range_has_its_upper_edge_at_the_plan_mark():
    assessment = judged(
        TargetKind.RANGE, "12", "8", "10", direction=Direction.DECREASE, baseline="20"
    )
    found = drawing(assessment)

    assert found.zone == (pytest.approx(0.74), pytest.approx(0.74 * 12 / 10))
    assert found.value == pytest.approx(0.74 * 8 / 10)


# --- strange values ----------------------------------------------------------------------


def test_a_missing_value_leaves_a_dashed_track_and_the_plan():
    drawn = boxes(judged(TargetKind.RANGE, None, "37", "38"))

    assert "none" in drawn and "zone" in drawn
    assert not {"track", "bar", "dot"} & drawn.keys()


def test_zero_is_a_bar_of_no_width_and_not_missing():
    drawn = boxes(judged(TargetKind.AT_LEAST, "0", "12"))

    assert drawn["bar"] == "|left:0%;width:0%"
    assert "none" not in drawn


def test_a_value_beyond_the_scale_is_clipped_and_ends_in_a_notch():
    drawn = boxes(judged(TargetKind.AT_LEAST, "30", "12"))

    assert drawn["bar"] == "over|left:0%;width:100%"


def test_a_forecast_beyond_the_scale_ends_in_the_same_notch():
    ahead = Forecast(Decimal(20), Decimal(18), Decimal(22), "history")
    drawn = boxes(judged(TargetKind.AT_LEAST, "6", "12", forecast=ahead))

    assert drawn["fc"] == "over|left:37%;width:63%"


def test_a_negative_value_on_a_scale_from_zero_points_left():
    drawn = boxes(judged(TargetKind.RANGE, "-2", "8", "8.5"))

    assert drawn["bar"] == "under|left:0%;width:0%"


def test_a_change_beyond_the_scale_is_clipped_on_either_side():
    fall = boxes(judged(TargetKind.BELOW_PREVIOUS, "10", change=Decimal("-60")))
    rise = boxes(judged(TargetKind.BELOW_PREVIOUS, "90", change=Decimal("60")))

    assert fall["bar"] == "over|left:50%;width:50%"
    assert rise["bar"] == "under|left:0%;width:50%"


def test_a_change_that_is_undefined_draws_no_bar():
    drawn = boxes(judged(TargetKind.BELOW_PREVIOUS, "0", change=None))

    assert "bar" not in drawn and "track" in drawn and "zone" in drawn


@pytest.mark.parametrize(
    ("kind", "value", "low", "high", "baseline"),
    [
        (TargetKind.AT_LEAST, "3", "0", None, None),  # lo = 0
        (TargetKind.AT_LEAST, "0", "0", None, None),
        (TargetKind.AT_LEAST, "-1", "-2", None, None),
        (TargetKind.AT_MOST, "0", None, "0", "0"),  # base = lo
        (TargetKind.AT_MOST, "4", None, "0", "0"),
        (TargetKind.AT_MOST, "4", None, "5", "3"),  # the baseline is past the limit
        (TargetKind.AT_MOST, "2", None, "0", None),
        (TargetKind.RANGE, "0", "0", "0", None),
        (TargetKind.BAND, "21", "21", "21", None),
        (TargetKind.BAND, "0", "0", "0", None),
    ],
)
def test_nothing_is_divided_by_zero(kind, value, low, high, baseline):
    found = drawing(judged(kind, value, low, high, baseline=baseline))

    assert found is not None
    assert found.value is not None


def test_without_a_zero_to_start_from_a_dot_shows_the_distance_to_the_plan():
    at = drawing(judged(TargetKind.AT_MOST, "0", high="0", baseline="0"))
    over = drawing(judged(TargetKind.AT_MOST, "4", high="0", baseline="0"))

    assert at.origin is None and at.value == pytest.approx(0.74)
    assert over.value < 0.74


def test_a_value_far_off_a_band_is_a_dot_clipped_at_the_end():
    drawn = boxes(judged(TargetKind.BAND, "40", "21", "22"))

    assert drawn["dot"] == "over|left:100%"


def test_no_edge_is_drawn_where_the_zone_is_cut_off():
    drawn = boxes(judged(TargetKind.BAND, "21", "-30", "22"))

    assert "cut-left" not in drawn["zone"]
    assert boxes(judged(TargetKind.AT_LEAST, "1", "12"))["zone"].startswith("open")


# --- forecast, pace, previous year -------------------------------------------------------


def test_the_forecast_is_hatched_from_the_value_on_and_never_backwards():
    ahead = Forecast(Decimal(6055), Decimal(5870), Decimal(6240), "history")
    behind = Forecast(Decimal(4000), Decimal(3900), Decimal(4100), "history")

    drawn = boxes(judged(TargetKind.AT_LEAST, "4482", "6296", forecast=ahead))

    assert drawn["fc"].startswith("|left:52.68%")
    assert "fc" not in boxes(judged(TargetKind.AT_LEAST, "4482", "6296", forecast=behind))


def test_the_pace_is_shown_until_the_target_is_reached_or_the_year_is_over():
    facts = {"expected": Decimal(4722)}
    year = Period(2018, 4)

    assert "pace" in boxes(judged(TargetKind.AT_LEAST, "4482", "6296", **facts))
    assert "pace" not in boxes(
        judged(TargetKind.AT_LEAST, "6300", "6296", status=Status.MET, **facts)
    )
    assert "pace" not in boxes(judged(TargetKind.AT_LEAST, "4482", "6296", period=year, **facts))


def test_a_pace_that_is_the_plan_is_not_drawn_twice():
    assert "pace" not in boxes(judged(TargetKind.RANGE, "7", "8", "8.5", expected=Decimal(8)))


def test_last_year_is_drawn_only_where_there_is_room_for_it():
    assessment = judged(TargetKind.AT_LEAST, "4482", "6296", previous_value=Decimal(4300))

    assert "bu-py" not in bullet(assessment, aria="")
    assert "bu-py" in bullet(assessment, aria="", previous=True)


# --- what is said ------------------------------------------------------------------------


def test_the_sentence_is_there_and_escaped():
    html = bullet(judged(TargetKind.AT_LEAST, "1", "12"), aria='Xã "A" < 5 & hơn')

    assert 'role="img"' in html
    assert 'aria-label="Xã &quot;A&quot; &lt; 5 &amp; hơn"' in html


def test_without_a_target_there_is_no_bullet():
    assert bullet(judged(TargetKind.AT_LEAST, "1", "12", target=None), aria="") == ""
