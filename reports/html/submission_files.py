"""The files that were dropped: each with whose it is, what was found and where it stands.

A state is a shape, a word and a colour; a file's name is somebody's text and is escaped.
The button that opens a file is the page's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kpi.periods import Period
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say
from texts.numbers import period_name


class FileState(StrEnum):
    """Where a file stands on its way to the province; what needs care comes first."""

    ERRORS = "errors"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    LAYOUT = "layout"
    EXPLAIN = "explain"
    READY = "ready"
    UNCHANGED = "unchanged"
    SAME = "same"
    TWIN = "twin"
    EMPTY = "empty"
    CLOSED = "closed"
    SENT = "sent"
    PLAN = "plan"  # a plan workbook that can be handed down
    HANDED_DOWN = "handed_down"


_LOOK = {  # shape, colour
    FileState.SENT: ("met", "met"),
    FileState.HANDED_DOWN: ("met", "met"),
    FileState.PLAN: ("on", "on"),
    FileState.TWIN: ("eq", "nd"),
    FileState.LAYOUT: ("edit", "risk"),
    FileState.REFUSED: ("fail", "off"),
    FileState.SAME: ("eq", "nd"),
    FileState.ELSEWHERE: ("risk", "risk"),
    FileState.CLOSED: ("lock", "nd"),
    FileState.ERRORS: ("off", "off"),
    FileState.EMPTY: ("nd", "nd"),
    FileState.EXPLAIN: ("risk", "risk"),
    FileState.UNCHANGED: ("eq", "nd"),
    FileState.READY: ("on", "on"),
}


@dataclass(frozen=True)
class FileLine:
    """One file as the list shows it; ``reporter`` and ``period`` as far as they are known."""

    number: int
    name: str
    state: FileState
    reporter: str = ""
    period: Period | None = None
    errors: int = 0
    warnings: int = 0
    figures: int = 0
    detail: str = ""  # a receipt's code, the file it repeats


def file_line(line: FileLine, lang: str, *, is_open: bool) -> str:
    """One file of the list; the open one says so."""
    shape, token = _LOOK[line.state]
    word = escape.text(say(f"submit.file.{line.state}", lang))
    whose = [line.reporter, period_name(line.period, lang) if line.period else ""]
    said = [" · ".join(filter(None, whose)), _counts(line, lang), line.detail]
    rest = "".join(f"<span>{escape.text(text)}</span>" for text in said if text)
    current = ' aria-current="true"' if is_open else ""
    return (
        f'<div class="file-line" lang="{lang}"{current}>'
        f'<span class="no" aria-hidden="true">{line.number}</span>'
        f'<div class="what"><b>{escape.text(line.name)}</b><small>{rest}</small></div>'
        f'<span class="chip s-{token}">{glyph(shape)}{word}</span></div>'
    )


def _counts(line: FileLine, lang: str) -> str:
    if line.state in (FileState.TWIN, FileState.LAYOUT, FileState.REFUSED):
        return ""
    parts = [say("submit.check.errors", lang, count=line.errors)] if line.errors else []
    parts += [say("submit.check.warnings", lang, count=line.warnings)] if line.warnings else []
    return ", ".join([*parts, say("submit.check.valid", lang, count=line.figures)])


def files_head(states: Sequence[FileState], lang: str) -> str:
    """How many files there are and how they stand, said once for all of them."""
    title = escape.text(say("submit.file.title", lang, count=len(states)))
    counted = Counter(states)
    parts = [
        say("submit.file.counted", lang, count=counted[state], state=_word(state, lang))
        for state in FileState
        if counted[state]
    ]
    return (
        f'<div class="files-head" lang="{lang}" role="status"><h2>{title}</h2>'
        f'<p class="cap">{escape.text(" · ".join(parts))}</p></div>'
    )


def _word(state: FileState, lang: str) -> str:
    """The state's name within a line."""
    word = say(f"submit.file.{state}", lang)
    return word[:1].lower() + word[1:]
