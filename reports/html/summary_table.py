"""The summary table of the overview: the decree's targets, row by row (UI 6.4).

A real table in one block: group rows by sector, a bullet in every row, two controls per
row (the name's link and the decree's words). Below 820 px the stylesheet turns rows into
blocks. Followed indicators stand in a folded table of their own, without a status.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kpi.definitions import Indicator
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from reports.cells import forecast, stale, updated, variance
from reports.figures.undecided import marked
from reports.html import escape
from reports.html.address import View
from reports.html.bullet import bullet
from reports.html.inquiry_mark import NOBODY_ASKS, Asked
from reports.html.sparkline import sparkline
from reports.html.strip import GROUPS, counted, filtering
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
from reports.tables import Histories
from reports.trend import trend, waiting
from reports.wording import Words
from texts import say
from texts.numbers import number, period_name

_LAST_ROWS = 6  # quotes of the last rows open upwards, so that they stay on the screen
_COLUMNS = (
    "number", "name", "unit", "plan", "value", "variance", "bullet", "trend", "forecast",
    "status", "updated",
)  # fmt: skip
_TO_THE_RIGHT = frozenset({"plan", "value", "variance", "forecast"})


def summary_table(
    assessed: Sequence[Assessment],
    past: Histories,
    words: Words,
    view: View,
    asked: Asked = NOBODY_ASKS,
) -> str:
    """The numbered targets by sector, filtered as the view says."""
    judged = counted(assessed)
    numbers = {i.id: index for index, i in enumerate(words.definitions.numbered(), start=1)}
    shown = [a for a in judged if view.status is None or a.status in GROUPS[view.status]]
    rows = "".join(
        _group(sector, list(members), numbers, past, words, view, asked)
        for sector, members in groupby(shown, key=lambda a: words.indicator(a).sector)
    )
    if not shown:
        empty = escape.text(say("overview.strip.empty", words.lang))
        rows = f'<tbody><tr><td class="empty" colspan="{len(_COLUMNS)}">{empty}</td></tr></tbody>'
    caption = say(
        "overview.caption", words.lang, period=period_name(view.period, words.lang, "to_date")
    )
    return (
        f'<section class="card summary" lang="{words.lang}">'
        f"{filtering(judged, words, view)}"
        f'<table class="sum" data-period="{view.period.code}">'
        f'<caption class="sr">{escape.text(caption)}</caption>'
        f"{_head(words, view.period)}{rows}</table>{_legend(words)}</section>"
    )


def followed_table(
    assessed: Sequence[Assessment], past: Histories, words: Words, view: View
) -> str:
    """What the decree asks for without a number, folded away."""
    followed = [a for a in assessed if a.status is Status.FOLLOWED]
    if not followed:
        return ""
    title = say("overview.followed.title", words.lang, count=len(followed))
    hint = say("overview.followed.hint", words.lang)
    names = ("name", "unit", "value", "trend", "updated")
    rows = "".join(_followed_row(a, past, words, view) for a in followed)
    return (
        f'<details class="card fold" lang="{words.lang}"><summary>{escape.text(title)}</summary>'
        f'<p class="cap">{escape.text(hint)}</p><table class="sum short"><thead><tr>'
        f"{''.join(_heading(name, words, view.period) for name in names)}"
        f"</tr></thead><tbody>{rows}</tbody></table></details>"
    )


# --- rows --------------------------------------------------------------------------------


def _group(
    sector_id: str,
    members: list[Assessment],
    numbers: dict[str, int],
    past: Histories,
    words: Words,
    view: View,
    asked: Asked,
) -> str:
    head = sector_row(sector_id, len(_COLUMNS), words, view)
    rows = "".join(
        _row(a, numbers[a.indicator], len(numbers), past, words, view, asked) for a in members
    )
    return f"<tbody>{head}{rows}</tbody>"


def _row(
    assessment: Assessment,
    index: int,
    count: int,
    past: Histories,
    words: Words,
    view: View,
    asked: Asked,
) -> str:
    indicator = words.indicator(assessment)
    near_end = index > count - _LAST_ROWS
    cells = (
        f'<td class="tt">{index}</td>',
        name_cell(indicator, words, view, upwards=near_end),
        f'<td class="un">{escape.text(words.unit(assessment))}</td>',
        plan_cell(assessment, words),
        value_cell(assessment, words),
        text_cell("vr", variance(assessment, words)),
        f'<td class="bl">{bullet(assessment, aria=words.bullet_sentence(assessment))}</td>',
        f'<td class="tr">{_trend(assessment, indicator, past, words)}</td>',
        text_cell("fc", forecast(assessment, words)),
        status_cell(assessment, words, asked),
        _updated(assessment, words),
    )
    mark = f'data-number="{index}" data-status="{assessment.status.value}"'
    return f"<tr {mark}>{''.join(cells)}</tr>"


def _followed_row(assessment: Assessment, past: Histories, words: Words, view: View) -> str:
    indicator = words.indicator(assessment)
    return (
        f"<tr>{name_cell(indicator, words, view, upwards=True)}"
        f'<td class="un">{escape.text(words.unit(assessment))}</td>'
        f"{value_cell(assessment, words)}"
        f'<td class="tr">{_trend(assessment, indicator, past, words)}</td>'
        f"{_updated(assessment, words)}</tr>"
    )


# --- parts of a row ----------------------------------------------------------------------


def _trend(assessment: Assessment, indicator: Indicator, past: Histories, words: Words) -> str:
    found = trend(assessment, indicator, past)
    values = [None if known is None else known.value for known in found.shown]
    waits = waiting(found.shown)
    written = [number(value, words.decimals(assessment), words.lang) for value in values]
    said = "; ".join(
        f"{period_name(period, words.lang, 'short')} {text}"
        for period, text in zip(found.periods, marked(written, waits, words.lang), strict=True)
    )
    aria = f"{words.name(assessment)}: {said}"
    return sparkline(values, aria=aria, target=found.target, waits=waits)


def _updated(assessment: Assessment, words: Words) -> str:
    """The day over the source; where an older figure stands in: of which period it is."""
    (day, source), older = updated(assessment, words), stale(assessment, words)
    first = f'<b class="t-risk">{escape.text(older)}</b>' if older else escape.text(day)
    return f'<td class="up">{first}<span>{escape.text(source)}</span></td>'


# --- head and legend ---------------------------------------------------------------------


def _head(words: Words, period: Period) -> str:
    return f"<thead><tr>{''.join(_heading(name, words, period) for name in _COLUMNS)}</tr></thead>"


def _heading(name: str, words: Words, period: Period) -> str:
    text = say(
        f"overview.column.{name}",
        words.lang,
        year=period.year,
        months=period_name(period, words.lang, "months"),
    )
    return heading(name, text, right=name in _TO_THE_RIGHT)


def _legend(words: Words) -> str:
    marks = ("actual", "forecast", "single", "range", "pace", "dot")
    said = {mark: say(f"overview.legend.{mark}", words.lang) for mark in marks}
    return legend(said, say("overview.legend.rule", words.lang), words.lang)
