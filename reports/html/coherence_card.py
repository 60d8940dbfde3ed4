"""The card of parts and wholes: what does not agree, by how much, who is furthest off.

Reported and added up stand side by side also where they agree; of the many structures what
agrees is only counted. The whole list is ``manage.py coherence``. A difference is a question,
never a verdict.
"""

from __future__ import annotations

from collections.abc import Sequence

from kpi.coherence import Gap, Whole
from reports.coherence import Line, line
from reports.html import escape
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say
from texts.numbers import number

_COLUMNS = ("what", "whole", "parts", "difference", "carrier_head")
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
    lang = words.lang
    lines = [line(gap, words) for gap in gaps]
    apart = [one for one in lines if one.carrier or one.gap.beyond]
    said = _even(len(lines) - len(apart), len(lines), lang)
    shown = [one for one in lines if one in apart or one.gap.kind is Whole.DISTRICTS]
    if not shown:
        return f'<p class="cap">{escape.text(said)}</p>'
    heads = "".join(_head(name, lang) for name in _COLUMNS)
    rows = "".join(_row(one) for one in shown)
    rules = [said, say("coherence.rule", lang) if apart else ""]
    if any(one.gap.kind is Whole.GROWTH for one in shown):
        rules.append(say("coherence.growth_rule", lang))
    if any(one.gap.kind is Whole.DISTRICTS for one in shown):
        rules.append(_beyond(words))
    return (
        f'<div class="scroll"><table class="tbl beside"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="cap">{escape.text(" ".join(filter(None, rules)))}</p>'
    )


def _beyond(words: Words) -> str:
    tolerance = number(100 * words.definitions.reconcile_tolerance, 1, words.lang)
    return say("coherence.beyond", words.lang, tolerance=tolerance)


def _even(even: int, count: int, lang: str) -> str:
    if not even:
        return ""
    if even == count:
        return say("coherence.all_even", lang, count=count)
    return say("coherence.some_even", lang, even=even, count=count)


def _head(name: str, lang: str) -> str:
    css = ' class="num"' if name in _NUMBERS else ""
    return f'<th scope="col"{css}>{escape.text(say(f"coherence.{name}", lang))}</th>'


def _row(one: Line) -> str:
    tone, mark = (" t-risk", glyph("risk") + " ") if one.gap.beyond else ("", "")
    return (
        f'<tr><th scope="row">{escape.text(one.name)}</th>'
        f'<td class="num">{escape.text(one.whole)}</td>'
        f'<td class="num">{escape.text(one.parts)}</td>'
        f'<td class="num{tone}">{mark}{escape.text(one.difference)}</td>'
        f"<td>{escape.text(one.carrier)}</td></tr>"
    )
