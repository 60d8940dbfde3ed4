"""The heat map: a real table of units by periods, the figure in every cell (UI 6.6).

Colour only repeats what the printed figure says, in five classes; a cell that nobody has
reported is hatched and never coloured. Which figure fits the kind of target is decided
in ``kpi.comparing`` and said below the table.
"""

from __future__ import annotations

from reports.html import escape, map_words
from reports.maps import Cell, Grid, Row
from reports.wording import Words
from texts import say
from texts.numbers import period_name


def heat_map(grid: Grid | None, words: Words, current: str = "") -> str:
    """The card; without any figure a sentence instead, without any unit nothing.

    Args:
        current: the unit shown on the page, marked in the table.
    """
    if grid is None:
        return ""
    lang = words.lang
    title = say("map.heat_years" if grid.indicator.annual else "map.heat_quarters", lang)
    if not grid.figures:
        text = escape.text(say("map.nothing", lang))
        return (
            f'<section class="card heat empty" lang="{lang}"><h2>{escape.text(title)}</h2>'
            f"<p>{text}</p></section>"
        )
    return (
        f'<section class="card heat" lang="{lang}"><div class="card-head">'
        f"<h2>{escape.text(title)}</h2>"
        f'<span class="unit">{escape.text(map_words.unit_text(grid, lang))}</span></div>'
        f'<div class="scroll">{_table(grid, words, current, title)}</div>'
        f"{map_words.legend(grid, lang)}"
        f'<p class="cap">{escape.text(map_words.about(grid, lang))}</p></section>'
    )


def _table(grid: Grid, words: Words, current: str, title: str) -> str:
    lang = words.lang
    unit_head = escape.text(say("map.unit_head", lang))
    heads = "".join(
        f'<th scope="col" title="{escape.text(period_name(period, lang))}">'
        f"{escape.text(period_name(period, lang, 'short'))}</th>"
        for period in grid.periods
    )
    body = "".join(_row(grid, row, words, current) for row in grid.rows)
    caption = escape.text(f"{title}, {map_words.unit_text(grid, lang)}")
    return (
        f'<table><caption class="sr">{caption}</caption><thead><tr>'
        f'<th scope="col"><span class="sr">{unit_head}</span></th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(grid: Grid, row: Row, words: Words, current: str) -> str:
    unit = words.org_units.units[row.org_unit]
    here = ' aria-current="true"' if row.org_unit == current else ""
    name = map_words.unit_name(unit, grid, row.cells[-1], words.lang)
    cells = "".join(_cell(grid, cell, words) for cell in row.cells)
    return f'<tr{here}><th scope="row">{name}</th>{cells}</tr>'


def _cell(grid: Grid, cell: Cell, words: Words) -> str:
    said = escape.text(map_words.spoken(grid, cell, words))
    inside = map_words.shown(grid, cell, words.lang)
    return f'<td class="{map_words.look(cell)}" title="{said}">{inside}</td>'
