"""The province's own sign-on: whom the provider names comes in, and nothing else opens."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

import bootstrap
from kpi.permissions import ActorRole
from pages import people, sign_in, single_sign_on, startup
from pages.guard import Guard
from store import accounts
from store.accounts import NewAccount
from tests.pages.asking import Answer, ask
from tests.pages.identity_provider import CLIENT, SECRET, Provider, provider
from workflow import accounts as acts
from workflow.actors import LOCAL_USER

HOA = NewAccount(
    "hoa", "Nguyễn Thị Hoa", frozenset({ActorRole.REPORTER}), frozenset({"183"}),
    email="Hoa@LangSon.vn",
)  # fmt: skip
WANTED = "/nop-bao-cao?ky=2018-Q3"


@pytest.fixture
def ours() -> Iterator[Provider]:
    with provider() as running:
        yield running


@pytest.fixture
def door(database: Path, ours: Provider, monkeypatch: pytest.MonkeyPatch) -> ASGIApp:
    """The doors with a provider configured, and an account it may name."""
    monkeypatch.setenv("KPI_SIGN_IN", "on")
    monkeypatch.setenv("KPI_OIDC_ISSUER", ours.url)
    monkeypatch.setenv("KPI_OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("KPI_OIDC_CLIENT_SECRET", SECRET)
    bootstrap.forget()
    assert startup.preparation().wait(60)
    acts.make(bootstrap.session_factory(), LOCAL_USER, HOA, at=bootstrap.now())
    product = Route("/{path:path}", lambda _request: HTMLResponse("màn hình"))
    routes = [*sign_in.routes(), *single_sign_on.routes(), product]
    return Starlette(routes=routes, middleware=[Middleware(Guard)])


def cookies_of(answer: Answer) -> dict[str, str]:
    given = re.findall(r"(kpi_\w+)=([^;,]*)", answer.header("set-cookie"))
    return {name: value for name, value in given if value not in ("", '""', "null")}


def send(cookies: dict[str, str]) -> dict[str, str]:
    shown = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return {"cookie": shown, "sec-fetch-site": "cross-site"}


def go(door: ASGIApp) -> Answer:
    return ask(door, f"/dang-nhap/tinh?tiep={WANTED.replace('?', '%3F')}")


def at_the_provider(location: str) -> str:
    """What the browser is told there: the path and query to come back to."""
    address = urlsplit(location)
    connection = http.client.HTTPConnection(address.netloc, timeout=10)
    connection.request("GET", f"{address.path}?{address.query}")
    answer = connection.getresponse()
    back = urlsplit(str(answer.headers["location"]))
    connection.close()
    assert back.netloc == "localhost"
    return f"{back.path}?{back.query}"


def come_in(door: ASGIApp) -> Answer:
    there = go(door)
    back = at_the_provider(there.header("location"))
    return ask(door, back, headers=send(cookies_of(there)))


def test_whom_the_provider_names_comes_in_and_goes_on(door: ASGIApp) -> None:
    answer = come_in(door)
    assert (answer.status, answer.header("location")) == (303, WANTED)
    secret = cookies_of(answer)[people.COOKIE]
    assert "httponly" in answer.header("set-cookie").lower()
    assert ask(door, "/nop-bao-cao", headers=send({people.COOKIE: secret})).text == "màn hình"


def test_the_provider_is_asked_for_a_code_with_proof(door: ASGIApp, ours: Provider) -> None:
    location = go(door).header("location")
    query = dict(parse_qsl(urlsplit(location).query))
    assert location.startswith(f"{ours.url}/authorize?")
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert query["redirect_uri"] == "http://localhost/dang-nhap/tinh/xong"
    assert query["state"] and query["nonce"]
    assert SECRET not in location


def test_the_sign_in_page_offers_it_only_where_there_is_one(
    door: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'href="/dang-nhap/tinh?tiep=%2Fduyet"' in ask(door, "/dang-nhap?tiep=/duyet").text
    monkeypatch.delenv("KPI_OIDC_ISSUER")
    bootstrap.forget()
    assert "/dang-nhap/tinh" not in ask(door, "/dang-nhap").text
    assert single_sign_on.routes() == []


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "8", "email": "ai-do@langson.vn"},
        {"sub": "8", "email": "hoa@langson.vn", "email_verified": False},
        {"sub": "8"},
    ],
)
def test_whom_nobody_here_knows_stays_outside(
    door: ASGIApp, ours: Provider, person: dict[str, object]
) -> None:
    ours.person = person
    answer = come_in(door)
    assert answer.status == 403
    assert people.COOKIE not in cookies_of(answer)


def test_a_closed_account_stays_outside(door: ASGIApp) -> None:
    with bootstrap.session_factory()() as session:
        known = accounts.named(session, "hoa")
    assert known is not None
    acts.change(
        bootstrap.session_factory(), LOCAL_USER, known.id, HOA, active=False, at=bootstrap.now()
    )
    assert come_in(door).status == 403


def test_another_claim_can_name_the_account(
    door: ASGIApp, ours: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_OIDC_CLAIM", "preferred_username")
    bootstrap.forget()
    ours.person = {"sub": "7", "preferred_username": "hoa@langson.vn"}
    assert come_in(door).status == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://evil.example"},
        {"aud": "another program"},
        {"exp": 1},
        {"nonce": "of another browser"},
    ],
)
def test_a_token_that_is_not_for_us_opens_nothing(
    door: ASGIApp, ours: Provider, wrong: dict[str, object]
) -> None:
    ours.overrides = wrong
    answer = come_in(door)
    assert answer.status == 502
    assert people.COOKIE not in cookies_of(answer)


def test_a_token_signed_by_somebody_else_opens_nothing(door: ASGIApp, ours: Provider) -> None:
    ours.published = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_in(door).status == 502


def test_an_answer_that_nobody_asked_for_opens_nothing(door: ASGIApp) -> None:
    """A code of the attacker's own, brought into somebody's browser: no state, no way in."""
    back = at_the_provider(go(door).header("location"))
    assert ask(door, back, headers=send({})).status == 502
    elsewhere = cookies_of(go(door))
    assert ask(door, back, headers=send(elsewhere)).status == 502


def test_a_code_works_once(door: ASGIApp) -> None:
    there = go(door)
    back = at_the_provider(there.header("location"))
    assert ask(door, back, headers=send(cookies_of(there))).status == 303
    assert ask(door, back, headers=send(cookies_of(there))).status == 502


def test_a_provider_that_does_not_answer_is_a_sentence(
    door: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_OIDC_ISSUER", "http://127.0.0.1:9")
    bootstrap.forget()
    answer = go(door)
    assert answer.status == 502
    assert "báo người quản trị mã" in answer.text
    assert SECRET not in answer.text and "127.0.0.1" not in answer.text


@pytest.mark.parametrize("path", ["/dang-nhap", "/mat-khau", "/dang-xuat", "/dang-nhap/tinh"])
def test_whoever_comes_before_the_database_is_ready_is_told_to_wait(
    door: ASGIApp, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(startup.Preparation, "is_ready", False)
    answer = ask(door, path, form=None if path.endswith("tinh") else {"ten": "hoa"})
    assert answer.status == 503
    assert "Đang chuẩn bị số liệu" in answer.text
    assert not answer.header("set-cookie")
