"""Who is to be reminded, with what has been sent already; and who has been reminded of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.local_time import local_date
from kpi.reminders import Channel, Reminder, Rung, told
from kpi.sendings import Outcome
from reports.cells import reporter_name
from reports.html import escape
from reports.html.glyphs import glyph
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text

_HEADS = ("reporter", "rung", "due", "addresses", "letter", "mail")
# outcome: (shape, colour token)
_LOOK: Mapping[Outcome, tuple[str, str]] = {
    Outcome.WRITTEN: ("met", "met"),
    Outcome.SENT: ("met", "met"),
    Outcome.FAILED: ("off", "off"),
    Outcome.BEGUN: ("nd", "nd"),
}


@dataclass(frozen=True)
class Urged:
    """One reporter at its rung of today; the last word by each channel, if there is one."""

    rung: Rung
    addresses: tuple[str, ...]
    words: Mapping[Channel, Reminder | None]


def urging_table(lines: Sequence[Urged], words: Words) -> str:
    """One row per reporter that is to be reminded."""
    lang = words.lang
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"reminders.head.{name}", lang))}</th>'
        for name in _HEADS
    )
    rows = "".join(_row(line, words) for line in lines)
    title = escape.text(say("reminders.table", lang))
    lead = escape.text(say("reminders.urge_lead", lang, count=len(lines)))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2>'
        f'<span class="unit">{lead}</span></div><div class="scroll wide-table">'
        f'<table class="tbl admin"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></section>"
    )


def _row(line: Urged, words: Words) -> str:
    rung, lang = line.rung, words.lang
    addresses = escape.text(", ".join(line.addresses) or say("reminders.no_address", lang))
    cells = (
        rung.name,
        date_text(rung.due, lang),
        addresses,
        outcome(line.words.get(Channel.LETTER), lang),
        outcome(line.words.get(Channel.MAIL), lang),
    )
    return (
        f'<tr data-reporter="{escape.text(rung.reporter)}">'
        f'<th scope="row">{escape.text(reporter_name(rung.reporter, words))}</th>'
        f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    )


def outcome(one: Reminder | None, lang: str) -> str:
    """What became of a reminder: a shape with its words, and why it failed."""
    if one is None:
        return MISSING
    shape, token = _LOOK[one.outcome]
    day = date_text(local_date(one.at), lang)
    said = escape.text(say(f"reminders.outcome.{one.outcome.value}", lang, day=day))
    why = f' <span class="cap">{escape.text(one.detail)}</span>' if one.detail else ""
    return f'<span class="chip s-{token}">{glyph(shape)}{said}</span>{why}'


def once(one: Reminder, lang: str) -> str:
    """``T−1 ngày 04/10/2018 (công văn)``."""
    return say(
        "reminders.reminded_once", lang, rung=one.rung.name,
        day=date_text(local_date(one.at), lang),
        how=say(f"reminders.how.{one.channel.value}", lang),
    )  # fmt: skip


def reminded_card(known: Sequence[Reminder], words: Words) -> str:
    """Who has been reminded of what, for everybody to see; nothing where nobody has."""
    by_reporter: dict[str, list[str]] = {}
    for one in told(known):
        by_reporter.setdefault(one.rung.reporter, []).append(once(one, words.lang))
    if not by_reporter:
        return ""
    lines = "".join(
        f"<li><b>{escape.text(reporter_name(reporter, words))}</b>: "
        f"{escape.text('; '.join(said))}</li>"
        for reporter, said in by_reporter.items()
    )
    title = escape.text(say("reminders.reminded", words.lang))
    return (
        f'<section class="card reminded" lang="{words.lang}"><h2>{title}</h2><ul>{lines}</ul>'
        "</section>"
    )
