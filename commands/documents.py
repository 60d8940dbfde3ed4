"""``schema`` and ``handbook``: texts in ``docs/`` that are made, not written."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import FILE

OUTPUT = click.option("-o", "--output", type=FILE, help="Default: the screen.")


@click.command()
@OUTPUT
def schema(output: Path | None) -> None:
    """Write the JSON Schema of kpi_definitions.yaml (kept in docs/)."""
    from loaders.definition_schema import schema_text

    _give(schema_text(), output)


@click.command()
@OUTPUT
def handbook(output: Path | None) -> None:
    """Write the handbook's chapter of findings (kept in docs/so-tay/)."""
    import bootstrap
    from reports.handbook import finding_chapter

    _give(finding_chapter(bootstrap.settings().language), output)


def _give(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    from commands.output import write_file, writing

    with writing(output.parent):
        output.parent.mkdir(parents=True, exist_ok=True)
    write_file(output, text.encode())
