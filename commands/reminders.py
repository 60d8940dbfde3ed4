"""``remind``: a letter for every reporter whose report is owed, as Word and by e-mail."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import bootstrap
from commands.options import as_of_option, period_option
from commands.output import (
    day_of,
    known_by,
    quarter,
    refusals,
    show_progress,
    write_file,
    writing,
    wrong_usage,
)
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.completeness import Report
    from reports.wording import Words


@click.command()
@period_option()
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
    help="Write the Word letters there.",
)  # fmt: skip
@click.option("--mail", is_flag=True, help="Send them by e-mail (KPI_SMTP_HOST, KPI_SMTP_FROM).")
@as_of_option("Who is owed to remind on that day; for looking back, nothing is recorded or sent.")
def remind(period_code: str, output: Path | None, mail: bool, as_of: datetime | None) -> None:
    """Remind whoever is owed to: 5 and 1 working days before the day, 1 and 3 after."""
    from reports.wording import Words
    from texts import say

    if output is None and (not mail or as_of is not None):
        wrong_usage("remind_how")
    if mail and bootstrap.settings().mail is None:
        wrong_usage("no_mail")
    with refusals():
        period = quarter(period_code)
        bootstrap.ready(show_progress)
        today = day_of(as_of)
        owed = _owed(period, today, known_by(as_of))
        lang = bootstrap.settings().language
        words = Words(bootstrap.plan_years().of(period), bootstrap.org_units(), lang)
        if output is not None:
            with writing(output):
                output.mkdir(parents=True, exist_ok=True)
        for report, step in owed:
            if output is not None:
                _write(report, step, output, words, today, kept=as_of is None)
            if mail and as_of is None and _may_go(report, step, words):
                _send(report, step, words, today)
        if not owed:
            click.echo(say("reminders.none", lang))


def _owed(period: Period, today: date, known: datetime | None) -> list[tuple[Report, int]]:
    from kpi.reminders import to_remind
    from reports.completeness import reports

    with bootstrap.session_factory()() as session:
        years = bootstrap.plan_years(session, known)
        found = reports(session, years, bootstrap.org_units(), [period], today=today, as_of=known)
    return to_remind(found, today, years.of(period).working_days)


def _write(
    report: Report, step: int, folder: Path, words: Words, today: date, *, kept: bool
) -> None:
    from reports.reminder_letters import document, file_name
    from workflow.actors import LOCAL_USER
    from workflow.reminders import record

    at = bootstrap.now()
    file = folder / file_name(report)
    write_file(file, document(report, words, today=today, made_at=at))
    if kept:
        record(bootstrap.session_factory(), LOCAL_USER, report, step, by=file.name, at=at)
    _say("line", report, step, words, file=file)


def _may_go(report: Report, step: int, words: Words) -> bool:
    """Has somebody an address, and was the step's mail not sent yet? Says so where nobody has."""
    from kpi.reminders import Channel, rung_of, to_try
    from store.reminders import of_periods
    from workflow.reminders import addresses

    rung = rung_of(report, step)
    with bootstrap.session_factory()() as session:
        known = of_periods(session, [rung.period.code])
        found = addresses(session, rung.reporter)
    if not found:
        _say("mail_nowhere", report, step, words)
    return bool(found) and to_try(known, rung, Channel.MAIL) is not None


def _send(report: Report, step: int, words: Words, today: date) -> None:
    from reports.reminder_letters import as_text, document, file_name
    from workflow.actors import LOCAL_USER
    from workflow.post import Letter
    from workflow.reminders import send

    mail, at = bootstrap.settings().mail, bootstrap.now()
    if mail is None:
        return
    subject, text = as_text(report, words, today=today)
    made = document(report, words, today=today, made_at=at)
    letter = Letter(subject, text, made, file_name(report))
    done = send(
        bootstrap.session_factory(), LOCAL_USER, report, step, letter, mail, now=bootstrap.now
    )
    _say(f"mail_{done.outcome}", report, step, words, to=done.receivers, detail=done.detail)


def _say(key: str, report: Report, step: int, words: Words, **facts: object) -> None:
    from kpi.reminders import rung_of
    from reports.reminder_letters import full_name
    from texts import say
    from texts.numbers import date_text

    facts["reporter"] = full_name(report.asked.reporter, words)
    rung, due = rung_of(report, step).name, date_text(report.asked.until, words.lang)
    click.echo(say(f"reminders.{key}", words.lang, rung=rung, due=due, **facts))
