"""Whoever speaks to the real server past its pages gets no further than the pages let them.

A raw websocket says that the administrator's button was pressed: as the administrator (so the
forgery itself works), as a reader, as nobody, and as somebody whose rights were taken away
while the page was open.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import InvalidStatus

import bootstrap
from bench.serving import Server, serve, url_of
from kpi.permissions import ActorRole, may_see
from pages.addresses import SCREENS
from store import accounts, audit, periods
from store.accounts import NewAccount
from store.engine import SessionFactory, make_engine, make_session_factory, writing
from tests.pages.raw_browser import RawBrowser, Seen, browser, come_in, look
from texts import say
from workflow import accounts as acts
from workflow.actors import LOCAL_USER
from workflow.people import DEMO_NAMES, DEMO_PASSWORD

DEEP = "/chi-tieu?ma=grdp_growth&ky=2018-Q3"
CHIEF = NewAccount("tam", "Lê Thị Tâm", frozenset({ActorRole.ADMINISTRATOR}))
PASSWORD = "mưa rừng tháng bảy"


@dataclass
class Office:
    """A server whose people sign in, and its database; ``first``: its very first answers."""

    server: Server
    factory: SessionFactory
    first: tuple[int, str, str]
    first_run: Seen

    def cookie(self, name: str, password: str = DEMO_PASSWORD) -> str:
        return come_in(self.server.url, name, password)

    def locked(self) -> list[str]:
        with self.factory() as session:
            return [one.reason for one in periods.states(session).values()]

    def refused(self, actor: str, act: str) -> list[dict[str, str]]:
        """What the log says was refused to somebody; it may take a moment to be written."""
        wanted = audit.Wanted(act=act, actor=actor, since=None, until=None)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            with self.factory() as session:
                found = [
                    dict(event.details)
                    for event in audit.listed(session, wanted)
                    if event.outcome == audit.REFUSED
                ]
            if found:
                return found
            time.sleep(0.1)
        return []


@pytest.fixture(scope="module")
def office(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Nobody reads without signing in; the first request of the process is a deep link."""
    folder = tmp_path_factory.mktemp("office")
    file = folder / "kpi.sqlite"
    shutil.copy(filled, file)
    engine = make_engine(url_of(file))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_PUBLIC_READING", "off")
        with serve(folder / "log", database=file, sign_in=True) as server:
            with browser(server.url) as nobody:
                first_run = nobody.open("chi-tieu")
            first = look(server.url + DEEP)
            yield Office(server, make_session_factory(engine), first, first_run)
    engine.dispose()


# --- without having signed in


def test_a_deep_link_on_a_fresh_process_leads_to_the_sign_in(office: Office) -> None:
    status, leads, _said = office.first
    assert status == 303
    assert leads == "/dang-nhap?tiep=%2Fchi-tieu%3Fma%3Dgrdp_growth%26ky%3D2018-Q3"


def test_a_websocket_without_a_cookie_is_shown_no_figure(office: Office) -> None:
    assert say("sign_in.needed", "vi") in office.first_run.html
    assert "GRDP" not in office.first_run.html
    with browser(office.server.url) as nobody:
        for entry in SCREENS:
            seen = nobody.open(entry.path)
            assert say("sign_in.needed", "vi") in seen.html, entry.path
            assert "<table" not in seen.html, entry.path


def test_an_invented_cookie_is_nobodys(office: Office) -> None:
    with browser(office.server.url, "x" * 43) as nobody:
        assert say("sign_in.needed", "vi") in nobody.open("quan-tri").html


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost.evil.example"])
def test_a_page_of_another_site_cannot_open_the_websocket(office: Office, origin: str) -> None:
    with (
        pytest.raises(InvalidStatus, match="403"),
        browser(office.server.url, office.cookie("quan-tri"), origin),
    ):
        pass


def test_a_name_that_is_not_ours_is_not_answered(office: Office) -> None:
    assert look(office.server.url, {"host": "evil.example"})[0] == 400
    assert look(office.server.url + "/api/v1/definitions", {"host": "evil.example"})[0] == 400


# --- every screen, every role


@pytest.mark.parametrize("name", DEMO_NAMES)
def test_every_screen_says_whose_it_is(office: Office, name: str) -> None:
    shut = say("sign_in.not_yours", "vi")
    with office.factory() as session:
        account = accounts.named(session, name)
    assert account is not None
    theirs = {entry.path for entry in SCREENS if may_see(account.actor(), entry.view)}
    assert "" in theirs and len(theirs) < len(SCREENS)
    with browser(office.server.url, office.cookie(name)) as person:
        found = {entry.path for entry in SCREENS if shut in person.open(entry.path).html}
    assert found == {entry.path for entry in SCREENS} - theirs


