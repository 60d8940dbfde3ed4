"""The award dossier of one unit: what the council reads, with the cell behind every figure.

Targets and their status, evidence cells with the file's SHA-256, every point beside what the unit
gave itself and what was verified, how late the reports were, what was explained, and the registers.
The public extract is the same without names of people, names of files and free texts, in any of
which a person may be named. How it looks on paper is ``reports.dossier_docx``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.honours import Register, decided_by_then, in_force
from kpi.judgement import Assessment
from reports import completeness, slices
from reports.completeness_words import state_name
from reports.dossier_parts import Asked, explanation_tables, table
from reports.dossier_points import points_table
from reports.emulation_words import note, points, revision, span, totals, unit_name
from reports.export import Cell, Table
from reports.honour_words import register_table
from reports.html.strip import counted
from reports.wording import Words
from store import honours
from store.engine import Session
from texts import say
from texts.numbers import date_text, period_name


@dataclass(frozen=True)
class Dossier:
    """The whole paper, worded: a heading, some lines about the unit, and tables."""

    title: str
    unit: str
    head: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    public: bool


def dossier(session: Session, asked: Asked, marks: Sequence[str] = ()) -> Dossier:
    """Read what the standing does not hold and put it all in words.

    Args:
        marks: what must be said of the data: made up, say.
    """
    lang = asked.words.lang
    judged = slices.judged(
        session, asked.years.of(asked.found.period), asked.words.org_units,
        period=asked.found.period, units=[asked.unit], indicators=None,
        history_fixed_at=asked.fixed_at, as_of=asked.known, today=asked.today,
    )  # fmt: skip
    head = _head(asked, judged, marks)
    tables = [_targets(judged, asked), _evidence(judged, asked), points_table(asked)]
    tables.append(_lateness(session, asked))
    tables += explanation_tables(session, asked)
    tables += _registers(session, asked)
    title = say("dossier.title_public" if asked.public else "dossier.title", lang)
    unit = asked.words.org_units.units[asked.unit].name.get(lang)
    return Dossier(title, unit, tuple(head), tuple(tables), asked.public)


# --- the unit in some lines --------------------------------------------------------------


def _head(
    asked: Asked, judged: Sequence[Assessment], marks: Sequence[str]
) -> list[tuple[str, str]]:
    found, one, words, lang = asked.found, asked.placed, asked.words, asked.words.lang
    cluster = next(c.cluster for c in found.clusters if one in c.placed)
    rank = "–" if one.rank is None else str(one.rank)
    with_target = counted(judged)
    met = sum(a.status.value in ("met", "exceeded", "on_track") for a in with_target)
    ranked = (
        say("dossier.closed", lang, decision=found.closed.decision)
        if found.closed and found.period.is_final
        else say("dossier.provisional", lang)
    )
    lines = [
        ("unit", unit_name(one, words)),
        ("cluster", cluster.name.get(lang)),
        ("period", period_name(found.period, lang, "to_date")),
        ("total", points(one.score.total, found, lang)),
        ("rank", say("dossier.rank", lang, rank=rank, count=_size(asked), standing=ranked)),
        ("firm", f"{span(one, words)} · {note(one, found, words)} · {revision(one, found, words)}"),
        ("given", totals(one, found, words)),
        ("met", say("dossier.met", lang, met=met, count=len(with_target))),
        ("rules", f"{found.rules.version} · {found.rules.document.get(lang)}"),
    ]
    named = [(say(f"dossier.head.{key}", lang), text) for key, text in lines if text]
    return [*named, *((one_mark, "") for one_mark in marks)]


def _size(asked: Asked) -> int:
    cluster = next(c for c in asked.found.clusters if asked.placed in c.placed)
    return sum(one.rank is not None for one in cluster.placed)


# --- figures and their cells -------------------------------------------------------------


def _targets(judged: Sequence[Assessment], asked: Asked) -> Table:
    words = asked.words
    rows = [
        (
            words.name(one),
            words.unit(one),
            words.plan(one),
            one.value,
            _attained(one, words),
            words.status(one) if one.value is not None else _missing(one, words),
        )
        for one in counted(judged)
    ]
    columns = ("indicator", "unit", "plan", "value", "attainment", "status")
    return table(asked, "targets", columns, rows)


def _missing(one: Assessment, words: Words) -> str:
    return f"{words.status(one)}: {words.reason(one)}"


def _attained(one: Assessment, words: Words) -> Cell:
    """The figure as it is printed; with its "<" it is no number."""
    signed = "attainment" in one.explanation.signs
    return words.percentage(one, "attainment") if signed else one.attainment


def _evidence(judged: Sequence[Assessment], asked: Asked) -> Table:
    """Every cell a figure of the first table, or a scored one, was read from."""
    wanted = {one.indicator for one in counted(judged)} | set(asked.found.rules.indicators)
    rows: list[tuple[Cell, ...]] = []
    for one in judged:
        if one.indicator not in wanted or one.known is None:
            continue
        for source in one.known.sources:
            file = () if asked.public else (source.file_name,)
            at = (source.at.sheet, source.at.cell, source.file_digest)
            rows.append((asked.words.name(one), *file, *at))
    columns = ("indicator", *(() if asked.public else ("file",)), "sheet", "cell", "digest")
    return table(asked, "evidence", columns, rows)


# --- reports and registers ---------------------------------------------------------------


def _lateness(session: Session, asked: Asked) -> Table:
    period, lang = asked.found.period, asked.words.lang
    quarters = [period.at_quarter(number) for number in range(1, (period.quarter or 4) + 1)]
    reports = completeness.reports(
        session, asked.years, asked.words.org_units, quarters, today=asked.today, as_of=asked.known
    )
    rows = [
        (
            period_name(one.asked.period, lang),
            date_text(one.asked.until, lang),
            date_text(one.first.received_on, lang) if one.first else "",
            state_name(one, lang),
            one.days_over,
            one.returned,
        )
        for one in reports
        if one.asked.reporter == asked.unit
    ]
    columns = ("period", "due", "first", "state", "days", "returned")
    return table(asked, "lateness", columns, rows)


def _registers(session: Session, asked: Asked) -> Iterator[Table]:
    entries = [
        one
        for one in decided_by_then(
            in_force(honours.every(session, asked.known)), asked.found.period
        )
        if one.honour.org_unit == asked.unit
    ]
    for register in Register:
        found = [one for one in entries if one.honour.register is register]
        year = asked.found.period.year
        yield register_table(
            register, found, year, asked.words, names=not asked.public, marks=False
        )
