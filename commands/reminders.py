"""``remind``: a Word letter for every reporter whose report is owed, each one recorded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

import bootstrap
from commands.output import quarter, refusals, show_progress


@click.command()
@click.option("--period", "period_code", required=True, metavar="2018-Q3")
@click.option(
    "-o", "--output", required=True, metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="2018-10-10",
    help="Who is owed to remind on that day; for looking back, nothing is recorded.",
)
def remind(period_code: str, output: Path, as_of: datetime | None) -> None:
    """Write the letters that are due: 5 and 1 working days before the day, 1 and 3 after."""
    from kpi.reminders import to_remind
    from reports.completeness import reports
    from reports.reminder_docx import reminder_docx
    from texts import say
    from workflow.actors import LOCAL_USER
    from workflow.reminders import record

    with refusals():
        period = quarter(period_code)
        bootstrap.ready(show_progress)
        today = bootstrap.today() if as_of is None else as_of.date()
        known = None if as_of is None else bootstrap.end_of(today)
        with bootstrap.session_factory()() as session:
            years = bootstrap.plan_years(session, known)
            found = reports(
                session, years, bootstrap.org_units(), [period], today=today, as_of=known
            )
        owed = to_remind(found, today, years.of(period).working_days)
        lang, at = bootstrap.settings().language, bootstrap.now()
        output.mkdir(parents=True, exist_ok=True)
        for report, rung in owed:
            name = _name(report.asked.reporter, period_code)
            file = output / f"don_doc_{report.asked.reporter}_{period.code}.docx"
            file.write_bytes(reminder_docx(report, name, lang, today=today, made_at=at))
            if as_of is None:
                record(bootstrap.session_factory(), LOCAL_USER, report, rung, by=file.name, at=at)
            due = report.asked.until.strftime("%d/%m/%Y")
            click.echo(
                say("reminders.line", lang, reporter=name, rung=f"{rung:+d}", due=due, file=file)
            )
        if not owed:
            click.echo(say("reminders.none", lang))


def _name(reporter: str, period_code: str) -> str:
    """The full name of a unit or an agency."""
    lang, unit = bootstrap.settings().language, bootstrap.org_units().units.get(reporter)
    if unit is not None:
        return unit.name.get(lang)
    return bootstrap.plan_years().of(period_code).agencies[reporter].name.get(lang)
