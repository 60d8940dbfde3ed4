"""Half away from zero, and percentages that do not contradict their status."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.rounding import half_away, printable_percent


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("8.45", 1, "8.5"),
        ("-8.45", 1, "-8.5"),
        ("8.4499999", 1, "8.4"),
        ("0.9485", 3, "0.949"),
        ("6296", 1, "6296.0"),
        ("12345678901234567890123456789012.5", 0, "12345678901234567890123456789013"),
    ],
)
def test_halves_go_away_from_zero(value: str, decimals: int, rounded: str) -> None:
    assert str(half_away(Decimal(value), decimals)) == rounded


@pytest.mark.parametrize("value", ["-0.04", "-0", "0.04", "-0.0000001"])
def test_a_rounded_zero_carries_no_sign(value: str) -> None:
    assert str(half_away(Decimal(value), 1)) == "0.0"


@pytest.mark.parametrize(
    ("exact", "sign", "figure"),
    [
        pytest.param("93.64", "", "93.6", id="an ordinary one has one decimal"),
        pytest.param("100", "", "100.0", id="exactly 100 is 100,0"),
        pytest.param("99.96", "", "99.96", id="would print 100,0"),
        pytest.param("100.04", "", "100.04", id="would print 100,0 from above"),
        pytest.param("99.996", "", "99.996", id="needs three decimals"),
        pytest.param("99.9996", "<", "100.0", id="three decimals are not enough"),
        pytest.param("100.0004", ">", "100.0", id="nor from above"),
        pytest.param("99.95", "", "99.95", id="half away would reach 100,0"),
        pytest.param("99.94", "", "99.9", id="short enough of it"),
        pytest.param("0", "", "0.0", id="zero"),
        pytest.param("-0.01", "", "0.0", id="a rounded zero"),
    ],
)
def test_a_figure_never_contradicts_its_status(exact: str, sign: str, figure: str) -> None:
    printed = printable_percent(Decimal(exact))
    assert (printed[0], str(printed[1])) == (sign, figure)


@pytest.mark.parametrize(
    ("exact", "landmark", "sign", "figure"),
    [
        pytest.param("0.04", "0", "", "0.04", id="a small rise is not 0,0"),
        pytest.param("-0.0001", "0", "<", "0.0", id="a tiny fall is below zero"),
        pytest.param("0", "0", "", "0.0", id="no change"),
        pytest.param("104.98", "105", "", "104.98", id="short of the margin for exceeding"),
        pytest.param("105", "105", "", "105.0", id="at the margin"),
        pytest.param("100.25", "100.25", "", "100.25", id="a margin with two decimals"),
        pytest.param("100.26", "100.25", "", "100.26", id="just past it"),
    ],
)
def test_other_landmarks(exact: str, landmark: str, sign: str, figure: str) -> None:
    landmarks = (Decimal(100), Decimal(landmark)) if landmark != "0" else (Decimal(0),)
    printed = printable_percent(Decimal(exact), landmarks=landmarks)
    assert (printed[0], str(printed[1])) == (sign, figure)


@given(st.decimals(-200, 200, places=6))
@settings(max_examples=200)
def test_what_is_printed_lies_on_the_same_side_of_100(exact: Decimal) -> None:
    sign, figure = printable_percent(exact)
    side = {"<": -1, ">": 1, "": (figure > 100) - (figure < 100)}[sign]
    assert side == (exact > 100) - (exact < 100)


@given(st.decimals(-1000, 1000, places=5), st.integers(0, 4))
@settings(max_examples=200)
def test_rounding_moves_by_half_a_step_at_most_and_mirrors(value: Decimal, decimals: int) -> None:
    rounded = half_away(value, decimals)
    assert abs(rounded - value) * 2 <= Decimal(1).scaleb(-decimals)
    assert half_away(-value, decimals) == -rounded
