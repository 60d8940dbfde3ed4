"""``report``: the papers for a meeting, as a Word document."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

import bootstrap
from commands.output import quarter, refusals, show_progress
from kpi.periods import Period


@click.command()
@click.option("--period", "period_code", required=True, metavar="2018-Q3")
@click.option(
    "-o", "--output", required=True, metavar="FILE.docx",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
)  # fmt: skip
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="2018-10-10",
    help="As it was known at the end of that day, and judged on that day.",
)
def report(period_code: str, output: Path, as_of: datetime | None) -> None:
    """Write the report for the meeting: summary, what needs direction, annexes."""
    from texts import say

    with refusals():
        period = quarter(period_code)
        bootstrap.ready(show_progress)
        output.write_bytes(_document(period, as_of))
        click.echo(say("meeting.written", bootstrap.settings().language, file=output))


def _document(period: Period, as_of: datetime | None) -> bytes:
    from reports.meeting import pack
    from reports.meeting_docx import meeting_docx
    from reports.slices import judged
    from reports.wording import Words

    known = None if as_of is None else bootstrap.end_of(as_of.date())
    org_units, lang = bootstrap.org_units(), bootstrap.settings().language
    province = org_units.province.code
    with bootstrap.session_factory()() as session:
        year = bootstrap.plan_years(session, known).at(period)
        found = judged(
            session,
            year.definitions,
            org_units,
            period=period,
            units=[province, *(unit.code for unit in org_units.districts(period.end))],
            indicators=None,
            history_fixed_at=bootstrap.history_fixed_at(year),
            as_of=known,
            today=bootstrap.today() if as_of is None else as_of.date(),
        )
    made_at = bootstrap.now()
    own = [one for one in found if one.org_unit == province]
    others = [one for one in found if one.org_unit != province]
    words = Words(year.definitions, org_units, lang)
    made = pack(own, others, period, words, made_at=made_at, marks=_marks(lang))
    return meeting_docx(made, lang, made_at=made_at)


def _marks(lang: str) -> list[str]:
    """Data that are made up say so on paper, too."""
    from texts import say

    demo = bootstrap.ready(samples=False).demo
    return [say("indicator.source.export_illustrative", lang)] if demo else []
