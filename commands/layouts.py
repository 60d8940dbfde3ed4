"""``map``: what a table of one's own is taken for, and the word that it is right.

Shown column by column and row by row with its cells; written to a file in which a person
answers what is open; confirmed for the next time. Figures are read only by ``check`` and
``submit``, and only after that.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import EXISTING_FILE, FILE, JSON, period_option
from commands.output import (
    known_reporter,
    print_document,
    quarter,
    refusals,
    sentence,
    show_progress,
    write_file,
    wrong_usage,
)
from kpi.layouts import ONE, ColumnUse, LayoutMapping, RowUse, to_document
from kpi.periods import Period
from texts import say

if TYPE_CHECKING:
    from loaders.layouts.columns import ColumnProposal
    from loaders.layouts.proposals import Proposal
    from loaders.layouts.rows import RowProposal


@click.command(name="map")
@click.argument("file", type=EXISTING_FILE)
@click.option("--as", "reporter", metavar="REPORTER", help="Whose table it is: a unit or agency.")
@period_option("The quarter it reports.", required=False)
@click.option(
    "-o", "--output", type=FILE,
    help="Write what it is taken for to a YAML file, to be answered there.",
)  # fmt: skip
@click.option(
    "--table", "number", type=click.IntRange(1), default=1, show_default=True,
    help="Which of the workbook's tables, where it holds several.",
)  # fmt: skip
@click.option("--answers", type=EXISTING_FILE, help="The YAML file with the answers.")
@click.option("--confirm", is_flag=True, help="It is right: remember it for this table.")
@click.option("--set-aside", is_flag=True, help="With --confirm: nothing of it is to be read.")
@JSON
def map_(
    file: Path,
    reporter: str | None,
    period_code: str | None,
    output: Path | None,
    number: int,
    answers: Path | None,
    confirm: bool,
    set_aside: bool,
    as_json: bool,
) -> None:
    """Show what a table of one's own is taken for, and confirm it."""
    with refusals(as_json):
        period = quarter(period_code) if period_code else None
        proposal = proposed(file, reporter, period, number)
        if output is not None:
            _write(output, proposal)
        mapping = proposal.set_aside() if set_aside else _answered(proposal, answers)
        if as_json:
            print_document(_document(proposal, mapping))
        elif not confirm and output is None:
            tell(proposal)
        if confirm:
            _confirm(proposal, mapping, as_json=as_json)


def proposed(file: Path, reporter: str | None, period: Period | None, number: int) -> Proposal:
    """The proposal for one table of a file that is none of our forms; else wrong usage.

    Raises:
        UnreadableWorkbook: if no table is found in it.
    """
    from loaders.plan_book import PlanBook
    from workflow.own_tables import propose

    if reporter is not None:
        known_reporter(reporter)
    found = propose(
        bootstrap.plan_years(), bootstrap.org_units(), file.read_bytes(), file.name,
        reporter=reporter or "", period=period,
    )  # fmt: skip
    if isinstance(found, PlanBook):
        wrong_usage("map_is_a_plan", file=file)
    if number > len(found):
        wrong_usage("map_no_such_table", file=file, count=len(found))
    return found[number - 1]


def tell(proposal: Proposal) -> None:
    """The proposal for a person, and how to confirm it."""
    click.echo(
        sentence(
            "map_table",
            at=proposal.at,
            number=proposal.number,
            count=proposal.count,
            reporter=proposal.given_reporter or _asked(proposal.reporter.choice),
            period=proposal.given_period or _asked(proposal.period.choice),
        )
    )
    for line in (*_column_lines(proposal), *_row_lines(proposal)):
        click.echo(line)
    click.echo(sentence("map_how", open=len(proposal.open_columns) + len(proposal.open_rows)))


