"""``init``, ``demo``, ``samples``: what a database holds when nobody has sent anything yet."""

from __future__ import annotations

import click

import bootstrap
from commands.output import refusals, sentence, show_progress


@click.command()
@click.option("--empty", is_flag=True, help="For real use: without the sample reports.")
def init(empty: bool) -> None:
    """Create the database or bring it up to date; takes in the sample reports."""
    with refusals():
        if empty:
            _choose_empty()
        bootstrap.ready(show_progress)
        _say_what_is_there()


@click.command()
def demo() -> None:
    """Take in what the demonstration lacks: sample reports, entries, points, questions."""
    from workflow.actors import LOCAL_USER
    from workflow.installation import choose_demo, complete_demo

    with refusals():
        bootstrap.ready(samples=False)
        choose_demo(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())
        complete_demo(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())
        bootstrap.ready(show_progress)
        _say_what_is_there()


@click.command()
def samples() -> None:
    """Write the sample workbooks anew, byte for byte."""
    from loaders.samples import read_manifest, write_samples

    with refusals():
        folder = bootstrap.settings().samples
        write_samples(
            folder, bootstrap.definitions(), bootstrap.org_units(), bootstrap.assigned_targets()
        )
        click.echo(sentence("samples_written", count=len(read_manifest(folder)), folder=folder))


def _choose_empty() -> None:
    from workflow.actors import LOCAL_USER
    from workflow.installation import choose_empty

    bootstrap.ready(samples=False)
    aside = bootstrap.set_demo_aside()
    if aside is not None:
        click.echo(sentence("demo_aside", place=aside))
        bootstrap.ready(samples=False)
    choose_empty(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())


def _say_what_is_there() -> None:
    from store import submissions

    state = bootstrap.ready(samples=False)
    with bootstrap.session_factory()() as session:
        count = submissions.count(session)
    key = "ready_demo" if state.demo else "ready" if count else "ready_empty"
    click.echo(sentence(key, count=count))
