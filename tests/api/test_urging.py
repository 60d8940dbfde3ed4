"""Commitments and explanations: what the command line tells, to whom the screens show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

import bootstrap
import manage

Get = Callable[..., Any]
Everything = Callable[..., list[Any]]
DEED = ("step", "text", "submission")


def command(*arguments: str) -> Any:
    return json.loads(CliRunner().invoke(manage.cli, [*arguments, "--json"]).stdout)


def shared(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Both, by what both tell; files have fewer words for programs."""
    names = (one.keys() & other.keys()) - {"files", "steps", "asked_at"}
    return [{name: some[name] for name in names} for some in (one, other)]


def test_commitments_are_those_of_the_command_line(everything: Everything) -> None:
    printed = {one["commitment"]: one for one in command("milestone", "list")}
    told = everything("milestones", year=2018, limit=3)

    assert [row["commitment"] for row in told] == sorted(printed)
    for row in told:
        ours, theirs = shared(row, printed[row["commitment"]])
        assert (ours, len(ours)) == ({**theirs, "evidence": theirs["evidence"] or ""}, 6)
    (said,) = (row for row in told if row["state"])
    assert (said["progress"], said["evidence"], said["days_late"] > 0) == (40, "Kế hoạch 5", True)


def test_a_commitment_is_told_as_it_was_known(get: Get) -> None:
    def of(day: str) -> list[tuple[int | None, int]]:
        rows = get("milestones", as_of=day).json()["data"]
        return sorted({(row["progress"] or 0, row["days_late"]) for row in rows})

    assert of("2018-10-12") == [(0, 0)]
    assert of("2018-10-14") == [(0, 0), (40, 3)]


def test_explanations_are_those_of_the_command_line(everything: Everything) -> None:
    printed = {one["id"]: one for one in command("explanation", "list")["explanations"]}
    told = everything("explanations", limit=2)

    assert [row["id"] for row in told] == sorted(printed) == [1, 2, 3, 4]
    for row in told:
        ours, theirs = shared(row, printed[row["id"]])
        assert (ours, len(ours)) == (theirs, 12)
        steps = [[step[name] for name in DEED] for step in row["steps"]]
        assert steps == [[step[name] for name in DEED] for step in printed[row["id"]]["steps"]]
    assert [row["state"] for row in told] == ["accepted", "answered", "asked", "answered"]
    assert [row["id"] for row in everything("explanations", open="true")] == [2, 3, 4]
    assert everything("explanations", as_of="2018-10-12", org_unit="184")[0]["state"] == "asked"
    assert everything("explanations", period="2018-Q2") == []


def test_a_file_is_told_by_its_digest_and_nobody_by_name(get: Get) -> None:
    response = get("explanations", org_unit="184")
    (answer,) = response.json()["data"][0]["steps"]

    assert [(one["kind"], one["size"]) for one in answer["files"]] == [("png", 8)]
    assert "Nguyễn" not in json.dumps(response.json(), ensure_ascii=False)
    assert not {"by", "asked_by", "name"} & answer.keys()


def test_a_token_of_some_districts_sees_no_commitment_of_the_province(get: Get) -> None:
    assert get("milestones", "limited").json()["data"] == []


def test_open_reading_shows_commitments_and_no_explanations(
    client: TestClient, tokens: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the screens do: what was asked and answered is for who has signed in."""
    monkeypatch.setenv("KPI_PUBLIC_READING", "on")
    bootstrap.settings.cache_clear()
    shown = {"Authorization": f"Bearer {tokens['good']}"}

    assert client.get("/api/v1/milestones").json()["data"]
    assert client.get("/api/v1/explanations").status_code == 401
    assert client.get("/api/v1/explanations", headers=shown).status_code == 200
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    asking = {path for path, item in paths.items() if item["get"].get("security")}
    assert asking == {"/explanations"}
