"""The sparkline: breaks at what is missing, keeps the drop of each first quarter."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape

from kpi.targets import Direction, Edges, Target, TargetKind
from reports.html.sparkline import sparkline


def values(*texts: str | None) -> list[Decimal | None]:
    return [None if text is None else Decimal(text) for text in texts]


def path(html: str) -> str:
    found = re.search(r"path d='([^']*)'", unescape(html))
    assert found is not None
    return found[1]


def a_target(kind: TargetKind, direction: Direction, low=None, high=None) -> Target:
    return Target("x", "20", 2018, kind, direction, Edges(low, high), "own", "", "decree")


def test_seven_values_are_one_line_with_a_dot_at_its_end():
    html = sparkline(values("1", "2", "3", "4", "1", "2", "3"), aria="…")

    assert path(html).count("M") == 1
    assert path(html).count("L") == 6
    assert 'class="sp-dot" style="left:80.0px;' in html


def test_the_line_breaks_where_a_value_is_missing():
    drawn = path(sparkline(values("1", "2", None, "4", "5", None, "7"), aria="…"))

    assert drawn.count("M") == 3


def test_no_dot_where_the_last_value_is_missing():
    assert "sp-dot" not in sparkline(values("1", "2", None), aria="…")


def test_higher_is_higher_up():
    low_then_high = path(sparkline(values("1", "9"), aria="…"))

    assert low_then_high == "M4.0 18.0L80.0 4.0"


def test_values_that_are_all_the_same_are_a_line_in_the_middle():
    assert path(sparkline(values("5", "5", "5"), aria="…")).count("11.0") == 3


def test_a_single_value_or_none_is_a_dash():
    assert sparkline(values(None, None, "3"), aria="…") == '<span class="none">–</span>'
    assert sparkline([], aria="…") == '<span class="none">–</span>'


def test_the_plan_is_a_band_behind_the_line():
    target = a_target(TargetKind.RANGE, Direction.INCREASE, Decimal(8), Decimal("8.5"))

    html = sparkline(values("7", "8", "9"), aria="…", target=target)

    assert 'class="sp-band" style="top:7.5px;height:3.5px"' in html


def test_at_least_is_good_up_to_the_top_and_at_most_down_to_the_bottom():
    at_least = a_target(TargetKind.AT_LEAST, Direction.INCREASE, low=Decimal(8))
    at_most = a_target(TargetKind.AT_MOST, Direction.DECREASE, high=Decimal(8))

    assert 'style="top:0.0px;height:11.0px"' in sparkline(
        values("7", "9"), aria="", target=at_least
    )
    assert 'style="top:11.0px;height:11.0px"' in sparkline(
        values("7", "9"), aria="", target=at_most
    )


def test_what_must_fall_below_last_year_has_no_band():
    target = a_target(TargetKind.BELOW_PREVIOUS, Direction.DECREASE)

    assert "sp-band" not in sparkline(values("7", "9"), aria="", target=target)


def test_the_series_is_said_and_no_quote_ends_the_attribute():
    html = sparkline(values("1", "2"), aria='a "b" <c>')

    assert 'aria-label="a &quot;b&quot; &lt;c&gt;"' in html
    assert "&quot;data:image/svg+xml,%3Csvg" in html
