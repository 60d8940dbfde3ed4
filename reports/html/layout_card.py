"""What somebody's own table is taken for: column by column, row by row, and how sure that is.

A table of plain lines; the selects for what is open are the page's. How sure the program
is, is a word and a shape besides a colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.layouts import Found
from kpi.observations import CellAddress
from reports.html import escape
from reports.html.findings_table import address
from reports.html.glyphs import glyph
from texts import say

_LOOK = {
    Found.CODE: ("met", "met"),
    Found.EXACT: ("met", "met"),
    Found.ALIAS: ("met", "met"),
    Found.SIMILAR: ("risk", "risk"),
    Found.AMBIGUOUS: ("risk", "risk"),
    Found.NONE: ("nd", "nd"),
}


@dataclass(frozen=True)
class LayoutLine:
    """One column or row: its words, what it is taken for, and an example of its figures."""

    at: CellAddress
    text: str
    taken_for: str
    found: Found
    example: str = ""
    problem: str = ""  # why it is in doubt
    chosen: bool = False  # a person has said so


def layout_table(lines: Sequence[LayoutLine], kind: str, lang: str) -> str:
    """The lines of one kind: ``columns`` or ``rows``."""
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"submit.table.head.{key}", lang))}</th>'
        for key in ("cell", "text", "taken_for", "found")
    )
    body = "".join(_line(line, lang) for line in lines)
    title = escape.text(say(f"submit.table.{kind}", lang, count=len(lines)))
    return (
        f'<div lang="{lang}"><h3>{title}</h3><div class="scroll"><table class="tbl layout">'
        f'<caption class="sr">{title}</caption><thead>'
        f"<tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></div>"
    )


def _line(line: LayoutLine, lang: str) -> str:
    example = f"<small>{escape.text(line.example)}</small>" if line.example else ""
    key = f"submit.table.problem.{line.problem}"
    problem = f"<small>{escape.text(say(key, lang))}</small>" if line.problem else ""
    return (
        f"<tr><td>{address(line.at, lang)}</td><td>{escape.text(line.text)}</td>"
        f"<td>{escape.text(line.taken_for)}{example}{problem}</td>"
        f"<td>{certainty(line, lang)}</td></tr>"
    )


def certainty(line: LayoutLine, lang: str) -> str:
    """How it was recognised, or that somebody has chosen it."""
    shape, token = ("edit", "on") if line.chosen else _LOOK[line.found]
    word = escape.text(say(f"submit.table.found.{'chosen' if line.chosen else line.found}", lang))
    return f'<span class="level t-{token}">{glyph(shape)}{word}</span>'
