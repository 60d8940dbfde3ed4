"""The overview to take away: one row per indicator, numbers as numbers.

The columns are the screen's; what a sheet cannot draw is written out (where the value
should be by now, the grounds of the status, file and cell).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.rounding import half_away
from reports.cells import forecast, fresh_until, updated, variance
from reports.export import Cell, Table
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name

_COLUMNS = (
    "sector", "name", "unit", "plan", "value", "variance", "expected", "forecast", "status",
    "why", "updated", "source", "cells",
)  # fmt: skip


def export_table(
    shown: Sequence[Assessment], period: Period, words: Words, *, taken_at: datetime
) -> Table:
    """The judged indicators of the province with a head that says what and as of when."""
    lang = words.lang
    head = [
        (say("indicator.source.export_period", lang), period_name(period, lang, "to_date")),
        (say("indicator.source.export_fresh", lang), date_text(fresh_until(shown), lang)),
        (say("indicator.source.export_vintage", lang), moment_text(taken_at, lang)),
    ]
    return Table(
        title=say("overview.export.title", lang),
        head=head,
        columns=[say(f"overview.export.{name}", lang) for name in _COLUMNS],
        rows=[_row(one, words) for one in shown],
        sheet=say("export.sheet.figures", lang),
        decimals=None,
    )


def _row(one: Assessment, words: Words) -> tuple[Cell, ...]:
    indicator = words.indicator(one)
    when, by = updated(one, words)
    sources = one.known.sources if one.known else ()
    return (
        words.definitions.sectors[indicator.sector].name.get(words.lang),
        indicator.name.get(words.lang),
        words.unit(one),
        words.plan(one),
        _number(one.value, words.decimals(one)),
        variance(one, words).text,
        _number(one.expected, words.decimals(one) + 1),
        forecast(one, words).text,
        words.status(one),
        "" if one.target is None and one.value is not None else words.why(one),
        when,
        by,
        "; ".join(f"{source.file_name} {source.at}" for source in sources),
    )


def _number(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else half_away(value, decimals)
