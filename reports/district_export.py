"""The scorecard of one district to take away: one row per indicator, numbers as numbers.

Columns are the screen's, with what a sheet cannot show as a drawing written out: the figure
that is compared, its median, by what, and the grounds of the status.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from kpi.rounding import half_away
from reports.cells import fresh_until
from reports.district_view import DistrictView, Standing
from reports.export import Cell, Table
from reports.ranking import HUNDRED, By, rank_text
from reports.wording import Words
from texts import say
from texts.numbers import date_text, moment_text, period_name

_SHARED = {"name": "overview.column.name", "unit": "overview.column.unit"}
_COLUMNS = (
    "sector", "name", "unit", "plan", "value", "compared", "median", "compared_by", "rank", "of",
    "status", "why",
)  # fmt: skip


def export_table(found: DistrictView, words: Words, *, taken_at: datetime) -> Table:
    """The table with the head that says what a sheet without its page cannot."""
    lang = words.lang
    head = [
        (say("indicator.source.export_period", lang), period_name(found.period, lang, "to_date")),
        (say("indicator.source.export_fresh", lang), date_text(fresh_until(found.judged), lang)),
        (say("indicator.source.export_vintage", lang), moment_text(taken_at, lang)),
    ]
    return Table(
        title=say("district.export.title", lang, unit=found.org_unit.name.get(lang)),
        head=head,
        columns=[say(_SHARED.get(n, f"district.export.{n}"), lang) for n in _COLUMNS],
        rows=[_row(one, words) for one in (*found.targeted, *found.followed)],
        sheet=say("export.sheet.figures", lang),
        decimals=None,
    )


def _row(standing: Standing, words: Words) -> tuple[Cell, ...]:
    own, lang = standing.own, words.lang
    indicator = words.indicator(own)
    value = None if own.value is None else half_away(own.value, words.decimals(own))
    return (
        words.definitions.sectors[indicator.sector].name.get(lang),
        indicator.name.get(lang),
        words.unit(own),
        words.plan(own),
        value,
        _compared(standing, standing.level),
        _compared(standing, standing.median),
        say(f"district.by.{standing.by.value}", lang, unit=words.unit(own)),
        rank_text(standing.rank),
        standing.ranked,
        words.status(own),
        "" if own.target is None and own.value is not None else words.why(own),
    )


def _compared(standing: Standing, level: Decimal | None) -> Decimal | None:
    """The figure as it is written on the screen: a change with its sign."""
    if level is None or standing.by is By.VALUE:
        return level
    return half_away(HUNDRED - level if standing.by is By.CHANGE else level, 1)
