"""The command line: ``python manage.py COMMAND``; the commands are in ``commands/``."""

import io
import sys

import click

from commands import (
    accounts,
    honours,
    inquiries,
    milestones,
    periods,
    plan_years,
    scores,
    targets,
    tokens,
)
from commands.coherence import coherence
from commands.completeness import completeness
from commands.decisions import approve, return_, withdraw
from commands.documents import handbook, schema
from commands.dossier import dossier
from commands.forms import check, submit, template
from commands.history import changes, vintages
from commands.installation import demo, init, samples
from commands.judgement import assess
from commands.layouts import map_
from commands.meeting import report
from commands.moving import backup, copy_to, restore
from commands.publishing import publish
from commands.reminders import remind
from commands.standing import close_standing, standing
from commands.verification import verify


@click.group()
def cli() -> None:
    """Targets of Lạng Sơn province: prepare, check, submit and judge."""


for command in (
    init,
    demo,
    samples,
    schema,
    handbook,
    template,
    check,
    map_,
    submit,
    approve,
    return_,
    withdraw,
    periods.period,
    plan_years.plan_year,
    targets.target,
    accounts.account,
    tokens.token,
    vintages,
    changes,
    assess,
    coherence,
    completeness,
    standing,
    close_standing,
    scores.score,
    honours.exemplar,
    honours.award,
    dossier,
    report,
    publish,
    milestones.milestone,
    inquiries.explanation,
    remind,
    verify,
    backup,
    restore,
    copy_to,
):
    cli.add_command(command)


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A Windows pipe would otherwise get a code page that has no Vietnamese.
            stream.reconfigure(encoding="utf-8")
    cli()


if __name__ == "__main__":
    main()
