"""The JSON Schema for editors: current, true of the shipped file, and of use."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from loaders.definition_schema import definitions_schema, schema_text

ROOT = Path(__file__).parent.parent.parent
KEPT = ROOT / "docs" / "kpi_definitions.schema.json"
FILE = ROOT / "kpi_definitions.yaml"


def plain(value: Any) -> Any:
    """As an editor reads YAML: a day is a text."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def mistakes(document: Any) -> list[str]:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(definitions_schema())
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(document)]


@pytest.fixture
def shipped() -> Any:
    return plain(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def test_the_kept_schema_is_current() -> None:
    """If not: ``python manage.py schema -o docs/kpi_definitions.schema.json``."""
    assert KEPT.read_text(encoding="utf-8") == schema_text()


def test_the_definitions_name_their_schema_in_the_first_line() -> None:
    first, _, _ = FILE.read_text(encoding="utf-8").partition("\n")

    assert first == f"# yaml-language-server: $schema={KEPT.relative_to(ROOT).as_posix()}"


def test_the_shipped_definitions_keep_to_the_schema(shipped: Any) -> None:
    assert mistakes(shipped) == []


def test_an_editor_would_see_a_misspelt_key_and_a_wrong_kind(shipped: Any) -> None:
    shipped["indicators"][0]["hihg"] = 8
    shipped["indicators"][1]["measure"] = "flows"
    shipped["in_force_from"] = "1 January"

    assert set(mistakes(shipped)) >= {"indicators/0", "indicators/1/measure", "in_force_from"}


def test_the_schema_says_what_every_numeric_field_is() -> None:
    text = json.dumps(definitions_schema())

    assert '"low": {"anyOf": [{"type": "number"}, {"type": "null"}]' in text
