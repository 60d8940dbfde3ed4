"""Other rules tried: every unit's rank and points now and then, those that move marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kpi.definitions import Cluster
from kpi.emulation import Rules
from kpi.placing import Move
from reports.html import escape
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, number

_HEADS = ("unit", "rank", "other", "total", "other_total")


def rehearsal_table(
    found: Sequence[tuple[Cluster, Move]], now: Rules, tried: Rules, words: Words
) -> str:
    """Points are written with as many decimals as the rules they come from give."""
    lang = words.lang
    decimals = now.decimals, tried.decimals
    count = sum(move.moves for _, move in found)
    title = say("standing.rehearse.title", lang, version=tried.version, count=count)
    heads = "".join(
        f'<th scope="col"{_look(name)}>{escape.text(say(f"standing.rehearse.{name}", lang))}</th>'
        for name in _HEADS
    )
    rows = "".join(
        _cluster(cluster, lang) + "".join(_row(move, decimals, words) for _, move in members)
        for cluster, members in groupby(found, key=lambda one: one[0])
    )
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head">'
        f"<h2>{escape.text(title)}</h2></div>"
        f'<div class="scroll wide-table"><table class="tbl tried"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _look(name: str) -> str:
    return "" if name == "unit" else ' class="num"'


def _cluster(cluster: Cluster, lang: str) -> str:
    name = escape.text(cluster.name.get(lang))
    return f'<tr class="of"><th scope="rowgroup" colspan="{len(_HEADS)}">{name}</th></tr>'


def _row(move: Move, decimals: tuple[int, int], words: Words) -> str:
    lang = words.lang
    unit = words.org_units.units[move.org_unit].short.get(lang)
    other = _rank(move.other_rank)
    if move.moves:
        rose = move.rank is None or (move.other_rank or 99) < move.rank
        label = say("standing.rehearse.moved", lang)
        other = f"{glyph('up' if rose else 'dn', label=label)} <b>{other}</b>"
    return (
        f'<tr data-unit="{move.org_unit}"><th scope="row">{escape.text(unit)}</th>'
        f'<td class="num">{_rank(move.rank)}</td><td class="num">{other}</td>'
        f'<td class="num">{number(move.total, decimals[0], lang)}</td>'
        f'<td class="num">{number(move.other_total, decimals[1], lang)}</td></tr>'
    )


def _rank(rank: int | None) -> str:
    return MISSING if rank is None else str(rank)
