"""People, tokens and health on Quản trị, and one's own account, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

import bootstrap
from kpi.findings import NotAllowed
from kpi.permissions import Actor, ActorRole
from pages import people
from store import accounts, api_tokens, logins
from store.accounts import Account, NewAccount
from workflow import accounts as acts
from workflow import passwords
from workflow.actors import LOCAL_USER
from workflow.logins import digest_of, of_cookie
from workflow.sign_in import SignedIn, sign_in, sign_out_browser

OpenPage = Callable[..., AppTest]
PAGE, ACCOUNT = "pages/admin.py", "pages/account.py"
PASSWORD = "mưa rừng tháng bảy"
HOA = NewAccount("hoa", "Nguyễn Thị Hoa", frozenset({ActorRole.REPORTER}), frozenset({"183"}))


@pytest.fixture(autouse=True)
def alone(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody signs in: whoever sits here administers."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def join(new: NewAccount = HOA) -> int:
    factory, at = bootstrap.session_factory(), bootstrap.now()
    number = acts.make(factory, LOCAL_USER, new, at=at)
    link = acts.invite(factory, LOCAL_USER, number, at=at)
    acts.choose_password(factory, link, PASSWORD, at=at)
    return number


def come_in(client: str = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0") -> SignedIn:
    return sign_in(bootstrap.session_factory(), "hoa", PASSWORD, at=bootstrap.now(), client=client)


def known(name: str = "hoa") -> Account:
    with bootstrap.session_factory()() as session:
        found = accounts.named(session, name)
    assert found is not None
    return found


# --- Quản trị


def test_a_person_is_added_and_the_link_shown_once(open_page: OpenPage) -> None:
    app = open_page(PAGE, muc="nguoi-dung")
    app.text_input(key="admin-account-name").set_value("hoa")
    app.text_input(key="admin-account-full-name").set_value("Nguyễn Thị Hoa")
    app.multiselect(key="admin-account-roles").set_value(["reporter"])
    app.multiselect(key="admin-account-reporters").set_value(["183"])
    press(app, "Thêm và tạo đường dẫn")

    (link,) = [code.value for code in app.code]
    assert "Đã thêm “hoa”" in html(app)
    assert "Chưa chọn mật khẩu" in html(app)
    assert "Huyện Cao Lộc" in html(app)
    (secret,) = parse_qs(urlsplit(link).query)["ma"]
    press(app, "Đã chép, ẩn đi")
    assert not app.code
    assert secret not in html(app)
    factory, at = bootstrap.session_factory(), bootstrap.now()
    assert acts.choose_password(factory, secret, PASSWORD, at=at) == "hoa"
    assert (known().roles, known().reporters) == ({ActorRole.REPORTER}, {"183"})


def test_what_is_wrong_is_said_and_nothing_made(open_page: OpenPage) -> None:
    app = open_page(PAGE, muc="nguoi-dung")
    app.text_input(key="admin-account-name").set_value("Không Được")
    press(app, "Thêm và tạo đường dẫn")
    assert "không dùng làm tên đăng nhập được" in html(app)
    assert not app.code


def test_a_person_is_given_other_rights_and_closed(open_page: OpenPage) -> None:
    number = join()
    secret = come_in().secret
    app = open_page(PAGE, muc="nguoi-dung")
    app.multiselect(key=f"admin-account-{number}-roles").set_value(["approver"])
    app.multiselect(key=f"admin-account-{number}-forms").set_value(["A"])
    app.checkbox(key=f"admin-account-{number}-active").set_value(False)
    press(app, "Lưu; người này phải đăng nhập lại")

    assert (known().roles, known().forms) == ({ActorRole.APPROVER}, {"A"})
    assert not known().active
    assert "Đã đóng" in html(app)
    with bootstrap.session_factory()() as session:
        assert of_cookie(session, secret, bootstrap.now()) is None


def test_a_person_is_signed_out_everywhere(open_page: OpenPage) -> None:
    join()
    secrets = [come_in().secret, come_in().secret]
    app = open_page(PAGE, muc="nguoi-dung")
    press(app, "Buộc đăng xuất mọi nơi")
    with bootstrap.session_factory()() as session:
        assert [of_cookie(session, one, bootstrap.now()) for one in secrets] == [None, None]


def test_a_token_is_made_shown_once_and_revoked(open_page: OpenPage) -> None:
    app = open_page(PAGE, muc="ma-truy-cap")
    press(app, "Cấp mã")
    assert "Ghi tên chương trình" in html(app)
    app.text_input(key="admin-token-name").set_value("kho dữ liệu")
    app.multiselect(key="admin-token-units").set_value(["183"])
    app.number_input(key="admin-token-days").set_value(30)
    press(app, "Cấp mã")

    (secret,) = [code.value for code in app.code]
    with bootstrap.session_factory()() as session:
        token = api_tokens.valid(session, digest_of(secret), bootstrap.now())
    assert token is not None
    assert (token.name, token.org_units) == ("kho dữ liệu", {"183"})
    assert (token.ends_at - token.made_at).days == 30
    press(app, "Thu hồi ngay")
    assert "Đã thu hồi" in html(app)
    with bootstrap.session_factory()() as session:
        assert api_tokens.valid(session, digest_of(secret), bootstrap.now()) is None


def test_the_health_is_shown_and_the_data_are_checked(open_page: OpenPage, database: Path) -> None:
    app = open_page(PAGE, muc="tinh-trang")
    assert "Phiên bản dữ liệu" in html(app)
    assert str(database) in html(app)
    app.button(key="admin-verify").click()
    app.run()
    assert "đều khớp nhau" in html(app)


# --- one's own account


@pytest.fixture
def hoa(monkeypatch: pytest.MonkeyPatch) -> SignedIn:
    """Looks at the screens; the cookie cannot be set without a browser."""
    join()
    come_in("Mozilla/5.0 (iPhone) Safari/604.1")
    there = come_in()

    def actor() -> Actor | None:
        with bootstrap.session_factory()() as session:
            return of_cookie(session, there.secret, bootstrap.now())

    monkeypatch.setattr(people, "actor", actor)
    return there


def test_one_sees_ones_browsers_and_signs_another_out(open_page: OpenPage, hoa: SignedIn) -> None:
    app = open_page(ACCOUNT)
    assert "Firefox · Windows" in html(app)
    assert "đang dùng" in html(app)
    (other,) = [button for button in app.button if button.label.startswith("Đăng xuất Safari")]
    other.click()
    app.run()
    assert "Đã đăng xuất trình duyệt đó" in html(app)
    with bootstrap.session_factory()() as session:
        ended = [one.ended_at is not None for one in logins.of(session, known().id)]
    assert ended == [False, True]


def test_one_signs_out_everywhere(open_page: OpenPage, hoa: SignedIn) -> None:
    press(open_page(ACCOUNT), "Đăng xuất mọi nơi")
    with bootstrap.session_factory()() as session:
        assert of_cookie(session, hoa.secret, bootstrap.now()) is None


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("không phải", "ghế gỗ xanh cũ", "ghế gỗ xanh cũ", "chưa đúng"),
        (PASSWORD, "ghế gỗ xanh cũ", "khác", "không giống nhau"),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 10 ký tự"),
        (PASSWORD, "ghế gỗ xanh cũ", "ghế gỗ xanh cũ", "Đã đổi mật khẩu"),
    ],
)
def test_one_chooses_another_password(
    open_page: OpenPage, hoa: SignedIn, old: str, new: str, again: str, said: str
) -> None:
    app = open_page(ACCOUNT)
    for key, value in (("old", old), ("new", new), ("again", again)):
        app.text_input(key=f"account-{key}").set_value(value)
    press(app, "Đổi mật khẩu")

    assert said in html(app)
    changed = said == "Đã đổi mật khẩu"
    assert passwords.matches(known().password, "ghế gỗ xanh cũ") is changed
    with bootstrap.session_factory()() as session:
        assert (of_cookie(session, hoa.secret, bootstrap.now()) is None) is changed


def test_nobody_else_can_end_ones_login(hoa: SignedIn) -> None:
    stranger = Actor("ai-do", "Ai đó", frozenset({ActorRole.READER}))
    number = hoa.actor.login
    assert number is not None
    with pytest.raises(NotAllowed, match="not_your_account"):
        sign_out_browser(bootstrap.session_factory(), stranger, number, at=bootstrap.now())
