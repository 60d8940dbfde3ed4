"""``report``: the papers for a meeting: the report in Word, the summary table in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

import bootstrap
from commands.options import PAPER, as_of_option, period_option
from commands.output import (
    day_of,
    known_by,
    quarter,
    refusals,
    show_progress,
    write_file,
    wrong_usage,
)
from kpi.periods import Period

if TYPE_CHECKING:
    from kpi.coherence import Gap
    from kpi.judgement import Assessment
    from reports.wording import Words

    Judged = Sequence[Assessment]
    Gaps = Sequence[Gap]


@click.command()
@period_option()
@PAPER
@as_of_option("As it was known at the end of that day, and judged on that day.")
def report(period_code: str, output: Path, as_of: datetime | None) -> None:
    """Write the report for the meeting as .docx, or its summary table as .xlsx.

    The report has the summary, what needs direction, annexes; the table has figures as
    numbers and percentages as formulas, for the province and by district.
    """
    from texts import say

    with refusals():
        period = quarter(period_code)
        if output.suffix.lower() not in _MADE:
            wrong_usage("no_such_paper", found=output.name, known=", ".join(_MADE))
        bootstrap.ready(show_progress)
        write_file(output, _document(period, as_of, output.suffix.lower()))
        click.echo(say("meeting.written", bootstrap.settings().language, file=output))


def _document(period: Period, as_of: datetime | None, suffix: str) -> bytes:
    from reports.coherence import coherence, wholes_of
    from reports.slices import judged
    from reports.wording import Words

    known = known_by(as_of)
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
            history_fixed_at=year.history_fixed_at,
            as_of=known,
            today=day_of(as_of),
        )
        wholes = coherence(wholes_of(session, period, known), year.definitions, org_units, period)
    own = [one for one in found if one.org_unit == province]
    others = [one for one in found if one.org_unit != province]
    words = Words(year.definitions, org_units, lang)
    return _MADE[suffix](own, others, wholes, period, words)


def _report(own: Judged, others: Judged, wholes: Gaps, period: Period, words: Words) -> bytes:
    from reports.meeting import pack
    from reports.meeting_docx import meeting_docx

    at, marks = bootstrap.now(), _marks(words.lang)
    made = pack(own, others, period, words, made_at=at, wholes=wholes, marks=marks)
    return meeting_docx(made, words.lang, made_at=at)


def _table(own: Judged, others: Judged, _wholes: Gaps, period: Period, words: Words) -> bytes:
    from reports.synthesis_xlsx import synthesis_xlsx

    at, marks = bootstrap.now(), _marks(words.lang)
    return synthesis_xlsx(own, others, period, words, made_at=at, marks=marks)


_MADE = {".docx": _report, ".xlsx": _table}


def _marks(lang: str) -> list[str]:
    """Data that are made up say so on paper, too."""
    from texts import say

    demo = bootstrap.ready(samples=False).demo
    return [say("indicator.source.export_illustrative", lang)] if demo else []
