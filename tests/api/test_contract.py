"""The OpenAPI document holds: programs made from it get what it promises.

Schemathesis makes questions from the document, right and wrong ones, and compares the
answers with it: status, content type, headers, every field of every row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from starlette.applications import Starlette

import api
from api.catalogue import RESOURCES, STRUCTURE_PATHS
from api.rate import Rate

Get = Callable[..., Any]
PATHS = [*(one.name for one in RESOURCES), *STRUCTURE_PATHS]


@pytest.fixture
def contract(database: Path) -> Any:
    """The document as the application itself serves it, but for the token.

    Every question of this test shows a good one (the others are in ``test_access``); a
    question that is wrong must be wrong in its parameters.
    """
    app = Starlette(routes=api.routes(Rate(1_000_000)))
    made = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    del made.raw_schema["security"]
    return made


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", PATHS)
def test_answers_are_what_the_document_promises(
    contract: Any, tokens: Mapping[str, str], name: str, mode: GenerationMode
) -> None:
    operation = contract[f"/{name}"]["GET"]
    shown = {"Authorization": f"Bearer {tokens['good']}"}

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=30, suppress_health_check=list(HealthCheck), database=None)
    def holds(case: Any) -> None:
        case.call_and_validate(headers=shown)

    holds()


def test_the_document_names_every_route_and_nothing_else(get: Get) -> None:
    document = get("openapi.json").json()

    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {f"/{path}" for path in PATHS}
    assert document["security"] == [{"token": []}]


def test_the_document_is_open_and_holds_no_figure(get: Get) -> None:
    response = get("openapi.json", token=None)

    assert response.status_code == 200
    assert "file_digest" in response.text
    assert "SoNoiVu" not in response.text


def test_every_parameter_of_the_document_is_read(get: Get) -> None:
    """Each one alone with a wrong value is complained about by its name."""
    for path, item in get("openapi.json").json()["paths"].items():
        for parameter in item["get"]["parameters"]:
            response = get(path.removeprefix("/"), **{parameter["name"]: "†"})
            wrong = [one["parameter"] for one in response.json()["errors"]]
            assert parameter["name"] in wrong, (path, parameter["name"])
