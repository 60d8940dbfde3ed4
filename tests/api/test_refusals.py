"""What cannot be answered is answered as a problem: never HTML, never a trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

import api
import bootstrap
from api import resources
from api.rate import Rate
from store.engine import StoreUnavailable

Get = Callable[..., Any]
PROBLEM = "application/problem+json"


def is_problem(response: Any, status: int, code: str) -> bool:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    document = response.json()
    assert document["status"] == status
    return bool(document["code"] == code)


@pytest.mark.parametrize(
    "path",
    ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v1/kpis", "/api/v2/targets", "/api/index.html",
     "/api/v1/targets/", "/api/v1/targets/1", "/api/v1/Targets", "/api/%2e%2e/x", "/api//v1"],
)  # fmt: skip
@pytest.mark.parametrize("token", [True, False])
def test_unknown_addresses_are_not_screens(
    client: TestClient, tokens: Mapping[str, str], path: str, token: bool
) -> None:
    headers = {"Authorization": f"Bearer {tokens['good']}"} if token else {}

    assert is_problem(client.get(path, headers=headers), 404, "unknown_path")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_it_is_only_read(client: TestClient, tokens: Mapping[str, str], method: str) -> None:
    headers = {"Authorization": f"Bearer {tokens['good']}"}
    response = client.request(method, "/api/v1/targets", headers=headers)

    assert is_problem(response, 405, "read_only")
    assert "GET" in response.headers["allow"]


# --- parameters


@pytest.mark.parametrize(
    ("path", "query", "wrong"),
    [
        ("targets", {"yeer": "2018"}, ["yeer"]),
        ("targets", {"year": "2019"}, ["year"]),
        ("targets", {"year": ""}, ["year"]),
        ("targets", {"on": "2018-02-30"}, ["on"]),
        ("targets", {"on": "2018-W01-1"}, ["on"]),
        ("targets", {"on": "20181010"}, ["on"]),
        ("targets", {"history": "yes"}, ["history"]),
        ("observations", {"period": "2018-Q5"}, ["period"]),
        ("observations", {"period": "2018-Q3\n"}, ["period"]),
        ("observations", {"period": ["2018", "quý 3"]}, ["period"]),
        ("observations", {"period": ["2018"] * 51}, ["period"]),
        ("observations", {"indicator": "grdp"}, ["indicator"]),
        ("observations", {"org_unit": "179"}, ["org_unit"]),
        ("observations", {"limit": "0"}, ["limit"]),
        ("observations", {"limit": "-1"}, ["limit"]),
        ("observations", {"limit": "1001"}, ["limit"]),
        ("observations", {"limit": "１０"}, ["limit"]),
        ("observations", {"limit": ["1", "2"]}, ["limit"]),
        ("observations", {"cursor": "a/b/c/d"}, ["cursor"]),
        ("observations", {"cursor": "' OR 1=1"}, ["cursor"]),
        ("observations", {"cursor": "a/b/c/9999999999999999"}, ["cursor"]),
        ("assessments", {}, ["period"]),
        ("assessments", {"period": "2018"}, ["period"]),
        ("completeness", {}, ["period"]),
        ("completeness", {"period": ["2018-Q3", "2018"]}, ["period"]),
        ("structure", {"references": "parents"}, ["references"]),
        (
            "observations",
            {"limit": "x", "foo": "1", "as_of": "hôm nay", "vintages": "1"},
            ["foo", "as_of", "vintages", "limit"],
        ),
    ],
)
def test_every_wrong_parameter_is_named(
    get: Get, path: str, query: dict[str, Any], wrong: list[str]
) -> None:
    response = get(path, **query)

    assert is_problem(response, 400, "bad_parameters")
    assert [one["parameter"] for one in response.json()["errors"]] == wrong
    assert all(one["detail"] for one in response.json()["errors"])


def test_a_sentence_is_in_the_language_of_the_installation(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = get("targets", year=1999).json()["detail"]
    monkeypatch.setenv("KPI_LANGUAGE", "vi")
    bootstrap.settings.cache_clear()

    assert get("targets", year=1999).json()["detail"] != english


# --- how often


def asking(rate: Rate) -> TestClient:
    return TestClient(Starlette(routes=api.routes(rate)))


def test_who_asks_too_often_waits_and_others_do_not(
    tokens: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC).replace(second=20, microsecond=0)
    monkeypatch.setattr(bootstrap, "now", lambda: now)
    client = asking(Rate(per_minute=3))

    def ask(name: str) -> Any:
        return client.get(
            "/api/v1/org-units", headers={"Authorization": f"Bearer {tokens[name]}"}
        )  # fmt: skip

    assert [ask("good").status_code for _ in range(3)] == [200, 200, 200]
    turned_away = ask("good")
    assert is_problem(turned_away, 429, "too_many")
    assert turned_away.headers["retry-after"] == "40"
    assert ask("limited").status_code == 200
    # strangers are counted by their address, whatever they show
    assert [ask("wrong").status_code, ask("revoked").status_code] == [401, 401]
    assert client.get("/api/v1/org-units").status_code == 401
    assert ask("wrong").status_code == 429
    monkeypatch.setattr(bootstrap, "now", lambda: now.replace(minute=(now.minute + 1) % 60))
    assert ask("good").status_code == 200


def test_counts_do_not_grow_for_ever() -> None:
    rate = Rate()
    for number in range(1000):
        rate.wait(f"address {number}", datetime(2026, 1, 1, 0, number // 60, tzinfo=UTC))

    assert len(rate._counts) <= 60


# --- trouble inside


def test_before_the_database_is_ready_there_is_nothing_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first request to a fresh process, and no database made by asking."""
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    bootstrap.forget()
    response = asking(Rate()).get("/api/v1/org-units")
    bootstrap.forget()

    assert is_problem(response, 503, "not_ready")
    assert int(response.headers["retry-after"]) > 0
    assert not (tmp_path / "none.sqlite").exists()


def test_a_database_in_trouble_is_said_without_its_address(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_session: object) -> int:
        raise StoreUnavailable("postgresql://kpi:secret@db/kpi: connection refused")

    monkeypatch.setattr(bootstrap, "data_version", fail)
    response = get("org-units")

    assert is_problem(response, 503, "not_available")
    assert "secret" not in response.text


def test_a_mistake_of_ours_shows_nothing_of_the_inside(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "documents", None)
    response = get("org-units")

    assert is_problem(response, 500, "failed")
    assert "Traceback" not in response.text
    assert "documents" not in response.text
