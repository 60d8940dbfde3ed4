"""``milestone``: how the decree's commitments without a number stand, and saying so."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

import bootstrap
from commands.enclosures import FILES, documents, enclosed
from commands.options import DAY, JSON
from commands.output import print_document, refusals, show_progress
from kpi.milestones import State, Word, days_late

YEAR = click.option("--year", type=int, help="Plan year; otherwise the newest.")


@click.group()
def milestone() -> None:
    """Follow the commitments that have no number."""


@milestone.command(name="set")
@click.argument("commitment")
@YEAR
@click.option("--state", required=True, type=click.Choice([state.value for state in State]))
@click.option("--progress", required=True, type=int, metavar="0..100")
@click.option("--due", type=DAY, metavar="2018-06-30")
@click.option("--evidence", default="", help="Paper or result it rests on.")
@FILES
def set_(
    commitment: str,
    year: int | None,
    state: str,
    progress: int,
    due: datetime | None,
    evidence: str,
    files: tuple[Path, ...],
) -> None:
    """Say how a commitment stands; what was said before is kept."""
    from texts import say
    from workflow.actors import LOCAL_USER
    from workflow.milestones import record

    with refusals():
        bootstrap.ready(show_progress)
        definitions = bootstrap.plan_years().of(str(year) if year else "")
        day = due.date() if due else None
        word = Word(commitment, State(state), progress, day, evidence)
        record(
            bootstrap.session_factory(), LOCAL_USER, definitions, word, at=bootstrap.now(),
            enclosed=enclosed(files),
        )  # fmt: skip
        lang = bootstrap.settings().language
        name = definitions.commitments[commitment].name.get(lang)
        click.echo(say("milestones.done", lang, name=name))


@milestone.command(name="list")
@YEAR
@JSON
def list_(year: int | None, as_json: bool) -> None:
    """How every commitment stands, and which are late."""
    from store import milestones

    with refusals(as_json):
        bootstrap.ready(show_progress)
        definitions = bootstrap.plan_years().of(str(year) if year else "")
        with bootstrap.session_factory()() as session:
            said = milestones.newest(session, definitions.plan_year)
        today = bootstrap.today()
        found = [_document(id_, said.get(id_), today) for id_ in definitions.commitments]
        if as_json:
            print_document(found)
        else:
            _tell(found)


def _document(commitment: str, word: Word | None, today: date) -> dict[str, Any]:
    return {
        "commitment": commitment,
        "state": None if word is None else word.state.value,
        "progress": None if word is None else word.progress,
        "due": None if word is None or word.due is None else word.due.isoformat(),
        "days_late": days_late(word, today),
        "evidence": None if word is None else word.evidence,
        "files": [] if word is None else documents(word.files),
        "by": None if word is None else word.said_by,
    }


def _tell(found: list[dict[str, Any]]) -> None:
    from reports.overdue import overdue
    from texts import say

    lang = bootstrap.settings().language
    for one in found:
        over, due = one["days_late"], one["due"]
        late = overdue(date.fromisoformat(due), over, lang) if over and due else "–"
        facts = {
            "commitment": one["commitment"],
            "state": say(f"milestones.state.{one['state'] or 'unsaid'}", lang),
            "progress": "–" if one["progress"] is None else one["progress"],
            "due": one["due"] or "–",
        }
        click.echo(say("milestones.line", lang, late=late, **facts))
