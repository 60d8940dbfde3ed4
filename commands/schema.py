"""``schema``: what editors need to check the definitions while one types."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Default: the screen."
)
def schema(output: Path | None) -> None:
    """Write the JSON Schema of kpi_definitions.yaml (kept in docs/)."""
    from loaders.definition_schema import schema_text

    text = schema_text()
    if output is None:
        click.echo(text, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="\n")
