"""``verify``: is what is stored as it should be?"""

from __future__ import annotations

import click

import bootstrap
from commands.options import JSON
from commands.output import REFUSED, print_document, refusals, sentence
from texts import say


@click.command()
@JSON
def verify(as_json: bool) -> None:
    """Check log, files, figures in force and what people wrote; exit 1 for a fault."""
    from workflow.verification import verify as find_faults

    with refusals(as_json):
        bootstrap.ready(samples=False)
        with bootstrap.session_factory()() as session:
            faults = find_faults(session, bootstrap.plan_years(session), bootstrap.org_units())
        lang = bootstrap.settings().language
        said = [say(f"verify.{fault.code}", lang, **fault.facts) for fault in faults]
        if as_json:
            listed = zip(faults, said, strict=True)
            print_document(
                {
                    "sound": not faults,
                    "faults": [
                        {"code": fault.code, "facts": dict(fault.facts), "message": words}
                        for fault, words in listed
                    ],
                }
            )
        else:
            for words in said:
                click.echo(words)
            click.echo(sentence("faults", count=len(faults)) if faults else sentence("sound"))
        if faults:
            raise SystemExit(REFUSED)
