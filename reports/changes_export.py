"""What changed since a day, to take away: all of it, where the screen lists the newest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kpi.local_time import local_date
from reports.change_lines import ChangeLine
from reports.export import Cell, Table
from texts import say
from texts.numbers import date_text, moment_text

_COLUMNS = ("indicator", "unit", "unit_of_measure", "period", "before", "after", "kind", "act",
            "at", "by", "sender", "version", "cell", "why")  # fmt: skip


def export_table(
    lines: Sequence[ChangeLine], since: date, lang: str, *, taken_at: datetime
) -> Table:
    """The lines with a head that says since when and as of when."""
    newest = max((local_date(line.at) for line in lines), default=None)
    return Table(
        title=say("changes.export.title", lang, day=date_text(since, lang)),
        head=[
            (say("changes.export.since", lang), date_text(since, lang)),
            (say("indicator.source.export_fresh", lang), date_text(newest, lang)),
            (say("indicator.source.export_vintage", lang), moment_text(taken_at, lang)),
        ],
        columns=[say(f"changes.export.{name}", lang) for name in _COLUMNS],
        rows=[_row(line, lang) for line in lines],
        sheet=say("export.sheet.changes", lang),
        decimals=None,
    )


def _row(line: ChangeLine, lang: str) -> tuple[Cell, ...]:
    return (
        line.indicator,
        line.unit,
        line.unit_of_measure,
        line.period,
        line.before if line.of_target else line.old,
        line.after if line.of_target else line.new,
        line.kind,
        line.act,
        moment_text(line.at, lang),
        line.by,
        line.sent_by,
        line.version,
        line.cell,
        line.why,
    )