# --- forged messages


def pressed(seen: Seen, reason: str) -> list[WidgetState]:
    """The administrator's form, filled in, its button pressed."""
    return [
        WidgetState(id=seen.id_of("admin-lock-period"), string_value="2018-Q2"),
        WidgetState(id=seen.id_of("admin-lock-form"), string_value="A"),
        WidgetState(id=seen.id_of("admin-lock-reason"), string_value=reason),
        WidgetState(id=seen.id_of("Khóa ngay"), trigger_value=True),
    ]


def open_admin(person: RawBrowser) -> tuple[Seen, str]:
    seen = person.open("quan-tri")
    return seen, seen.pages["quan-tri"]


@pytest.fixture(scope="module")
def template(office: Office) -> tuple[Seen, str]:
    """What the administrator's screen consists of, widget by widget."""
    with browser(office.server.url, office.cookie("quan-tri")) as chief:
        return open_admin(chief)


def test_the_administrators_own_press_works(office: Office) -> None:
    with browser(office.server.url, office.cookie("quan-tri")) as chief:
        seen, page = open_admin(chief)
        chief.open(page=page, states=pressed(seen, "Chính người quản trị"))
    assert "Chính người quản trị" in office.locked()


@pytest.mark.parametrize("name", ["lanh-dao", "cao-loc", "duyet"])
def test_a_forged_press_by_another_role_does_nothing(
    office: Office, template: tuple[Seen, str], name: str
) -> None:
    seen, page = template
    reason = f"Giả mạo bởi {name}"
    with browser(office.server.url, office.cookie(name)) as forger:
        forger.open("")
        for where in (page, ""):
            forger.open(page=where, states=pressed(seen, reason))
            forger.open(page=where, states=pressed(seen, reason))
    assert reason not in office.locked()
    assert {"reason": "not_your_role"} in office.refused(name, "screen.open")


def test_a_forged_press_by_nobody_does_nothing(office: Office, template: tuple[Seen, str]) -> None:
    seen, page = template
    with browser(office.server.url) as nobody:
        nobody.open("")
        nobody.open(page=page, states=pressed(seen, "Không ai cả"))
        nobody.open(page=page, states=pressed(seen, "Không ai cả"))
    assert "Không ai cả" not in office.locked()


def join(office: Office, new: NewAccount) -> int:
    at = bootstrap.now()
    number = acts.make(office.factory, LOCAL_USER, new, at=at)
    link = acts.invite(office.factory, LOCAL_USER, number, at=at)
    acts.choose_password(office.factory, link, PASSWORD, at=at)
    return number


def test_rights_taken_away_are_gone_on_a_page_still_open(office: Office) -> None:
    number = join(office, CHIEF)
    with browser(office.server.url, office.cookie(CHIEF.name, PASSWORD)) as late:
        seen, page = open_admin(late)
        reader = replace(CHIEF, roles=frozenset({ActorRole.READER}))
        acts.change(office.factory, LOCAL_USER, number, reader, at=bootstrap.now())
        after = late.open(page=page, states=pressed(seen, "Quyền đã mất"))
    assert "Quyền đã mất" not in office.locked()
    assert "Nhật ký" not in after.html
    (details,) = office.refused(CHIEF.name, "period.lock")
    assert details["reason"] == "signed_out"


def test_rights_are_read_from_the_database_at_that_moment(office: Office) -> None:
    """Even where nobody has ended the login: the row alone was changed."""
    new = replace(CHIEF, name="tam2")
    number = join(office, new)
    with browser(office.server.url, office.cookie(new.name, PASSWORD)) as late:
        seen, page = open_admin(late)
        reader = replace(new, roles=frozenset({ActorRole.READER}))
        writing(
            office.factory, lambda session: accounts.change(session, number, reader, active=True)
        )
        after = late.open(page=page, states=pressed(seen, "Quyền vừa đổi"))
    assert "Quyền vừa đổi" not in office.locked()
    assert say("sign_in.not_yours", "vi") in after.html
    (details,) = office.refused(new.name, "period.lock")
    assert details["reason"] == "not_your_role"


def test_a_sign_out_elsewhere_shuts_the_page_that_is_open(office: Office) -> None:
    with browser(office.server.url, office.cookie("thi-dua")) as late:
        assert "<table" in late.open("").html
        acts.revoke_logins(office.factory, LOCAL_USER, "thi-dua", at=bootstrap.now())
        after = late.open("")
    assert "<table" not in after.html
    assert say("sign_in.needed", "vi") in after.html
