"""Warnings put together by what one sentence can explain, as HTML beside its field."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.findings import Finding
from reports.html import escape
from reports.html.findings_table import address
from reports.html.glyphs import glyph
from texts import has, say
from texts.findings import message

_CELLS_LISTED = 12


def kind_of(finding: Finding, lang: str) -> str:
    """What kind of warning it is, in a few words; its own sentence where there are none."""
    key = f"submit.kind.{finding.code}"
    return say(key, lang) if has(key, lang) else message(finding, lang)


def group_line(findings: Sequence[Finding], lang: str, what: str = "", *, open_: bool) -> str:
    """The kind, the cells, and whether it is explained.

    Args:
        what: the figure a group of one is about.
    """
    shape, token, key = ("risk", "risk", "open") if open_ else ("met", "met", "done")
    state = escape.text(say(f"submit.explain.{key}", lang))
    kind = kind_of(findings[0], lang)
    title = f"{what}: {kind}" if what else kind[:1].upper() + kind[1:]
    places = [one.at for one in findings if one.at]
    cells = " ".join(address(at, lang) for at in places[:_CELLS_LISTED])
    rest = len(places) - _CELLS_LISTED
    more = f" {escape.text(say('submit.explain.more', lang, count=rest))}" if rest > 0 else ""
    sentence = f"<p>{escape.text(message(findings[0], lang))}</p>" if what else ""
    return (
        f'<div class="explain" lang="{lang}"><h3>{escape.text(title)}</h3>'
        f'<span class="state t-{token}">{glyph(shape)}{state}</span>{sentence}'
        f'<div class="cells">{cells}{more}</div></div>'
    )
