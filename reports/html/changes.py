"""What changed since a day, as an HTML table: old → new, by which act, who, when, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from reports.actors import actor_name
from reports.change_lines import ChangeLine
from reports.html import escape
from texts import say
from texts.numbers import moment_text

_HEADS = ("indicator", "unit", "period", "before", "after", "act", "by", "source", "why")
LISTED = 300


def change_list(lines: Sequence[ChangeLine], zone: tzinfo, lang: str, *, count: int) -> str:
    """The lines, newest first; ``count`` is how many there are in all."""
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"changes.{head}", lang))}</th>' for head in _HEADS
    )
    rows = "".join(_row(line, zone, lang) for line in lines)
    said = escape.text(say("changes.count", lang, count=count, shown=len(lines)))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{said}</h2></div>'
        f'<div class="scroll"><table class="tbl changes since"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _row(line: ChangeLine, zone: tzinfo, lang: str) -> str:
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
        escape.text(f"{moment_text(line.at.astimezone(zone))} · {by}"),
        f"{escape.text(line.version)}{cell}",
        escape.text(line.why),
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _before(line: ChangeLine, lang: str) -> str:
    nothing = line.before == say("changes.none", lang)
    tag = 'span class="none"' if nothing else "s"
    return f"<{tag}>{escape.text(line.before)}</{tag.split()[0]}>"
