"""The overview's title row, its period names, and the line that only paper shows."""

from __future__ import annotations

from datetime import date, datetime

from kpi.periods import Period
from reports.cells import Cell, fresh_text
from reports.html import escape
from reports.html.page import freshness
from texts import say
from texts.numbers import moment_text, period_name

_SPANS = {1: "first_quarter", 4: "whole_year"}
_OPTIONS = {1: "period_option_first", 4: "period_option_year"}


def title(period: Period, fresh: Cell, lang: str) -> str:
    """Heading, and below it: whole province, which months, how fresh the figures are."""
    span = _SPANS.get(period.quarter, "to_date")
    months = period_name(period, lang, "months")
    caption = (
        say("overview.whole_province", lang),
        say(f"overview.{span}", lang, months=months, year=period.year),
    )
    heading = escape.text(say("overview.title", lang, year=period.year))
    return (
        f'<header class="title" lang="{lang}"><h1>{heading}</h1>'
        f"<p>{escape.text(' · '.join(caption))} · {freshness(fresh)}</p></header>"
    )


def head(period: Period, fresh: Cell, choices: str, lang: str) -> str:
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
    parts = [say("overview.printed.at", lang, moment=moment_text(moment, lang))]
    if by:
        parts.append(say("overview.printed.by", lang, name=by))
    if period is not None:
        parts.append(say("overview.printed.period", lang, period=period_name(period, lang)))
        parts.append(fresh_text(fresh, lang))
    return f'<p class="print-only" lang="{lang}">{escape.text(" · ".join(parts))}</p>'
