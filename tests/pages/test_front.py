"""The first page and its files: compressed, to be kept for good, and ours named among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.front import Front

STREAMLIT = "answered by Streamlit"


def answer(request: Request) -> Response:
    """As Streamlit does: its own page where nothing stands."""
    if request.url.path == "/khong-co":
        return FileResponse(Path(st.__file__).parent / "static" / "index.html")
    return HTMLResponse(STREAMLIT)


@pytest.fixture
def client() -> Iterator[TestClient]:
    behind = Route("/{path:path}", answer)
    app = Starlette(routes=[behind], middleware=[Middleware(Front), Middleware(GZipMiddleware)])
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/chi-tieu", "/quan-tri", "/khong-co"])
def test_the_first_page_names_our_files_last(client, path):
    written = client.get(path).text

    style, script = re.findall(
        r'(?:rel="stylesheet"|module") (?:href|src)="(/static/kpi[^"]*)"', written
    )
    assert written.index("</head>") < written.index(f'rel="stylesheet" href="{style}"')
    assert "--brand:" in client.get(style).text
    assert '"/chi-tieu"' in client.get(script).text


@pytest.mark.parametrize(("query", "lang"), [("", "vi"), ("?lang=en", "en"), ("?lang=xx", "vi")])
def test_the_first_page_says_its_language(client, query, lang):
    assert f'<html lang="{lang}">' in client.get(f"/{query}").text


def test_every_file_the_first_page_names_is_compressed_and_kept_for_good(client):
    named = re.findall(r'(?:href|src)="\.?(/static/(?:js|css|kpi)[^"]*)"', client.get("/").text)

    assert len(named) > 50
    for path in named:
        answer = client.get(path)
        assert answer.headers["content-encoding"] == "gzip", path
        assert "immutable" in answer.headers["cache-control"], path


def test_what_draws_our_blocks_is_fetched_with_the_first_page(client):
    early = re.findall(
        r'rel="modulepreload" crossorigin href="/static/js/(\w+)', client.get("/").text
    )

    assert {"Html", "purify"} <= set(early)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/js/../index.html", {}),
        ("/static/js/none.js", {}),
        ("/media/x", {}),
        ("/dang-nhap", {}),
        ("/_stcore/health", {}),
        ("/", {"accept-encoding": "identity"}),
        ("/", {"range": "bytes=0-1"}),
    ],
)
def test_streamlit_answers_the_rest(client, path, headers):
    assert client.get(path, headers=headers).text == STREAMLIT


def test_the_first_page_carries_what_there_is_to_read_before_the_frame():
    shown = {"/": "<p id='first'>4.482</p>"}
    front = Middleware(Front, look=lambda request: shown.get(request.url.path, ""))
    with TestClient(
        Starlette(routes=[Route("/{path:path}", answer)], middleware=[front])
    ) as client:
        first, other = client.get("/"), client.get("/chi-tieu")

    written = first.text
    sheet, read, root = (
        written.index(one)
        for one in ('rel="stylesheet" href="/static/kpi', "<p id='first'>", 'id="root"')
    )
    assert sheet < read < root
    assert first.headers["cache-control"].startswith("private")
    assert "first" not in other.text.partition("<body>")[2].partition("<div id")[0]
