"""What nobody has decided on yet: hollow in every drawing, and said in words beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.periods import Period
from kpi.targets import Target
from reports import export, indicator_export, tables
from reports.figures import panel_figure, quarters_figure, summary, to_date_figure
from reports.figures.waterfall import waterfall_figure
from reports.html import figure_table, gap_card, sector_head, source_table
from reports.html.address import View
from reports.html.structure_card import structure_card, structure_table
from reports.html.summary_table import summary_table
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.sector_view import SectorView, sector_view
from reports.wording import Words

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)
AT = datetime(2018, 10, 20, 3, 0, tzinfo=UTC)
MARK = "số chưa duyệt"

Waiting = Callable[..., pd.DataFrame]
ViewOf = Callable[..., IndicatorView]


@pytest.fixture(scope="module")
def waiting(frame: pd.DataFrame) -> Waiting:
    """The frame with some figures that wait: ``waiting(("budget_revenue", "20", "2018-Q2"))``."""

    def make(*cells: tuple[str, str, str]) -> pd.DataFrame:
        every = zip(frame["indicator"], frame["org_unit"], frame["period"], strict=True)
        return frame.assign(approved=[cell not in cells for cell in every])

    return make


@pytest.fixture(scope="module")
def view_of(
    waiting: Waiting, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits
) -> ViewOf:
    def make(indicator: str, *cells: tuple[str, str, str]) -> IndicatorView:
        values, asked = waiting(*cells), definitions.indicators[indicator]
        found = indicator_view(
            values[values["indicator"].isin(inputs_of(asked))], targets, definitions, org_units,
            indicator=asked, org_unit=org_units.units["20"], period=Q3, today=TODAY,
        )  # fmt: skip
        assert found is not None
        return found

    return make


@pytest.fixture(scope="module")
def budget(view_of: ViewOf) -> IndicatorView:
    """The province's revenue; of 6 tháng/2018 and 9 tháng/2017 a correction waits."""
    return view_of(
        "budget_revenue", ("budget_revenue", "20", "2018-Q2"), ("budget_revenue", "20", "2017-Q3")
    )


def trace(figure: object, name: str) -> object:
    return next(one for one in figure.data if one.name == name)  # type: ignore[attr-defined]


# --- lines and bars ----------------------------------------------------------------------


def test_a_dot_of_the_line_is_a_ring(budget: IndicatorView) -> None:
    figure = to_date_figure(budget.course, "vi", "light")

    done, before = trace(figure, "Thực hiện"), trace(figure, "Năm 2017")
    assert done.marker.symbol == ("circle", "circle-dot", "circle", "circle")
    assert before.marker.symbol == ("circle", "circle", "circle-dot", "circle")
    assert [MARK in text for text in done.text] == [False, True, False, False]
    assert [MARK in text for text in before.text] == [False, False, True, False]


def test_a_quarter_is_hollow_where_either_of_its_two_figures_waits(budget: IndicatorView) -> None:
    done = trace(quarters_figure(budget.course, "vi", "light"), "Thực hiện")

    assert done.marker.pattern.shape == ("", "+", "+", "")
    assert [MARK in text for text in done.customdata] == [False, True, True, False]


def test_a_sectors_panel_is_hollow_there_and_its_legend_says_why(
    waiting: Waiting, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits,
    words: Words, budget: IndicatorView,
) -> None:  # fmt: skip
    done = trace(panel_figure(budget.course, "vi", "light"), "Thực hiện")
    assert done.marker.pattern.shape == ("", "+", "", "")

    def legend(values: pd.DataFrame) -> str:
        found: SectorView = sector_view(
            values, targets, definitions, org_units,
            sector=definitions.sectors["income_budget"], period=Q3, today=TODAY,
        )  # fmt: skip
        return sector_head.panels_head(found, words)

    assert "k-wait" in legend(waiting(("budget_revenue", "20", "2018-Q2")))
    assert "k-wait" not in legend(waiting())


def test_the_words_around_a_figure_say_it(budget: IndicatorView) -> None:
    course = budget.course

    assert summary(course, "vi").count(MARK) == 1
    assert "not yet approved" in summary(course, "en")
    assert figure_table.to_date_table(course, "vi").count(MARK) == 2
    assert figure_table.quarters_table(course, "vi").count(MARK) == 3 + 1
    assert MARK in figure_table.rings(course, "vi")
    assert "k-wait" in figure_table.legend(course, "vi")


