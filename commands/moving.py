"""``backup``, ``restore``, ``copy-to``: everything that is stored, in one piece."""

from __future__ import annotations

from pathlib import Path

import click

import bootstrap
from commands.options import EXISTING_FILE, FILE
from commands.output import refusals, sentence, wrong_usage


@click.command()
@click.option("-o", "file", required=True, type=FILE, help="Where to write the backup.")
def backup(file: Path) -> None:
    """Write everything to one file, while the server runs."""
    from store import backups
    from workflow.moving import note_backup

    with refusals():
        _require_database()
        rows = backups.write(bootstrap.engine(), file)
        note_backup(bootstrap.session_factory(), at=bootstrap.now())
        click.echo(sentence("backup_written", file=file, rows=rows))


@click.command()
@click.argument("file", type=EXISTING_FILE)
def restore(file: Path) -> None:
    """Fill the empty database of KPI_DATABASE_URL with a backup, and compare."""
    from workflow import moving
    from workflow.actors import LOCAL_USER

    with refusals():
        rows = moving.restore(bootstrap.session_factory(), LOCAL_USER, file, at=bootstrap.now())
        click.echo(sentence("restored", rows=rows))


@click.command("copy-to")
@click.argument("url")
def copy_to(url: str) -> None:
    """Copy everything to the empty database at URL, and compare."""
    from store.engine import make_engine, make_session_factory
    from workflow import moving
    from workflow.actors import LOCAL_USER

    with refusals():
        _require_database()
        target = make_engine(url)
        if target.url == bootstrap.engine().url:
            wrong_usage("same_database")
        to = make_session_factory(target)
        try:
            rows = moving.copy_to(bootstrap.session_factory(), to, LOCAL_USER, at=bootstrap.now())
        finally:
            target.dispose()
        click.echo(sentence("copied", rows=rows))


def _require_database() -> None:
    session = bootstrap.session_if_ready()
    if session is None:
        wrong_usage("no_database")
    session.close()
