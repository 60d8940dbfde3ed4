"""What goes to the meeting: the summary, sentences by group, and the annexes, as data.

Every figure is worded by the same functions as the screens', so that paper and screen cannot
differ. How it looks on paper is ``reports.meeting_docx``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from kpi.coherence import Gap
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from reports.cells import forecast, fresh_until, updated, variance
from reports.coherence import Compared, compared
from reports.html.bullet import Drawing, drawing
from reports.html.strip import counted, lead
from reports.marks import marked
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name

# The groups of the sentences, in the order a meeting takes them.
GROUPS: Mapping[str, tuple[Status, ...]] = {
    "good": (Status.MET, Status.EXCEEDED),
    "on_track": (Status.ON_TRACK,),
    "bad": (Status.OFF_TRACK, Status.MISSED, Status.AT_RISK),
    "unknown": (Status.INCOMPLETE, Status.NOT_ASSESSABLE, Status.NOT_DUE),
}


@dataclass(frozen=True)
class Row:
    """One indicator as the summary table prints it; ``drawn`` None: there is no bullet."""

    number: str
    name: str
    unit: str
    plan: str
    value: str
    variance: str
    status: str
    why: str
    forecast: str
    source: str
    drawn: Drawing | None
    spoken: str


@dataclass(frozen=True)
class Section:
    """Some rows under one heading; ``said`` stands below it."""

    heading: str
    rows: tuple[Row, ...]
    said: str = ""


@dataclass(frozen=True)
class Pack:
    """The whole report, worded."""

    subject: str
    lead: str
    fresh: str
    summary: tuple[Section, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]  # heading, sentences
    districts: tuple[Section, ...]
    wholes: Compared  # parts and wholes
    marks: tuple[str, ...]  # what must be said of the data: made up, not all approved


def pack(
    province: Sequence[Assessment],
    districts: Sequence[Assessment],
    period: Period,
    words: Words,
    *,
    made_at: datetime,
    wholes: Sequence[Gap] = (),
    marks: Sequence[str] = (),
) -> Pack:
    """The report of a period.

    Args:
        province: what the overview shows; followed indicators are left out.
        districts: what the districts' screens show, of all of them.
        wholes: the gaps between parts and wholes of the period.
    """
    lang, judged = words.lang, counted(province)
    day = date_text(fresh_until(province), lang)
    months = period_name(period, lang, "months")
    return Pack(
        subject=say("meeting.subject", lang, year=period.year, months=months),
        lead=lead(province, words),
        fresh=say("meeting.fresh", lang, day=day, moment=moment_text(made_at, lang)),
        summary=_by_sector(judged, words),
        groups=tuple(_group(name, judged, words) for name in GROUPS),
        districts=_by_district(districts, words),
        wholes=compared(wholes, words),
        marks=tuple(marks),
    )


def sentence(one: Assessment, words: Words) -> str:
    """Number and cause of one indicator."""
    why = "; ".join([words.why(one), *words.notes(one)])
    facts = {"name": words.name(one), "plan": _with_unit(words.plan(one), one, words), "why": why}
    if one.value is None:
        return say("meeting.sentence_missing", words.lang, **facts)
    value = _with_unit(words.value(one), one, words)
    return say("meeting.sentence", words.lang, value=value, **facts)


def _with_unit(text: str, one: Assessment, words: Words) -> str:
    unit = words.unit(one)
    if not any(sign.isdigit() for sign in text):
        return text  # "below the same period of last year"
    return f"{text}{'' if unit.startswith('%') else ' '}{unit}"


def _group(name: str, judged: Sequence[Assessment], words: Words) -> tuple[str, tuple[str, ...]]:
    """The most urgent status first, else the decree's order."""
    members = sorted(
        (one for one in judged if one.status in GROUPS[name]),
        key=lambda one: GROUPS[name].index(one.status) if name == "bad" else 0,
    )
    heading = say(f"meeting.groups.{name}", words.lang, count=len(members))
    return heading, tuple(sentence(one, words) for one in members)


def _by_sector(judged: Sequence[Assessment], words: Words) -> tuple[Section, ...]:
    numbers = {i.id: str(n) for n, i in enumerate(words.definitions.numbered(), start=1)}
    found = []
    for id_, members in groupby(judged, key=lambda one: words.indicator(one).sector):
        sector = words.definitions.sectors[id_]
        rows = tuple(_row(one, numbers, words) for one in members)
        found.append(Section(f"{sector.number}. {sector.name.get(words.lang)}", rows))
    return tuple(found)


def _by_district(judged: Sequence[Assessment], words: Words) -> tuple[Section, ...]:
    numbers = {i.id: str(n) for n, i in enumerate(words.definitions.numbered(), start=1)}
    by_unit: dict[str, list[Assessment]] = {}
    for one in counted(judged):
        by_unit.setdefault(one.org_unit, []).append(one)
    return tuple(
        Section(
            words.org_units.units[unit].name.get(words.lang),
            tuple(_row(one, numbers, words) for one in members),
            _counts(members, words),
        )
        for unit, members in by_unit.items()
    )


def _counts(members: Sequence[Assessment], words: Words) -> str:
    number = {
        name: sum(one.status in statuses for one in members) for name, statuses in GROUPS.items()
    }
    return say("meeting.annex.counts", words.lang, count=len(members), **number)


def _row(one: Assessment, numbers: Mapping[str, str], words: Words) -> Row:
    when, by = updated(one, words)
    return Row(
        number=numbers.get(one.indicator, ""),
        name=words.name(one),
        unit=words.unit(one),
        plan=words.plan(one),
        value=words.value(one),
        variance=variance(one, words).text,
        status=marked(one, words),
        why="; ".join([words.why(one), *words.notes(one)]),
        forecast=forecast(one, words).text,
        source=f"{by}, {when}" if by else when,
        drawn=drawing(one),
        spoken=words.bullet_sentence(one),
    )
