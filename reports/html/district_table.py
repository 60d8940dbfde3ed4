"""The table of one district: as on the overview, and beside it where the others stand.

Rows are the indicators that exist at this level, those with a target by sector, those
without folded away below. The comparison is with every district's own plan, so it says how
well a district keeps its word, not how rich it is. Below 820 px rows become blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kpi.definitions import Level
from reports import standing_words
from reports.cells import Cell, variance
from reports.district_view import DistrictView, Standing
from reports.html import escape
from reports.html.address import View
from reports.html.bullet import bullet
from reports.html.inquiry_mark import NOBODY_ASKS, Asked
from reports.html.strip import GROUPS, filtering
from reports.html.strip_plot import strip_plot
from reports.html.table_cells import (
    heading,
    legend,
    name_cell,
    plan_cell,
    sector_row,
    status_cell,
    text_cell,
    value_cell,
)
from reports.ranking import By, rank_text
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, period_name

_COLUMNS = (
    "number", "name", "unit", "plan", "value", "variance", "bullet", "peers", "median", "rank",
    "status",
)  # fmt: skip
_FOLLOWED = ("name", "unit", "value", "peers", "median", "rank")
_OWN_WORDS = frozenset({"peers", "median", "rank"})
_TO_THE_RIGHT = frozenset({"plan", "value", "variance", "median", "rank"})
_DRAWN = ("actual", "forecast", "single", "range", "pace")


def district_table(
    found: DistrictView, words: Words, view: View, asked: Asked = NOBODY_ASKS
) -> str:
    """The targets by sector, filtered as the view says."""
    numbers = {i.id: index for index, i in enumerate(words.definitions.numbered(), start=1)}
    wanted = None if view.status is None else GROUPS[view.status]
    shown = [s for s in found.targeted if wanted is None or s.own.status in wanted]
    body = "".join(
        _group(sector, list(members), numbers, words, view, asked)
        for sector, members in groupby(shown, key=lambda s: words.indicator(s.own).sector)
    )
    if not shown:
        empty = escape.text(say("overview.strip.empty", words.lang))
        body = f'<tbody><tr><td class="empty" colspan="{len(_COLUMNS)}">{empty}</td></tr></tbody>'
    caption = say(
        "district.caption",
        words.lang,
        unit=found.org_unit.name.get(words.lang),
        period=period_name(found.period, words.lang, "to_date"),
    )
    judged = [s.own for s in found.targeted]
    return (
        f'<section class="district" lang="{words.lang}">'
        f"{filtering(judged, words, view, View.district)}"
        f'<table class="sum" data-unit="{found.org_unit.code}" data-period="{found.period.code}">'
        f'<caption class="sr">{escape.text(caption)}</caption>'
        f"{_head(_COLUMNS, found, words)}{body}</table>{_legend(found, words)}</section>"
    )


def title(found: DistrictView, words: Words) -> str:
    """The head of the table's card; what can be taken away stands beside it."""
    said = say(f"district.table.{found.org_unit.kind}", words.lang)
    return f'<h2 lang="{words.lang}">{escape.text(said)}</h2>'


def followed_table(found: DistrictView, words: Words, view: View) -> str:
    """What has no number to reach, folded away; the figures stand on a line of their own."""
    if not found.followed:
        return ""
    title = say("overview.followed.title", words.lang, count=len(found.followed))
    hint = say("district.followed_hint", words.lang)
    rows = "".join(_followed_row(s, words, view) for s in found.followed)
    return (
        f'<details class="card fold district" lang="{words.lang}">'
        f'<summary>{escape.text(title)}</summary><p class="cap">{escape.text(hint)}</p>'
        f'<table class="sum short">{_head(_FOLLOWED, found, words)}'
        f"<tbody>{rows}</tbody></table></details>"
    )


# --- rows --------------------------------------------------------------------------------


def _group(
    sector_id: str,
    members: list[Standing],
    numbers: dict[str, int],
    words: Words,
    view: View,
    asked: Asked,
) -> str:
    head = sector_row(sector_id, len(_COLUMNS), words, view, note=_basis_note(members, words))
    rows = "".join(_row(s, numbers[s.own.indicator], words, view, asked) for s in members)
    return f"<tbody>{head}{rows}</tbody>"


