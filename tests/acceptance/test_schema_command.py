"""``manage.py schema``: the same text to the screen and into a file."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

import manage


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    file = tmp_path / "new" / "schema.json"

    printed = CliRunner().invoke(manage.cli, ["schema"])
    written = CliRunner().invoke(manage.cli, ["schema", "-o", str(file)])

    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert printed.stdout == file.read_text(encoding="utf-8")
    assert "indicators" in json.loads(printed.stdout)["properties"]
