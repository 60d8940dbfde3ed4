"""Page after page every row once; asking again costs nothing while nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest

import bootstrap
from api import resources
from kpi.periods import Period
from workflow.actors import LOCAL_USER
from workflow.periods import open_period

Get = Callable[..., Any]
Everything = Callable[..., list[Any]]

QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("definitions", {}),
    ("org-units", {}),
    ("observations", {"period": "2018-Q3", "org_unit": ["182", "183"]}),
    ("observations", {"period": "2018-Q3", "org_unit": ["182", "183"], "vintages": "true"}),
    ("observations", {"period": "2018-Q3", "org_unit": "182", "as_of": "2018-10-06"}),
    ("targets", {"year": 2018}),
    ("targets", {"year": 2018, "history": "true"}),
    ("assessments", {"period": "2018-Q3", "org_unit": ["20", "183"]}),
    ("completeness", {"period": ["2018-Q3", "2017-Q3"]}),
    ("milestones", {}),
]


@pytest.mark.parametrize(("path", "query"), QUESTIONS)
def test_pages_give_every_row_once(
    everything: Everything, path: str, query: dict[str, Any]
) -> None:
    at_once = everything(path, limit=1000, **query)
    in_pieces = everything(path, limit=max(len(at_once) // 4, 1), **query)

    assert in_pieces == at_once
    assert len(at_once) > 4


def test_the_last_page_says_so(get: Get) -> None:
    rows = get("org-units").json()["data"]
    exact = get("org-units", limit=len(rows))

    assert exact.json()["next"] is None
    assert "link" not in exact.headers


def test_the_next_page_is_also_in_the_header(get: Get) -> None:
    response = get("org-units", limit=5)

    assert response.headers["link"] == f'<{response.json()["next"]}>; rel="next"'


def test_an_answer_is_never_longer_than_agreed(get: Get) -> None:
    assert len(get("observations").json()["data"]) == 200
    assert len(get("observations", limit=1000).json()["data"]) <= 1000
    assert get("observations", limit=1001).status_code == 400


# --- ETag


@pytest.mark.parametrize(("path", "query"), QUESTIONS)
def test_an_answer_that_is_known_is_not_sent_again(
    get: Get, client: Any, tokens: dict[str, str], path: str, query: dict[str, Any]
) -> None:
    tag = get(path, **query).headers["etag"]
    for shown in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        headers = {"Authorization": f"Bearer {tokens['good']}", "If-None-Match": shown}
        again = client.get(f"/api/v1/{path}", params=query, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "private, no-cache"


def test_nothing_is_read_to_say_that_nothing_has_changed(
    get: Get, client: Any, tokens: dict[str, str]
) -> None:
    tag = get("assessments", period="2018-Q3").headers["etag"]
    headers = {"Authorization": f"Bearer {tokens['good']}", "If-None-Match": tag}
    with patch.object(resources, "documents", None):  # whoever words a row would fail
        again = client.get("/api/v1/assessments?period=2018-Q3", headers=headers)

    assert again.status_code == 304


def test_a_change_of_the_data_changes_every_tag(get: Get) -> None:
    before = get("org-units").headers["etag"]
    open_period(
        bootstrap.session_factory(), LOCAL_USER, Period(2018, 4), at=bootstrap.now(), reason="x"
    )

    assert get("org-units").headers["etag"] != before


def test_other_questions_readers_and_formats_have_other_tags(get: Get) -> None:
    tags = [
        get("observations").headers["etag"],
        get("observations", limit=5).headers["etag"],
        get("observations", token="limited").headers["etag"],
        get("observations", accept="text/csv").headers["etag"],
        get("targets").headers["etag"],
    ]

    assert len(set(tags)) == len(tags)
    assert get("observations").headers["etag"] == tags[0]


def test_a_known_answer_is_still_refused_to_a_stranger(get: Get, client: Any) -> None:
    tag = get("org-units").headers["etag"]

    assert client.get("/api/v1/org-units", headers={"If-None-Match": tag}).status_code == 401
