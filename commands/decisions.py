"""``approve``, ``return``, ``withdraw``: what becomes of a submission, by its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import bootstrap
from commands.options import JSON
from commands.output import print_document, refusals, sentence, show_progress, wrong_usage
from kpi.submissions import CellComment

if TYPE_CHECKING:
    from workflow.receipts import Receipt

NUMBER = click.argument("number", type=int)
REASON = click.option("--reason", required=True, help="Kept with the submission.")


@click.command()
@NUMBER
@JSON
def approve(number: int, as_json: bool) -> None:
    """Approve a submission: its figures are in force from now on."""
    from workflow.actors import LOCAL_APPROVER
    from workflow.decisions import approve as approve_it

    with refusals(as_json):
        _known(number)
        receipt = approve_it(
            bootstrap.session_factory(),
            LOCAL_APPROVER,
            number,
            at=bootstrap.now(),
            definitions=bootstrap.plan_years(),
            org_units=bootstrap.org_units(),
        )
        _tell(receipt, as_json)


@click.command(name="return")
@NUMBER
@REASON
@click.option(
    "--comment",
    "comments",
    multiple=True,
    metavar="SHEET!CELL=TEXT",
    help="What is wrong with a cell; may be given several times.",
)
@JSON
def return_(number: int, reason: str, comments: tuple[str, ...], as_json: bool) -> None:
    """Send a submission back to be corrected; nothing of it comes into force."""
    from workflow.actors import LOCAL_APPROVER
    from workflow.decisions import return_ as return_it

    with refusals(as_json):
        said = [_comment(text) for text in comments]
        _known(number)
        receipt = return_it(
            bootstrap.session_factory(),
            LOCAL_APPROVER,
            number,
            at=bootstrap.now(),
            reason=reason,
            comments=said,
        )
        _tell(receipt, as_json)


@click.command()
@NUMBER
@REASON
@JSON
def withdraw(number: int, reason: str, as_json: bool) -> None:
    """Take back a submission; what it covered is in force again."""
    from workflow.actors import LOCAL_USER
    from workflow.decisions import withdraw as withdraw_it

    with refusals(as_json):
        _known(number)
        receipt = withdraw_it(
            bootstrap.session_factory(),
            LOCAL_USER,
            number,
            at=bootstrap.now(),
            reason=reason,
            definitions=bootstrap.plan_years(),
            org_units=bootstrap.org_units(),
        )
        _tell(receipt, as_json)


def _known(number: int) -> None:
    """Wrong usage for a number that no submission has."""
    from store import submissions

    bootstrap.ready(show_progress)
    with bootstrap.session_factory()() as session:
        if submissions.get(session, number) is None:
            wrong_usage("unknown_submission", found=number)


def _comment(text: str) -> CellComment:
    try:
        return CellComment.parse(text)
    except ValueError:
        wrong_usage("wrong_comment", found=text)


def _tell(receipt: Receipt, as_json: bool) -> None:
    if as_json:
        print_document(
            {
                "submission": receipt.submission,
                "code": receipt.code,
                "revision": receipt.revision,
                "reporter": receipt.reporter,
                "period": receipt.period,
                "state": receipt.state,
            }
        )
    else:
        click.echo(
            sentence(
                "decided",
                number=receipt.submission,
                code=receipt.code,
                revision=receipt.revision,
                state=sentence(f"state.{receipt.state}"),
            )
        )
