"""A status on paper: a sign and its word, told apart without any colour.

Screens draw the shapes (``reports.html.glyphs``); a document takes a letter every common
font has, so that it looks the same on the office's printer as here.
"""

from __future__ import annotations

from collections.abc import Mapping

from kpi.judgement import Assessment, Status
from reports.wording import Words
from texts import say

SIGNS: Mapping[Status, str] = {
    Status.EXCEEDED: "▲",
    Status.MET: "●",
    Status.ON_TRACK: "►",
    Status.AT_RISK: "◊",
    Status.OFF_TRACK: "▼",
    Status.MISSED: "■",
    Status.INCOMPLETE: "○",
    Status.NOT_DUE: "○",
    Status.NOT_ASSESSABLE: "□",
}


def marked(assessment: Assessment, words: Words) -> str:
    """``▼ Chậm tiến độ``; what is only followed has no sign."""
    sign = SIGNS.get(assessment.status)
    name = words.status(assessment)
    return name if sign is None else f"{sign} {name}"


def legend(lang: str) -> str:
    """What each sign means, in one line."""
    named: dict[str, list[str]] = {}
    for status, sign in SIGNS.items():
        named.setdefault(sign, []).append(say(f"status.{status.value}", lang))
    return "; ".join(f"{sign} {', '.join(names)}" for sign, names in named.items())
