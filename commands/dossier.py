"""``dossier``: the award dossier of one unit, Word or Excel, whole or as a public extract."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

import bootstrap
from commands.options import PAPER, as_of_option, period_option
from commands.output import (
    day_of,
    known_by,
    known_org_unit,
    quarter,
    refusals,
    show_progress,
    write_file,
    wrong_usage,
)
from kpi.findings import NotAllowed
from kpi.periods import Period

_KINDS = (".docx", ".xlsx")


@click.command()
@click.option("--unit", required=True, metavar="183")
@period_option()
@PAPER
@click.option("--public", is_flag=True, help="Without names of people and free texts.")
@as_of_option()
def dossier(
    unit: str, period_code: str, output: Path, public: bool, as_of: datetime | None
) -> None:
    """Write a unit's dossier: targets, evidence, points, lateness, explanations, awards."""
    from texts import say

    with refusals():
        period = quarter(period_code)
        known_org_unit(unit, bootstrap.org_units())
        if output.suffix not in _KINDS:
            wrong_usage("dossier_kind", found=output.name)
        bootstrap.ready(show_progress)
        lang = bootstrap.settings().language
        write_file(output, _bytes(unit, period, output.suffix, public, as_of))
        click.echo(say("dossier.written", lang, file=output))


def _bytes(unit: str, period: Period, suffix: str, public: bool, as_of: datetime | None) -> bytes:
    """Raises NotAllowed where the year has no rules, or the unit is not scored."""
    from reports.dossier import dossier
    from reports.dossier_docx import dossier_docx, dossier_xlsx
    from reports.dossier_parts import Asked
    from reports.wording import Words
    from texts import say
    from workflow.standings import standing_at

    lang = bootstrap.settings().language
    known, today = known_by(as_of), day_of(as_of)
    demo = bootstrap.ready(samples=False).demo
    with bootstrap.session_factory()() as session:
        years = bootstrap.plan_years(session, known)
        year = years.at(period)
        ground = bootstrap.standing_ground(period.year)
        found = standing_at(session, ground, period, as_of=known, today=today)
        if found is None:
            raise NotAllowed("standing_without_rules", subject=str(period.year))
        placed = found.placed(unit)
        if placed is None:
            raise NotAllowed("score_whose", subject=unit)
        words = Words(year.definitions, bootstrap.org_units(), lang)
        fixed = year.history_fixed_at
        asked = Asked(found, placed, years, words, known, today, fixed, public)
        marks = [say("indicator.source.export_illustrative", lang)] if demo else []
        made = dossier(session, asked, marks)
    if suffix == ".xlsx":
        return dossier_xlsx(made, lang)
    return dossier_docx(made, lang, made_at=bootstrap.now())