def _confirm(proposal: Proposal, mapping: LayoutMapping, *, as_json: bool) -> None:
    from workflow.actors import LOCAL_USER
    from workflow.layouts import confirm

    if not (mapping.reporter and proposal.given_period):
        wrong_usage("map_needs_reporter_and_period")
    bootstrap.ready(show_progress)
    new = confirm(
        bootstrap.session_factory(), LOCAL_USER, mapping,
        file_name=proposal.file_name, at=bootstrap.now(),
        definitions=bootstrap.plan_years().of(proposal.given_period),
        org_units=bootstrap.org_units(),
    )  # fmt: skip
    if not as_json:
        key = "map_confirmed" if new else "map_known"
        rows = sum(not use.left_out for use in mapping.rows.values())
        click.echo(sentence(key, reporter=mapping.reporter, rows=rows))


def _answered(proposal: Proposal, answers: Path | None) -> LayoutMapping:
    if answers is None:
        return proposal.mapping()
    from workflow.own_tables import answered

    try:
        return answered(proposal, answers.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        wrong_usage("cannot_read", file=answers)


def _write(output: Path, proposal: Proposal) -> None:
    from workflow.own_tables import mapping_file

    write_file(output, mapping_file(proposal).encode())
    click.echo(sentence("map_written", file=output), err=True)


# --- lines and documents


def _column_lines(proposal: Proposal) -> Iterator[str]:
    for one in proposal.columns:
        yield _line(one.head.at.cell, one.head.text, _column_said(one), one, one.problem)


def _row_lines(proposal: Proposal) -> Iterator[str]:
    rows = proposal.rows if proposal.whole is None else (proposal.whole, *proposal.rows)
    for row in rows:
        if row.line.has_figures:
            yield _line(row.line.at.cell, row.line.text, _use_said(row.use), row, row.problem)


def _line(cell: str, text: str, said: str, one: ColumnProposal | RowProposal, problem: str) -> str:
    from texts.numbers import as_stated

    lang = bootstrap.settings().language
    scale = one.use.scale if one.use else ONE
    notes = [say(f"layout.found.{one.found.value}", lang)]
    if problem:
        notes.append(say(f"layout.problem.{problem}", lang, scale=as_stated(scale, lang)))
    if not one.found.settled and one.could_be:
        notes.append(" / ".join(one.could_be))
    return f"{cell}  {text}  →  {said}  ({'; '.join(notes)})"


def _column_said(one: ColumnProposal) -> str:
    lang = bootstrap.settings().language
    if one.use is None:
        return "?"
    named = _names(one.use)
    return ": ".join([say(f"layout.role.{one.use.role.value}", lang), *([named] if named else [])])


def _use_said(use: RowUse | None) -> str:
    lang = bootstrap.settings().language
    if use is None:
        return "?"
    return say("layout.left_out", lang) if use.left_out else _names(use)


def _names(use: RowUse | ColumnUse) -> str:
    lang = bootstrap.settings().language
    indicator = bootstrap.definitions().indicators.get(use.indicator)
    unit = bootstrap.org_units().units.get(use.org_unit)
    names = [one.name.get(lang) for one in (indicator, unit) if one is not None]
    return " · ".join([*names, *([say("layout.total", lang)] if use.total else [])])


def _asked(choice: str) -> str:
    """What the title says is a question, not an answer."""
    return f"{choice}?" if choice else "?"


def _document(proposal: Proposal, mapping: LayoutMapping) -> dict[str, Any]:
    return {
        "table": str(proposal.at),
        "number": proposal.number,
        "count": proposal.count,
        "reporter": {"given": proposal.given_reporter, "title": proposal.reporter.choice},
        "period": {"given": proposal.given_period, "title": proposal.period.choice},
        "mapping": to_document(mapping),
        "open": [
            {"cell": str(at), "text": text, "found": found, "could_be": list(could_be)}
            for at, text, found, could_be in _open(proposal)
        ],
    }


def _open(proposal: Proposal) -> Iterator[tuple[object, str, str, tuple[str, ...]]]:
    for one in proposal.open_columns:
        yield one.head.at, one.head.text, one.found.value, one.could_be
    for row in proposal.open_rows:
        yield row.line.at, row.line.text, row.found.value, row.could_be
