"""The districts in the order of what they achieved on one indicator (UI 6.6).

Ordered by attainment of the plan; fewer than last year by the change against it; a figure
without a plan by its value. Equal figures share a rank ("1–9"), a district without a
figure stands last with a dash and is never a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.definitions import Indicator
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.targets import TargetKind
from reports.figures.titles import inside_sentence
from reports.html import escape
from reports.html.bullet import bullet
from reports.html.chip import LOOK
from reports.html.glyphs import glyph
from reports.html.indicator_head import address, column_period
from reports.html.inquiry_mark import NOBODY_ASKS, Asked, inquiry_mark
from reports.ranking import By, Rank, compared_by, ordered, rank_text
from reports.wording import Words
from texts import say
from texts.numbers import MISSING


@dataclass(frozen=True)
class Ranked:
    """One district with its shared rank; None where it has no figure to be ranked by."""

    assessment: Assessment
    rank: Rank | None
    figure: str


def rank_list(
    assessed: Sequence[Assessment],
    words: Words,
    indicator: Indicator,
    period: Period,
    current: str,
    asked: Asked = NOBODY_ASKS,
) -> str:
    """The card with one line per district, or the sentence that says why there is none.

    Args:
        assessed: the districts'; empty where the indicator does not exist there.
        current: the unit shown on the page, marked in the list.
        asked: open inquiries; a district's light is marked where somebody asks about it.
    """
    lang = words.lang
    if not assessed:
        name = indicator.short.get(lang)
        return _no_ranking(say("indicator.rank.not_by_district", lang, name=name), lang)
    if all(one.value is None for one in assessed):
        when = inside_sentence(column_period(indicator, period, lang), lang)
        return _no_ranking(say("indicator.rank.nothing_yet", lang, period=when), lang)
    by = compared_by(assessed)
    order = ranked(assessed, words)
    marks = [inquiry_mark(asked, one.assessment, words) for one in order]
    lines = "".join(
        _line(one, words, current, mark) for one, mark in zip(order, marks, strict=True)
    )
    look = "ranks with-asked" if any(marks) else "ranks"
    title = say(f"indicator.rank.by_{by}", lang)
    column = "value" if by is By.ATTAINMENT and _shows_value(assessed[0]) else by
    unit = say(f"indicator.rank.unit_{column}", lang, unit=words.unit(assessed[0]))
    return (
        f'<section class="card rank" lang="{lang}"><div class="card-head">'
        f'<h2>{escape.text(title)}</h2><span class="unit">{escape.text(unit)}</span></div>'
        f'<ol class="{look}">{lines}</ol></section>'
    )


def ranked(assessed: Sequence[Assessment], words: Words) -> list[Ranked]:
    """Best first; those without a figure last, in their official order."""
    if not assessed:
        return []
    by = compared_by(assessed)
    return [
        Ranked(one, rank, MISSING if rank is None else _figure(one, by, words))
        for one, rank in ordered(assessed, words.indicator(assessed[0]))
    ]


def _shows_value(assessment: Assessment) -> bool:
    """Inside a band all have attained 100 %: there the figure itself stands in the list."""
    return assessment.target is not None and assessment.target.kind is TargetKind.BAND


def _figure(assessment: Assessment, by: By, words: Words) -> str:
    if by is By.ATTAINMENT and not _shows_value(assessment):
        return words.percentage(assessment, "attainment")
    if by is By.CHANGE:
        return words.percentage(assessment, "change", signed=True)
    return words.value(assessment)


def _line(one: Ranked, words: Words, current: str, asked: str) -> str:
    assessment = one.assessment
    unit = words.org_units.units[assessment.org_unit]
    name = escape.text(unit.short.get(words.lang))
    status = escape.text(words.status(assessment))
    why = escape.text(words.why(assessment))
    mark = "<span></span>"
    if assessment.status in LOOK:
        shape, token = LOOK[assessment.status]
        mark = (
            f'<span class="t-{token}" role="img" aria-label="{status}" title="{status}: {why}">'
            f"{glyph(shape)}</span>"
        )
    here = ' aria-current="true"' if unit.code == current else ""
    figure = "num pend" if assessment.unapproved else "num"
    href = address(assessment.indicator, assessment.period, unit.code, words.lang)
    drawn = bullet(assessment, aria=words.bullet_sentence(assessment)) or "<div></div>"
    return (
        f'<li{here}><span class="no">{rank_text(one.rank)}</span>'
        f'<a href="{href}" target="_self">{name}</a>{drawn}'
        f'<b class="{figure}" title="{escape.text(_value(assessment, words))}">'
        f"{escape.text(one.figure)}</b>{mark}{asked}</li>"
    )


def _value(assessment: Assessment, words: Words) -> str:
    return f"{words.value(assessment)} {words.unit(assessment, assessment.value)}"


def _no_ranking(text: str, lang: str) -> str:
    """The card that stands where there is nothing to rank."""
    title = escape.text(say("indicator.rank.none_title", lang))
    return (
        f'<section class="card empty" lang="{lang}"><h2>{title}</h2>'
        f"<p>{escape.text(text)}</p></section>"
    )
