"""``completeness``: who has reported, in time or late, and how many of the figures are there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import JSON, as_of_option, period_option
from commands.output import (
    day_of,
    decimal_text,
    known_by,
    print_document,
    quarter,
    refusals,
    show_progress,
)
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.completeness import Report


@click.command()
@period_option()
@as_of_option("As it was known at the end of that day, and judged on that day.")
@JSON
def completeness(period_code: str, as_of: datetime | None, as_json: bool) -> None:
    """Tell who has reported, in time or late, and how complete each report is."""
    with refusals(as_json):
        period = quarter(period_code)
        bootstrap.ready(show_progress)
        found = _reports(period, as_of)
        if as_json:
            print_document([_document(one) for one in found])
        else:
            _tell(found, period)


def _reports(period: Period, as_of: datetime | None) -> list[Report]:
    from reports.completeness import reports

    known = known_by(as_of)
    with bootstrap.session_factory()() as session:
        return reports(
            session,
            bootstrap.plan_years(session, known),
            bootstrap.org_units(),
            [period],
            today=day_of(as_of),
            as_of=known,
        )


def _document(report: Report) -> dict[str, Any]:
    """Percentages are null where nothing is asked for, and are cut off at nothing."""
    asked, first = report.asked, report.first
    return {
        "reporter": asked.reporter,
        "form": asked.form,
        "period": asked.period.code,
        "state": report.state.value,
        "due": asked.until.isoformat(),
        "extended": asked.excepted,
        "on_time": report.state.value == "on_time" if report.due else None,
        "first_acceptable": None if first is None else first.received_on.isoformat(),
        "days_over": report.days_over,
        "expected": asked.expected,
        "filled": report.filled,
        "valid": report.valid,
        "accepted": report.accepted,
        "filled_percent": decimal_text(report.share(report.filled)),
        "valid_percent": decimal_text(report.share(report.valid)),
        "accepted_percent": decimal_text(report.share(report.accepted)),
    }


def _tell(found: list[Report], period: Period) -> None:
    from kpi.completeness import on_time
    from reports.cells import reporter_name
    from reports.completeness_words import percentage, state_name
    from reports.wording import Words
    from texts import say
    from texts.numbers import date_text, period_name

    lang = bootstrap.settings().language
    words = Words(bootstrap.plan_years().of(period), bootstrap.org_units(), lang)
    for one in found:
        said = say(
            "completeness.line", lang, reporter=reporter_name(one.asked.reporter, words),
            period=period_name(period, lang), state=state_name(one, lang),
            due=date_text(one.asked.until, lang), expected=one.asked.expected, filled=one.filled,
            valid=one.valid, accepted=one.accepted, percent=percentage(one, one.accepted, lang),
        )  # fmt: skip
        click.echo(said)
    in_time, due = on_time(found)
    click.echo(say("completeness.summary", lang, on_time=in_time, due=due))
