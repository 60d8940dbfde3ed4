"""The province's sign-on in Chromium: the server, a provider on another site, and people.

The provider answers as ``127.0.0.1`` and the server as ``localhost``: two sites to a browser,
so that the cookies must survive what they would have to survive in an office.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

import bootstrap
from bench.serving import copy_database, serve
from kpi.permissions import ActorRole
from pages.people import COOKIE
from store.accounts import NewAccount
from tests.pages.identity_provider import CLIENT, SECRET, Provider, provider
from tests.pages.raw_browser import browser as raw_browser
from workflow import accounts as acts
from workflow.actors import LOCAL_USER

HOA = NewAccount(
    "hoa", "Nguyễn Thị Hoa", frozenset({ActorRole.REPORTER}), frozenset({"183"}),
    email="hoa@langson.vn",
)  # fmt: skip
WANTED = "/nop-bao-cao?don-vi=183&ky=2018-Q3"


@dataclass(frozen=True)
class Office:
    url: str
    provider: Provider
    log: Path


@pytest.fixture(scope="module")
def office(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server that knows the provider, and one person by e-mail."""
    folder = tmp_path_factory.mktemp("by_provider")
    database = copy_database(filled, folder / "kpi.sqlite")
    with provider() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{database}")
        patch.setenv("KPI_PUBLIC_READING", "off")
        patch.setenv("KPI_OIDC_ISSUER", running.url)
        patch.setenv("KPI_OIDC_CLIENT_ID", CLIENT)
        patch.setenv("KPI_OIDC_CLIENT_SECRET", SECRET)
        bootstrap.forget()
        acts.make(bootstrap.session_factory(), LOCAL_USER, HOA, at=bootstrap.now())
        bootstrap.forget()
        with serve(folder / "log", database=database, sign_in=True) as server:
            with raw_browser(server.url) as somebody:
                somebody.open("")  # ends when all is there
            yield Office(server.url.replace("127.0.0.1", "localhost"), running, server.log)


@pytest.fixture
def page(page: Page, office: Office) -> Page:
    """A browser that nobody has signed in with, at a provider that does what it should."""
    office.provider.person = {"sub": "7", "email": "hoa@langson.vn"}
    office.provider.overrides, office.provider.shows_a_page = {}, True
    return page


def to_the_provider(page: Page, office: Office) -> None:
    """From a deep link over the sign-in page to the provider's own page."""
    page.goto(office.url + WANTED)
    assert urlsplit(page.url).path == "/dang-nhap"
    page.get_by_role("link", name="Đăng nhập bằng tài khoản của tỉnh").click()
    expect(page.get_by_role("heading", name="Tài khoản của tỉnh")).to_be_visible()
    assert page.url.startswith(office.provider.url)
    assert {one["name"] for one in page.context.cookies()} == {"kpi_on_the_way"}


def go_on(page: Page) -> None:
    page.get_by_role("link", name="Tiếp tục").click()


def login_of(context: BrowserContext) -> dict[str, object] | None:
    return next((dict(one) for one in context.cookies() if one["name"] == COOKIE), None)


def is_outside(page: Page, said: str) -> None:
    """A sentence, no cookie, and still no screen."""
    expect(page.get_by_text(said)).to_be_visible()
    assert login_of(page.context) is None
    page.goto(page.url.partition("/dang-nhap")[0] + WANTED)
    assert urlsplit(page.url).path == "/dang-nhap"


def test_a_deep_link_goes_over_the_provider_and_back(office: Office, page: Page) -> None:
    to_the_provider(page, office)
    go_on(page)
    expect(page.get_by_role("heading", level=1, name="Nộp báo cáo")).to_be_visible()
    assert page.url == office.url + WANTED
    login = login_of(page.context)
    assert login is not None and login["httpOnly"] and login["sameSite"] == "Lax"
    expect(page.get_by_role("link", name="Nguyễn Thị Hoa")).to_be_visible()
    expect(page.get_by_role("link", name="Nộp báo cáo", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Quản trị")).to_have_count(0)

    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap**")
    assert login_of(page.context) is None
    page.goto(office.url + WANTED)
    assert urlsplit(page.url).path == "/dang-nhap"


def test_whom_nobody_here_knows_is_told_so(office: Office, page: Page) -> None:
    office.provider.person = {"sub": "8", "email": "ai-do@langson.vn"}
    to_the_provider(page, office)
    go_on(page)
    is_outside(page, "ai-do@langson.vn")


def test_another_state_than_the_one_sent_opens_nothing(office: Office, page: Page) -> None:
    to_the_provider(page, office)
    way_back = page.get_by_role("link", name="Tiếp tục").get_attribute("href") or ""
    page.goto(way_back.replace("state=", "state=x"))
    is_outside(page, "Chưa đăng nhập được bằng tài khoản của tỉnh.")
    page.goto(way_back)  # the right one is used up by the wrong one
    is_outside(page, "Chưa đăng nhập được bằng tài khoản của tỉnh.")


def test_a_token_made_for_another_browser_opens_nothing(office: Office, page: Page) -> None:
    office.provider.overrides = {"nonce": "of another browser"}
    to_the_provider(page, office)
    go_on(page)
    is_outside(page, "Chưa đăng nhập được bằng tài khoản của tỉnh.")
    logged = office.log.read_text(encoding="utf-8")
    assert "single_sign_on_failed" in logged and SECRET not in logged
