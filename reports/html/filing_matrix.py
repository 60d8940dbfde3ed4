"""Tình hình nộp: the strip of one period, and the matrix of reporters by periods (UI 8.6).

A cell is shape, words and colour together; the matrix is a real table that scrolls inside
its card. Percentages are of the period looked at; "in time" counts every period shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.completeness import Filing, Report, counts, on_time
from kpi.periods import Period
from reports.cells import reporter_name
from reports.completeness_words import brief, lead, percentage, spoken
from reports.html import escape
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text, period_name

# state: (shape, colour token)
LOOK: Mapping[Filing, tuple[str, str]] = {
    Filing.ON_TIME: ("met", "met"),
    Filing.LATE: ("late", "risk"),
    Filing.TO_FIX: ("edit", "off"),
    Filing.MISSING: ("fail", "off"),
    Filing.NOT_DUE: ("nyd", "nd"),
    Filing.NONE: ("na", "nd"),
}
_STRIP = tuple(state for state in LOOK if state is not Filing.NONE)
_COUNTS = ("filled", "valid", "accepted")


def filing_strip(reports: Sequence[Report], words: Words) -> str:
    """The conclusion and one figure per state, from the same reports."""
    number_of = counts(reports)
    cells = "".join(_figure(state, number_of[state], words.lang) for state in _STRIP)
    return (
        f'<section class="strip filing" lang="{words.lang}">'
        f'<p class="lead">{escape.text(lead(reports, words))}</p>'
        f'<div class="cells">{cells}</div></section>'
    )


def _figure(state: Filing, count: int, lang: str) -> str:
    shape, token = LOOK[state]
    tone = "none" if count == 0 else f"t-{token}"
    name = escape.text(say(f"completeness.state.{state.value}", lang))
    return f'<p class="cell {tone}"><b>{glyph(shape)}{count}</b><span>{name}</span></p>'


def filing_matrix(reports: Sequence[Report], period: Period, words: Words) -> str:
    """The card: a row per reporter, a column per period, the counts of ``period``."""
    lang = words.lang
    by_reporter: dict[str, list[Report]] = {}
    for one in reports:
        by_reporter.setdefault(one.asked.reporter, []).append(one)
    periods = sorted({one.asked.period for one in reports})
    heads = "".join(_head(p, reports, period, lang) for p in periods)
    named = period_name(period, lang, "inside")
    counted = "".join(
        f'<th scope="col" class="num" title="'
        f'{escape.text(say("completeness.table.counts_hint", lang, period=named))}">'
        f"{escape.text(say(f'completeness.table.{name}', lang))}</th>"
        for name in _COUNTS
    )
    hint = escape.text(say("completeness.table.on_time_hint", lang))
    rows = "".join(_row(of_one, periods, period, words) for of_one in by_reporter.values())
    title = escape.text(say("completeness.table.title", lang, year=period.year))
    rule = escape.text(say("completeness.rule", lang, period=named))
    return (
        f'<section class="card filings" lang="{lang}"><div class="scroll">'
        f'<table class="tbl"><caption class="sr">{title}</caption><thead><tr>'
        f'<th scope="col">{escape.text(say("completeness.table.reporter", lang))}</th>{heads}'
        f'<th scope="col" class="num" title="{hint}">'
        f"{escape.text(say('completeness.table.on_time', lang))}</th>{counted}"
        f"</tr></thead><tbody>{rows}</tbody></table></div>{_legend(lang)}"
        f'<p class="cap">{rule}</p></section>'
    )


def _head(period: Period, reports: Sequence[Report], current: Period, lang: str) -> str:
    """The period over its day; an exception moves the day of one reporter, not the head's."""
    days = [one.asked.until for one in reports if one.asked.period == period]
    plain = [o.asked.until for o in reports if o.asked.period == period and not o.asked.excepted]
    day = min(plain or days)
    written = date_text(day, lang, year=day.year != period.year)
    due = say("completeness.table.due", lang, day=written)
    here = ' aria-current="true"' if period == current else ""
    return (
        f'<th scope="col"{here}>{escape.text(period_name(period, lang))}'
        f"<small>{escape.text(due)}</small></th>"
    )


def _row(of_one: Sequence[Report], periods: Sequence[Period], current: Period, words: Words) -> str:
    by_period = {one.asked.period: one for one in of_one}
    reporter = of_one[0].asked.reporter
    cells = "".join(_cell(by_period.get(one), one == current, words) for one in periods)
    in_time, due = on_time(of_one)
    shares = "".join(_share(by_period.get(current), name, words.lang) for name in _COUNTS)
    name = escape.text(reporter_name(reporter, words))
    if reporter in words.org_units.units:
        lang = None if words.lang == "vi" else words.lang
        href = escape.link("/huyen-tp", don_vi=reporter, ky=current.code, lang=lang)
        name = f'<a href="{href}">{name}</a>'
    return (
        f'<tr data-reporter="{escape.text(reporter)}"><th scope="row">{name}</th>{cells}'
        f'<td class="num"><b>{in_time}/{due}</b></td>{shares}</tr>'
    )


def _cell(report: Report | None, current: bool, words: Words) -> str:
    if report is None:
        return f"<td>{MISSING}</td>"
    shape, token = LOOK[report.state]
    said = escape.text(spoken(report, words))
    here = " now" if current else ""
    return (
        f'<td class="f{here}"><span class="s-{token}" title="{said}">{glyph(shape)}'
        f"{escape.text(brief(report, words.lang))}"
        f'<span class="sr"> {said}</span></span></td>'
    )


def _share(report: Report | None, name: str, lang: str) -> str:
    if report is None:
        return f'<td class="num">{MISSING}</td>'
    count: int = getattr(report, name)
    hint = f"{count}/{report.asked.expected}"
    return f'<td class="num" title="{hint}">{percentage(report, count, lang)}</td>'


def _legend(lang: str) -> str:
    items = "".join(
        f'<li class="t-{token}">{glyph(shape)}'
        f"{escape.text(say(f'completeness.legend.{state.value}', lang))}</li>"
        for state, (shape, token) in LOOK.items()
    )
    return f'<ul class="filing-legend">{items}</ul>'
