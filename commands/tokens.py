"""``token``: let programs read, list them, stop one. The secret is shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import click

import bootstrap
from commands.options import JSON
from commands.output import (
    known_org_unit,
    print_document,
    refusals,
    sentence,
    show_progress,
    wrong_usage,
)


@click.group()
def token() -> None:
    """Tokens by which programs read /api/v1."""


@token.command()
@click.argument("name")
@click.option("--unit", "units", multiple=True, metavar="CODE", help="Only this unit; repeatable.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True)
def make(name: str, units: tuple[str, ...], days: int) -> None:
    """Print a new token for the program NAME; it cannot be shown again."""
    from workflow.accounts import make_token
    from workflow.actors import LOCAL_USER

    with refusals():
        chosen = {known_org_unit(unit, bootstrap.org_units()) for unit in units}
        bootstrap.ready(show_progress)
        secret = make_token(
            bootstrap.session_factory(), LOCAL_USER, name, sorted(chosen),
            at=bootstrap.now(), lasts=timedelta(days=days),
        )  # fmt: skip
        click.echo(sentence("token_made", name=name, days=days), err=True)
        click.echo(secret)


@token.command(name="list")
@JSON
def list_(as_json: bool) -> None:
    """Every token there has been, newest first, without its secret."""
    from store import api_tokens

    with refusals(as_json):
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            found = api_tokens.listed(session)
        rows: list[dict[str, Any]] = [
            {
                "id": one.id,
                "name": one.name,
                "org_units": sorted(one.org_units),
                "made_by": one.made_by,
                "made_at": one.made_at.isoformat(timespec="seconds"),
                "ends_at": one.ends_at.isoformat(timespec="seconds"),
                "ended_at": one.ended_at.isoformat(timespec="seconds") if one.ended_at else None,
            }
            for one in found
        ]
        if as_json:
            print_document(rows)
            return
        for row in rows:
            units = ", ".join(row["org_units"]) or sentence("token_every_unit")
            click.echo(sentence("token_line", **{**row, "org_units": units, "end": _end(row)}))
        if not rows:
            click.echo(sentence("nothing_found"))


@token.command()
@click.argument("number", type=int, metavar="ID")
def revoke(number: int) -> None:
    """Let the program with token ID read no more, from its next question on."""
    from store import api_tokens
    from workflow.accounts import revoke_token
    from workflow.actors import LOCAL_USER

    with refusals():
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            there = {one.id for one in api_tokens.listed(session)}
        if number not in there:
            wrong_usage("unknown_token", found=number)
        revoke_token(bootstrap.session_factory(), LOCAL_USER, number, at=bootstrap.now())
        click.echo(sentence("token_revoked", number=number))


def _end(row: dict[str, Any]) -> str:
    if row["ended_at"]:
        return sentence("token_ended", at=row["ended_at"])
    return sentence("token_ends", at=row["ends_at"])
