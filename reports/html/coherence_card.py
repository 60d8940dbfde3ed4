"""The card of parts and wholes: what does not agree, by how much, who is furthest off.

The province's wholes and their parts stand side by side also where they agree; of the many
structures of districts what agrees is only counted. The whole list is ``manage.py coherence``.
A difference is a question, never a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.coherence import Gap
from reports.coherence import Line, compared
from reports.html import escape
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say

_COLUMNS = ("what", "unit", "whole", "parts", "difference", "carrier_head")
_NUMBERS = ("whole", "parts", "difference")


def coherence_card(gaps: Sequence[Gap], words: Words) -> str:
    """The card; nothing where there is nothing to compare."""
    if not gaps:
        return ""
    lang = words.lang
    return (
        f'<section class="card wholes" lang="{lang}"><div class="card-head">'
        f"<h2>{escape.text(say('coherence.title', lang))}</h2></div>"
        f"{coherence_table(gaps, words)}</section>"
    )


def coherence_table(gaps: Sequence[Gap], words: Words) -> str:
    """The gaps as a table, how many comparisons agree, and how "furthest off" is meant."""
    found, lang = compared(gaps, words), words.lang
    said = escape.text(" ".join(filter(None, [found.agree, *found.rules])))
    if not found.rows:
        return f'<p class="cap">{said}</p>'
    heads = "".join(_head(name, lang) for name in _COLUMNS)
    return (
        f'<div class="scroll"><table class="tbl beside"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(_row(one, lang) for one in found.rows)}</tbody></table></div>"
        f'<p class="cap">{said}</p>'
    )


def _head(name: str, lang: str) -> str:
    css = ' class="num"' if name in _NUMBERS else ""
    return f'<th scope="col"{css}>{escape.text(say(f"coherence.{name}", lang))}</th>'


def _row(one: Line, lang: str) -> str:
    """Each cell knows its head: on a telephone, where rows are blocks, it stands in front."""
    tone, mark = (" t-risk", glyph("risk") + " ") if one.gap.beyond else ("", "")
    looks = ("un", "num", "num", f"num{tone}", "who")
    said = (one.unit, one.whole, one.parts, one.difference, one.carrier)
    cells = "".join(
        f'<td class="{look}" data-head="{escape.text(say(f"coherence.{name}", lang))}">'
        f"{mark if name == 'difference' else ''}{escape.text(cell)}</td>"
        for name, look, cell in zip(_COLUMNS[1:], looks, said, strict=True)
    )
    return f'<tr><th scope="row">{escape.text(one.name)}</th>{cells}</tr>'
