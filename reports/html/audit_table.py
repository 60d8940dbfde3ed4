"""The audit log as a table: when, who, what, about what, with which outcome."""

from __future__ import annotations

from collections.abc import Sequence

from kpi.periods import Period
from reports.actors import actor_name
from reports.html import escape
from store import seals
from store.audit import DONE, Event
from texts import has, say
from texts.numbers import moment_text, period_name

_PRINTED = 50  # admin.css hides the rest on paper
_HEADS = ("at", "who", "act", "subject", "outcome", "details")


def audit_table(events: Sequence[Event], lang: str, *, count: int, only: str = "") -> str:
    """The events, newest first; ``count`` is how many there are in all, ``only`` which ones."""
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"admin.log.{head}", lang))}</th>' for head in _HEADS
    )
    rows = "".join(_row(event, lang) for event in events)
    title = escape.text(say("admin.log.title", lang))
    said = escape.text(say("admin.log.count", lang, count=count, shown=len(events)))
    printed = [only] if only else []
    if len(events) > _PRINTED:
        printed.append(say("admin.log.printed", lang, printed=_PRINTED))
    paper = f'<p class="print-only">{escape.text(" ".join(printed))}</p>' if printed else ""
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2>'
        f'<span class="unit">{said}</span></div>{paper}<div class="scroll wide-table">'
        f'<table class="tbl admin audit"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="cap foot">{escape.text(say("admin.log.rule", lang))}</p></section>'
    )


def act_name(act: str, lang: str) -> str:
    """An act in words; its own name where this version has none for it."""
    try:
        return say(f"admin.acts.{act.replace('.', '_')}", lang)
    except KeyError:
        return act


def details_text(event: Event, lang: str) -> str:
    """What the act said of itself, but for the seals of rows, which only ``verify`` reads.

    A name this version has no word for stands as it is.
    """
    told = {name: value for name, value in event.details.items() if value and name != seals.DETAIL}
    return " · ".join(
        f"{_detail_name(name, lang)}: {_detail(name, value, lang)}" for name, value in told.items()
    )


def _detail_name(name: str, lang: str) -> str:
    key = f"admin.log.detail.{name}"
    return say(key, lang) if has(key, lang) else name


def _detail(name: str, value: object, lang: str) -> str:
    """A period in words, anything else as it was kept."""
    if name != "period":
        return str(value)
    try:
        return period_name(Period.parse(str(value)), lang, "inside")
    except ValueError:  # the log keeps whatever was once written
        return str(value)


def outcome_name(event: Event, lang: str) -> str:
    return say("admin.log.done" if event.outcome == DONE else "admin.log.refused", lang)


def _row(event: Event, lang: str) -> str:
    tone = "" if event.outcome == DONE else ' class="t-off"'
    cells = (
        escape.text(moment_text(event.at, lang)),
        escape.text(actor_name(event.actor, lang)),
        escape.text(act_name(event.act, lang)),
        escape.text(event.subject),
        f"<span{tone}>{escape.text(outcome_name(event, lang))}</span>",
        f'<span class="details">{escape.text(details_text(event, lang))}</span>',
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
