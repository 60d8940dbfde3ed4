"""Completeness and timeliness in words: the conclusion, a cell, a percentage, and the table
to take away. One wording for screen, command and documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi.completeness import Filing, Report, counts
from kpi.rounding import printable_percent
from reports.cells import reporter_name
from reports.export import Cell, Table
from reports.overdue import overdue
from reports.wording import Words
from texts import say
from texts.numbers import MISSING, date_text, number, period_name

_COLUMNS = ("period", "state", "due", "excepted", "first", "days", "expected")


def percentage(report: Report, count: int, lang: str) -> str:
    """``96,4%``; a dash where nothing is asked for, which is no zero."""
    exact = report.share(count)
    if exact is None:
        return MISSING
    sign, value = printable_percent(exact)
    decimals = max(1, -int(value.as_tuple().exponent))
    return f"{sign}{number(value, decimals, lang)}%"


def state_name(report: Report, lang: str) -> str:
    return say(f"completeness.state.{report.state.value}", lang)


def brief(report: Report, lang: str) -> str:
    """What a cell of the matrix says beside its shape: a day, or how many days over."""
    state = report.state
    if state is Filing.MISSING:
        return overdue(report.asked.until, report.days_over, lang)
    if state is Filing.LATE:
        return say("completeness.cell.late", lang, days=report.days_over)
    if state in (Filing.TO_FIX, Filing.NONE):
        return say(f"completeness.cell.{state.value}", lang)
    day = report.first.received_on if report.first else report.asked.until
    return date_text(day, lang, year=day.year != report.asked.period.year)


def spoken(report: Report, words: Words) -> str:
    """The whole cell as a sentence."""
    asked, lang = report.asked, words.lang
    facts = {
        "reporter": reporter_name(asked.reporter, words),
        "period": period_name(asked.period, lang, "inside"),
        "state": state_name(report, lang),
        "due": date_text(asked.until, lang),
        "excepted": say("completeness.excepted", lang) if asked.excepted else "",
        "counts": say(
            "completeness.counts", lang, expected=asked.expected, filled=report.filled,
            valid=report.valid, accepted=report.accepted,
        ),
    }  # fmt: skip
    if report.first is None:
        return say("completeness.spoken", lang, **facts)
    first = date_text(report.first.received_on, lang)
    return say("completeness.spoken_first", lang, first=first, **facts)


def lead(reports: Sequence[Report], words: Words) -> str:
    """The conclusion about one period, made from the same counts as the strip."""
    lang, number_of = words.lang, counts(reports)
    period = period_name(reports[0].asked.period, lang) if reports else ""
    obliged = len(reports) - number_of[Filing.NONE]
    if not obliged:
        return say("completeness.lead.nobody", lang, period=period)
    in_time = number_of[Filing.ON_TIME]
    if in_time == obliged:
        return say("completeness.lead.all", lang, period=period, count=obliged)
    sent = in_time + number_of[Filing.LATE]
    said = say(
        "completeness.lead.sent", lang, period=period, sent=sent, count=obliged, on_time=in_time
    )
    missing = [one for one in reports if one.state is Filing.MISSING]
    if len(missing) == 1:
        unit = reporter_name(missing[0].asked.reporter, words)
        over = overdue(missing[0].asked.until, missing[0].days_over, lang)
        return f"{said} {say('completeness.lead.missing_one', lang, unit=unit, overdue=over)}"
    if missing:
        return f"{said} {say('completeness.lead.missing_some', lang, missing=len(missing))}"
    return said


def export_table(reports: Sequence[Report], words: Words, today: date) -> Table:
    """One row per reporter and period, counts as numbers."""
    lang = words.lang
    names = [say("completeness.table.reporter", lang)]
    names += [say(f"completeness.export.{name}", lang) for name in _COLUMNS]
    names += [say(f"completeness.table.{name}", lang) for name in ("filled", "valid", "accepted")]
    return Table(
        title=say("completeness.export.title", lang),
        head=[(say("completeness.export.as_of", lang), date_text(today, lang))],
        columns=[*names, say("completeness.export.percent", lang)],
        rows=[_row(one, words) for one in reports],
        sheet=say("completeness.export.sheet", lang),
        decimals=None,
    )


def _row(report: Report, words: Words) -> tuple[Cell, ...]:
    asked, lang = report.asked, words.lang
    exact = report.share(report.accepted)
    return (
        reporter_name(asked.reporter, words),
        period_name(asked.period, lang),
        state_name(report, lang),
        date_text(asked.until, lang),
        say("completeness.export.yes", lang) if asked.excepted else "",
        date_text(report.first.received_on, lang) if report.first else "",
        report.days_over,
        asked.expected,
        report.filled,
        report.valid,
        report.accepted,
        None if exact is None else printable_percent(exact)[1],
    )
