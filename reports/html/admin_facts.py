"""The tokens of programs, and how the installation is: two tables of the administrator's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.local_time import local_date
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say
from texts.numbers import date_text

_HEADS = ("number", "program", "units", "made", "ends", "state")


@dataclass(frozen=True)
class TokenLine:
    """One token; ``org_units`` are in words, none of them means all."""

    number: int
    name: str
    org_units: tuple[str, ...]
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None


def token_table(lines: Sequence[TokenLine], now: datetime, lang: str) -> str:
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"admin.tokens.{head}", lang))}</th>' for head in _HEADS
    )
    rows = "".join(_row(line, now, lang) for line in lines)
    if not rows:
        none = escape.text(say("admin.tokens.none", lang))
        rows = f'<tr><td colspan="{len(_HEADS)}">{none}</td></tr>'
    title = escape.text(say("admin.tokens.title", lang))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2></div>'
        f'<div class="scroll wide-table"><table class="tbl admin"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def facts_table(title: str, facts: Sequence[tuple[str, str]], lang: str) -> str:
    """Names at the left, what is so at the right."""
    rows = "".join(
        f'<tr><th scope="row">{escape.text(name)}</th><td>{escape.text(what)}</td></tr>'
        for name, what in facts
    )
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head">'
        f'<h2>{escape.text(title)}</h2></div><div class="scroll">'
        f'<table class="tbl facts"><tbody>{rows}</tbody></table></div></section>'
    )


def _row(line: TokenLine, now: datetime, lang: str) -> str:
    def day(at: datetime) -> str:
        return date_text(local_date(at), lang)

    units = "; ".join(line.org_units) or say("admin.tokens.every_unit", lang)
    cells = (
        str(line.number),
        f"<b>{escape.text(line.name)}</b>",
        escape.text(units),
        escape.text(f"{day(line.made_at)} · {line.made_by}"),
        day(line.ended_at or line.ends_at),
        _state(line, now, lang),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _state(line: TokenLine, now: datetime, lang: str) -> str:
    state, shape, token = "valid", "met", "met"
    if line.ended_at is not None:
        state, shape, token = "revoked", "lock", "nd"
    elif line.ends_at <= now:
        state, shape, token = "over", "lock", "nd"
    words = escape.text(say(f"admin.tokens.{state}", lang))
    return f'<span class="chip s-{token}">{glyph(shape)}{words}</span>'
