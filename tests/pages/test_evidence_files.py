"""A file of evidence is handed out as a download, to whoever has signed in and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import bootstrap
from kpi.milestones import State, Word
from kpi.permissions import ActorRole
from pages import evidence_files, startup
from pages.guard import Guard
from pages.people import COOKIE
from store import migrate
from store.accounts import NewAccount
from workflow import accounts
from workflow.actors import LOCAL_USER
from workflow.evidence import Brought, Enclosed
from workflow.milestones import record
from workflow.sign_in import sign_in

PASSWORD = "mưa rừng tháng bảy"
PNG = b"\x89PNG\r\n\x1a\n<script>"


class Ready:
    """The preparation of a server that has begun; in the demonstration reading is open."""

    demo = True
    is_ready = True


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        file = tmp_path_factory.mktemp("files") / "kpi.sqlite"
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
        bootstrap.forget()
        migrate.upgrade(bootstrap.engine())
        patch.setattr(startup, "preparation", Ready)
        record(
            bootstrap.session_factory(), LOCAL_USER, bootstrap.definitions(),
            Word("border_economic_zone", State.DONE, 100), at=bootstrap.now(),
            enclosed=Enclosed((Brought('Ảnh "lễ".pdf', PNG),), 1),
        )  # fmt: skip
        app = Starlette(routes=evidence_files.routes(), middleware=[Middleware(Guard)])
        yield TestClient(app, follow_redirects=False)
        bootstrap.forget()


@pytest.fixture(scope="module")
def cookie(client: TestClient) -> str:
    """That of somebody who may read and no more."""
    factory, at = bootstrap.session_factory(), bootstrap.now()
    new = NewAccount("xem", "Người xem", frozenset({ActorRole.READER}))
    link = accounts.invite(
        factory, LOCAL_USER, accounts.make(factory, LOCAL_USER, new, at=at), at=at
    )
    accounts.choose_password(factory, link, PASSWORD, at=at)
    return sign_in(factory, new.name, PASSWORD, at=at, address="", client="").secret


def get(client: TestClient, number: str, cookie: str = "") -> Response:
    client.cookies.clear()
    return client.get(f"/minh-chung/{number}", headers={"cookie": f"{COOKIE}={cookie}"})


def test_nobody_who_has_not_signed_in_gets_it_not_even_where_reading_is_open(
    client: TestClient,
) -> None:
    for cookie in ("", "x" * 43):
        answer = get(client, "1", cookie)
        assert (answer.status_code, answer.content) == (303, b"")
        assert answer.headers["location"] == "/dang-nhap?tiep=%2Fminh-chung%2F1"


def test_it_comes_as_a_download_that_nothing_runs_in(client: TestClient, cookie: str) -> None:
    answer = get(client, "1", cookie)
    assert (answer.status_code, answer.content) == (200, PNG)
    headers = answer.headers
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"] == (
        "attachment; filename=\"minh-chung-1.png\"; filename*=UTF-8''"
        "%E1%BA%A2nh%20%22l%E1%BB%85%22.pdf.png"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert headers["cache-control"] == "private, no-store"


def test_what_is_not_there_is_said(client: TestClient, cookie: str) -> None:
    for number in ("2", "0", "-1", "x", "1.pdf", "9" * 13, "%2e%2e"):
        answer = get(client, number, cookie)
        assert answer.status_code == 404
        assert "attachment" not in answer.headers.get("content-disposition", "")
