"""Where every figure of the screen comes from: version, file, cell, time (UI 2.5).

A reported figure names its cell. A sum says on how many units it rests; a ratio names its
two inputs, and they name their cells. What a correction replaced stands in the last
column; what the senders say of their figures stands beside the table (``notes_card``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kpi.judgement import Assessment
from kpi.observations import Known, ObsStatus, Source
from kpi.rounding import half_away
from reports.cells import fresh_until, reporter_name
from reports.export import Cell, Table
from reports.html import escape
from reports.html.cell_link import cell_link
from reports.html.indicator_head import column_period
from reports.indicator_view import IndicatorView
from reports.vintages import Vintages, replaced
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text, moment_text, number, period_name

LONG = 14  # rows; more are read across the page, and the first of them only


@dataclass(frozen=True)
class Row:
    """One line of the table; ``depth`` 1 is an input of the ratio above it.

    ``note`` is what we say of the figure, ``said`` what its sender has written beside it.
    """

    name: str
    value: Decimal | None
    written: str
    source: Source | None = None
    note: str = ""
    said: str = ""
    depth: int = 0
    unapproved: bool = False


def rows(assessed: Iterable[Assessment], words: Words, vintages: Vintages) -> list[Row]:
    """One row per organisation unit, each computed figure followed by its own inputs."""
    result: list[Row] = []
    for assessment in assessed:
        result += _rows_of(assessment, words, vintages)
    return result


def _rows_of(assessment: Assessment, words: Words, vintages: Vintages) -> list[Row]:
    name = words.org_units.units[assessment.org_unit].short.get(words.lang)
    # the figure as it was reported; a conversion is said in the note
    known = assessment.original or assessment.known
    if known is None or known.value is None:
        return [_missing(assessment, known, name, words)]
    notes = [
        say("indicator.source.replaces", words.lang, version=old.revision,
            value=words.figure(assessment, old.value))
        for old in replaced(vintages.get(assessment.org_unit, ()))
    ]  # fmt: skip
    if assessment.original is not None:
        converted = words.figure(assessment, assessment.value)
        notes.append(say("indicator.source.converted", words.lang, value=converted))
    if known.source is None:
        notes.insert(0, _computed(known, words))
    status = known.status.value
    if known.status in (ObsStatus.ESTIMATE, ObsStatus.PROVISIONAL):
        notes.insert(0, say(f"kind.{status}", words.lang))
    if known.unapproved:
        notes.insert(0, say("note.unapproved", words.lang))
    value = half_away(known.value, words.decimals(assessment))
    written = words.figure(assessment, known.value)
    row = Row(
        name, value, written, known.source, "; ".join(notes), known.note,
        unapproved=known.unapproved,
    )  # fmt: skip
    return [row, *_inputs(assessment.known or known, words)]


def export_table(
    found: Sequence[Row], view: IndicatorView, words: Words, *, taken_at: datetime
) -> Table:
    """The same rows to take away, with sheet and cell in columns of their own.

    The head says what a sheet without its page cannot: unit of measure, period, how new
    the figures are and when they were taken.
    """
    names = ("unit", "value", "version", "file", "sheet", "cell", "received", "by", "note",
             "said")  # fmt: skip
    lang = words.lang
    facts = {
        "unit_of_measure": view.indicator.unit_of_measure.name.get(lang),
        "period": period_name(view.judged.observation_period, lang, "to_date"),
        "fresh": date_text(fresh_until(view.shown), lang),
        "vintage": moment_text(taken_at, lang),
    }
    return Table(
        title=view.indicator.name.get(lang),
        head=[(say(f"indicator.source.export_{key}", lang), text) for key, text in facts.items()],
        columns=[say(f"indicator.source.{name}", lang) for name in names],
        rows=[_exported(row, words) for row in found],
        sheet=say("export.sheet.figures", lang),
        decimals=max(rule.decimals for rule in view.indicator.levels.values()),
    )


def _exported(row: Row, words: Words) -> tuple[Cell, ...]:
    name = f"   {row.name}" if row.depth else row.name
    source = row.source
    if source is None:
        return (name, row.value, "", "", "", "", "", "", row.note, row.said)
    received = moment_text(source.received_at, words.lang)
    return (
        name, row.value, f"v{source.revision}", source.file_name, source.at.sheet,
        source.at.cell, received, reporter_name(source.reporter, words), row.note, row.said,
    )  # fmt: skip


def _missing(assessment: Assessment, known: Known | None, name: str, words: Words) -> Row:
    source = known.source if known else None
    return Row(name, None, MISSING, source, words.reason(assessment))


def _computed(known: Known, words: Words) -> str:
    indicator = words.definitions.indicators[known.indicator]
    if known.coverage is None and len(known.parts) == 2:
        top, bottom = (number(part.value, 0, words.lang) for part in known.parts)
        return say("indicator.source.ratio", words.lang, top=top, bottom=bottom)
    if indicator.numerator and indicator.denominator:
        top, bottom = (
            words.definitions.indicators[one].short.get(words.lang)
            for one in (indicator.numerator, indicator.denominator)
        )
        said = say("indicator.source.ratio", words.lang, top=top, bottom=bottom)
    else:
        said = say("indicator.source.sum", words.lang)
    if known.coverage is None or len(known.coverage.expected) < 2:
        return said
    present, expected = len(known.coverage.present), len(known.coverage.expected)
    units = say("overview.units", words.lang, present=present, expected=expected)
    return f"{said}, {units}"


def _inputs(known: Known, words: Words) -> list[Row]:
    """A unit's own inputs. A province's parts are the districts, which have their rows."""
    result = []
    for part in known.parts:
        if part.org_unit != known.org_unit or part.indicator == known.indicator:
            continue
        indicator = words.definitions.indicators[part.indicator]
        level = words.org_units.units[part.org_unit].level
        written = number(part.value, indicator.decimals_at(level), words.lang)
        unit = indicator.unit_of_measure.label.get(words.lang)
        name = f"{indicator.short.get(words.lang)} ({unit})"
        waits = say("note.unapproved", words.lang) if part.unapproved else ""
        result.append(
            Row(name, part.value, written, part.source, waits, part.note, 1, part.unapproved)
        )
    return result


# --- HTML --------------------------------------------------------------------------------


def heading(lang: str) -> str:
    """The card's title."""
    return f'<h2 lang="{lang}">{escape.text(say("indicator.source.title", lang))}</h2>'


