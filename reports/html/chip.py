"""A status as shape, word and colour together; never one of them alone (UI 12.1)."""

from __future__ import annotations

from collections.abc import Mapping

from kpi.judgement import Status
from kpi.targets import Direction
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say

# status: (shape, colour token)
LOOK: Mapping[Status, tuple[str, str]] = {
    Status.EXCEEDED: ("exc", "met"),
    Status.MET: ("met", "met"),
    Status.ON_TRACK: ("on", "on"),
    Status.AT_RISK: ("risk", "risk"),
    Status.OFF_TRACK: ("off", "off"),
    Status.MISSED: ("fail", "off"),
    Status.INCOMPLETE: ("nd", "nd"),
    Status.NOT_DUE: ("nyd", "nd"),
    Status.NOT_ASSESSABLE: ("na", "nd"),
}


def status_name(status: Status, lang: str, direction: Direction | None = None) -> str:
    """The status in words; less than planned of what should fall is better, not more."""
    if status is Status.EXCEEDED and direction is Direction.DECREASE:
        return say("status.exceeded_decrease", lang)
    return say(f"status.{status.value}", lang)


def chip(status: Status, lang: str, *, why: str = "", direction: Direction | None = None) -> str:
    """The status mark; ``why`` gives the arithmetic behind it, on hover and to readers."""
    name = escape.text(status_name(status, lang, direction))
    title = f' title="{escape.text(why)}"' if why else ""
    spoken = f'<span class="sr">. {escape.text(why)}</span>' if why else ""
    if status not in LOOK:
        return f'<span class="chip plain"{title}>{name}{spoken}</span>'
    shape, token = LOOK[status]
    return f'<span class="chip s-{token}"{title}>{glyph(shape)}{name}{spoken}</span>'
