"""The door: who comes in how, what a browser is given, and who may open which screen."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from argon2 import PasswordHasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

import bootstrap
from kpi.permissions import ActorRole
from pages import coming_in, people, screens, sign_in, startup
from pages.addresses import SCREENS
from pages.guard import Guard
from store import accounts
from tests.pages.asking import Answer, ask
from workflow import passwords
from workflow.logins import of_cookie
from workflow.people import DEMO_PASSWORD, demo_accounts, first_administrator

RIGHT = {"ten": "cao-loc", "mat-khau": DEMO_PASSWORD, "tiep": "/nop-bao-cao?ky=2018-Q3"}


CHEAP = PasswordHasher(1, 8, 1)


@pytest.fixture(scope="module")
def peopled(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled database with the demonstration's accounts, hashed as cheaply as can be."""
    file = tmp_path_factory.mktemp("peopled") / "kpi.sqlite"
    shutil.copy(filled, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", CHEAP)
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
        bootstrap.forget()
        demo_accounts(bootstrap.session_factory(), at=bootstrap.now())
        bootstrap.forget()
    return file


@pytest.fixture
def office(peopled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A database of one's own, whose people sign in."""
    file = tmp_path / "kpi.sqlite"
    shutil.copy(peopled, file)
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
    bootstrap.forget()
    assert startup.preparation().wait(60)
    yield file
    bootstrap.forget()


@pytest.fixture
def door(office: Path) -> ASGIApp:
    """The sign-in routes and the guard, before a product that says one word."""
    product = Route(
        "/{path:path}", lambda _request: HTMLResponse("màn hình"), methods=["GET", "PUT"]
    )
    return Starlette(routes=[*sign_in.routes(), product], middleware=[Middleware(Guard)])


def cookie_of(answer: Answer) -> str:
    found = re.match(rf"{people.COOKIE}=([^;]*)", answer.header("set-cookie"))
    return found[1] if found else ""


def with_cookie(secret: str) -> dict[str, str]:
    return {"cookie": f"{people.COOKIE}={secret}"}


# --- coming in and going out


def test_the_right_password_sets_a_cookie_no_script_can_read(door: ASGIApp) -> None:
    there = ask(door, "/dang-nhap", form=RIGHT)
    assert (there.status, there.header("location")) == (303, "/nop-bao-cao?ky=2018-Q3")
    given = there.header("set-cookie").lower()
    assert "httponly" in given
    assert "samesite=lax" in given
    assert "path=/" in given
    assert "secure" not in given  # not by https


def test_behind_https_the_cookie_is_for_https_only(
    door: ASGIApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        "secure" in ask(door, "/dang-nhap", form=RIGHT, scheme="https").header("set-cookie").lower()
    )
    monkeypatch.setenv("KPI_PUBLIC_URL", "https://kpi.langson.gov.vn")
    bootstrap.forget()
    assert "secure" in ask(door, "/dang-nhap", form=RIGHT).header("set-cookie").lower()


def test_each_sign_in_has_a_cookie_of_its_own(door: ASGIApp) -> None:
    fixed = {"cookie": f"{people.COOKIE}=chosen-by-somebody-else"}
    first, second = (cookie_of(ask(door, "/dang-nhap", form=RIGHT, headers=fixed)) for _ in "ab")
    assert first
    assert second
    assert len({first, second, "chosen-by-somebody-else"}) == 3


def test_signing_in_anew_ends_the_login_that_the_browser_had(door: ASGIApp) -> None:
    first = cookie_of(ask(door, "/dang-nhap", form=RIGHT))
    second = cookie_of(ask(door, "/dang-nhap", form=RIGHT, headers=with_cookie(first)))
    with bootstrap.session_factory()() as session:
        assert of_cookie(session, first, bootstrap.now()) is None
        assert of_cookie(session, second, bootstrap.now()) is not None
    ask(door, "/dang-nhap", form=RIGHT | {"mat-khau": "sai"}, headers=with_cookie(second))
    with bootstrap.session_factory()() as session:
        assert of_cookie(session, second, bootstrap.now()) is not None


def test_a_wrong_password_says_so_and_keeps_the_way(door: ASGIApp) -> None:
    answer = ask(door, "/dang-nhap", form=RIGHT | {"mat-khau": "không phải"})
    assert answer.status == 401
    assert "chưa đúng" in answer.text
    assert 'value="/nop-bao-cao?ky=2018-Q3"' in answer.text
    assert not cookie_of(answer)


def test_the_door_is_in_the_letters_of_the_product(door: ASGIApp) -> None:
    """Their file's name is Streamlit's and changes with its version."""
    answer = ask(door, "/dang-nhap")
    found = re.search(r'url\("/(static/media/[^"]+\.woff2)"\)', answer.text)
    assert found is not None and (Path(st.__file__).parent / "static" / found[1]).is_file()
    assert "font-src 'self'" in answer.headers["content-security-policy"][0]


@pytest.mark.parametrize("path", ["/dang-nhap", "/dang-xuat", "/mat-khau"])
@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(
    door: ASGIApp, path: str, headers: dict[str, str]
) -> None:
    answer = ask(door, path, form=RIGHT, headers=headers)
    assert answer.status == 403
    assert not answer.header("set-cookie")


def test_going_out_ends_the_login(door: ASGIApp) -> None:
    secret = cookie_of(ask(door, "/dang-nhap", form=RIGHT))
    answer = ask(door, "/dang-xuat", form={}, headers=with_cookie(secret))
    assert answer.status == 303
    assert f'{people.COOKIE}=""' in answer.header("set-cookie")
    again = ask(door, "/duyet", headers=with_cookie(secret))
    assert again.status == 303  # the old cookie opens nothing any more


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/chi-tieu?ma=grdp_growth", "/chi-tieu?ma=grdp_growth"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("chi-tieu", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("", "/"),
    ],
)
def test_one_goes_on_to_this_server_only(asked: str, goes_to: str) -> None:
    assert coming_in.local_path(asked) == goes_to