def _basis_note(members: Sequence[Standing], words: Words) -> str:
    """What a district's figures measure, where that is not what the province's measure."""
    bases = set()
    for indicator in (words.indicator(s.own) for s in members):
        province = indicator.levels.get(Level.PROVINCE)
        own = indicator.levels[Level.DISTRICT].basis
        if province is not None and province.basis != own:
            bases.add(own)
    names = [words.definitions.bases[id_].name.get(words.lang) for id_ in sorted(bases)]
    return say("district.basis", words.lang, basis="; ".join(names)) if names else ""


def _row(standing: Standing, index: int, words: Words, view: View, asked: Asked) -> str:
    own = standing.own
    said = words.bullet_sentence(own, previous=True)
    cells = (
        f'<td class="tt">{index}</td>',
        name_cell(words.indicator(own), words, view, quoted=False, indented=False),
        f'<td class="un">{escape.text(words.unit(own))}</td>',
        plan_cell(own, words),
        value_cell(own, words),
        text_cell("vr", variance(own, words)),
        f'<td class="bl">{bullet(own, aria=said, previous=True)}</td>',
        *_comparison(standing, words),
        status_cell(own, words, asked),
    )
    mark = f'data-number="{index}" data-status="{own.status.value}"'
    return f"<tr {mark}>{''.join(cells)}</tr>"


def _followed_row(standing: Standing, words: Words, view: View) -> str:
    own = standing.own
    return (
        f"<tr>{name_cell(words.indicator(own), words, view, quoted=False, indented=False)}"
        f'<td class="un">{escape.text(words.unit(own))}</td>{value_cell(own, words)}'
        f"{''.join(_comparison(standing, words))}</tr>"
    )


def _comparison(standing: Standing, words: Words) -> tuple[str, str, str]:
    """Strip plot, median and rank."""
    drawn = strip_plot(standing, aria=standing_words.sentence(standing, words))
    said = standing_words.rank(standing, words)
    median = Cell(
        standing_words.median(standing, words),
        say(f"district.by.{standing.by.value}", words.lang, unit=words.unit(standing.own)),
    )
    rank = rank_text(standing.rank)
    return (
        f'<td class="pe">{drawn or MISSING}</td>',
        text_cell("me", median),
        f'<td class="rk" title="{escape.text(said)}"><span class="wide">{rank}</span>'
        f'<span class="ph">{escape.text(_phone_line(standing, words))}</span></td>',
    )


def _phone_line(standing: Standing, words: Words) -> str:
    """Median and rank below the line, where there is no room for columns."""
    rank = standing_words.rank(standing, words)
    if standing.median is None:
        return rank
    figure = standing_words.median(standing, words)
    return f"{say('district.median', words.lang, figure=figure)} · {rank}"


# --- head and legend ---------------------------------------------------------------------


def _head(names: Sequence[str], found: DistrictView, words: Words) -> str:
    cells = []
    for name in names:
        theme = "district" if name in _OWN_WORDS else "overview"
        months = period_name(found.period, words.lang, "months")
        text = say(f"{theme}.column.{name}", words.lang, year=found.period.year, months=months)
        cells.append(heading(name, text, right=name in _TO_THE_RIGHT))
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _legend(found: DistrictView, words: Words) -> str:
    lang = words.lang
    marks = {mark: say(f"overview.legend.{mark}", lang) for mark in _DRAWN}
    if any(s.own.previous_value is not None for s in found.targeted):
        marks["py"] = say("sector.legend.py", lang, year=found.period.year - 1)
    if any(s.own.value is not None and s.by is By.ATTAINMENT for s in found.targeted):
        marks["dot"] = say("overview.legend.dot", lang)
    peers = {"own": found.org_unit.short.get(lang)}
    peers |= {mark: say(f"district.legend.{mark}", lang) for mark in ("med", "ones", "full")}
    return legend(marks, say("district.legend.rule", lang), lang, peers=peers)
