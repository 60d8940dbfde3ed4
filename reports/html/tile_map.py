"""The tile map: every unit a tile of the same size, roughly where it lies (UI 6.6).

It shows the last column of the heat map, with the same classes. Positions come with the
organisation units; unless each unit has one of its own there is no map, and beyond
thirty units the rank list serves better.
"""

from __future__ import annotations

from reports.html import escape, map_words
from reports.maps import Grid, Row
from reports.wording import Words
from texts import say
from texts.numbers import period_name

MOST_UNITS = 30


def tile_map(grid: Grid | None, words: Words, current: str = "") -> str:
    """The card, or nothing where there is no map to draw.

    Args:
        current: the unit shown on the page, marked on the map.
    """
    if grid is None or not grid.figures or not _can_be_placed(grid, words):
        return ""
    lang = words.lang
    period = period_name(grid.periods[-1], lang, "short")
    unit = say("map.tile_unit", lang, unit=map_words.unit_text(grid, lang), period=period)
    tiles = "".join(_tile(grid, row, words, current) for row in grid.rows)
    return (
        f'<section class="card tiles" lang="{lang}"><div class="card-head">'
        f"<h2>{escape.text(say('map.tile_title', lang))}</h2>"
        f'<span class="unit">{escape.text(unit)}</span></div>'
        f'<ul class="tile-grid">{tiles}</ul>{map_words.legend(grid, lang)}'
        f'<p class="cap">{escape.text(say("map.tile_about", lang))}</p></section>'
    )


def _can_be_placed(grid: Grid, words: Words) -> bool:
    """Has every unit a place, and none another's?"""
    places = [words.org_units.units[row.org_unit].tile for row in grid.rows]
    if len(places) > MOST_UNITS or None in places:
        return False
    return len(set(places)) == len(places)


def _tile(grid: Grid, row: Row, words: Words, current: str) -> str:
    unit, cell = words.org_units.units[row.org_unit], row.cells[-1]
    column, line = unit.tile or (0, 0)
    here = ' aria-current="true"' if row.org_unit == current else ""
    said = escape.text(map_words.spoken(grid, cell, words))
    name = map_words.unit_name(unit, grid, cell, words.lang)
    return (
        f'<li{here} class="{map_words.look(cell)}" title="{said}" '
        f'style="grid-column:{column + 1};grid-row:{line + 1}">{name}'
        f"<b>{map_words.shown(grid, cell, words.lang)}</b></li>"
    )
