"""The receipt of one submission: what its sender keeps, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.findings import Finding
from kpi.periods import Period
from reports.html import escape
from reports.html.explanations import kind_of
from reports.html.glyphs import glyph
from texts import say
from texts.numbers import moment_text, period_name


@dataclass(frozen=True)
class Sent:
    """What was sent and what became of it; times are the province's local time."""

    code: str
    reporter: str
    period: Period
    revision: int
    state: str
    file_name: str
    digest: str
    received_at: datetime
    figures: int
    changed: int
    findings: tuple[Finding, ...]
    note: str = ""
    by: str = ""


def receipt_card(sent: Sent, lang: str) -> str:
    """The code above, the facts below it, and every warning with what was said to it."""
    heading = escape.text(say("submit.sent", lang, code=sent.code))
    state = escape.text(say(f"submit.{sent.state}", lang))
    period = period_name(sent.period, lang)
    counted = say("submit.receipt.counted", lang, count=sent.figures, changed=sent.changed)
    facts = (
        ("reporter", sent.reporter),
        ("period", f"{period}, v{sent.revision}"),
        ("received", moment_text(sent.received_at, lang)),
        ("by", sent.by),
        ("file", sent.file_name),
        ("figures", counted),
        ("note", sent.note),
        ("digest", sent.digest[:16]),
    )
    lines = "".join(
        f"<div><dt>{escape.text(say(f'submit.receipt.{key}', lang))}</dt>"
        f"<dd>{escape.text(text)}</dd></div>"
        for key, text in facts
        if text
    )
    return (
        f'<section class="card say r-met receipt" role="status" lang="{lang}"><h2>{heading}</h2>'
        f'<p><span class="t-met">{glyph("met")}</span>{state}</p><dl>{lines}</dl>'
        f"{explained(sent.findings, lang)}</section>"
    )


def explained(findings: Sequence[Finding], lang: str) -> str:
    """What was explained how: one line for each kind and sentence."""
    said: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.explanation:
            said.setdefault((kind_of(one, lang), one.explanation), []).append(one)
    if not said:
        return ""
    lines = "".join(
        f"<li><b>{escape.text(kind)}</b> {escape.text(_cells(some))}"
        f"<span>{escape.text(text)}</span></li>"
        for (kind, text), some in said.items()
    )
    title = escape.text(say("submit.receipt.explained", lang))
    return f'<h3>{title}</h3><ul class="said">{lines}</ul>'


def _cells(findings: Sequence[Finding]) -> str:
    cells = [one.at.cell for one in findings if one.at]
    shown = ", ".join(cells[:8])
    return f"({shown}{', …' if len(cells) > 8 else ''})" if cells else ""
