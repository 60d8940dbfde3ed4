"""``plan-year``: open the next one with its own definitions, and list those that are open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import bootstrap
from commands.options import EXISTING_FILE, JSON
from commands.output import print_document, refusals, sentence, show_progress
from kpi.local_time import ZONE


@click.group(name="plan-year")
def plan_year() -> None:
    """Plan years, each with its definitions; older ones stay readable."""


@plan_year.command(name="open")
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--targets", "assigned", type=EXISTING_FILE,
    help="The targets assigned to the districts that year.",
)  # fmt: skip
def open_(file: Path, assigned: Path | None) -> None:
    """Open the plan year that FILE defines, beside those that are open."""
    from loaders.targets import load_targets
    from loaders.yaml_lines import read_text
    from workflow.actors import LOCAL_USER
    from workflow.definitions import parsed
    from workflow.plan_years import open_plan_year

    with refusals():
        content = read_text(file)
        new = parsed(content, file.name)
        units = bootstrap.org_units()
        targets = () if assigned is None else load_targets(assigned, new, units)
        bootstrap.ready(show_progress)
        done = open_plan_year(
            bootstrap.session_factory(), LOCAL_USER, new, content,
            targets=targets, at=bootstrap.now(), on=bootstrap.today(),
        )  # fmt: skip
        click.echo(
            sentence(
                "plan_year_open",
                year=new.plan_year,
                version=new.version,
                targets=done.added + done.replaced,
            )
        )


@plan_year.command(name="list")
@JSON
def list_(as_json: bool) -> None:
    """Every version of every plan year's definitions, oldest first."""
    from store import plan_years

    with refusals(as_json):
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            kept = plan_years.versions(session)
        rows: list[dict[str, Any]] = [
            {
                "plan_year": one.plan_year,
                "version": one.version,
                "in_force_from": one.in_force_from.isoformat(),
                "opened_by": one.opened_by,
                "opened_at": one.opened_at.astimezone(ZONE).isoformat(timespec="seconds"),
                "digest": one.digest,
            }
            for one in kept
        ]
        if as_json:
            print_document(rows)
            return
        for row in rows:
            click.echo(sentence("plan_year_line", **{**row, "digest": row["digest"][:12]}))
