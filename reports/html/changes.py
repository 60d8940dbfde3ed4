"""What changed since a day, as an HTML table: old → new, by which act, who, when, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reports.actors import actor_name
from reports.change_lines import ChangeLine
from reports.html import escape
from texts import say
from texts.numbers import MISSING, moment_text

_HEADS = ("indicator", "unit", "period", "before", "after", "act", "by", "source", "why")
LISTED = 100


def change_list(lines: Sequence[ChangeLine], lang: str, *, count: int) -> str:
    """The lines, newest first; ``count`` is how many there are in all."""
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"changes.{head}", lang))}</th>' for head in _HEADS
    )
    note = shared([line.why for line in lines])
    rows = "".join(_row(line, note, lang) for line in lines)
    aside = escape.text(say("changes.shared", lang, note=note)) if note else ""
    said = escape.text(say("changes.count", lang, count=count, shown=len(lines)))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{said}</h2>'
        f'<span class="cap">{aside}</span></div>'
        f'<div class="scroll"><table class="tbl changes since"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def shared(notes: Sequence[str]) -> str:
    """The note that at least half of the rows carry: it is said once, above the table."""
    (note, count), *_ = Counter(notes).most_common(1) or [("", 0)]
    return note if count > 1 and 2 * count >= len(notes) else ""


def _row(line: ChangeLine, note: str, lang: str) -> str:
    by = actor_name(line.by, lang)
    if line.sent_by and line.sent_by != line.by:
        sender = actor_name(line.sent_by, lang)
        by = say("changes.by_and_sender", lang, by=by, sender=sender)
    cell = f' <code class="cell">{escape.text(line.cell)}</code>' if line.cell else ""
    cells = (
        escape.text(line.indicator),
        escape.text(line.unit),
        escape.text(line.period),
        _before(line, lang),
        f'<span class="new">{escape.text(line.after)}</span> {escape.text(line.kind)}',
        escape.text(line.act),
        escape.text(f"{moment_text(line.at, lang)} · {by}"),
        f"{escape.text(line.version)}{cell}",
        "" if note and line.why == note else escape.text(line.why or (MISSING if note else "")),
    )
    named = zip(_HEADS, cells, strict=True)
    row = "".join(f'<td class="c-{name}">{cell}</td>' for name, cell in named)
    return f"<tr>{row}</tr>"


def _before(line: ChangeLine, lang: str) -> str:
    nothing = line.before == say("changes.none", lang)
    tag = 'span class="none"' if nothing else "s"
    return f"<{tag}>{escape.text(line.before)}</{tag.split()[0]}>"
