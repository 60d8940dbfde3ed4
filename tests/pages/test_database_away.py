"""The database goes away under a running server: the last data are shown, and it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

import bootstrap
from kpi.permissions import Actor, ActorRole
from pages import last_known, people
from store.engine import StoreUnavailable
from workflow.logins import IDLE

ROOT = Path(__file__).parent.parent.parent
AWAY = "Không kết nối được cơ sở dữ liệu."
UNREAD = "Chưa đọc được phần này vì không kết nối được cơ sở dữ liệu."
# What stands on a screen that nobody had opened before the database went away.
STILL_SHOWN = {
    "indicator.py": "Số liệu và nguồn",
    "district.py": "Tất cả chỉ tiêu của thành phố",
    "sector.py": "Tăng trưởng kinh tế (GRDP)",
    "milestones.py": "Các nhiệm vụ",
    "honours.py": "Điển hình tiên tiến",
    "inquiries.py": "Các yêu cầu",
    "completeness.py": "Còn Đình Lập chưa nộp",
    "submit.py": "Lúc này chưa kiểm tra và chưa nộp được báo cáo.",
}


def blocks(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@contextmanager
def away(database: Path) -> Iterator[None]:
    bootstrap.engine().dispose()
    kept = database.rename(database.with_suffix(".away"))
    database.mkdir()  # nothing that could be opened, nor a file anew
    try:
        yield
    finally:
        database.rmdir()
        kept.rename(database)


def test_what_was_read_before_is_still_shown_and_said_to_be_old(
    open_page: Callable[..., AppTest], database: Path
) -> None:
    app = open_page()
    assert AWAY not in blocks(app)

    with away(database):
        app.run()

    assert not app.exception
    assert f"{AWAY} Số liệu đang hiển thị là bản lúc" in blocks(app)
    assert 'data-number="17"' in blocks(app)

    app.run()
    assert AWAY not in blocks(app)


def test_what_had_not_been_read_is_a_sentence(
    open_page: Callable[..., AppTest], database: Path
) -> None:
    app = open_page()
    app.query_params["ngay"] = "2018-10-10"

    with away(database):
        app.run()

    assert not app.exception
    assert UNREAD in blocks(app)


def test_screens_that_nobody_had_opened_show_what_was_read_with_another(
    open_page: Callable[..., AppTest], database: Path
) -> None:
    app = open_page()
    with away(database):
        for name, shown in STILL_SHOWN.items():
            app.switch_page(str(ROOT / "pages" / name)).run()
            said = blocks(app)

            assert not app.exception, name
            assert f"{AWAY} Số liệu đang hiển thị" in said, name
            assert shown in said, name
            assert UNREAD not in said, name
            assert {"urging-letters", "submit-download"}.isdisjoint(
                one.key for one in app.get("download_button")
            ), name


def test_who_had_signed_in_may_go_on_looking_for_a_while(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoa = Actor("hoa", "Nguyễn Thị Hoa", frozenset({ActorRole.LEADER}))
    here = SimpleNamespace(context=SimpleNamespace(cookies={people.COOKIE: "một bí mật"}))
    monkeypatch.setenv("KPI_SIGN_IN", "on")
    bootstrap.forget()
    monkeypatch.setattr(people, "st", here)
    monkeypatch.setattr(people, "of_cookie", lambda *_: hoa)
    assert people.actor() == hoa

    monkeypatch.setattr(people, "of_cookie", unavailable)
    assert people.actor() == hoa
    at = bootstrap.now()
    monkeypatch.setattr(bootstrap, "now", lambda: at + IDLE)
    assert people.actor() is None

    monkeypatch.setattr(bootstrap, "now", lambda: at)
    monkeypatch.setattr(people, "of_cookie", lambda *_: None)  # signed out meanwhile
    assert people.actor() is None
    monkeypatch.setattr(people, "of_cookie", unavailable)
    assert people.actor() is None


def unavailable(*_: object) -> None:
    raise StoreUnavailable("away")


def test_a_file_that_is_no_database_is_the_same_as_none(
    open_page: Callable[..., AppTest], database: Path
) -> None:
    app = open_page()

    kept = database.rename(database.with_suffix(".away"))
    database.write_bytes(b"no database " * 1000)
    app.run()
    assert not app.exception
    assert f"{AWAY} Số liệu đang hiển thị là bản lúc" in blocks(app)

    kept.replace(database)
    app.run()
    assert AWAY not in blocks(app)


def test_a_screen_that_could_not_begin_has_a_heading_and_one_sentence(
    open_page: Callable[..., AppTest], database: Path
) -> None:
    app = open_page()
    app.query_params["ngay"] = "2018-10-10"

    with away(database):
        app.run()

    assert "<h1>Chưa hiển thị được trang này</h1>" in blocks(app)
    assert blocks(app).count(UNREAD) == 1
    assert re.search(r'href="/[^"]*ngay=2018-10-10[^"]*"[^>]*>Thử lại<', blocks(app))


def test_a_database_that_was_never_read_is_a_sentence_below_the_menu(
    open_page: Callable[..., AppTest], database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page()
    monkeypatch.setattr(last_known, "_last", {})

    with away(database):
        app.run()

    assert not app.exception
    assert f"{AWAY[:-1]} nên chưa hiển thị được trang này." in blocks(app)


def test_the_wall_turns_on_with_the_last_slides(
    open_page: Callable[..., AppTest], database: Path
) -> None:
    app = open_page(che_do="tuong")
    assert 'class="wall ' in blocks(app)

    with away(database):
        app.run()

    assert not app.exception
    assert 'class="wall ' in blocks(app)
    assert "màn hình tự làm mới khi có kết nối" in blocks(app)
