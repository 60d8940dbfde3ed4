"""The API on the real server, beside the screens; the first request finds a fresh process."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import bootstrap
from api.catalogue import RESOURCES, STRUCTURE_PATHS
from bench.serving import copy_database, serve
from workflow.accounts import make_token
from workflow.actors import LOCAL_USER

# Each with the parameters it cannot do without.
NEEDED = {"assessments": "?period=2018-Q3", "completeness": "?period=2018-Q3"}
PATHS = [
    *(one.name + NEEDED.get(one.name, "") for one in RESOURCES),
    *STRUCTURE_PATHS,
    "openapi.json",
]


@pytest.fixture(scope="module")
def served(
    taken_in: Path, two_quarters: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Its address and a token."""
    folder = tmp_path_factory.mktemp("served")
    database = copy_database(taken_in, folder / "kpi.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{database}")
        patch.setenv("KPI_DATA", str(two_quarters))
        patch.setenv("KPI_PUBLIC_READING", "off")
        bootstrap.forget()
        secret = make_token(bootstrap.session_factory(), LOCAL_USER, "kho", at=bootstrap.now())
        bootstrap.forget()
        with serve(folder / "log", database=database) as running:
            yield running.url, secret


def ask(
    url: str, secret: str | None = None, *, method: str = "GET", **headers: str
) -> tuple[int, Any, bytes]:
    if secret is not None:
        headers["Authorization"] = f"Bearer {secret}"
    try:
        with urlopen(Request(url, headers=headers, method=method), timeout=60) as response:
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_the_api_answers_beside_the_screens(served: tuple[str, str]) -> None:
    """Streamlit answers unknown addresses with its page; not below ``/api``."""
    url, secret = served
    first = ask(f"{url}/api/v1/org-units")
    assert first[0] == 401
    assert json.loads(first[2])["code"] == "no_token"
    for path in ("/api", "/api/", "/api/v1/", "/api/v1/nope", "/api/v2/targets"):
        status, headers, body = ask(url + path, Accept="text/html")
        assert (status, headers["content-type"]) == (404, "application/problem+json"), path
        assert b"<html" not in body
    status, headers, body = ask(f"{url}/api/v1/org-units", secret)
    assert (status, headers["content-type"]) == (200, "application/json")
    assert len(json.loads(body)["data"]) == 12


@pytest.mark.parametrize("path", PATHS)
def test_every_resource_is_compressed_known_again_and_refused_alike(
    served: tuple[str, str], path: str
) -> None:
    """On the server itself: Streamlit's own layers stand before the interface."""
    url, secret = served
    address = f"{url}/api/v1/{path}"
    accepted = {"Accept-Encoding": "gzip"}
    status, headers, body = ask(address, secret, **accepted)
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "Accept-Encoding" in headers["vary"]
    assert len(body) < len(gzip.decompress(body))

    again = ask(address, secret, **accepted, **{"If-None-Match": headers["etag"]})
    assert (again[0], again[2]) == (304, b"")
    assert again[1]["etag"] == headers["etag"]

    more = "&" if "?" in path else "?"
    refusals = [ask(address, method="POST", secret=secret)]
    if not path.endswith("openapi.json"):  # it needs no token, and there is one of it
        refusals += [
            ask(address),
            ask(address, "wrong"),
            ask(f"{address}{more}nope=1", secret),
            ask(address, secret, Accept="image/png"),
        ]
    assert [one[0] for one in refusals] == [405, 401, 401, 400, 406][: len(refusals)]
    for status, headers, body in refusals:
        assert headers["content-type"] == "application/problem+json"
        assert json.loads(body)["status"] == status


def test_one_slow_question_does_not_keep_the_screens_waiting(served: tuple[str, str]) -> None:
    """Reads run in threads; what the server says of itself comes meanwhile."""
    url, secret = served
    slow = f"{url}/api/v1/assessments?period=2018-Q3&limit=1000"
    with ThreadPoolExecutor() as pool:
        answers = [pool.submit(ask, slow, secret) for _ in range(3)]
        meanwhile = 0
        while not all(one.done() for one in answers):
            assert ask(f"{url}/_stcore/health")[0] == 200
            meanwhile += 1
        assert [one.result()[0] for one in answers] == [200, 200, 200]

    assert meanwhile > 1
