"""What each sector brought to growth, as floating bars that add up to it (UI 8.4).

The bars run from left to right, the greatest first, then the rest; the last line is the
growth itself from zero, so that the eye sees the sum close. The plan's range crosses all
lines. Printed figures add up to the printed total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.contributions import Contributions
from kpi.targets import Edges
from reports.figures.undecided import marked
from reports.html import escape
from reports.sector_view import Growth
from reports.sector_words import growth_needs, growth_title
from reports.wording import Words
from texts import say
from texts.numbers import number, period_name

_SHADES = ("q4", "q3", "q2", "q1")
_HEADROOM = Decimal("1.06")


@dataclass(frozen=True)
class Line:
    """One bar: where it begins and ends, and how it is written."""

    name: str
    start: Decimal
    end: Decimal
    written: str
    shade: str
    beside: str = ""
    waits: bool = False  # rests on a figure that nobody has decided on yet


def growth_card(growth: Growth, words: Words) -> str:
    """The card, or the one that says what is missing."""
    lang, title = words.lang, growth_title(growth, words)
    head = (
        f'<section class="card brought" lang="{lang}"><div class="card-head">'
        f'<h2>{escape.text(title)}</h2><span class="unit">'
        f"{escape.text(say('sector.growth.points', lang))}</span></div>"
    )
    if growth.found is None:
        before = growth.total.period.same_period_last_year()
        when = period_name(before, lang, "inside")
        said = escape.text(say("sector.growth.missing_why", lang, period=when))
        return f'{head}<p class="why">{said}</p></section>'
    drawn = lines(growth, growth.found, words)
    target = growth.total.judged.target
    edges = target.edges if target else Edges()
    scale = _scale(drawn, edges)
    rows = "".join(_row(line, edges, scale, lang, total=line is drawn[-1]) for line in drawn)
    aria = escape.text(_aria(title, drawn, words))
    return (
        f'{head}<div class="bars" role="img" aria-label="{aria}">{rows}</div>'
        f"{_needs(growth, words)}{_method(growth, words)}</section>"
    )


def lines(growth: Growth, found: Contributions, words: Words) -> list[Line]:
    """The sectors, greatest first, the rest, the total."""
    lang, decimals = words.lang, growth.total.course.decimals
    *parts, rest = found.printed(decimals)
    order = sorted(range(len(parts)), key=lambda n: found.parts[n].value, reverse=True)
    result, at = [], Decimal(0)
    for n in order:
        part = found.parts[n]
        indicator = words.definitions.indicators[part.growth.indicator]
        weight = words.definitions.indicators[part.weight.indicator]
        beside = say(
            "sector.growth.product",
            lang,
            weight=number(part.weight.value, weight.decimals_at(growth.total.course.level), lang),
            growth=number(part.growth.value, decimals, lang),
        )
        name = indicator.short.get(lang)
        written = number(parts[n], decimals, lang)
        waits = part.growth.unapproved or part.weight.unapproved
        result.append(Line(name, at, at + part.value, written, _SHADES[n % 4], beside, waits))
        at += part.value
    hint = say("sector.growth.rest_hint", lang)
    rest_name = say("sector.growth.rest", lang)
    written = number(rest, decimals, lang)
    result.append(Line(rest_name, at, at + found.rest, written, "rest", hint))
    total = number(found.whole, decimals, lang)
    name = growth.total.indicator.short.get(lang)
    waits = growth.total.judged.unapproved
    return [*result, Line(name, Decimal(0), found.whole, total, "total", waits=waits)]


def _scale(drawn: Sequence[Line], edges: Edges) -> tuple[Decimal, Decimal]:
    """The least and the greatest place on the line."""
    places = [place for line in drawn for place in (line.start, line.end)]
    places += [edge for edge in (edges.low, edges.high) if edge is not None]
    low, high = min(Decimal(0), *places), max(Decimal(0), *places) * _HEADROOM
    return low * _HEADROOM, high if high > low else low + 1


def _row(
    line: Line, edges: Edges, scale: tuple[Decimal, Decimal], lang: str, *, total: bool
) -> str:
    left, right = sorted((_at(line.start, scale), _at(line.end, scale)))
    look = f"{line.shade} wait" if line.waits else line.shade
    bar = f'<i class="{look}" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>'
    css = "total" if total else ""
    waits = say("note.unapproved", lang) if line.waits else ""
    beside = " · ".join(filter(None, (line.beside, waits)))
    small = f"<small>{escape.text(beside)}</small>" if beside else ""
    return (
        f'<div class="row {css}"><span>{escape.text(line.name)}{small}</span>'
        f'<div class="track">{_band(edges, scale)}{_zero(scale)}{bar}</div>'
        f"<b>{escape.text(line.written)}</b></div>"
    )


def _at(place: Decimal, scale: tuple[Decimal, Decimal]) -> Decimal:
    low, high = scale
    return 100 * (place - low) / (high - low)


def _band(edges: Edges, scale: tuple[Decimal, Decimal]) -> str:
    if edges.low is None:
        return ""
    left = _at(edges.low, scale)
    right = Decimal(100) if edges.high is None else _at(edges.high, scale)
    return f'<i class="goal" style="left:{left:.2f}%;width:{right - left:.2f}%"></i>'


def _zero(scale: tuple[Decimal, Decimal]) -> str:
    return f'<i class="zero" style="left:{_at(Decimal(0), scale):.2f}%"></i>'


def _aria(title: str, drawn: Sequence[Line], words: Words) -> str:
    said = marked([one.written for one in drawn], [one.waits for one in drawn], words.lang)
    *parts, rest = (
        say("sector.growth.aria_part", words.lang, name=line.name, value=value)
        for line, value in zip(drawn[:-1], said, strict=False)
    )
    return say(
        "sector.growth.aria",
        words.lang,
        title=title,
        parts="; ".join(parts),
        rest=rest,
        total=said[-1],
    )


def _needs(growth: Growth, words: Words) -> str:
    said, about = growth_needs(growth, words)
    if not said:
        return ""
    text = "; ".join(one.removesuffix(".") for one in said) + "."
    hint = say("sector.growth.about", words.lang)
    small = f'<p class="cap">{escape.text(hint)}</p>' if about else ""
    return f'<div class="needs"><p>{escape.text(text)}</p>{small}</div>'


def _method(growth: Growth, words: Words) -> str:
    text = say("sector.growth.method", words.lang)
    if growth.total.judged.target is not None:
        plan = words.plan(growth.total.judged)
        text = f"{say('sector.growth.band', words.lang, plan=plan)} {text}"
    return f'<p class="cap">{escape.text(text)}</p>'
