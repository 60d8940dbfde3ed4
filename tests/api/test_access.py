"""Who may ask what: every route with every kind of token, and with none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import bootstrap
from api.catalogue import RESOURCES, STRUCTURE_PATHS
from workflow.accounts import make_token
from workflow.actors import LOCAL_USER

Get = Callable[..., Any]
NEEDED = {
    "assessments": {"period": "2018-Q3"},
    "completeness": {"period": "2018-Q3"},
}  # fmt: skip
LIMITED = ("183", "184")  # as the fixture makes it
ROUTES = [*(one.name for one in RESOURCES), *STRUCTURE_PATHS]
WITH_UNITS = ["observations", "targets", "assessments", "completeness", "explanations"]


@pytest.mark.parametrize("token", [None, "wrong", "expired", "revoked"])
@pytest.mark.parametrize("route", ROUTES)
def test_without_a_valid_token_nothing_is_told_and_the_reason_neither(
    get: Get, route: str, token: str | None
) -> None:
    response = get(route, token, **NEEDED.get(route, {}))
    nothing = get(route, None, **NEEDED.get(route, {}))

    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.headers["cache-control"] == "no-store"
    assert response.json() == nothing.json()
    assert "data" not in response.json()


@pytest.mark.parametrize("route", ROUTES)
def test_a_good_token_reads_everything(get: Get, route: str) -> None:
    response = get(route, **NEEDED.get(route, {}))

    assert response.status_code == 200
    assert response.json()["data"]


@pytest.mark.parametrize("route", WITH_UNITS)
def test_a_limited_token_sees_its_own_units_only(get: Get, route: str) -> None:
    query = NEEDED.get(route, {})
    all_units = {row["org_unit"] for row in get(route, limit=1000, **query).json()["data"]}
    seen = {row["org_unit"] for row in get(route, "limited", limit=1000, **query).json()["data"]}

    assert seen == set(LIMITED)
    assert seen < all_units


@pytest.mark.parametrize("route", WITH_UNITS)
def test_asking_beyond_the_token_is_refused(get: Get, route: str) -> None:
    query = {**NEEDED.get(route, {}), "org_unit": ["183", "20"]}

    response = get(route, "limited", **query)

    assert response.status_code == 403
    assert "20" in response.json()["detail"]
    assert "183" not in response.json()["detail"]
    assert get(route, **query).status_code == 200


@pytest.mark.parametrize("route", WITH_UNITS)
def test_no_cursor_leads_beyond_the_token(get: Get, route: str) -> None:
    cursor = get(route, limit=1, **NEEDED.get(route, {})).json()["next"].partition("cursor=")[2]

    rows = get(route, "limited", limit=1000, cursor=cursor, **NEEDED.get(route, {})).json()["data"]

    assert {row["org_unit"] for row in rows} <= set(LIMITED)


def test_a_limited_token_sees_its_own_units_in_the_list(get: Get) -> None:
    assert [row["code"] for row in get("org-units", "limited").json()["data"]] == list(LIMITED)


def test_an_explanation_hides_the_parts_of_other_units(
    client: TestClient, database: Path, everything: Callable[..., list[Any]]
) -> None:
    """A token of the province sees its sums, not what they were made of."""
    secret = make_token(bootstrap.session_factory(), LOCAL_USER, "tỉnh", ["20"], at=bootstrap.now())
    response = client.get(
        "/api/v1/assessments?period=2018-Q3&limit=1000",
        headers={"Authorization": f"Bearer {secret}"},
    )

    def parts(rows: list[Any]) -> list[str]:
        return [
            part["org_unit"]
            for row in rows
            if row["org_unit"] == "20"
            for known in row["explanation"]["inputs"].values()
            for part in known["parts"]
        ]

    assert set(parts(everything("assessments", period="2018-Q3"))) > {"183"}
    assert set(parts(response.json()["data"])) <= {"20"}


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic Z29vZA==", "Bearer a b c", "bearer\tx"]
)
def test_whatever_is_no_token_is_refused(client: TestClient, header: str) -> None:
    response = client.get("/api/v1/definitions", headers={"Authorization": header})

    assert response.status_code == 401


def test_a_token_in_the_address_counts_for_nothing(
    client: TestClient, tokens: Mapping[str, str]
) -> None:
    assert client.get(f"/api/v1/definitions?token={tokens['good']}").status_code == 401


def test_the_scheme_is_read_as_the_standard_says(
    client: TestClient, tokens: Mapping[str, str]
) -> None:
    response = client.get(
        "/api/v1/definitions", headers={"Authorization": f"bEaReR {tokens['good']}"}
    )

    assert response.status_code == 200


# --- public reading


@pytest.mark.parametrize(("setting", "status"), [("on", 200), ("off", 401), ("yes?", 200)])
def test_public_reading_is_a_setting_and_the_demonstrations_default(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, setting: str, status: int
) -> None:
    monkeypatch.setenv("KPI_PUBLIC_READING", setting)
    bootstrap.settings.cache_clear()

    assert client.get("/api/v1/definitions").status_code == status


def test_a_wrong_token_is_wrong_where_reading_is_public_too(
    client: TestClient, tokens: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_PUBLIC_READING", "on")
    bootstrap.settings.cache_clear()

    def status(name: str) -> int:
        header = {"Authorization": f"Bearer {tokens[name]}"}
        return client.get("/api/v1/definitions", headers=header).status_code

    assert [status(name) for name in ("revoked", "good")] == [401, 200]


# --- what is not said


def test_a_secret_is_in_no_log_and_in_no_answer(
    get: Get, tokens: Mapping[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("good", "revoked", "wrong"):
        response = get("definitions", name)
        assert tokens[name] not in response.text + str(dict(response.headers))

    assert not any(secret in caplog.text for secret in tokens.values())


def test_other_origins_get_no_permission(client: TestClient, tokens: Mapping[str, str]) -> None:
    headers = {"Authorization": f"Bearer {tokens['good']}", "Origin": "https://elsewhere.example"}
    asked = {"Access-Control-Request-Method": "GET"}
    for response in (
        client.get("/api/v1/definitions", headers=headers),
        client.options("/api/v1/definitions", headers={**headers, **asked}),
    ):
        assert not [name for name in response.headers if name.startswith("access-control")]
