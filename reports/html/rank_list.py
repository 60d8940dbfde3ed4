"""The districts in the order of what they achieved on one indicator (UI 6.6).

Ordered by attainment of the plan; fewer than last year by the change against it; a figure
without a plan by its value. Equal figures share a rank ("1–9"), a district without a
figure stands last with a dash and is never a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Indicator
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.targets import Direction, TargetKind
from reports.figures.titles import inside_sentence
from reports.html import escape
from reports.html.bullet import bullet
from reports.html.chip import LOOK
from reports.html.glyphs import glyph
from reports.html.indicator_head import address, column_period
from reports.wording import Words
from texts import say
from texts.numbers import MISSING


@dataclass(frozen=True)
class Ranked:
    """One district with its shared rank; None where it has no figure to be ranked by."""

    assessment: Assessment
    rank: tuple[int, int] | None
    figure: str


def rank_list(
    assessed: Sequence[Assessment],
    words: Words,
    indicator: Indicator,
    period: Period,
    current: str,
) -> str:
    """The card with one line per district, or the sentence that says why there is none.

    Args:
        assessed: the districts'; empty where the indicator does not exist there.
        current: the unit shown on the page, marked in the list.
    """
    lang = words.lang
    if not assessed:
        name = indicator.short.get(lang)
        return _no_ranking(say("indicator.rank.not_by_district", lang, name=name), lang)
    if all(one.value is None for one in assessed):
        when = inside_sentence(column_period(indicator, period, lang), lang)
        return _no_ranking(say("indicator.rank.nothing_yet", lang, period=when), lang)
    by = _measure(assessed)
    lines = "".join(_line(one, words, current) for one in ranked(assessed, words))
    title = say(f"indicator.rank.by_{by}", lang)
    column = "value" if by == "attainment" and _shows_value(assessed[0]) else by
    unit = say(f"indicator.rank.unit_{column}", lang, unit=words.unit(assessed[0]))
    return (
        f'<section class="card rank" lang="{lang}"><div class="card-head">'
        f'<h2>{escape.text(title)}</h2><span class="unit">{escape.text(unit)}</span></div>'
        f'<ol class="ranks">{lines}</ol></section>'
    )


def ranked(assessed: Sequence[Assessment], words: Words) -> list[Ranked]:
    """Best first; those without a figure last, in their official order."""
    by = _measure(assessed)
    keyed = [(a, _key(a, by)) for a in assessed]
    known = sorted(
        ((a, key) for a, key in keyed if key is not None), key=lambda pair: pair[1], reverse=True
    )
    result = []
    for assessment, key in known:
        better = sum(1 for _, other in known if other > key)
        same = sum(1 for _, other in known if other == key)
        result.append(
            Ranked(assessment, (better + 1, better + same), _figure(assessment, by, words))
        )
    missing = [Ranked(a, None, MISSING) for a, key in keyed if key is None]
    return result + missing


def _measure(assessed: Sequence[Assessment]) -> str:
    """What the districts can be compared by: the first that is known where a value is."""
    targets = [a.target for a in assessed if a.target is not None]
    if targets and targets[0].kind is TargetKind.BELOW_PREVIOUS:
        return "change"
    reported = [a for a in assessed if a.value is not None]
    if targets and all(a.attainment is not None for a in reported):
        return "attainment"
    return "value"


def _key(assessment: Assessment, by: str) -> tuple[Decimal, Decimal] | None:
    """Greater is better; the second figure decides between equal ones."""
    even = Decimal(0)
    if assessment.value is None:
        return None
    if by == "attainment":
        return None if assessment.attainment is None else (assessment.attainment, even)
    if by == "change":
        # none as last year has no change in per cent, and yet is as good as can be
        attained, change = assessment.attainment, assessment.change
        return None if attained is None else (attained, even if change is None else -change)
    falling = assessment.target is not None and assessment.target.direction is Direction.DECREASE
    return (-assessment.value if falling else assessment.value, even)


def _shows_value(assessment: Assessment) -> bool:
    """Inside a band all have attained 100 %: there the figure itself stands in the list."""
    return assessment.target is not None and assessment.target.kind is TargetKind.BAND


def _figure(assessment: Assessment, by: str, words: Words) -> str:
    if by == "attainment" and not _shows_value(assessment):
        return words.percentage(assessment, "attainment")
    if by == "change":
        return words.percentage(assessment, "change", signed=True)
    return words.value(assessment)


def _line(one: Ranked, words: Words, current: str) -> str:
    assessment = one.assessment
    unit = words.org_units.units[assessment.org_unit]
    name = escape.text(unit.short.get(words.lang))
    status = escape.text(words.status(assessment))
    why = escape.text(words.why(assessment))
    mark = ""
    if assessment.status in LOOK:
        shape, token = LOOK[assessment.status]
        mark = (
            f'<span class="t-{token}" role="img" aria-label="{status}" title="{status}: {why}">'
            f"{glyph(shape)}</span>"
        )
    here = ' aria-current="true"' if unit.code == current else ""
    href = address(assessment.indicator, assessment.period, unit.code, words.lang)
    drawn = bullet(assessment, aria=words.bullet_sentence(assessment)) or "<div></div>"
    return (
        f'<li{here}><span class="no">{_rank(one.rank)}</span>'
        f'<a href="{href}" target="_self">{name}</a>{drawn}'
        f'<b class="num" title="{escape.text(_value(assessment, words))}">'
        f"{escape.text(one.figure)}</b>{mark}</li>"
    )


def _value(assessment: Assessment, words: Words) -> str:
    return f"{words.value(assessment)} {words.unit(assessment)}"


def _rank(rank: tuple[int, int] | None) -> str:
    if rank is None:
        return MISSING
    first, last = rank
    return str(first) if first == last else f"{first}–{last}"


def _no_ranking(text: str, lang: str) -> str:
    """The card that stands where there is nothing to rank."""
    title = escape.text(say("indicator.rank.none_title", lang))
    return (
        f'<section class="card empty" lang="{lang}"><h2>{title}</h2>'
        f"<p>{escape.text(text)}</p></section>"
    )