def test_where_nothing_waits_nothing_is_marked(view_of: ViewOf, words: Words) -> None:
    view = view_of("budget_revenue")

    line = trace(to_date_figure(view.course, "vi", "light"), "Thực hiện")
    bars = trace(quarters_figure(view.course, "vi", "light"), "Thực hiện")
    assert line.marker.symbol is None and bars.marker.pattern.shape is None
    assert figure_table.rings(view.course, "vi") == ""
    found = source_table.rows(view.shown, words, {})
    assert MARK not in source_table.source_table(found, view, words)


def test_a_part_of_the_distance_is_hollow_with_the_whole(view_of: ViewOf, words: Words) -> None:
    view = view_of("traffic_accidents", ("traffic_accidents", "183", "2018-Q3"))
    bars = gap_card.bars(view.parts, view.course, words)

    figure = waterfall_figure(bars, "vi", "light")
    hollow = {bar.name for bar, drawn in zip(bars, figure.data, strict=True)
              if drawn.marker.pattern.shape == ("+",)}  # fmt: skip
    assert hollow == {"Cao Lộc", bars[-1].name}
    assert gap_card.table(view.parts, view.course, words).count(MARK) == 2
    assert gap_card.head(view.parts, view.course, words).count(MARK) == 2
    assert "k-wait" in gap_card.remarks(view.parts, view.course, words)


# --- tables ------------------------------------------------------------------------------


def test_the_source_table_marks_the_figure_and_each_of_its_inputs(
    view_of: ViewOf, words: Words
) -> None:
    view = view_of("road_hardening_rate", ("communes_hardened_road", "183", "2018-Q3"))
    found = source_table.rows(view.shown, words, {})

    marked = [(row.name, row.depth) for row in found if row.unapproved]
    assert [name for name, depth in marked if not depth] == ["Toàn tỉnh", "Cao Lộc"]
    assert len([name for name, depth in marked if depth]) == 1
    assert source_table.source_table(found, view, words).count('<span class="pend"><b>') == 3
    taken = source_table.export_table(found, view, words, taken_at=AT)
    assert sum(MARK in str(row[-2]) for row in taken.rows) == 3


def test_what_is_taken_away_names_the_step(budget: IndicatorView, words: Words) -> None:
    to_date, quarters, *_ = indicator_export.tables(budget, words, taken_at=AT)

    assert [row[-1] for row in to_date.rows] == ["", MARK, "", ""]
    assert [row[-1] for row in quarters.rows] == ["", MARK, MARK, ""]
    assert MARK in export.comma_separated(to_date, lang="vi").decode("utf-8-sig")


def test_the_sparkline_and_the_bullet_of_a_row_are_hollow(
    waiting: Waiting, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits,
    words: Words,
) -> None:  # fmt: skip
    values = waiting(("budget_revenue", "20", "2018-Q1"), ("budget_revenue", "20", "2018-Q3"))
    past = tables.histories(values, targets, definitions, org_units, units=[org_units.province])
    judged = tables.judge(past, targets, definitions, org_units, period=Q3, today=TODAY)
    html = summary_table(judged, past, words, View(Q3))

    row = next(part for part in html.split("<tr") if ">Thu ngân sách" in part)
    assert row.count('class="sp-dot wait"') == 2
    assert 'class="bu-bar wait"' in row
    assert f"Q1/18 1.220 ({MARK})" in row
    assert html.count("bu-bar wait") == 1


def test_a_share_of_the_structure_is_marked_on_its_bar_and_in_its_table(
    waiting: Waiting, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits,
    words: Words,
) -> None:  # fmt: skip
    found = sector_view(
        waiting(("share_industry", "20", "2018-Q3")), targets, definitions, org_units,
        sector=definitions.sectors["structure"], period=Q3, today=TODAY,
    )  # fmt: skip
    assert found.structure is not None

    assert 'class="q3 wait"' in structure_card(found.structure, words)
    assert MARK in structure_table(found.structure, words)
