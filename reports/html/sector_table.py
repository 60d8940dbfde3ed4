"""Every figure of a sector's panels as a table: on screen below them, and to take away.

One row per indicator and period, so that whatever was drawn (value, last year, pace,
plan, forecast) stands beside its period and can be sorted and filtered in Excel.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from kpi.rounding import half_away
from reports.cells import fresh_until
from reports.export import Cell, Table
from reports.figures.course import Course, Step
from reports.figures.panel import shown
from reports.html import escape
from reports.indicator_view import IndicatorView
from reports.sector_view import SectorView
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, number, period_name

_NAMES = ("indicator", "unit", "period", "value", "previous", "expected", "plan", "forecast",
          "status")  # fmt: skip
_NUMBERS = (3, 4, 5, 7)  # columns of figures


def export_table(view: SectorView, words: Words, *, taken_at: datetime) -> Table:
    """The rows with a head that says what a sheet without its page cannot."""
    lang = words.lang
    facts = (
        ("period", period_name(view.period, lang, "to_date")),
        ("fresh", date_text(fresh_until(view.judged), lang)),
        ("vintage", moment_text(taken_at, lang)),
    )
    return Table(
        title=say("sector.table.title", lang, sector=view.sector.name.get(lang)),
        head=[(say(f"sector.table.{key}", lang), text) for key, text in facts],
        columns=[say(f"sector.table.{name}", lang) for name in _NAMES],
        rows=[row for panel in view.panels for row in _rows(panel, words)],
        sheet=say("export.sheet.figures", lang),
        decimals=None,
    )


def sector_table(view: SectorView, words: Words) -> str:
    """The same rows as HTML; the indicator's name stands once, at its first row."""
    lang = words.lang
    heads = "".join(
        f'<th scope="col"{" class=num" if n in _NUMBERS else ""}>'
        f"{escape.text(say(f'sector.table.{name}', lang))}</th>"
        for n, name in enumerate(_NAMES)
    )
    body = "".join(_group(_rows(panel, words), lang) for panel in view.panels)
    caption = escape.text(say("sector.table.caption", lang))
    return (
        f'<div class="scroll"><table class="tbl twin sector" lang="{lang}">'
        f'<caption class="sr">{caption}</caption><thead><tr>{heads}</tr></thead>{body}'
        "</table></div>"
    )


def _group(rows: Sequence[Sequence[Cell]], lang: str) -> str:
    lines = []
    for n, (name, *cells) in enumerate(rows):
        head = (
            f'<th scope="rowgroup" rowspan="{len(rows)}">{escape.text(name)}</th>' if not n else ""
        )
        lines.append(f"<tr>{head}{''.join(_cell(cell, lang) for cell in cells)}</tr>")
    return f"<tbody>{''.join(lines)}</tbody>"


def _cell(cell: Cell, lang: str) -> str:
    if isinstance(cell, Decimal):
        exponent = cell.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return f'<td class="num">{escape.text(number(cell, decimals, lang))}</td>'
    return f"<td>{escape.text(cell or '')}</td>"


def _rows(panel: IndicatorView, words: Words) -> list[tuple[Cell, ...]]:
    return [_row(step, panel, words) for step in shown(panel.course)]


def _row(step: Step, panel: IndicatorView, words: Words) -> tuple[Cell, ...]:
    """One period; plan and forecast are the year's and stand at its end, the status now."""
    course, judged = panel.course, panel.judged
    at_end = step.period.is_final and step.period.year == course.year
    now = step.period == judged.observation_period
    waits = say("note.unapproved", words.lang) if step.unapproved else ""
    ahead = judged.forecast if at_end and not judged.period.is_final else None
    return (
        panel.indicator.name.get(words.lang),
        panel.indicator.unit_of_measure.label.get(words.lang),
        period_name(step.period, words.lang, "to_date"),
        step.value,
        step.previous,
        _pace(step, course),
        words.plan(judged) if at_end and judged.target else "",
        ahead.central if ahead else None,
        words.status(judged) if now else waits,
    )


def _pace(step: Step, course: Course) -> Decimal | None:
    """What was due, as it is written elsewhere: of counted things it need not be whole."""
    if not course.paced or step.expected is None:
        return None
    whole = half_away(step.expected, course.decimals)
    counted = course.indicator.unit_of_measure.is_count
    return half_away(step.expected, 1) if counted and whole != step.expected else whole
