"""What a reporter has sent, as its sender sees it: the receipts, newest first (UI 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.findings import Finding
from kpi.periods import Period
from kpi.submissions import CellComment
from reports.html import escape
from reports.html.findings_table import address
from reports.html.glyphs import glyph
from reports.html.receipt_card import explained
from texts import say
from texts.numbers import moment_text, period_name

_STATES = {"submitted": ("nyd", "nd"), "returned": ("off", "off"), "withdrawn": ("na", "nd")}


@dataclass(frozen=True)
class Receipt:
    """One submission as its sender sees it; times are the province's local time."""

    period: Period
    revision: int
    code: str
    file_name: str
    received_at: datetime
    days_late: int
    replaced_by: int | None = None
    state: str = "approved"
    reason: str = ""  # why it was returned or withdrawn
    comments: tuple[CellComment, ...] = ()
    note: str = ""
    findings: tuple[Finding, ...] = ()  # with what the sender said to them


def receipts(lines: Sequence[Receipt], reporter: str, lang: str, *, shown: int = 8) -> str:
    """What this reporter has sent, newest first; those beyond ``shown`` are folded."""
    if not lines:
        body = (
            f'<p class="cap">{escape.text(say("submit.no_receipts", lang, reporter=reporter))}</p>'
        )
    else:
        body = _list(lines[:shown], lang) + _older(lines[shown:], lang)
    title = escape.text(say("submit.receipts", lang))
    return f'<section class="card receipts" lang="{lang}"><h2>{title}</h2>{body}</section>'


def _list(lines: Sequence[Receipt], lang: str) -> str:
    return f"<ul>{''.join(_receipt(line, lang) for line in lines)}</ul>"


def _older(lines: Sequence[Receipt], lang: str) -> str:
    if not lines:
        return ""
    title = escape.text(say("submit.older_receipts", lang, count=len(lines)))
    return f"<details><summary>{title}</summary>{_list(lines, lang)}</details>"


def _receipt(line: Receipt, lang: str) -> str:
    if line.state in _STATES:
        shape, token = _STATES[line.state]
        word = say(f"submit.state.{line.state}", lang)
    elif line.replaced_by is not None:
        shape, token = "nd", "nd"
        word = say("submit.replaced", lang, revision=line.replaced_by)
    elif line.revision > 1:
        # timeliness is a matter of the first version; a correction is welcome at any time
        shape, token, word = "edit", "on", say("submit.correction", lang)
    elif line.days_late > 0:
        shape, token, word = "late", "risk", say("submit.late", lang, days=line.days_late)
    else:
        shape, token, word = "met", "on", say("submit.on_time", lang)
    code = say("submit.receipt_code", lang, code=line.code)
    return (
        f"<li><div><b>{escape.text(period_name(line.period, lang))}</b> "
        f'<span class="ver">v{line.revision}</span>'
        f'<span class="state t-{token}">{glyph(shape)}{escape.text(word)}</span></div>'
        f'<small title="{escape.text(line.file_name)}">'
        f"{escape.text(moment_text(line.received_at, lang))} · {escape.text(code)}</small>"
        f"{_why(line, lang)}{_said(line, lang)}</li>"
    )


def _why(line: Receipt, lang: str) -> str:
    """What whoever returned or withdrew it had to say, cell by cell."""
    if not line.reason:
        return ""
    said = escape.text(say("submit.reason", lang, reason=line.reason))
    cells = "".join(
        f"<li>{address(one.at, lang)} {escape.text(one.text)}</li>" for one in line.comments
    )
    return f'<p class="why">{said}</p>' + (f'<ul class="why">{cells}</ul>' if cells else "")


def _said(line: Receipt, lang: str) -> str:
    """What the sender had to say, folded."""
    note = f"<p>{escape.text(line.note)}</p>" if line.note else ""
    said = explained(line.findings, lang)
    if not note and not said:
        return ""
    title = escape.text(say("submit.said", lang))
    return f'<details class="why"><summary>{title}</summary>{note}{said}</details>'
