"""The plan workbook on the submission screen: seen, mended, handed down, and seen again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

import bootstrap
from kpi.permissions import ActorRole
from store import targets
from tests.loaders import own_tables
from tests.pages.test_several_files import XLSX, drop, html, labels, press, say_in
from workflow.actors import LOCAL_USER
from workflow.plan_books import handed_down

OpenPage = Callable[..., AppTest]
PLAN = ("giao.xlsx", own_tables.handed_down(), XLSX)


@pytest.fixture
def screen(open_page: OpenPage) -> AppTest:
    return open_page("pages/submit.py", don_vi="183", ky="2018-Q3")


def changed(**cells: object) -> tuple[str, bytes, str]:
    """The plan with some cells written over."""
    book = load_workbook(BytesIO(own_tables.handed_down()))
    for cell, value in cells.items():
        book.worksheets[0][cell] = value
    return "giao.xlsx", own_tables.saved(book), XLSX


def revenue_of_cao_loc() -> tuple[str, str]:
    with bootstrap.session_factory()() as session:
        found = targets.history(session, "budget_revenue", "183", 2018)[-1].target
    return f"{found.edges.low:f}", found.document


def test_old_and_new_stand_side_by_side_and_nothing_is_stored(screen: AppTest) -> None:
    before = revenue_of_cao_loc()
    app = drop(screen, PLAN)

    shown = html(app)
    assert not app.exception
    assert "Sẵn sàng giao" in shown
    assert "2345/QĐ-UBND ngày 12/12/2017" in shown
    assert "Sẽ thay đổi 11 trong 11 kế hoạch" in shown
    assert "≥ 269" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert revenue_of_cao_loc() == before


def test_handed_down_it_gives_a_receipt_and_stands_in_the_history(
    screen: AppTest, open_page: OpenPage
) -> None:
    app = press(drop(screen, PLAN), "Giao 11 kế hoạch")

    assert not app.exception
    with bootstrap.session_factory()() as session:
        (receipt,) = handed_down(session, 2018)
    assert f"Đã giao. Biên nhận {receipt.code}" in html(app)
    assert "Chỉ tiêu đã giao năm 2018" in html(app)
    assert revenue_of_cao_loc() == ("269", "2345/QĐ-UBND ngày 12/12/2017")
    looked = html(open_page("pages/indicator.py", ma="budget_revenue", don_vi="183"))
    assert "2345/QĐ-UBND ngày 12/12/2017" in looked

    again = drop(open_page("pages/submit.py", don_vi="183", ky="2018-Q3"), PLAN)
    assert "không có gì thay đổi" in html(again)
    assert next(one for one in again.button if one.label.startswith("Giao")).disabled


def test_every_problem_is_said_at_its_cell_and_nothing_is_handed_down(screen: AppTest) -> None:
    app = drop(screen, changed(E5="khoảng 5", F4="Văn Quang"))

    shown = html(app)
    assert "Giao KH!E5" in shown
    assert "khoảng 5" in shown
    assert "Văn Quang" in shown
    assert "lỗi phải sửa; chưa giao kế hoạch nào" in shown
    assert next(one for one in app.button if one.label.startswith("Giao")).disabled
    assert "Tải tệp đã đánh dấu lỗi" in [one.proto.label for one in app.get("download_button")]


def test_a_warning_is_explained_before_the_plan_is_handed_down(screen: AppTest) -> None:
    app = drop(screen, changed(E5="269"))
    assert "Giao kế hoạch · còn 1 chỗ chưa giải thích" in labels(app)
    app = press(app, "Giao kế hoạch")
    assert "Chưa giao: còn 1 chỗ chưa giải thích" in html(app)

    app = say_in(app, "Giải thích: số ở dạng văn bản", "đã so với quyết định")
    app = press(app, "Giao 11 kế hoạch")

    assert "Giao KH!E5: đã so với quyết định" in html(app)


def test_who_may_not_lay_down_targets_sees_why(
    screen: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = replace(LOCAL_USER, roles=frozenset({ActorRole.REPORTER}))
    monkeypatch.setattr("pages.people.acting", lambda: sender)
    app = drop(screen, PLAN)

    button = next(one for one in app.button if one.label.startswith("Giao"))
    assert button.disabled
    assert "Tải mẫu giao chỉ tiêu năm 2018" not in [
        one.proto.label for one in app.get("download_button")
    ]
    assert "Bạn không có quyền làm việc này" in html(app)
