"""The periods as the administrator sees them: state, days, how many have sent, exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.calendar import Window
from kpi.periods import Period
from reports.html import escape
from reports.html.glyphs import glyph
from texts import say
from texts.numbers import MISSING, date_text, period_name

_HEADS = ("period", "form", "state", "opens", "due", "in_time", "locks", "sent", "decided")
_OPEN = "open"
_WAITS = "period_not_opened"


@dataclass(frozen=True)
class PeriodLine:
    """One form at one period; ``exceptions`` are (who, until, why)."""

    period: Period
    form: str
    state: str
    days: Window
    sent: int
    asked: int
    decided_by: str
    decided_on: date | None
    reason: str
    exceptions: tuple[tuple[str, date, str], ...]


def period_table(lines: Sequence[PeriodLine], lang: str) -> str:
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"admin.periods.{head}", lang))}</th>' for head in _HEADS
    )
    rows = "".join(_row(line, lang) for line in lines)
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>'
        f"{escape.text(say('admin.periods.title', lang))}</h2></div>"
        f'<div class="scroll wide-table"><table class="tbl admin"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _row(line: PeriodLine, lang: str) -> str:
    days = line.days
    cells = (
        escape.text(period_name(line.period, lang)),
        escape.text(say(f"admin.forms.{line.form}", lang)),
        _state(line.state, lang),
        _day(days.opens, lang),
        _day(days.due, lang),
        _day(days.in_time_until, lang),
        _day(days.locks, lang),
        f"{line.sent}/{line.asked}",
        _decided(line, lang),
    )
    exceptions = "".join(_exception(one, lang) for one in line.exceptions)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>{exceptions}"


def _state(state: str, lang: str) -> str:
    shape, token = ("met", "met") if state == _OPEN else ("lock", "nd")
    if state == _WAITS:
        shape, token = "nyd", "nd"
    name = escape.text(say(f"admin.state.{state}", lang))
    return f'<span class="chip s-{token}">{glyph(shape)}{name}</span>'


def _day(day: date | None, lang: str) -> str:
    return MISSING if day is None else date_text(day, lang)


def _decided(line: PeriodLine, lang: str) -> str:
    if line.decided_on is None:
        return escape.text(say("admin.periods.by_calendar", lang))
    said = f"{line.decided_by} · {date_text(line.decided_on, lang)}"
    return escape.text(f"{said} · {line.reason}" if line.reason else said)


def _exception(one: tuple[str, date, str], lang: str) -> str:
    who, until, why = one
    day = date_text(until, lang)
    said = say("admin.periods.exception", lang, reporter=who, day=day, reason=why)
    return f'<tr class="sub"><td></td><td colspan="{len(_HEADS) - 1}">{escape.text(said)}</td></tr>'
