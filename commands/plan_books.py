"""``target template`` and ``target import``: the plan workbook, drawn and taken in.

Taking in shows old and new for every target that would change and stores nothing until
``--confirm`` says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import EXISTING_FILE, FILE, JSON
from commands.output import (
    REFUSED,
    finding_document,
    print_document,
    refusals,
    sentence,
    show_progress,
    write_file,
    wrong_usage,
)
from kpi.explanations import ALL, Answers
from kpi.findings import Severity
from kpi.targets import Target

if TYPE_CHECKING:
    from loaders.plan_book import PlanBook
    from workflow.plan_books import PlanInspection


@click.command(name="template")
@click.option("--year", type=int, help="The plan year; the definitions' own if not said.")
@click.option("--filled", is_flag=True, help="With the targets that stand, to revise them.")
@click.option("-o", "--output", required=True, type=FILE)
def template(year: int | None, filled: bool, output: Path) -> None:
    """Write the workbook in which targets are handed down to the districts."""
    from workflow.plan_books import blank_plan

    with refusals():
        chosen = bootstrap.definitions().plan_year if year is None else year
        if filled:
            bootstrap.ready(show_progress)
        session = bootstrap.session_if_ready() if filled else None
        try:
            data = blank_plan(
                session, bootstrap.plan_years(session).of(str(chosen)),
                bootstrap.org_units(), chosen,
            )  # fmt: skip
        finally:
            if session is not None:
                session.close()
        write_file(output, data)
        click.echo(sentence("plan_written", year=chosen, file=output))


@click.command(name="import")
@click.argument("file", type=EXISTING_FILE)
@click.option("--confirm", is_flag=True, help="Lay the targets down; else they are only shown.")
@click.option("--note", default="", help="Explains every warning; kept in the log.")
@JSON
def import_(file: Path, confirm: bool, note: str, as_json: bool) -> None:
    """Show what a plan workbook would change, and lay it down."""
    from workflow.actors import LOCAL_USER
    from workflow.plan_books import adopt_plan, inspect_plan

    with refusals(as_json):
        bootstrap.ready(show_progress)
        with bootstrap.session_factory()() as session:
            seen = inspect_plan(session, _plan(file))
        if confirm and seen.plan.adoptable:
            answers = Answers(note, {ALL: note or sentence("not_explained")})
            adopt_plan(
                bootstrap.session_factory(), LOCAL_USER, seen, file.read_bytes(),
                at=bootstrap.now(), answers=answers,
            )  # fmt: skip
        if as_json:
            print_document(_document(seen, adopted=confirm and seen.plan.adoptable))
        else:
            _tell(seen, confirm=confirm)
        if not seen.plan.adoptable:
            raise SystemExit(REFUSED)


def _plan(file: Path) -> PlanBook:
    from loaders.plan_book import PlanBook
    from workflow.reading import read_any

    found = read_any(
        None, bootstrap.plan_years(), bootstrap.org_units(), file.read_bytes(), file.name
    )
    return found if isinstance(found, PlanBook) else wrong_usage("plan_is_none", file=file)


def _tell(seen: PlanInspection, *, confirm: bool) -> None:
    from texts.findings import message

    lang, plan, differing = bootstrap.settings().language, seen.plan, seen.differing
    for finding in plan.findings:
        severity = sentence(f"severity.{finding.severity.value}")
        click.echo(f"{severity}: {message(finding, lang)}")
    errors = sum(finding.severity is Severity.ERROR for finding in plan.findings)
    for change in differing:
        click.echo(
            sentence(
                "plan_line",
                at=change.at,
                indicator=change.new.indicator,
                org_unit=change.new.org_unit,
                old=_said(change.old),
                new=_said(change.new),
            )
        )
    if same := len(seen.changes) - len(differing):
        click.echo(sentence("plan_unchanged", count=same))
    if errors:
        click.echo(sentence("plan_rejected", errors=errors))
    elif not differing:
        click.echo(sentence("plan_nothing_new"))
    elif confirm:
        added = sum(change.old is None for change in differing)
        replaced = len(differing) - added
        click.echo(sentence("plan_adopted", decision=plan.decision, added=added, replaced=replaced))
    else:
        click.echo(sentence("plan_preview", decision=plan.decision, count=len(differing)))


def _document(seen: PlanInspection, *, adopted: bool) -> dict[str, Any]:
    plan = seen.plan
    return {
        "decision": plan.decision,
        "year": plan.year,
        "adopted": adopted,
        "targets": [
            {
                "indicator": change.new.indicator,
                "org_unit": change.new.org_unit,
                "sheet": change.at.sheet,
                "cell": change.at.cell,
                "old": _said(change.old) if change.old else None,
                "new": _said(change.new),
                "differs": change.differs,
            }
            for change in seen.changes
        ],
        "findings": [finding_document(finding) for finding in plan.findings],
    }


def _said(target: Target | None) -> str:
    from texts.numbers import range_text

    if target is None:
        return "–"
    figures = range_text(target.edges.low, target.edges.high, bootstrap.settings().language)
    return target.kind.value if figures == "–" else figures
