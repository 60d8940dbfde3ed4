"""The economic structure over the years beside its plan, as bars of 100 % (UI 8.4).

Only what is on one basis shares a picture: the bars above are the plan's three sectors,
each year converted; the statistics' four parts stand folded below, in bars of their own,
and a sentence says why they differ. The plan's row is empty boxes with the ranges in
words, because three ranges that add up to 99 to 103 % cannot be stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kpi.apportion import apportion
from kpi.judgement import Assessment
from kpi.observations import Known
from kpi.periods import Period
from kpi.rounding import half_away
from reports.figures.undecided import marked, said
from reports.html import escape
from reports.html.bullet import bullet
from reports.html.chip import chip
from reports.html.inquiry_mark import NOBODY_ASKS, Asked, inquiry_mark
from reports.sector_view import Shares, Structure
from reports.sector_words import mix_sentence, structure_title, why_converted
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, number, period_name

HUNDRED = Decimal(100)
_SHADES = ("q4", "q3", "q2", "q1")  # darkest first; the plan's sectors never need the last
_NARROW = 6  # % of the bar; a narrower part does not hold its figure


def structure_card(structure: Structure, words: Words, asked: Asked = NOBODY_ASKS) -> str:
    """The card: finding, bars, plan, one line per sector, and the notes that belong to it."""
    lang, decimals = words.lang, structure.members[0].course.decimals
    names = [words.short_name(member.judged) for member in structure.members]
    bars = "".join(
        _bar(_period(year.period, lang), year.converted, names, decimals, words, current=last)
        for year, last in _with_last(structure.years)
    )
    title = escape.text(structure_title(structure, words))
    return (
        f'<section class="card structure" lang="{lang}"><div class="card-head"><h2>{title}</h2>'
        f'<span class="unit">%</span></div>{_legend(names)}'
        f'<div class="stacks">{bars}{_plan(structure, names, words)}</div>'
        f"{_lines(structure, words, asked)}{_notes(structure, words)}{_four(structure, words)}"
        "</section>"
    )


def _with_last(years: Sequence[Shares]) -> list[tuple[Shares, bool]]:
    return [(year, year is years[-1]) for year in years]


def _period(period: Period, lang: str) -> str:
    return period_name(period, lang, "to_date")


def _legend(names: Sequence[str]) -> str:
    entries = "".join(
        f'<li><i class="{shade}"></i>{escape.text(name)}</li>'
        for name, shade in zip(names, _SHADES, strict=False)
    )
    return f'<ul class="fig-legend" aria-hidden="true">{entries}</ul>'


# --- bars --------------------------------------------------------------------------------


def _bar(
    label: str,
    shares: Sequence[Known | None],
    names: Sequence[str],
    decimals: int,
    words: Words,
    *,
    current: bool,
) -> str:
    """One year: parts whose printed figures add up; or why it has no bar."""
    values = [share.value for share in shares if share is not None and share.value is not None]
    head = f'<span class="year{" now" if current else ""}">{escape.text(label)}</span>'
    if len(values) < len(names) or sum(values) <= 0:
        return f'{head}<div class="stack none">{escape.text(_why_not(shares, words))}</div>'
    printed = apportion(values, decimals)
    whole = sum(values, Decimal(0))
    written = [number(part, decimals, words.lang) for part in printed]
    waits = [share is not None and share.unapproved for share in shares]
    titles = marked([f"{text}%" for text in written], waits, words.lang)
    boxes = "".join(
        _part(100 * value / whole, text, f"{name}: {title}", f"{shade} wait" if wait else shade)
        for value, text, name, title, shade, wait in zip(
            values, written, names, titles, _SHADES, waits, strict=False
        )
    )
    parts = "; ".join(
        say("sector.structure.share", words.lang, name=name, value=text)
        for name, text in zip(names, marked(written, waits, words.lang), strict=True)
    )
    aria = say("sector.structure.aria", words.lang, period=label, parts=parts)
    return f'{head}<div class="stack" role="img" aria-label="{escape.text(aria)}">{boxes}</div>'


def _part(width: Decimal, text: str, title: str, look: str) -> str:
    inside = escape.text(text) if width >= _NARROW else ""
    return f'<i class="{look}" style="width:{width:.3f}%" title="{escape.text(title)}">{inside}</i>'


def _why_not(shares: Sequence[Known | None], words: Words) -> str:
    """Without its taxes a year has figures and still cannot stand among the others."""
    key = "no_figure" if all(share is None for share in shares) else "no_taxes"
    return say(f"sector.structure.{key}", words.lang)


def _plan(structure: Structure, names: Sequence[str], words: Words) -> str:
    """The ranges in words, in empty boxes at the middles of the ranges."""
    edges = [member.judged.target.edges for member in structure.members if member.judged.target]
    middles = [(low + high) / 2 for low, high in ((e.low, e.high) for e in edges)
               if low is not None and high is not None]  # fmt: skip
    if len(middles) < len(names):
        return ""
    whole = sum(middles, Decimal(0))
    plans = [words.plan(member.judged) for member in structure.members]
    boxes = "".join(
        f'<i style="width:{100 * middle / whole:.3f}%">{escape.text(plan)}</i>'
        for middle, plan in zip(middles, plans, strict=True)
    )
    parts = "; ".join(
        say("sector.structure.share", words.lang, name=name, value=plan)
        for name, plan in zip(names, plans, strict=True)
    )
    aria = escape.text(say("sector.structure.aria_plan", words.lang, parts=parts))
    label = escape.text(say("sector.structure.plan_row", words.lang))
    return (
        f'<span class="year">{label}</span>'
        f'<div class="stack plan" role="img" aria-label="{aria}">{boxes}</div>'
    )


# --- one line per sector -----------------------------------------------------------------


def _lines(structure: Structure, words: Words, asked: Asked) -> str:
    lines = "".join(_line(member.judged, words, asked) for member in structure.members)
    return f'<ul class="shares">{lines}</ul>'


def _line(assessment: Assessment, words: Words, asked: Asked) -> str:
    why = words.told(assessment)
    aria = words.bullet_sentence(assessment, previous=True)
    drawn = bullet(assessment, aria=aria, previous=True)
    light = chip(assessment.status, words.lang, why=why) + inquiry_mark(asked, assessment, words)
    return (
        f"<li><span>{escape.text(words.short_name(assessment))}</span>"
        f'<span class="pl">{escape.text(words.plan(assessment))}</span>'
        f"<b>{escape.text(words.value(assessment))}</b>{drawn}"
        f"<span>{light}</span></li>"
    )


# --- what belongs to it ------------------------------------------------------------------


def _notes(structure: Structure, words: Words) -> str:
    year = structure.years[-1].period.year - 1
    plan_words = say("sector.structure.plan_words", words.lang)
    sentences = [
        say("sector.structure.zoom", words.lang, year=year),
        plan_words.strip(),
        mix_sentence(structure, words),
        _rounded(structure, words),
    ]
    text = " ".join(sentence for sentence in sentences if sentence)
    return f'<p class="cap">{escape.text(text)}</p>'


def _rounded(structure: Structure, words: Words) -> str:
    """Said only where a part on a bar is not its own rounding."""
    decimals = structure.members[0].course.decimals
    for year in structure.years:
        values = [s.value for s in year.converted if s is not None and s.value is not None]
        if apportion(values, decimals) != tuple(half_away(v, decimals) for v in values):
            return say("sector.structure.rounded", words.lang)
    return ""


def _four(structure: Structure, words: Words) -> str:
    """The statistics' own parts, folded, and the sentence that says why they differ."""
    taxes, lang = structure.taxes, words.lang
    if taxes is None:
        return ""
    decimals = structure.members[0].course.decimals
    names = [words.short_name(member.judged) for member in structure.members]
    names.append(taxes.short.get(lang))
    bars = "".join(
        _bar(_period(year.period, lang), year.published, names, decimals, words, current=last)
        for year, last in _with_last(structure.years)
    )
    why = why_converted(structure, words)
    said = f'<p class="why">{escape.text(why)}</p>' if why else ""
    odd = "".join(_not_whole(year, names, decimals, words) for year in structure.years)
    summary = escape.text(say("sector.structure.four", lang))
    return (
        f'{said}<details class="four"><summary>{summary}</summary>{_legend(names)}'
        f'<div class="stacks">{bars}</div>{odd}</details>'
    )


