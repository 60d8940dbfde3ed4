"""``template``, ``check``, ``submit``: the way of a workbook, without the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import EXISTING_FILE, FILE, JSON, period_option
from commands.output import (
    REFUSED,
    finding_document,
    known_agency,
    known_org_unit,
    known_reporter,
    observation_document,
    print_document,
    quarter,
    refusals,
    sentence,
    show_progress,
    write_file,
    wrong_usage,
)
from kpi.explanations import ALL, Answers
from kpi.findings import Finding, Outcome, Severity, SubmissionRejected, UnreadableWorkbook
from kpi.periods import Period

if TYPE_CHECKING:
    from workflow.inspection import Inspection
    from workflow.submissions import Receipt

WORKBOOK = click.argument("file", type=EXISTING_FILE)
AS = click.option("--as", "reporter", metavar="REPORTER", help="Who sends it: a unit or agency.")
PERIOD = period_option("Of when a table of one's own is.", required=False)


@click.command()
@click.option("--org-unit", metavar="CODE", help="Form A: one unit, its own indicators.")
@click.option("--agency", metavar="ID", help="Form B: an agency, for all units it reports about.")
@period_option()
@click.option("-o", "--output", "file", required=True, type=FILE)
def template(org_unit: str | None, agency: str | None, period_code: str, file: Path) -> None:
    """Write the workbook that a unit or an agency fills in."""
    from workflow.forms import blank_form

    with refusals():
        if (org_unit is None) == (agency is None):
            wrong_usage("one_reporter")
        period = quarter(period_code)
        reporter = (
            known_org_unit(org_unit, bootstrap.org_units())
            if org_unit is not None
            else known_agency(agency or "", bootstrap.plan_years().of(period))
        )
        session = bootstrap.session_if_ready()
        try:
            data = blank_form(
                session,
                bootstrap.plan_years(session).of(period),
                bootstrap.org_units(),
                reporter,
                period,
                stated=(*bootstrap.definitions().targets, *bootstrap.assigned_targets()),
            )
        except ValueError:
            wrong_usage("nothing_asked", reporter=reporter, period=period.code)
        finally:
            if session is not None:
                session.close()
        write_file(file, data)
        click.echo(sentence("form_written", reporter=reporter, period=period.code, file=file))


@click.command()
@WORKBOOK
@AS
@PERIOD
@click.option(
    "--mark",
    type=FILE,
    metavar="FILE",
    help="Write the workbook again with every problem marked at its cell.",
)
@JSON
def check(
    file: Path, reporter: str | None, period_code: str | None, mark: Path | None, as_json: bool
) -> None:
    """Read and check a workbook; nothing is stored."""
    with refusals(as_json):
        period = quarter(period_code) if period_code else None
        found = _inspected(file, reporter, period)
        if mark is not None:
            _mark(file, found, mark)
        if as_json:
            print_document(_document(found))
        else:
            _tell_found(found, file, reporter, period)
        raise SystemExit(_exit_code(found.outcome))


@click.command()
@WORKBOOK
@AS
@PERIOD
@click.option("--note", default="", help="Explains every warning; kept with the report.")
@click.option(
    "--explain",
    "explanations",
    multiple=True,
    metavar="WARNING=TEXT",
    help="Explains one kind of warning, by its code (outlier=...); may be repeated.",
)
@click.option(
    "--single-quarters",
    is_flag=True,
    help="The figures are each quarter's own; they are added up.",
)
@JSON
def submit(
    file: Path,
    reporter: str | None,
    period_code: str | None,
    note: str,
    explanations: tuple[str, ...],
    single_quarters: bool,
    as_json: bool,
) -> None:
    """Check a workbook and store it, all or nothing."""
    with refusals(as_json):
        if reporter is not None:
            known_reporter(reporter)
        period = quarter(period_code) if period_code else None
        bootstrap.ready(show_progress)
        try:
            # a program that sends has nobody to ask; the approver sees that nothing was said
            said = {ALL: note or sentence("not_explained")} | dict(map(_pair, explanations))
            receipt = _sent(file, reporter, period, Answers(note, said, single_quarters))
        except (SubmissionRejected, UnreadableWorkbook):
            found = _inspected(file, reporter, period, single_quarters=single_quarters)
            if as_json:
                print_document({**_document(found), "submission": None, "state": None})
            else:
                _tell_found(found, file, reporter, period)
            raise SystemExit(REFUSED) from None
        if as_json:
            sent = {"submission": receipt.submission, "state": receipt.state}
            print_document({**_document(receipt), **sent})
        else:
            _tell(receipt.outcome, receipt.findings, len(receipt.observations))
            _tell_receipt(receipt)


def _inspected(
    file: Path, reporter: str | None, period: Period | None, *, single_quarters: bool = False
) -> Inspection:
    from loaders.limits import LOCAL
    from loaders.reading_apart import reading_here
    from workflow.inspection import inspect

    if reporter is not None:
        known_reporter(reporter)
    session = bootstrap.session_if_ready()
    try:
        with reading_here(LOCAL):
            return inspect(
                session,
                bootstrap.plan_years(session),
                bootstrap.org_units(),
                file.read_bytes(),
                file.name,
                reporter,
                period=period,
                single_quarters=single_quarters,
            )
    finally:
        if session is not None:
            session.close()


def _mark(file: Path, found: Inspection, marked: Path) -> None:
    from loaders.annotated import annotated

    content = annotated(file.read_bytes(), file.name, found.findings, bootstrap.settings().language)
    if content is None:
        wrong_usage("cannot_mark", file=file)
    write_file(marked, content)


def _pair(written: str) -> tuple[str, str]:
    code, sign, text = written.partition("=")
    if not sign or not code.strip() or not text.strip():
        wrong_usage("wrong_explanation", found=written)
    return code.strip(), text.strip()


def _sent(file: Path, reporter: str | None, period: Period | None, answers: Answers) -> Receipt:
    from loaders.limits import LOCAL
    from loaders.reading_apart import reading_here
    from workflow.actors import LOCAL_USER
    from workflow.submissions import submit

    with reading_here(LOCAL):
        return submit(
            bootstrap.session_factory(),
            LOCAL_USER,
            file.read_bytes(),
            file.name,
            at=bootstrap.now(),
            definitions=bootstrap.plan_years(),
            org_units=bootstrap.org_units(),
            reporter=reporter,
            period=period,
            answers=answers,
        )


def _document(found: Inspection | Receipt) -> dict[str, Any]:
    return {
        "outcome": found.outcome.value,
        "observations": [observation_document(one) for one in found.observations],
        "findings": [finding_document(finding) for finding in found.findings],
    }


def _tell_found(found: Inspection, file: Path, reporter: str | None, period: Period | None) -> None:
    """What was found; of a table of one's own that waits also what it is taken for, and how."""
    for finding in found.findings:
        if finding.code == "layout_unconfirmed":
            from commands.layouts import proposed, tell

            tell(proposed(file, reporter, period, int(finding.facts["table"])))
    _tell(found.outcome, found.findings, len(found.observations))


def _tell(outcome: Outcome, findings: Sequence[Finding], read: int) -> None:
    from texts.findings import message

    lang = bootstrap.settings().language
    for finding in sorted(findings, key=lambda finding: finding.severity is Severity.WARNING):
        severity = sentence(f"severity.{finding.severity.value}")
        click.echo(f"{severity}: {message(finding, lang)}")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    click.echo(sentence("observations", count=read))
    click.echo(sentence(f"outcome.{outcome.value}", errors=errors, warnings=warnings))


def _tell_receipt(receipt: Receipt) -> None:
    key = "same_file" if receipt.duplicate else "submitted"
    click.echo(
        sentence(
            key,
            number=receipt.submission,
            code=receipt.code,
            revision=receipt.revision,
            state=sentence(f"state.{receipt.state}"),
        )
    )


def _exit_code(outcome: Outcome) -> int:
    return 0 if outcome.accepted else REFUSED
