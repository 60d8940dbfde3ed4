"""Quản trị without a browser: lock a period with a reason, make an exception, read the log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import bootstrap
from store import periods
from texts import say
from workflow.periods import standings

OpenPage = Callable[..., AppTest]
PAGE = "pages/admin.py"


@pytest.fixture(autouse=True)
def alone(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody signs in: whoever sits here administers."""
    monkeypatch.setenv("KPI_SIGN_IN", "off")
    bootstrap.forget()


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def fill(app: AppTest, **values: str) -> None:
    for key, value in values.items():
        name = key.replace("_", "-")
        for widget in (*app.selectbox, *app.text_input):
            if widget.key == name:
                widget.set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_a_period_is_locked_with_a_reason_and_the_log_says_who(open_page: OpenPage) -> None:
    app = open_page(PAGE)
    fill(app, admin_lock_period="2018-Q3", admin_lock_form="A")
    press(app, "Khóa ngay")
    assert "Ghi lý do rồi làm lại" in html(app)

    fill(app, admin_lock_reason="Đã chốt số liệu")
    press(app, "Khóa ngay")

    assert "Đã khóa Quý III/2018" in html(app)
    assert "Đã chốt số liệu" in html(app)
    with bootstrap.session_factory()() as session:
        found = standings(
            session, bootstrap.plan_years(session), bootstrap.org_units(), bootstrap.now()
        )
    locked = [(one.form, one.period.code) for one in found if one.state == "period_locked"]
    assert locked == [("A", "2018-Q3")]


def test_one_reporter_may_send_longer(open_page: OpenPage) -> None:
    app = open_page(PAGE)
    fill(
        app, admin_except_reporter="183", admin_except_period="2018-Q3",
        admin_except_reason="Mất điện",
    )  # fmt: skip
    press(app, "Cho nộp")

    with bootstrap.session_factory()() as session:
        (granted,) = periods.exceptions(session, reporter="183", period="2018-Q3")
    assert granted.reason == "Mất điện"
    assert "Huyện Cao Lộc được nộp" in html(app)


def test_each_section_has_its_address_and_an_unknown_one_is_the_first(open_page: OpenPage) -> None:
    titles = {
        "ky": "Kỳ báo cáo",
        "nguoi-dung": "Người dùng",
        "ma-truy-cap": "Mã truy cập của chương trình",
        "tinh-trang": "Dữ liệu và tình trạng",
        "nhat-ky": "Nhật ký",
    }
    for name in (*titles, "khong-co"):
        shown = html(open_page(PAGE, muc=name))
        known = name if name in titles else "ky"
        assert [one for one in titles if f"{titles[one]}</h2>" in shown] == [known]
        current = shown.split('aria-current="page">')[1].partition("</a>")[0]
        assert current == say(f"admin.sections.{known}", "vi")
        links = shown.split('<nav class="sections"')[1].partition("</nav>")[0]
        assert links.count('href="/quan-tri?muc=') == len(titles) - 1


def test_the_log_is_narrowed_by_act_and_by_time(open_page: OpenPage) -> None:
    app = open_page(PAGE, muc="nhat-ky")
    app.selectbox(key="audit-act-vi").set_value("target.adopt")
    app.run()

    log = html(app).split("Nhật ký</h2>")[1]
    assert "Nhận kế hoạch từ tệp" in log and "<td>Duyệt báo cáo</td>" not in log
    assert "1 việc, đang liệt kê 1" in log
