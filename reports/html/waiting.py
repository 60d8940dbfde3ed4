"""The list of submissions that wait for an approver's decision, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.periods import Period
from reports.html import escape
from texts import say
from texts.numbers import moment_text, period_name

_HEADS = ("reporter", "period", "version", "sent", "sender", "warnings")


@dataclass(frozen=True)
class Waiting:
    """One submission as its approver sees it; times are the province's local time."""

    number: int
    reporter: str
    period: Period
    revision: int
    sent_at: datetime
    sender: str
    warnings: int


def waiting_table(lines: Sequence[Waiting], current: int, path: str, lang: str) -> str:
    """The submissions, each with a link that opens it; ``current`` is the one open now."""
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"approve.{head}", lang))}</th>' for head in _HEADS
    )
    rows = "".join(_row(line, line.number == current, path, lang) for line in lines)
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>'
        f"{escape.text(say('approve.list', lang))}</h2></div>"
        f'<table class="tbl waiting"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</section>"
    )


def _row(line: Waiting, current: bool, path: str, lang: str) -> str:
    href = escape.link(path, **{"bao-cao": str(line.number)}, lang=lang)
    cells = (
        f'<a href="{href}">{escape.text(line.reporter)}</a>',
        escape.text(period_name(line.period, lang)),
        f'<span class="ver">v{line.revision}</span>',
        escape.text(moment_text(line.sent_at, lang)),
        escape.text(line.sender),
        str(line.warnings),
    )
    mark = ' aria-current="true"' if current else ""
    return f"<tr{mark}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
