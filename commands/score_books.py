"""``score sheet`` and ``score import``: the sheets to score in Excel, drawn and taken in.

Taking in shows old and new for every criterion that would change and stores nothing until
``--confirm`` says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import EXISTING_FILE, FILE, JSON, period_option
from commands.output import (
    REFUSED,
    decimal_text,
    finding_document,
    print_document,
    quarter,
    refusals,
    sentence,
    show_progress,
    write_file,
    wrong_usage,
)
from kpi.score_sheets import Given, Voice

if TYPE_CHECKING:
    from kpi.permissions import Actor
    from workflow.score_books import ScoreInspection


@click.command(name="sheet")
@period_option()
@click.option("--unit", metavar="183", help="The unit's own sheet, to score itself.")
@click.option("--cluster", metavar="border", help="The council's sheet for a cluster's units.")
@click.option("-o", "--output", required=True, type=FILE)
def sheet(period_code: str, unit: str | None, cluster: str | None, output: Path) -> None:
    """Write the sheet in which a unit scores itself, or the council verifies a cluster."""
    from texts import say
    from workflow.score_books import blank_scores

    with refusals():
        period = quarter(period_code)
        if (unit is None) == (cluster is None):
            wrong_usage("score_unit_or_cluster")
        voice = Voice.SELF if unit is not None else Voice.VERIFIED
        bootstrap.ready(show_progress)
        ground = bootstrap.standing_ground(period.year)
        with bootstrap.session_factory()() as session:
            data = blank_scores(
                session, ground, period, voice, unit or cluster or "", today=bootstrap.today()
            )
        write_file(output, data)
        click.echo(say("standing.book.written", bootstrap.settings().language, file=output))


@click.command(name="import")
@click.argument("file", type=EXISTING_FILE)
@click.option("--confirm", is_flag=True, help="Keep the points; else they are only shown.")
@JSON
def import_(file: Path, confirm: bool, as_json: bool) -> None:
    """Show what a filled-in sheet of scores would change, and keep it."""
    from workflow.score_books import inspect_scores, keep_scores

    with refusals(as_json):
        bootstrap.ready(show_progress)
        data = file.read_bytes()
        with bootstrap.session_factory()() as session:
            seen = inspect_scores(
                session, bootstrap.standing_ground, data, file.name, today=bootstrap.today()
            )
        kept = confirm and seen.outcome.accepted and bool(seen.differing)
        if kept:
            keep_scores(
                bootstrap.session_factory(), _actor(seen.voice),
                bootstrap.standing_ground(seen.period.year), seen, data, at=bootstrap.now(),
            )  # fmt: skip
        if as_json:
            print_document(_document(seen, kept=kept))
        else:
            _tell(seen, file.name, kept=kept)
        if not seen.outcome.accepted:
            raise SystemExit(REFUSED)


def _actor(voice: Voice) -> Actor:
    from workflow.actors import LOCAL_SECRETARY, LOCAL_USER

    return LOCAL_USER if voice is Voice.SELF else LOCAL_SECRETARY


def _tell(seen: ScoreInspection, file_name: str, *, kept: bool) -> None:
    from kpi.findings import Severity
    from texts import say
    from texts.findings import message

    lang = bootstrap.settings().language
    for finding in seen.findings:
        click.echo(f"{sentence(f'severity.{finding.severity.value}')}: {message(finding, lang)}")
    units = bootstrap.org_units().units
    for change in seen.differing:
        click.echo(
            say(
                "standing.book.line", lang, at=change.at,
                unit=units[change.new.org_unit].short.get(lang), criterion=change.new.criterion,
                old=_said(change.old, lang), new=_said(change.new, lang),
            )
        )  # fmt: skip
    errors = sum(finding.severity is Severity.ERROR for finding in seen.findings)
    count = len(seen.differing)
    if errors:
        click.echo(say("standing.book.blocked", lang, count=errors))
    elif not count:
        click.echo(say("standing.book.nothing", lang))
    elif kept:
        key = f"standing.book.kept_{seen.voice.value}"
        click.echo(say(key, lang, count=count, file=file_name))
    else:
        click.echo(say("standing.book.preview", lang, count=count))


def _said(given: Given | None, lang: str) -> str:
    from texts.numbers import as_stated

    if given is None:
        return "–"
    return " · ".join(filter(None, (as_stated(given.points, lang), given.note)))


def _document(seen: ScoreInspection, *, kept: bool) -> dict[str, Any]:
    return {
        "voice": seen.voice.value,
        "period": seen.period.code,
        "whose": seen.whose,
        "kept": kept,
        "points": [
            {
                "org_unit": change.new.org_unit,
                "criterion": change.new.criterion,
                "sheet": change.at.sheet,
                "cell": change.at.cell,
                "old": decimal_text(change.old.points) if change.old else None,
                "new": decimal_text(change.new.points),
                "note": change.new.note,
                "differs": change.differs,
            }
            for change in seen.changes
        ],
        "findings": [finding_document(finding) for finding in seen.findings],
    }