def source_table(found: Sequence[Row], view: IndicatorView, words: Words) -> str:
    """The table of the page."""
    lang = words.lang
    heads = (
        ("unit", ""), ("value", "num"), ("version", ""), ("file", ""), ("received", ""),
        ("by", ""), ("note", ""),
    )  # fmt: skip
    when = column_period(view.indicator, view.period, lang)
    names = {key: escape.text(say(f"indicator.source.{key}", lang)) for key, _ in heads}
    unit = view.indicator.unit_of_measure.label.get(lang)
    names["value"] = f"{escape.text(when)}<br>({escape.text(unit)})"
    head = "".join(f'<th scope="col" class="{css}">{names[key]}</th>' for key, css in heads)
    body = "".join(_row(row, view, words) for row in found)
    return (
        f'<table class="tbl sources" lang="{lang}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{_rest(len(found), lang)}"
    )


def _rest(count: int, lang: str) -> str:
    """What opens a long table; the style sheet hides its rest until then, never on paper."""
    if count <= LONG:
        return ""
    more = escape.text(say("indicator.source.all_rows", lang, count=count))
    less = escape.text(say("indicator.source.fewer_rows", lang))
    return (
        f'<details class="rest" lang="{lang}"><summary><span class="more">{more}</span>'
        f'<span class="less">{less}</span></summary></details>'
    )


def _row(row: Row, view: IndicatorView, words: Words) -> str:
    css = "input" if row.depth else "missing" if row.value is None else ""
    version, where, received, by = "", "", "", ""
    written = escape.text(row.written)
    if row.unapproved:
        written = f'<span class="pend"><b>{written}</b></span>'
    if row.source is not None:
        version = f'<span class="ver">v{row.source.revision}</span>'
        link = cell_link(
            row.source, words.lang,
            indicator=view.indicator.id, period=view.period, org_unit=view.org_unit.code,
        )  # fmt: skip
        where = f'<span class="file">{escape.text(row.source.file_name)}</span> {link}'
        received = escape.text(moment_text(row.source.received_at, words.lang))
        by = escape.text(reporter_name(row.source.reporter, words))
    return (
        f'<tr class="{css}"><th scope="row">{escape.text(row.name)}</th>'
        f'<td class="num">{written}</td><td>{version}</td>'
        f'<td class="where">{where}</td><td class="when">{received}</td>'
        f'<td class="by">{by}</td><td class="note">{escape.text(row.note)}</td></tr>'
    )