def test_what_one_typed_is_shown_escaped(door: ASGIApp) -> None:
    answer = ask(door, "/dang-nhap", form=RIGHT | {"ten": '"><script>alert(1)</script>'})
    assert "<script" not in answer.text
    assert "script-src" not in answer.header("content-security-policy")
    assert "default-src 'none'" in answer.header("content-security-policy")


# --- the way to the screens


def test_a_deep_link_survives_the_sign_in(door: ASGIApp) -> None:
    first = ask(door, "/nop-bao-cao?ky=2018-Q3&don-vi=183")
    assert first.status == 303
    form = ask(door, first.header("location"))
    assert 'value="/nop-bao-cao?ky=2018-Q3&amp;don-vi=183"' in form.text


@pytest.mark.parametrize(
    ("path", "open_reading", "status"),
    [
        ("/", "on", 200),
        ("/chi-tieu?ma=grdp_growth", "on", 200),
        ("/nop-bao-cao", "on", 303),
        ("/duyet", "on", 303),
        ("/", "off", 303),
        ("/chi-tieu?ma=grdp_growth", "off", 303),
        ("/tai-khoan", "on", 303),
        ("/_stcore/health", "off", 200),
        ("/api/v1/definitions", "off", 200),  # answers for itself
    ],
)
def test_who_has_not_signed_in_is_led_to_the_door(
    door: ASGIApp, monkeypatch: pytest.MonkeyPatch, path: str, open_reading: str, status: int
) -> None:
    monkeypatch.setenv("KPI_PUBLIC_READING", open_reading)
    bootstrap.forget()
    assert ask(door, path).status == status


def test_a_file_is_taken_only_from_who_has_signed_in(door: ASGIApp) -> None:
    """Else whoever reaches the server could fill its memory."""
    there = "/_stcore/upload_file/session/file"
    assert ask(door, there, method="PUT").status == 403
    assert ask(door, there, method="PUT", headers=with_cookie("made up")).status == 403
    secret = cookie_of(ask(door, "/dang-nhap", form=RIGHT))
    assert ask(door, there, method="PUT", headers=with_cookie(secret)).text == "màn hình"


@pytest.mark.parametrize(("open_reading", "status"), [("on", 200), ("off", 303)])
def test_a_document_made_for_a_reader_is_no_easier_to_fetch_than_a_screen(
    door: ASGIApp, monkeypatch: pytest.MonkeyPatch, open_reading: str, status: int
) -> None:
    monkeypatch.setenv("KPI_PUBLIC_READING", open_reading)
    bootstrap.forget()
    fetched = {"accept": "*/*", "sec-fetch-dest": "empty"}
    assert ask(door, "/media/tai-lieu.xlsx", headers=fetched).status == status
    secret = cookie_of(ask(door, "/dang-nhap", form=RIGHT))
    assert ask(door, "/media/tai-lieu.xlsx", headers=fetched | with_cookie(secret)).status == 200


def test_every_answer_wears_its_headers(door: ASGIApp) -> None:
    headers = ask(door, "/").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"][0]
    assert headers["x-content-type-options"] == ["nosniff"]
    assert headers["referrer-policy"] == ["same-origin"]


# --- which screens are whose

READING = {
    "overview.py", "indicator.py", "district.py", "sector.py", "source.py", "changes.py",
    "completeness.py", "standing.py", "milestones.py", "honours.py",
}  # fmt: skip
SIGNED_IN = {"account.py", "inquiries.py"}
MORE = {
    "": set(),
    "quan-tri": {"admin.py", "submit.py"},
    "cao-loc": {"submit.py"},
    "cuc-thong-ke": {"submit.py"},
    "duyet": {"approve.py"},
    "thi-dua": set(),
    "lanh-dao": set(),
}