def _not_whole(year: Shares, names: Sequence[str], decimals: int, words: Words) -> str:
    values = [share.value for share in year.published if share and share.value is not None]
    total = half_away(sum(values, Decimal(0)), decimals)
    if len(values) < len(names) or total == HUNDRED:
        return ""
    said = say(
        "sector.structure.not_whole",
        words.lang,
        period=_period(year.period, words.lang),
        sum=number(total, decimals, words.lang),
    )
    return f'<p class="cap">{escape.text(said)}</p>'


# --- the table ---------------------------------------------------------------------------


def structure_table(structure: Structure, words: Words) -> str:
    """Every share that was drawn, the two structures in tables of their own."""
    lang, members = words.lang, structure.members
    names = [words.short_name(member.judged) for member in members]
    decimals = members[0].course.decimals
    converted = _table("three_part", names, [(y.period, y.converted) for y in structure.years],
                       decimals, lang)  # fmt: skip
    if structure.taxes is None:
        return converted
    four = [*names, structure.taxes.short.get(lang)]
    published = [(y.period, y.published) for y in structure.years]
    return converted + _table("four_part", four, published, decimals, lang)


def _table(
    key: str,
    names: Sequence[str],
    rows: Sequence[tuple[Period, Sequence[Known | None]]],
    decimals: int,
    lang: str,
) -> str:
    caption = escape.text(say(f"sector.structure.{key}", lang))
    heads = "".join(f'<th scope="col" class="num">{escape.text(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escape.text(_period(period, lang))}</th>'
        + "".join(f'<td class="num">{_cell(share, decimals, lang)}</td>' for share in shares)
        + "</tr>"
        for period, shares in rows
    )
    return (
        f'<div class="scroll"><table class="tbl twin" lang="{lang}"><caption>{caption}</caption>'
        f'<thead><tr><th scope="col">%</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _cell(share: Known | None, decimals: int, lang: str) -> str:
    if share is None or share.value is None:
        return MISSING
    text = number(share.value, decimals, lang)
    return escape.text(said(text, lang) if share.unapproved else text)
