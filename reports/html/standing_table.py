"""Thi đua: the cluster's table with stacked points (UI 8.7).

Four blues in the order of the columns; movement is a shape with its number and no colour,
since going up is nobody's merit by itself. Wording is ``reports.emulation_words``; the
points of one unit are ``points_card``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kpi.periods import Period
from kpi.placing import Placed
from kpi.score_sheets import Sheet, Voice
from reports.emulation_words import note, points, revision, span, unit_name
from reports.html import escape
from reports.html.glyphs import glyph
from reports.standing import ClusterStanding, Standing
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, as_stated, period_name

Before = Mapping[str, int | None]  # the rank the period before, by unit
_BLUES = ("q5", "q4", "q3", "q2")


def standing_table(
    found: Standing,
    shown: ClusterStanding,
    before: tuple[Period, Before] | None,
    chosen: str,
    words: Words,
) -> str:
    """The upper card; ``chosen`` is the unit whose points are opened below it."""
    lang, rules = words.lang, found.rules
    groups = list(rules.groups.values())
    heads = [("rank", say("standing.head.rank", lang), "num")]
    if before is not None:
        named = period_name(before[0], lang, "inside")
        heads.append(("move", say("standing.head.movement", lang, period=named), ""))
    total = as_stated(rules.total, lang)
    heads += [
        ("unit", say("standing.head.unit", lang), ""),
        ("stack", say("standing.head.points", lang, total=total), ""),
        *((group.id, group.short.get(lang), "num pt") for group in groups),
        ("bonus", say("standing.head.bonus", lang), "num pt"),
        ("total", say("standing.head.total", lang), "num"),
        *(
            (one.value, say(f"standing.head.{one.value}", lang), "num pt")
            for one in _voices(found, shown)
        ),
        ("firm", say("standing.head.firm", lang), ""),
    ]
    columns = "".join(
        f'<th scope="col" class="h-{name} {look}">{escape.text(text)}</th>'
        for name, text, look in heads
    )
    rows = "".join(_row(one, found, shown, before, chosen, words) for one in shown.placed)
    vary = as_stated(rules.weights_vary, lang)
    firm = escape.text(say("standing.firm_rule", lang, vary=vary))
    return (
        f'<section class="card standing" lang="{lang}"><div class="scroll">'
        f'<table class="tbl"><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{_legend(found, lang)}"
        f'<p class="cap">{escape.text(say("standing.tie_rule", lang))} {firm}</p></section>'
    )


def _voices(found: Standing, shown: ClusterStanding) -> list[Voice]:
    """Who has given points to anybody of the cluster."""
    sheets = [found.sheet(one.org_unit) for one in shown.placed]
    return [voice for voice in Voice if any(sheet.of(voice) for sheet in sheets)]


def _row(
    one: Placed,
    found: Standing,
    shown: ClusterStanding,
    before: tuple[Period, Before] | None,
    chosen: str,
    words: Words,
) -> str:
    score, lang = one.score, words.lang
    rank = MISSING if one.rank is None else str(one.rank)
    shared = f"<small>{escape.text(say('standing.shared', lang))}</small>" if one.shared else ""
    here = ' aria-selected="true"' if one.org_unit == chosen else ""
    href = escape.link(
        "/thi-dua", don_vi=one.org_unit, ky=found.period.code, lang=None if lang == "vi" else lang
    )
    moved = "" if before is None else f'<td class="mv">{_movement(one, before[1], lang)}</td>'
    parts = "".join(
        f'<td class="num pt">{points(score.of_group(id_), found, lang)}</td>'
        for id_ in found.rules.groups
    )
    sheet = found.sheet(one.org_unit)
    beside = "".join(
        f'<td class="num pt beside">{_given_in_all(sheet, voice, found, lang)}</td>'
        for voice in _voices(found, shown)
    )
    said = escape.text(note(one, found, words))
    firm = (
        f"<b>{span(one, words)}</b> <small>{said}</small>" if one.rank else f"<small>{said}</small>"
    )
    return (
        f'<tr data-unit="{one.org_unit}"{here}><td class="num rk"><b>{rank}</b>{shared}</td>{moved}'
        f'<th scope="row"><a href="{href}">{escape.text(unit_name(one, words))}</a></th>'
        f"<td>{_stack(one, found, words)}</td>{parts}"
        f'<td class="num pt">{points(score.of_group(""), found, lang)}</td>'
        f'<td class="num"><b>{points(score.total, found, lang)}</b></td>{beside}'
        f'<td class="firm" title="{escape.text(revision(one, found, words))}">{firm}</td></tr>'
    )


def _given_in_all(sheet: Sheet, voice: Voice, found: Standing, lang: str) -> str:
    """The points given, and to how many criteria: part of a sheet is no total."""
    given = sheet.of(voice)
    if not given:
        return MISSING
    count = escape.text(say("standing.given.count", lang, count=len(given)))
    return f"{points(sheet.total(voice), found, lang)}<small>{count}</small>"


def _movement(one: Placed, before: Before, lang: str) -> str:
    was = before.get(one.org_unit)
    if was is None or one.rank is None:
        hint = escape.text(say("standing.no_before", lang))
        return f'<span title="{hint}">{MISSING}<span class="sr"> {hint}</span></span>'
    if was == one.rank:
        return glyph("eq", label=say("standing.same", lang))
    shape, key = ("up", "up") if one.rank < was else ("dn", "down")
    count = abs(was - one.rank)
    return f"{glyph(shape, label=say(f'standing.{key}', lang, count=count))} {count}"


def _stack(one: Placed, found: Standing, words: Words) -> str:
    """One bar per group, as long as its points; spoken as a sentence."""
    total, groups = found.rules.total, found.rules.groups
    said = "; ".join(
        f"{group.short.get(words.lang)} {points(one.score.of_group(id_), found, words.lang)}"
        for id_, group in groups.items()
    )
    label = say(
        "standing.spoken", words.lang, unit=unit_name(one, words), groups=said,
        total=points(one.score.total, found, words.lang),
    )  # fmt: skip
    bars = "".join(
        f'<i class="{blue(n)}" style="width:{_width(one.score.of_group(id_), total)}%"></i>'
        for n, id_ in enumerate(groups)
    )
    return f'<span class="stack" role="img" aria-label="{escape.text(label)}">{bars}</span>'


def blue(number: int) -> str:
    """The colour of a group, by its place among the groups."""
    return _BLUES[min(number, len(_BLUES) - 1)]


def _width(part: Decimal, total: Decimal) -> str:
    return format(max(Decimal(0), 100 * part / total).quantize(Decimal("0.1")), "f")


def _legend(found: Standing, lang: str) -> str:
    items = "".join(
        f'<li><i class="{blue(n)}" aria-hidden="true"></i>{escape.text(group.name.get(lang))} '
        f"<small>{escape.text(say('standing.most', lang, most=as_stated(group.most, lang)))}"
        "</small></li>"
        for n, group in enumerate(found.rules.groups.values())
    )
    return f'<ul class="standing-legend">{items}</ul>'