def scripts_for(name: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The scripts registered for a person; "" has not signed in."""
    registered: list[object] = []
    monkeypatch.setattr(screens.st, "Page", lambda what, **_: registered.append(what))
    with bootstrap.session_factory()() as session:
        account = accounts.named(session, name) if name else None
        data_version = bootstrap.data_version(session)
    screens.registered(account.actor() if account else None, data_version, "vi")
    return {what.name for what in registered if isinstance(what, Path)}


@pytest.mark.parametrize("name", MORE)
@pytest.mark.parametrize("open_reading", [True, False])
def test_only_the_screens_that_are_theirs_are_registered(
    office: Path, monkeypatch: pytest.MonkeyPatch, name: str, open_reading: bool
) -> None:
    monkeypatch.setenv("KPI_PUBLIC_READING", "on" if open_reading else "off")
    bootstrap.forget()
    reading = READING if open_reading or name else set()
    own = SIGNED_IN if name else set()
    assert scripts_for(name, monkeypatch) == reading | own | MORE[name]


def test_every_screen_is_in_the_table(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {entry.file for entry in SCREENS}
    assert listed == READING.union(SIGNED_IN, *MORE.values())


def test_a_screen_that_is_not_theirs_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(screens.st, "html", said.append)
    entry = next(entry for entry in SCREENS if entry.file == "submit.py")
    screens._instead(None, entry, "vi")
    assert any("/dang-nhap?tiep=%2Fnop-bao-cao" in one for one in said)


# --- the first people


def test_the_demonstration_has_an_account_for_each_role(office: Path) -> None:
    with bootstrap.session_factory()() as session:
        roles = {role for one in accounts.listed(session) for role in one.roles}
    assert roles == set(ActorRole) - {ActorRole.SYSTEM}


def test_a_real_installation_begins_with_a_link_for_its_administrator(
    office: Path, door: ASGIApp
) -> None:
    with bootstrap.session_factory()() as session:
        for one in accounts.listed(session):
            accounts.set_password(session, one.id, "")
        session.commit()
    at = bootstrap.now()
    secret = first_administrator(bootstrap.session_factory(), at=at)
    assert secret
    page = ask(door, f"/mat-khau?ma={secret}")
    assert secret in page.text
    chosen = {"ma": secret, "mat-khau": "ghế gỗ xanh cũ", "nhac-lai": "ghế gỗ xanh cũ"}
    assert ask(door, "/mat-khau", form=chosen | {"nhac-lai": "khác"}).status == 400
    assert "Mời đăng nhập" in ask(door, "/mat-khau", form=chosen).text
    assert "đã dùng hoặc đã hết hạn" in ask(door, "/mat-khau", form=chosen).text
    assert first_administrator(bootstrap.session_factory(), at=at) is None
    there = ask(door, "/dang-nhap", form={"ten": "quan-tri", "mat-khau": "ghế gỗ xanh cũ"})
    assert cookie_of(there)


def test_what_stands_in_a_screens_place_has_the_pages_heading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[str] = []
    monkeypatch.setattr(screens.st, "html", written.append)

    screens._instead(None, next(one for one in SCREENS if one.path == "quan-tri"), "vi")

    assert written[0].count("<h1>") == 1


# --- the database is away


def test_a_screen_is_shown_to_whom_nobody_can_know_and_a_document_is_not(
    door: ASGIApp, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_PUBLIC_READING", "off")
    bootstrap.forget()
    bearer = with_cookie(cookie_of(ask(door, "/dang-nhap", form=RIGHT)))
    bootstrap.engine().dispose()
    office.rename(office.with_suffix(".away"))
    office.mkdir()

    screen = ask(door, "/nop-bao-cao", headers=bearer)
    document = ask(door, "/media/abc.xlsx", headers=bearer)

    assert (screen.status, screen.text) == (200, "màn hình")
    assert document.status == 503
    assert "Không kết nối được cơ sở dữ liệu." in document.text


def test_at_the_door_it_is_said_and_not_where_the_database_lies(
    door: ASGIApp, office: Path
) -> None:
    bearer = with_cookie(cookie_of(ask(door, "/dang-nhap", form=RIGHT)))
    bootstrap.engine().dispose()
    office.rename(office.with_suffix(".away"))
    office.mkdir()

    comes = ask(door, "/dang-nhap", form=RIGHT)
    goes = ask(door, "/dang-xuat", form={}, headers=bearer)

    for answer in (comes, goes):
        assert answer.status == 503
        assert "Không kết nối được cơ sở dữ liệu. Thử lại sau ít phút." in answer.text
        assert "unable to open" not in answer.text
    assert not cookie_of(goes)  # nor is it taken away
