"""``publish``: freeze the approved figures of a period and write them as a folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

import bootstrap
from commands.options import period_option
from commands.output import quarter, refusals, show_progress, writing, wrong_usage
from kpi.periods import Period


@click.command()
@click.option(
    "-o", "--output", required=True, metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
)  # fmt: skip
@period_option("Default: the newest with figures.", required=False)
def publish(output: Path, period_code: str | None) -> None:
    """Publish the approved figures of a period and write them as plain HTML, CSV and sums.

    The folder needs nothing but a browser. /cong-bo of the server shows what was published
    last. Publishing again when no figure has changed gives the same files, to the byte.
    """
    from reports.published.packing import with_archive
    from texts import say
    from texts.numbers import moment_text, period_name
    from workflow.actors import LOCAL_USER
    from workflow.publishing import publish as act

    with refusals():
        wanted = None if period_code is None else quarter(period_code)
        bootstrap.ready(show_progress)
        period = wanted or _newest()
        _require_ours(output)
        found = act(
            bootstrap.session_factory(), LOCAL_USER, bootstrap.publishing_ground(), period,
            at=bootstrap.now(),
        )  # fmt: skip
        files = with_archive(found.archive)
        with writing(output):
            _write(output, files)
        lang, one = bootstrap.settings().language, found.publication
        key = "published.new" if found.new else "published.again"
        named = period_name(period, lang, "inside")
        click.echo(say(key, lang, period=named, moment=moment_text(one.known_at, lang)))
        count = len(files)
        click.echo(say("published.written", lang, count=count, folder=output, mark=one.mark))


def _newest() -> Period:
    """The demonstration's period, else the newest quarter of a plan year with a figure."""
    from store import series

    if bootstrap.ready(samples=False).demo:
        return bootstrap.definitions().demo.period
    with bootstrap.session_factory()() as session:
        quarters = bootstrap.plan_years(session).quarters
        filled = set(series.values(session)["period"])
    known = [one for one in quarters if one.code in filled]
    return known[-1] if known else quarters[0]


def _listed(folder: Path) -> set[Path]:
    """The files of an earlier publication in the folder, by its own sums."""
    from reports.published.packing import ARCHIVE, SUMS

    sums = folder / SUMS
    if not sums.exists():
        return set()
    names = [line[66:] for line in sums.read_text("utf-8").splitlines()]
    root = folder.resolve()
    paths = ((folder / name).resolve() for name in [*names, SUMS, ARCHIVE])
    return {path for path in paths if path.is_relative_to(root)}


def _require_ours(folder: Path) -> None:
    """Nothing of anybody else's is mixed with a publication, nor lost to one."""
    if not folder.exists():
        return
    ours = _listed(folder)
    others = (one for one in sorted(folder.rglob("*")) if one.is_file())
    strange = next((one for one in others if one.resolve() not in ours), None)
    if strange is not None:
        name = strange.relative_to(folder).as_posix()
        wrong_usage("folder_not_empty", folder=folder, name=name)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path in _listed(folder):
        path.unlink(missing_ok=True)
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
