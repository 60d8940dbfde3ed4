"""The notes of the indicator page: why a figure was corrected, what its sender says of it,
what the definitions say; and its estimated, provisional and final value side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kpi.local_time import local_date
from kpi.observations import ObsStatus, Source
from reports.cells import reporter_name
from reports.html import escape
from reports.indicator_view import IndicatorView
from reports.vintages import KINDS, Vintage, Vintages, by_kind
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text


@dataclass(frozen=True)
class Said:
    """One note: ``by`` are all who sent it, ``days`` when the first and the last did."""

    text: str
    by: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    corrects: bool = False


def notes_card(
    view: IndicatorView, corrected: Mapping[int, str], vintages: Vintages, words: Words
) -> str:
    """The card; it says so where there are no notes.

    Args:
        corrected: what was written with a correction, by submission.
    """
    lang = words.lang
    found = [
        *_corrections(corrected, vintages),
        *_senders(view),
        *(Said(note.get(lang)) for note in view.indicator.notes),
    ]
    title = escape.text(say("indicator.notes.title", lang))
    body = "".join(_note(one, words) for one in found)
    nothing = escape.text(say("indicator.notes.none", lang))
    shown = f"<ul>{body}</ul>" if found else f'<p class="cap">{nothing}</p>'
    return f'<section class="card remarked" lang="{lang}"><h2>{title}</h2>{shown}</section>'


def _corrections(corrected: Mapping[int, str], vintages: Vintages) -> list[Said]:
    """Newest first; one that corrected several units is one note."""
    sent = {one.submission: one for versions in vintages.values() for one in versions}
    return [
        Said(corrected[number], (one.reporter,), (local_date(one.received_at),), corrects=True)
        for number, one in sorted(sent.items(), reverse=True)
        if corrected.get(number)
    ]


def _senders(view: IndicatorView) -> list[Said]:
    """What stands beside the figures in the workbooks; the same words of many are one note."""
    found: dict[str, list[Source]] = {}
    for one in view.shown:
        known = one.original or one.known
        for cell in (known, *known.parts) if known is not None else ():
            if cell.note and cell.source is not None:
                found.setdefault(cell.note, []).append(cell.source)
    return [_of_senders(text, sources) for text, sources in found.items()]


def _of_senders(text: str, sources: Iterable[Source]) -> Said:
    who = dict.fromkeys(source.reporter for source in sources)
    days = {local_date(source.received_at) for source in sources}
    return Said(text, tuple(who), tuple(sorted({min(days), max(days)})))


def _note(one: Said, words: Words) -> str:
    css = ' class="corrects"' if one.corrects else ""
    by = f"<small>{escape.text(_signed(one, words))}</small>" if one.by else ""
    return f"<li{css}>{escape.text(one.text)}{by}</li>"


def _signed(one: Said, words: Words) -> str:
    """ "Sở Tài chính · 04/10/2018", or how many have said it between which days."""
    days = " – ".join(date_text(day, words.lang) for day in one.days)
    if len(one.by) > 2:
        who = say("indicator.notes.senders", words.lang, count=len(one.by))
    else:
        who = ", ".join(reporter_name(reporter, words) for reporter in one.by)
    return f"{who} · {days}"


# --- estimated, provisional, final -------------------------------------------------------


def kinds_card(view: IndicatorView, vintages: Vintages, words: Words) -> str:
    """A table of the kinds; nothing where no unit has its figure in more than one."""
    several = {
        one.org_unit: kinds
        for one in view.shown
        if len(kinds := by_kind(vintages.get(one.org_unit, ()))) > 1
    }
    if not several:
        return ""
    lang = words.lang
    present = [kind for kind in KINDS if any(kind in kinds for kinds in several.values())]
    heads = "".join(
        f'<th scope="col" class="num">{escape.text(say(f"kind.{kind.value}", lang))}</th>'
        for kind in present
    )
    rows = "".join(_kinds(unit, kinds, present, view, words) for unit, kinds in several.items())
    return (
        f'<section class="card kinds" lang="{lang}">'
        f"<h2>{escape.text(say('indicator.notes.kinds', lang))}</h2>"
        f'<table class="tbl"><thead><tr><th scope="col">'
        f"{escape.text(say('indicator.source.unit', lang))}</th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table></section>"
    )


def _kinds(
    unit: str,
    kinds: Mapping[ObsStatus, Vintage],
    present: Sequence[ObsStatus],
    view: IndicatorView,
    words: Words,
) -> str:
    judged = next(one for one in view.shown if one.org_unit == unit)
    cells = "".join(
        f'<td class="num">{escape.text(words.figure(judged, kinds[kind].value))}'
        f"<small>{date_text(local_date(kinds[kind].received_at), words.lang)}</small></td>"
        if kind in kinds
        else f'<td class="num">{MISSING}</td>'
        for kind in present
    )
    name = escape.text(words.org_units.units[unit].short.get(words.lang))
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'
