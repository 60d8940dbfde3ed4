"""``standing``: points and ranks of every cluster; ``close-standing``: make a year's final."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import EXISTING_FILE, JSON, as_of_option, period_option
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
    from kpi.placing import Move
    from reports.standing import Standing


@click.command()
@period_option()
@as_of_option()
@click.option(
    "--rules",
    type=EXISTING_FILE,
    metavar="FILE",
    help="Rehearse other rules: whose rank moves. Nothing is changed.",
)
@JSON
def standing(period_code: str, as_of: datetime | None, rules: Path | None, as_json: bool) -> None:
    """Score and rank the units of every cluster, every point with its ground."""
    with refusals(as_json):
        period = quarter(period_code)
        bootstrap.ready(show_progress)
        now = _standing(period, as_of, None)
        if now is None:
            _nothing(as_json)
        elif rules is not None:
            other = _standing(period, as_of, rules)
            assert other is not None  # the file was read
            _rehearsed(now, other, as_json)
        elif as_json:
            from reports.standing_json import as_document

            print_document(as_document(now))
        else:
            _tell(now)


@click.command(name="close-standing")
@click.argument("year", type=int)
@click.option("--decision", required=True, help="Number and day of the decision; kept for good.")
def close_standing(year: int, decision: str) -> None:
    """Make the standing of a year final: it is not made again."""
    from texts import say
    from workflow.actors import LOCAL_USER
    from workflow.standings import close_year

    with refusals():
        bootstrap.ready(show_progress)
        close_year(
            bootstrap.session_factory(),
            LOCAL_USER,
            bootstrap.standing_ground(year),
            year,
            decision=decision,
            at=bootstrap.now(),
        )
        lang = bootstrap.settings().language
        click.echo(say("standing.closed", lang, year=year, decision=decision))


def _standing(period: Period, as_of: datetime | None, rules: Path | None) -> Standing | None:
    from workflow.standings import rehearsed, standing_at

    made = standing_at if rules is None else rehearsed
    known, today = known_by(as_of), day_of(as_of)
    with bootstrap.session_factory()() as session:
        ground = bootstrap.standing_ground(period.year, rules)
        return made(session, ground, period, as_of=known, today=today)


def _nothing(as_json: bool) -> None:
    from texts import say

    if as_json:
        print_document(None)
    else:
        click.echo(say("standing.no_rules", bootstrap.settings().language))


def _tell(found: Standing) -> None:
    from reports.emulation_words import note, points, span, unit_name
    from reports.wording import Words
    from texts import say

    lang = bootstrap.settings().language
    words = Words(bootstrap.plan_years().of(found.period), bootstrap.org_units(), lang)
    for cluster in found.clusters:
        click.echo(cluster.cluster.name.get(lang))
        for one in cluster.placed:
            click.echo(
                say(
                    "standing.line", lang, rank=one.rank or "–", unit=unit_name(one, words),
                    total=points(one.score.total, found, lang), span=span(one, words),
                    note=note(one, found, words),
                )
            )  # fmt: skip


def _rehearsed(now: Standing, other: Standing, as_json: bool) -> None:
    from reports.standing import moved

    found = [move for _, move in moved(now, other)]
    if as_json:
        print_document([_move_document(move) for move in found])
        return
    _tell_moves([move for move in found if move.moves])


def _move_document(move: Move) -> dict[str, Any]:
    return {
        "org_unit": move.org_unit,
        "rank": move.rank,
        "other_rank": move.other_rank,
        "moves": move.moves,
        "total": decimal_text(move.total),
        "other_total": decimal_text(move.other_total),
    }


def _tell_moves(found: list[Move]) -> None:
    from texts import say
    from texts.numbers import as_stated

    lang = bootstrap.settings().language
    for move in found:
        click.echo(
            say(
                "standing.move", lang,
                unit=bootstrap.org_units().units[move.org_unit].short.get(lang),
                rank=move.rank or "–", other=move.other_rank or "–",
                total=as_stated(move.total, lang), other_total=as_stated(move.other_total, lang),
            )
        )  # fmt: skip
    if not found:
        click.echo(say("standing.no_move", lang))
