"""What heat map and tile map say alike: figures, unit, legend, and why a cell is empty."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from kpi.comparing import CLASSES, Scale
from kpi.definitions import OrgUnit
from reports.html import escape
from reports.html.indicator_head import address
from reports.maps import Cell, Gap, Grid
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, as_stated, number, period_name


def scale_key(grid: Grid) -> str:
    """Which words of ``map.unit`` and ``map.about`` fit the grid."""
    if grid.scale is Scale.PACE:
        return f"{grid.scale.value}_{grid.indicator.measure.value}"
    return grid.scale.value


def unit_text(grid: Grid, lang: str) -> str:
    """What the figures are: ``% tiến độ luỹ kế``, ``vụ, từng quý``."""
    unit = grid.indicator.unit_of_measure.label.get(lang)
    return say(f"map.unit.{scale_key(grid)}", lang, unit=unit)


def about(grid: Grid, lang: str) -> str:
    return say(f"map.about.{scale_key(grid)}", lang)


def figure_text(grid: Grid, cell: Cell, lang: str) -> str:
    return number(cell.figure, grid.decimals_of(cell), lang)


def unit_name(unit: OrgUnit, grid: Grid, cell: Cell, lang: str) -> str:
    """The unit's short name as a link to the same indicator of that unit."""
    href = address(grid.indicator.id, cell.assessment.period, unit.code, lang)
    return f'<a href="{href}" target="_self">{escape.text(unit.short.get(lang))}</a>'


def spoken(grid: Grid, cell: Cell, words: Words) -> str:
    """A cell in one sentence: whose, when, how much or why not."""
    lang = words.lang
    if cell.gap is not None:
        figure = say(f"map.gap.{cell.gap.value}", lang)
    else:
        glue = "" if unit_text(grid, lang).startswith("%") else " "
        figure = f"{figure_text(grid, cell, lang)}{glue}{unit_text(grid, lang)}"
    unit = words.org_units.units[cell.assessment.org_unit].short.get(lang)
    period = period_name(cell.assessment.observation_period, lang)
    return say("map.cell", lang, unit=unit, period=period, figure=figure)


def shown(grid: Grid, cell: Cell, lang: str) -> str:
    """What stands in the cell; an empty one says for ears why it is empty."""
    if cell.gap is None:
        return escape.text(figure_text(grid, cell, lang))
    why = escape.text(say(f"map.gap.{cell.gap.value}", lang))
    return f'<span aria-hidden="true">{MISSING}</span><span class="sr">{why}</span>'


def look(cell: Cell) -> str:
    """The class of the style sheet for a cell: ``q1`` to ``q5``, or why it is empty."""
    if cell.gap is not None:
        return cell.gap.value.replace("_", "-")
    return f"q{cell.step} pending" if cell.assessment.unapproved else f"q{cell.step}"


def legend(grid: Grid, lang: str) -> str:
    """The classes with their edges, then the kinds of empty cells that occur."""
    keys = [(f"q{step}", text) for step, text in enumerate(_classes(grid, lang), start=1)]
    keys += [
        (gap.value.replace("_", "-"), say(f"map.gap.{gap.value}", lang))
        for gap in Gap
        if gap in grid.gaps
    ]
    items = "".join(
        f'<li><i class="{css}" aria-hidden="true"></i>{escape.text(text)}</li>'
        for css, text in keys
    )
    label = escape.text(say("map.legend", lang))
    return f'<ul class="steps" lang="{lang}" aria-label="{label}">{items}</ul>'


def _classes(grid: Grid, lang: str) -> list[str]:
    different = sorted(set(grid.figures))
    if not different:
        return []
    if grid.scale is not Scale.PACE and len(different) <= CLASSES:
        return [number(figure, grid.decimals, lang) for figure in different]
    edges = grid.edges
    # of whole numbers a class is named by its last one, not by the first of the next
    less = 1 if grid.scale is not Scale.PACE and grid.decimals == 0 else 0
    between = [_between(low, high - less, lang) for low, high in pairwise(edges)]
    return [
        say("map.less", lang, edge=as_stated(edges[0], lang)),
        *between,
        say("map.more", lang, edge=as_stated(edges[-1], lang)),
    ]


def _between(low: Decimal, high: Decimal, lang: str) -> str:
    first, last = as_stated(low, lang), as_stated(high, lang)
    return first if first == last else say("map.between", lang, low=first, high=last)
