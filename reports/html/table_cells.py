"""The cells that every summary table has: name with the decree's words, plan, value.

One table differs from another in its columns, never in how a value or a plan is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from kpi.definitions import Decree, Indicator
from kpi.judgement import Assessment
from kpi.targets import TargetKind
from reports.cells import Cell
from reports.html import escape
from reports.html.address import View
from reports.html.chip import chip
from reports.html.glyphs import glyph
from reports.html.inquiry_mark import Asked, inquiry_mark
from reports.wording import Words
from texts import say
from texts.numbers import period_name

_NONE: Mapping[str, str] = {}


def name_cell(
    indicator: Indicator,
    words: Words,
    view: View,
    *,
    quoted: bool = True,
    upwards: bool = False,
    indented: bool = True,
) -> str:
    """The name as a link to the indicator's page, and the decree's words behind a mark.

    Args:
        quoted: with the decree's words; they are about the province, not about a district.
        upwards: the words open above the row.
        indented: members of a group stand below their group.
    """
    decree = indicator.decree if quoted else None
    quote = _quote(decree, indicator, words, upwards=upwards) if decree else ""
    sub = " sub" if indented and indicator.parent else ""
    return (
        f'<th scope="row" class="nm{sub}"><a href="{view.indicator(indicator.id)}">'
        f"{escape.text(indicator.short.get(words.lang))}</a>{quote}</th>"
    )


def plan_cell(assessment: Assessment, words: Words) -> str:
    """The year's plan; of "fewer than last year" the hint gives the figure."""
    target, plan, title = assessment.target, escape.text(words.plan(assessment)), ""
    if target is not None and target.kind is TargetKind.BELOW_PREVIOUS:
        previous = words.figure(assessment, assessment.previous_value)
        hint = say("overview.plan_previous_hint", words.lang, previous=previous)
        title = f' title="{escape.text(hint)}"'
    return f'<td class="pl"{title}><span class="ph">{_word("phone_plan", words)}</span>{plan}</td>'


def value_cell(assessment: Assessment, words: Words) -> str:
    """The value; where the report is missing, the last known one, dimmed."""
    value, dimmed, hint, since, below = words.value(assessment), "", "", "", ""
    if assessment.unapproved:
        dimmed, hint = " pend", say("note.unapproved", words.lang)
        below = f'<span class="pw">{escape.text(hint)}</span>'
    last = assessment.last_known
    if assessment.value is None:
        hint = words.reason(assessment)
        if last is not None and last.value is not None:
            value, dimmed = words.figure(assessment, last.value), " dim"
            period = period_name(last.period, words.lang)
            short = period_name(last.period, words.lang, "short")
            since = f'<span class="since">{escape.text(short)}</span>'
            hint += ". " + say("why.last_known", words.lang, value=value, period=period)
            if last.unapproved:
                dimmed, hint = " dim pend", f"{hint} ({say('note.unapproved', words.lang)})"
    title = f' title="{escape.text(hint)}"' if hint else ""
    return (
        f'<td class="va{dimmed}"{title}><span class="ph">{_word("phone_value", words)}</span>'
        f"{since}<b>{escape.text(value)}</b>"
        f'<span class="ph"> {escape.text(words.unit(assessment, assessment.value))}'
        f"</span>{below}</td>"
    )


def status_cell(assessment: Assessment, words: Words, asked: Asked) -> str:
    """The status mark with its arithmetic, and beside it that somebody asks about it."""
    direction = assessment.target.direction if assessment.target else None
    why = words.told(assessment)
    mark = chip(assessment.status, words.lang, why=why, direction=direction)
    return f'<td class="st">{mark}{inquiry_mark(asked, assessment, words)}</td>'


def sector_row(sector_id: str, columns: int, words: Words, view: View, *, note: str = "") -> str:
    """The row above a sector's indicators, a link to the sector's own screen; ``columns`` is
    how many the table has."""
    sector = words.definitions.sectors[sector_id]
    beside = f' <span class="cap">{escape.text(note)}</span>' if note else ""
    return (
        f'<tr class="grp"><td class="tt">{escape.text(sector.number)}</td>'
        f'<th scope="rowgroup" colspan="{columns - 1}">'
        f'<a href="{view.sector_page(sector_id)}">{escape.text(sector.name.get(words.lang))}</a>'
        f"{beside}</th></tr>"
    )


def heading(name: str, text: str, *, right: bool = False) -> str:
    """The head of a column; ``|`` in its words is a new line."""
    lines = "<br>".join(escape.text(line) for line in text.split("|"))
    return f'<th scope="col" class="h-{name}{" right" if right else ""}">{lines}</th>'


def legend(
    marks: Mapping[str, str], rule: str, lang: str, *, peers: Mapping[str, str] = _NONE
) -> str:
    """What the drawings' marks mean (words by mark), and the rule of the scales.

    Args:
        peers: the marks of the other drawing, where a row has two, in a line of their own.
    """
    label = escape.text(say("overview.legend.label", lang))
    lists = "".join(f'<ul aria-label="{label}">{_marks(one)}</ul>' for one in (marks, peers) if one)
    return f'<div class="legend">{lists}<p>{escape.text(rule)}</p></div>'


def _marks(marks: Mapping[str, str]) -> str:
    return "".join(
        f'<li><i class="lg lg-{mark}" aria-hidden="true"></i>{escape.text(words)}</li>'
        for mark, words in marks.items()
    )


def text_cell(name: str, cell: Cell) -> str:
    """Words of ``reports.cells`` with their hint and tone."""
    title = f' title="{escape.text(cell.hint)}"' if cell.hint else ""
    tone = f" t-{cell.tone}" if cell.tone else ""
    return f'<td class="{name}{tone}"{title}>{escape.text(cell.text)}</td>'


def _word(key: str, words: Words) -> str:
    return escape.text(say(f"overview.{key}", words.lang)) + " "


def _quote(decree: Decree, indicator: Indicator, words: Words, *, upwards: bool) -> str:
    """The decree's own words behind a quote mark; verbatim, whatever the language."""
    show = say("overview.quote.show", words.lang, name=indicator.name.get(words.lang))
    section, _, point = decree.clause.partition(".")
    key = "point" if point else "clause"
    clause = say(
        f"overview.quote.{key}",
        words.lang,
        clause=decree.clause,
        section=section,
        point=point,
    )
    before, words_of_target, after = decree.quote.partition(decree.words)
    marked = f"{escape.text(before)}<mark>{escape.text(words_of_target)}</mark>{escape.text(after)}"
    document = words.definitions.document.get(words.lang)
    return (
        f'<details class="q{" above" if upwards else ""}">'
        f'<summary aria-label="{escape.text(show)}" title="{escape.text(show)}">'
        f"{glyph('quote')}</summary>"
        f'<div class="qp"><p>{escape.text(clause)}</p><blockquote lang="vi">“{marked}”</blockquote>'
        f"<p>{escape.text(document)}</p></div></details>"
    )
