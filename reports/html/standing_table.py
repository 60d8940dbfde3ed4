"""Thi đua: the cluster's table with stacked points, and every point of one unit (UI 8.7).

Four blues in the order of the columns; movement is a shape with its number and no colour,
since going up is nobody's merit by itself. Wording is ``reports.emulation_words``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kpi.periods import Period
from kpi.placing import Placed
from kpi.score_sheets import Sheet, Voice
from kpi.scoring import Line
from reports.emulation_words import (
    given,
    ground,
    group_name,
    heading,
    loose_bonus,
    note,
    points,
    revision,
    span,
    totals,
    unit_name,
)
from reports.html import escape
from reports.html.cell_link import cell_link
from reports.html.glyphs import glyph
from reports.standing import ClusterStanding, Standing
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, as_stated, period_name

Before = Mapping[str, int | None]  # the rank the period before, by unit
HONOURS = "/dien-hinh"
_BLUES = ("q5", "q4", "q3", "q2")
_MOST_CELLS = 3


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
        f'<i class="{_blue(n)}" style="width:{_width(one.score.of_group(id_), total)}%"></i>'
        for n, id_ in enumerate(groups)
    )
    return f'<span class="stack" role="img" aria-label="{escape.text(label)}">{bars}</span>'


def _blue(number: int) -> str:
    return _BLUES[min(number, len(_BLUES) - 1)]


def _width(part: Decimal, total: Decimal) -> str:
    return format(max(Decimal(0), 100 * part / total).quantize(Decimal("0.1")), "f")


def _legend(found: Standing, lang: str) -> str:
    items = "".join(
        f'<li><i class="{_blue(n)}" aria-hidden="true"></i>{escape.text(group.name.get(lang))} '
        f"<small>{escape.text(say('standing.most', lang, most=as_stated(group.most, lang)))}"
        "</small></li>"
        for n, group in enumerate(found.rules.groups.values())
    )
    return f'<ul class="standing-legend">{items}</ul>'


# --- every point of one unit -------------------------------------------------------------


def points_card(one: Placed, found: Standing, words: Words) -> str:
    """The lower card: each line with its ground, its points and where they come from."""
    lang, rules = words.lang, found.rules
    place = note(one, found, words)
    if one.rank is not None:
        place = say("standing.detail.place", lang, rank=one.rank)
    title = say(
        "standing.detail.title", lang, unit=unit_name(one, words),
        total=points(one.score.total, found, words.lang),
    )  # fmt: skip
    heads = "".join(
        f'<th scope="col"{look}>{escape.text(say(f"standing.detail.{name}", lang))}</th>'
        for name, look in (("group", ""), ("ground", ""), ("points", ' class="num"'))
    )
    rows = "".join(_line(line, one, found, words) for line in one.score.lines)
    rows += _bonus_given(loose_bonus(one, found, words), lang)
    ruled = say(
        "standing.detail.rules", lang, version=rules.version, document=rules.document.get(lang)
    )
    caption = " · ".join(
        part
        for part in (
            say("standing.detail.caption", lang, place=place),
            revision(one, found, words),
            totals(one, found, words),
        )
        if part
    )
    return (
        f'<section class="card points" lang="{lang}"><h2>{escape.text(title)}</h2>'
        f'<p class="cap">{escape.text(caption)}</p>'
        f'<div class="scroll"><table class="tbl"><thead><tr>{heads}</tr></thead>'
        f'<tbody>{rows}</tbody></table></div><p class="cap">{escape.text(ruled)}</p></section>'
    )


def _line(line: Line, one: Placed, found: Standing, words: Words) -> str:
    said = f"<b>{escape.text(heading(line, found, words))}</b>"
    if line.item is not None:
        said += f"<small>{escape.text(ground(line, found, words))}</small>"
    said += "".join(
        f'<small class="given">{escape.text(one_said)}</small>'
        for one_said in given(line, one, found, words)
    )
    most, lang = "", words.lang
    if line.most is not None:
        most = f"<small> / {points(line.most, found, lang)}</small>"
    taken = " taken" if line.points is not None and line.points < 0 else ""
    return (
        f'<tr><td><span class="ver">{escape.text(group_name(line, found, words))}</span></td>'
        f"<td>{said}{_sources(line, one, found, words)}</td>"
        f'<td class="num{taken}"><b>{points(line.points, found, lang)}</b>{most}</td></tr>'
    )


def _bonus_given(said: Sequence[str], lang: str) -> str:
    """A row for a bonus that was claimed and not computed."""
    if not said:
        return ""
    name = escape.text(say("standing.detail.bonus", lang))
    notes = "".join(f'<small class="given">{escape.text(one)}</small>' for one in said)
    return f'<tr><td><span class="ver">{name}</span></td><td>{notes}</td><td></td></tr>'


def _sources(line: Line, one: Placed, found: Standing, words: Words) -> str:
    """The cells a figure comes from, the screen that shows how late a report was, or the entries
    of the registers with their decisions."""
    lang = words.lang
    if line.entries:
        return _decisions(line, one, found, lang)
    if line.report is not None:
        href = escape.link(
            "/tinh-hinh-nop", ky=line.report.asked.period.code, lang=None if lang == "vi" else lang
        )
        said = escape.text(say("completeness.table.see", lang))
        return f'<small><a href="{href}">{said}</a></small>'
    judged = line.judged
    if judged is None or judged.known is None:
        return ""
    cells: Sequence[str] = [
        cell_link(
            source, lang, indicator=judged.indicator, period=found.period, org_unit=one.org_unit
        )
        for source in judged.known.sources[:_MOST_CELLS]
    ]
    return f"<small>{' '.join(cells)}</small>" if cells else ""


def _decisions(line: Line, one: Placed, found: Standing, lang: str) -> str:
    decisions = list(dict.fromkeys(entry.honour.decision for entry in line.entries))
    href = escape.link(
        HONOURS, don_vi=one.org_unit, ky=found.period.code, lang=None if lang == "vi" else lang
    )
    said = escape.text("; ".join(decisions[:_MOST_CELLS]))
    more = "…" if len(decisions) > _MOST_CELLS else ""
    return f'<small><a href="{href}">{said}{more}</a></small>'
