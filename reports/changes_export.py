"""What changed since a day, to take away: all of it, where the screen lists the newest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd

from kpi.periods import Period
from kpi.rounding import half_away
from reports.export import Cell, Table
from reports.wording import Words
from texts import say
from texts.numbers import date_text, local, moment_text, period_name

_COLUMNS = ("indicator", "unit", "unit_of_measure", "period", "before", "after", "kind",
            "approved", "approver", "version", "cell", "why")  # fmt: skip


def export_table(frame: pd.DataFrame, since: date, words: Words, *, taken_at: datetime) -> Table:
    """The rows of ``store.series.changes`` with a head that says since when and as of when."""
    lang = words.lang
    newest = max((local(at).date() for at in frame["approved_at"]), default=None)
    return Table(
        title=say("changes.export.title", lang, day=date_text(since)),
        head=[
            (say("changes.export.since", lang), date_text(since)),
            (say("indicator.source.export_fresh", lang), date_text(newest)),
            (say("indicator.source.export_vintage", lang), moment_text(taken_at)),
        ],
        columns=[say(f"changes.export.{name}", lang) for name in _COLUMNS],
        rows=[_row(row, words) for row in frame.to_dict("records")],
        sheet=say("export.sheet.changes", lang),
        decimals=None,
    )


def _row(row: Mapping[Any, Any], words: Words) -> tuple[Cell, ...]:
    lang = words.lang
    indicator = words.definitions.indicators.get(row["indicator"])
    unit = words.org_units.units.get(row["org_unit"])
    rule = indicator.levels.get(unit.level) if indicator and unit else None
    decimals = rule.decimals if rule else None
    return (
        indicator.name.get(lang) if indicator else row["indicator"],
        unit.name.get(lang) if unit else row["org_unit"],
        indicator.unit_of_measure.name.get(lang) if indicator else "",
        period_name(Period.parse(row["period"]), lang),
        _figure(row["old"], decimals),
        _figure(row["value"], decimals),
        say(f"kind.{row['status']}", lang),
        moment_text(row["approved_at"]),
        row["approved_by"],
        f"v{row['revision']}",
        f"{row['sheet']}!{row['cell']}",
        row["note"],
    )


def _figure(value: Decimal | None, decimals: int | None) -> Decimal | None:
    return value if value is None or decimals is None else half_away(value, decimals)
