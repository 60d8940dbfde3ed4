"""A submission's tables to take away: what the check found, what would change, an excerpt.

The screen counts blank cells beyond a few and shortens long texts; the file has every
finding in full. What somebody wrote into a workbook is text here as well, never a formula
(``reports.export``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from kpi.changes import Change
from kpi.excerpts import Excerpt, ExcerptCell
from kpi.findings import Finding, Severity
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.plans import PlanChange
from kpi.rounding import half_away
from reports.change_lines import plan_text
from reports.export import Cell, Table
from reports.html.change_table import what_changed
from reports.html.excerpt import cell_text
from reports.html.findings_table import figure_name, in_order
from reports.wording import Words
from texts import say
from texts.findings import message
from texts.numbers import date_text, moment_text, period_name

_CHECK = ("level", "cell", "indicator", "unit", "read", "problem", "explanation")
_CHANGE = ("indicator", "org_unit", "unit", "before", "after", "what", "cell")


@dataclass(frozen=True)
class Sent:
    """Whose workbook the tables are about; ``received_at`` of a file not sent yet is now."""

    reporter: str  # its name
    period: Period
    file_name: str
    received_at: datetime
    taken_at: datetime
    revision: int | None = None

    def head(self, lang: str) -> list[tuple[str, str]]:
        """What a sheet without its page cannot say."""
        file = self.file_name if self.revision is None else f"{self.file_name} (v{self.revision})"
        received = date_text(local_date(self.received_at), lang)
        return [
            (say("source.facts.reporter", lang), self.reporter),
            (say("source.facts.file", lang), file),
            (say("indicator.source.export_period", lang), period_name(self.period, lang)),
            (say("indicator.source.export_fresh", lang), received),
            (say("indicator.source.export_vintage", lang), moment_text(self.taken_at, lang)),
        ]


def tables(
    findings: Sequence[Finding], changes: Sequence[Change], sent: Sent, words: Words
) -> list[Table]:
    """What the check found, and what would change where that is known."""
    changed = [change_table(changes, sent, words)] if changes else []
    return [check_table(findings, sent, words), *changed]


def plan_tables(
    findings: Sequence[Finding], changes: Sequence[PlanChange], sent: Sent, words: Words
) -> list[Table]:
    """The same for a plan workbook: what would be laid down, unit by unit."""
    checked = check_table(findings, sent, words)
    return [checked, _plan_table(changes, sent, words)] if changes else [checked]


def _plan_table(changes: Sequence[PlanChange], sent: Sent, words: Words) -> Table:
    lang, title = words.lang, say("export.sheet.changes", words.lang)
    return Table(
        title=f"{title}: {sent.reporter}",
        head=sent.head(lang),
        columns=[say(f"export.change.{name}", lang) for name in _CHANGE],
        rows=[_plan_change(one, words) for one in changes],
        sheet=title,
    )


def _plan_change(one: PlanChange, words: Words) -> tuple[Cell, ...]:
    lang, new = words.lang, one.new
    indicator = words.definitions.indicators[new.indicator]
    none = say("submit.plan.none_before", lang)
    what = say("submit.change.new", lang) if one.old is None else ""
    return (
        indicator.name.get(lang),
        words.org_units.units[new.org_unit].name.get(lang),
        indicator.unit_of_measure.name.get(lang),
        none if one.old is None else plan_text(one.old, lang),
        plan_text(new, lang),
        what if one.differs else say("export.change.stays", lang),
        str(one.at),
    )


def check_table(findings: Sequence[Finding], sent: Sent, words: Words) -> Table:
    """Every finding with its cell and what to do about it."""
    lang, title = words.lang, say("export.sheet.check", words.lang)
    return Table(
        title=f"{title}: {sent.reporter}",
        head=sent.head(lang),
        columns=[say(f"export.check.{name}", lang) for name in _CHECK],
        rows=[_finding(one, words) for one in in_order(findings)],
        sheet=title,
    )


def _finding(one: Finding, words: Words) -> tuple[Cell, ...]:
    lang, known = words.lang, words.definitions.indicators.get(one.indicator)
    level = "error" if one.severity is Severity.ERROR else "warning"
    return (
        say(f"submit.check.{level}", lang),
        str(one.at) if one.at else say("submit.check.whole_file", lang),
        figure_name(one.indicator, one.org_unit, words.definitions, words.org_units, lang),
        known.unit_of_measure.name.get(lang) if known else "",
        one.found,
        message(one, lang),
        one.explanation,
    )


def change_table(changes: Sequence[Change], sent: Sent, words: Words) -> Table:
    """Old → new for every figure of the workbook, those that stay as they are included."""
    lang, title = words.lang, say("export.sheet.changes", words.lang)
    return Table(
        title=f"{title}: {sent.reporter}",
        head=sent.head(lang),
        columns=[say(f"export.change.{name}", lang) for name in _CHANGE],
        rows=[_change(one, words) for one in changes],
        decimals=None,
        sheet=title,
    )


def _change(one: Change, words: Words) -> tuple[Cell, ...]:
    lang, stated = words.lang, one.observation
    indicator = words.definitions.indicators[stated.indicator]
    unit = words.org_units.units[stated.org_unit]
    decimals = indicator.decimals_at(unit.level)
    new, stays = say("submit.change.none_before", lang), say("export.change.stays", lang)
    return (
        indicator.name.get(lang),
        unit.name.get(lang),
        indicator.unit_of_measure.name.get(lang),
        new if one.old is None else _figure(one.old.value, decimals, lang),
        _figure(stated.value, decimals, lang),
        what_changed(one, indicator, decimals, lang) if one.differs else stays,
        str(stated.at),
    )


def _figure(value: Decimal | None, decimals: int, lang: str) -> Cell:
    """A number as it is printed; a figure that is not available says so and is not empty."""
    return say("submit.change.no_value", lang) if value is None else half_away(value, decimals)


def excerpt_table(found: Excerpt, sent: Sent, words: Words) -> Table:
    """The rows around a cell, letters above and numbers at the left, as they were sent."""
    lang = words.lang
    cell = (say("indicator.source.cell", lang), f"{found.sheet}!{found.column}{found.row}")
    formula = [(say("export.formula", lang), found.cell.formula)] if found.cell.formula else []
    return Table(
        title=say("source.table", lang, cell=f"{found.column}{found.row}", sheet=found.sheet),
        head=[cell, *formula, *sent.head(lang)],
        columns=[say("source.row", lang), *found.columns],
        rows=[(row.number, *(_as_sent(one, lang) for one in row.cells)) for row in found.rows],
        decimals=None,
        sheet=say("export.sheet.excerpt", lang),
    )


def _as_sent(cell: ExcerptCell, lang: str) -> Cell:
    if cell.number is None or cell.percent:
        return cell_text(cell, lang)
    return half_away(cell.number, cell.decimals)
