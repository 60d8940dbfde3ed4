"""The registers of exemplars and awards: whom awards reach, and the entries that stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kpi.honours import Entry, Shares
from kpi.local_time import local_date
from reports.actors import actor_name
from reports.honour_words import COLUMNS, cells, share_percent
from reports.html import escape
from reports.wording import Words
from texts import say
from texts.numbers import date_text

Names = Callable[[str], bool]  # may the names of a unit's people be seen?
_PARTS = ("direct_workers", "small_collectives", "border_communes")


def reach_strip(exemplars: int, awards: Shares, lang: str) -> str:
    """How many, and the three shares the decree asks about (clause 3)."""
    counts = (("exemplar", exemplars), ("award", awards.count))
    figures = [_figure(str(count), say(f"honours.count.{key}", lang), "") for key, count in counts]
    for name in _PARTS:
        part = getattr(awards, name)
        said = say("honours.count.of", lang, part=part, count=awards.count)
        figures.append(
            _figure(
                share_percent(awards.percent(part), lang), say(f"honours.count.{name}", lang), said
            )
        )
    label = escape.text(say("honours.stats", lang))
    return (
        f'<section class="card reach" lang="{lang}" aria-label="{label}">'
        f"<dl>{''.join(figures)}</dl></section>"
    )


def _figure(number: str, name: str, hint: str) -> str:
    below = f"<small>{escape.text(hint)}</small>" if hint else ""
    name = name[:1].upper() + name[1:]
    return f"<div><dt>{escape.text(name)}</dt><dd><b>{escape.text(number)}</b>{below}</dd></div>"


def register_card(title: str, entries: Sequence[Entry], names: Names, words: Words) -> str:
    """One register as a table; what replaced another entry says why."""
    lang = words.lang
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"honours.table.{name}", lang))}</th>'
        for name in (*COLUMNS, "recorded")
    )
    rows = "".join(_row(one, names(one.honour.org_unit), words) for one in entries)
    if not entries:
        none = escape.text(say("honours.no_entry", lang))
        return (
            f'<section class="card" lang="{lang}"><h2>{escape.text(title)}</h2>'
            f'<p class="cap">{none}</p></section>'
        )
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head">'
        f"<h2>{escape.text(title)}</h2></div>"
        f'<div class="scroll wide-table"><table class="tbl admin honours"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(one: Entry, named: bool, words: Words) -> str:
    lang = words.lang
    number, unit, *others = cells(one, words, names=named)
    note = ""
    if one.replaces is not None:
        said = say("honours.replaces", lang, number=one.replaces, why=one.why)
        note = f"<small>{escape.text(said)}</small>"
    by = f"{actor_name(one.recorded_by, lang)} · {date_text(local_date(one.recorded_at), lang)}"
    rest = "".join(f"<td>{escape.text(cell)}</td>" for cell in (*others, by))
    return (
        f'<tr data-entry="{one.number}"><td class="num">{escape.text(number)}{note}</td>'
        f'<th scope="row">{escape.text(unit)}</th>{rest}</tr>'
    )
