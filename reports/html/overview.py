"""The overview's title row, its period names, and the line that only paper shows."""

from __future__ import annotations

from datetime import date, datetime

from kpi.periods import Period
from reports.html import escape
from reports.html.page import title as page_title
from texts import say
from texts.numbers import date_text, moment_text, period_name

_SPANS = {1: "first_quarter", 4: "whole_year"}
_OPTIONS = {1: "period_option_first", 4: "period_option_year"}


def title(period: Period, fresh: date | None, lang: str) -> str:
    """Heading, and below it: whole province, which months, how fresh the figures are."""
    span = _SPANS.get(period.quarter, "to_date")
    months = period_name(period, lang, "months")
    caption = (
        say("overview.whole_province", lang),
        say(f"overview.{span}", lang, months=months, year=period.year),
        _fresh(fresh, lang),
    )
    heading = say("overview.title", lang, year=period.year)
    return page_title(heading, " · ".join(caption), lang)


def head(period: Period, fresh: date | None, choices: str, lang: str) -> str:
    """The title row: heading at the left, the selects at the right."""
    return f'<div class="head">{title(period, fresh, lang)}{choices}</div>'


def option(period: Period, lang: str) -> str:
    """A period in the select: ``Quý III/2018 (luỹ kế 9 tháng)``."""
    return say(
        f"overview.{_OPTIONS.get(period.quarter, 'period_option')}",
        lang,
        quarter=period_name(period, lang),
        months=period_name(period, lang, "months"),
    )


def printed(period: Period | None, fresh: date | None, moment: datetime, by: str, lang: str) -> str:
    """What a sheet of paper must say about itself, above everything else on it.

    Args:
        period: None where a screen shows no figures of a period.
        by: who has signed in; empty where nobody has.
    """
    parts = [say("overview.printed.at", lang, moment=moment_text(moment))]
    if by:
        parts.append(say("overview.printed.by", lang, name=by))
    if period is not None:
        parts.append(say("overview.printed.period", lang, period=period_name(period, lang)))
        parts.append(_fresh(fresh, lang))
    return f'<p class="print-only" lang="{lang}">{escape.text(" · ".join(parts))}</p>'


def _fresh(fresh: date | None, lang: str) -> str:
    if fresh is None:
        return say("overview.no_data_yet", lang)
    return say("overview.fresh", lang, date=date_text(fresh))
