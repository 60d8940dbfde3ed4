"""The overview in the first page: what the screen will show, to whoever may see it, or nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.datastructures import QueryParams
from starlette.requests import Request

import bootstrap
from pages import startup
from pages.first_look import look


@pytest.fixture(autouse=True)
def ready(database: Path) -> None:
    """Nothing is carried before the server has got ready, which takes a thread of its own."""
    assert startup.preparation().wait(60)


def asked_for(query: str, path: str = "/") -> Request:
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    return Request({**scope, "query_string": query.encode()})


@pytest.mark.parametrize("query", ["", "ky=2018-Q2", "linh-vuc=&ky=2018-Q2&lang=en"])
def test_it_is_what_the_screen_will_show(open_page, query):
    asked = {name: value for name, value in QueryParams(query).items() if value}
    screen = open_page(**{name.replace("-", "_"): value for name, value in asked.items()})

    found = look(asked_for(query))

    shown = [one.proto.body for one in screen.get("html")]
    for wanted in ("blocks", "shell"):
        (body,) = (one for one in shown if one.startswith(f'<div class="{wanted}"'))
        assert body in found


@pytest.mark.parametrize(
    "query", ["ngay=2018-10-10", "chua-duyet=1", "ky=2018-Q9", "linh-vuc=khong-co", "che-do=tuong"]
)
def test_what_needs_the_frame_waits_for_it(query):
    assert look(asked_for(query)) == ""
    assert look(asked_for("", path="/huyen-tp")) == ""


def test_nobody_reads_it_who_may_not_read_the_screen(monkeypatch):
    monkeypatch.setenv("KPI_SIGN_IN", "on")
    monkeypatch.setenv("KPI_PUBLIC_READING", "off")
    bootstrap.forget()

    assert look(asked_for("")) == ""


def test_a_database_that_is_away_leaves_the_word_to_the_frame(database):
    assert re.search("<table", look(asked_for("")))
    away = database.with_suffix(".away")
    database.rename(away)
    try:
        assert look(asked_for("")) == ""
    finally:
        away.rename(database)
