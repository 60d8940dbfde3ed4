"""Thi đua: every point of one unit, a fold per group of the rules (UI 8.7).

A unit has some twenty lines of points; their sums fit one look, so each group is a line with
its sum and opens to its items. A group in which points were taken away is open from the
start. On paper all are open. Wording is ``reports.emulation_words``.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.placing import Placed
from kpi.scoring import Line
from reports.emulation_words import (
    given,
    ground,
    heading,
    loose_bonus,
    note,
    points,
    revision,
    totals,
    unit_name,
)
from reports.html import escape
from reports.html.cell_link import cell_link
from reports.html.standing_table import blue
from reports.standing import Standing
from reports.wording import Words
from texts import say
from texts.numbers import as_stated

HONOURS = "/dien-hinh"
_MOST_CELLS = 3


def points_card(one: Placed, found: Standing, words: Words) -> str:
    """The lower card: each line with its ground, its points and where they come from."""
    lang, rules = words.lang, found.rules
    title = say(
        "standing.detail.title", lang, unit=unit_name(one, words),
        total=points(one.score.total, found, words.lang),
    )  # fmt: skip
    groups = "".join(_group(name, one, found, words) for name in (*rules.groups, ""))
    ruled = say(
        "standing.detail.rules", lang, version=rules.version, document=rules.document.get(lang)
    )
    return (
        f'<section class="card points" lang="{lang}"><h2>{escape.text(title)}</h2>'
        f'<p class="cap">{escape.text(_caption(one, found, words))}</p>'
        f'{groups}<p class="cap">{escape.text(ruled)}</p></section>'
    )


def _caption(one: Placed, found: Standing, words: Words) -> str:
    place = note(one, found, words)
    if one.rank is not None:
        place = say("standing.detail.place", words.lang, rank=one.rank)
    said = say("standing.detail.caption", words.lang, place=place)
    parts = (said, revision(one, found, words), totals(one, found, words))
    return " · ".join(filter(None, parts))


def _group(name: str, one: Placed, found: Standing, words: Words) -> str:
    """A group's line and, under it, its items; ``name`` "" is bonus and cap."""
    lines, lang = [line for line in one.score.lines if line.group == name], words.lang
    rows = [_line(line, one, found, words) for line in lines]
    if not name:
        rows += _bonus_given(loose_bonus(one, found, words))
    if not rows:
        return ""
    heads = "".join(
        f'<th scope="col"{look}>{escape.text(say(f"standing.detail.{head}", lang))}</th>'
        for head, look in (("ground", ""), ("points", ' class="num"'))
    )
    opened = " open" if any(map(_takes, lines)) else ""
    return (
        f'<div class="part" data-group="{name}"><details{opened}><summary>'
        f"{_sum(name, len(rows), one, found, words)}</summary></details>"
        f'<table class="tbl"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _sum(name: str, count: int, one: Placed, found: Standing, words: Words) -> str:
    """Name, number of items and points of a group, with its colour in the table above."""
    lang, groups = words.lang, found.rules.groups
    called, most, mark = say("standing.detail.bonus", lang), "", ""
    if name:
        called, most = groups[name].name.get(lang), f" / {as_stated(groups[name].most, lang)}"
        mark = f'<i class="{blue(list(groups).index(name))}" aria-hidden="true"></i>'
    return (
        f"{mark}<b>{escape.text(called)}</b> <small>({count})</small> "
        f'<span class="num"><b>{points(one.score.of_group(name), found, lang)}</b>'
        f"<small>{most}</small></span>"
    )


def _takes(line: Line) -> bool:
    return line.points is not None and line.points < 0


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
    taken = " taken" if _takes(line) else ""
    return (
        f"<tr><td>{said}{_sources(line, one, found, words)}</td>"
        f'<td class="num{taken}"><b>{points(line.points, found, lang)}</b>{most}</td></tr>'
    )


def _bonus_given(said: Sequence[str]) -> list[str]:
    """A row for a bonus that was claimed and not computed."""
    notes = "".join(f'<small class="given">{escape.text(one)}</small>' for one in said)
    return [f"<tr><td>{notes}</td><td></td></tr>"] if said else []


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
