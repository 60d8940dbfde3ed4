"""Heat map and tile map at their edges: missing, zero, all missing, one unit, no places."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kpi.comparing import Scale
from kpi.periods import Period
from reports.html.heat_map import heat_map
from reports.html.tile_map import MOST_UNITS, tile_map
from reports.indicator_view import indicator_view, inputs_of
from reports.maps import Gap, grid
from reports.wording import Words

Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)


@pytest.fixture
def grid_of(definitions, org_units, targets):
    def build(frame, indicator: str):
        asked = definitions.indicators[indicator]
        view = indicator_view(
            frame[frame["indicator"].isin(inputs_of(asked))], targets, definitions, org_units,
            indicator=asked, org_unit=org_units.province, period=Q3, today=TODAY,
        )  # fmt: skip
        return view.grid

    return build


def cells_of(html: str) -> list[tuple[str, str]]:
    """Class and printed text of every cell."""
    found = re.findall(r'<td class="([^"]*)"[^>]*>(.*?)</td>', html)
    return [
        (css, re.sub(r"<span class=\"sr\">.*?</span>|<[^>]*>", "", text)) for css, text in found
    ]


def test_a_real_table_with_a_header_for_every_unit_and_period(grid_of, frame, words):
    html = heat_map(grid_of(frame, "share_services"), words)

    assert html.count('<th scope="row">') == 11
    assert html.count('<th scope="col"') == 1 + 7
    assert len(cells_of(html)) == 11 * 7
    assert "<caption" in html


def test_the_figure_is_in_every_cell_and_its_class_is_in_the_legend(grid_of, frame, words):
    found = grid_of(frame, "budget_revenue")
    html = heat_map(found, words)

    assert found.scale is Scale.PACE
    assert all(re.fullmatch(r"−?[\d.]+(,\d)?", text) for _, text in cells_of(html))
    for text in ("&lt; 90", "90–97", "97–103", "103–110", "≥ 110"):
        assert f"</i>{text}</li>" in html
    assert "100 là đúng tiến độ" in html


def test_a_percentage_never_looks_like_another_class(grid_of, frame):
    found = grid_of(frame, "budget_revenue")
    cell = replace(found.rows[0].cells[-1], figure=Decimal("96.9"), step=2)

    assert found.decimals_of(cell) == 1
    assert found.decimals_of(replace(cell, figure=Decimal("95.9"))) == 0


def test_what_nobody_reported_is_hatched_and_never_a_zero(grid_of, make_frame, words):
    found = grid_of(make_frame(without=("184",)), "budget_revenue")
    html = heat_map(found, words)

    missing = [text for css, text in cells_of(html) if css == "missing"]
    assert missing == ["–"]
    assert 'title="Văn Quan, Quý III/2018: chưa có số liệu"' in html
    assert "</i>chưa có số liệu</li>" in html


def test_a_zero_is_a_figure_of_the_lowest_class(grid_of, frame, words):
    rows = frame.copy()
    rows.loc[rows["indicator"] == "new_rural_communes", "value"] = Decimal(0)
    found = grid_of(rows, "new_rural_communes")

    assert {text for _, text in cells_of(heat_map(found, words))} == {"0"}
    assert {css for css, _ in cells_of(heat_map(found, words))} == {"q1"}
    assert Gap.MISSING not in found.gaps


def test_of_counted_flows_the_single_quarters_are_compared(grid_of, frame):
    found = grid_of(frame, "traffic_deaths")

    assert found.scale is Scale.SINGLE
    # to date 6, 15, 22 of last year's; so a quarter alone is never more than half of them
    first, second = found.rows[0].cells[:2]
    assert first.figure == first.assessment.value
    assert second.figure == second.assessment.value - first.assessment.value


def test_a_single_quarter_after_a_gap_is_not_told(grid_of, frame):
    gone = (frame["indicator"] == "traffic_deaths") & (frame["period"] == "2018-Q2")
    found = grid_of(frame[~gone], "traffic_deaths")

    last = found.rows[0].cells[-1]
    assert (last.figure, last.gap) == (None, Gap.NO_FIGURE)


def test_nothing_at_all_is_a_sentence(grid_of, frame, words):
    found = grid_of(frame[:0], "budget_revenue")

    html = heat_map(found, words)
    assert "<table" not in html
    assert "Chưa huyện, thành phố nào có số liệu" in html
    assert tile_map(found, words) == ""


def test_all_missing_now_but_not_before_keeps_the_table(grid_of, frame, words):
    found = grid_of(frame[frame["period"] != Q3.code], "share_services")

    html = heat_map(found, words)
    assert {row.cells[-1].gap for row in found.rows} == {Gap.MISSING}
    assert sum(1 for css, _ in cells_of(html) if css == "missing") == 11
    assert tile_map(found, words).count('class="missing"') == 11 + 1  # and the legend's


def test_an_annual_figure_is_compared_by_years_and_not_hatched_before_it_is_due(
    grid_of, frame, words
):
    found = grid_of(frame, "income_per_capita")

    assert [period.code for period in found.periods] == ["2016", "2017", "2018"]
    assert {row.cells[-1].gap for row in found.rows} == {Gap.NOT_DUE}
    assert "Huyện × năm" in heat_map(found, words)


def test_one_unit_is_a_table_of_one_row(grid_of, frame, definitions, words):
    found = grid_of(frame, "budget_revenue")
    alone = grid(
        definitions.indicators["budget_revenue"], [[found.rows[0].cells[-1].assessment]], decimals=1
    )

    assert heat_map(alone, words).count('<th scope="row">') == 1
    assert tile_map(alone, words).count("<b>") == 1


def test_no_unit_is_no_map(definitions, words):
    assert grid(definitions.indicators["grdp_growth"], [[]], decimals=2) is None
    assert heat_map(None, words) == ""
    assert tile_map(None, words) == ""


def test_each_tile_lies_where_its_unit_says(grid_of, frame, words, org_units):
    html = tile_map(grid_of(frame, "budget_revenue"), words, current="183")

    column, row = org_units.units["183"].tile
    place = f"grid-column:{column + 1};grid-row:{row + 1}"
    assert re.search(rf'<li aria-current="true" class="q\d" title="Cao Lộc[^>]*{place}', html)
    assert html.count('style="grid-column:') == 11
    assert "Không phải ranh giới hành chính" in html


def with_tiles(words: Words, tiles: dict[str, tuple[int, int] | None]) -> Words:
    units = {
        code: replace(unit, tile=tiles.get(code, unit.tile))
        for code, unit in words.org_units.units.items()
    }
    return replace(words, org_units=replace(words.org_units, units=units))


@pytest.mark.parametrize("tile", [None, (2, 2)])
def test_without_a_place_of_its_own_for_each_unit_there_is_no_map(grid_of, frame, words, tile):
    placed = with_tiles(words, {"183": tile})

    assert tile_map(grid_of(frame, "budget_revenue"), placed) == ""


def test_beyond_thirty_units_the_map_gives_way(grid_of, frame, words):
    found = grid_of(frame, "budget_revenue")
    row = found.rows[0]
    codes = [f"{n}" for n in range(500, 500 + MOST_UNITS + 1)]
    units = {
        code: replace(words.org_units.units["183"], code=code, tile=(n % 8, n // 8))
        for n, code in enumerate(codes)
    }
    many = replace(words, org_units=replace(words.org_units, units=units))
    rows = tuple(
        replace(row, org_unit=code, cells=tuple(
            replace(cell, assessment=replace(cell.assessment, org_unit=code)) for cell in row.cells
        ))
        for code in codes
    )  # fmt: skip

    assert tile_map(replace(found, rows=rows), many) == ""
    assert tile_map(replace(found, rows=rows[:MOST_UNITS]), many) != ""
    assert heat_map(replace(found, rows=rows), many).count('<th scope="row">') == MOST_UNITS + 1


def test_names_are_escaped(grid_of, frame, words):
    units = dict(words.org_units.units)
    units["183"] = replace(units["183"], short=replace(units["183"].short, vi="<b>Cao & Lộc"))
    found = grid_of(frame, "budget_revenue")

    html = heat_map(found, replace(words, org_units=replace(words.org_units, units=units)))
    assert "<b>Cao" not in html
    assert "&lt;b&gt;Cao &amp; Lộc" in html


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_indicator_has_its_maps_in_both_languages(
    grid_of, frame, definitions, org_units, lang
):
    words = Words(definitions, org_units, lang)
    for indicator in definitions.numbered():
        found = grid_of(frame, indicator.id)
        html = heat_map(found, words) + tile_map(found, words)
        assert "{" not in html and "None" not in html


def test_a_districts_own_page_shows_everybodys_figures_in_their_own_rows(
    definitions, org_units, targets, frame
):
    asked = definitions.indicators["budget_revenue"]

    def grid_at(unit: str):
        found = indicator_view(
            frame[frame["indicator"].isin(inputs_of(asked))], targets, definitions, org_units,
            indicator=asked, org_unit=org_units.units[unit], period=Q3, today=TODAY,
        )  # fmt: skip
        return found.grid

    rows = grid_at("183").rows

    assert all(cell.assessment.org_unit == row.org_unit for row in rows for cell in row.cells)
    assert rows == grid_at("20").rows
