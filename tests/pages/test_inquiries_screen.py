"""Giải trình through the navigation: the demonstration's questions, asking, answering, judging."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bootstrap
from kpi.inquiries import Inquiry, State
from kpi.permissions import ActorRole
from pages import errands
from store import accounts, inquiries
from store.accounts import NewAccount
from store.engine import writing

PAGE = "pages/inquiries.py"


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def press(app, label: str) -> str:
    """Press the button with these words; what the screen says then."""
    (button,) = [one for one in app.get("button") if one.label == label]
    button.click()
    app.run()
    assert not app.exception
    return blocks(app)


def settled(app, html: str) -> str:
    """What it says once the mail is over."""
    if "Đang gửi thư điện tử" not in html:
        return html
    errands.settle(20)
    return blocks(app.run())


def known() -> list[Inquiry]:
    with bootstrap.session_factory()() as session:
        return inquiries.every(session)


def test_the_demonstrations_questions_say_that_they_are_illustrative(open_page) -> None:
    html = blocks(open_page(PAGE))
    assert html.count("<h1") == 1
    assert re.findall(r'data-inquiry="(\d)" data-state="(\w+)"', html) == [
        ("3", "asked"), ("2", "answered"), ("1", "accepted"),
    ]  # fmt: skip
    assert "1 yêu cầu chờ trả lời, 1 chờ xem xét." in html
    # of the one that is asked at the first start the next quarter was long over
    assert "tốt hơn <b>1</b>" in html
    assert "kém hơn <b>1</b>" in html
    assert all(one.question.text.startswith("(Minh họa)") for one in known())
    assert all(taken.said.startswith("(Minh họa)") for one in known() for taken in one.steps)


def test_the_address_chooses_what_is_listed(open_page) -> None:
    html = blocks(open_page(PAGE, trang_thai="mo", don_vi="183"))
    assert re.findall(r'data-inquiry="(\d)"', html) == ["3"]
    html = blocks(open_page(PAGE, ma="budget_revenue", ky="2018-Q3"))
    assert re.findall(r'data-inquiry="(\d)"', html) == ["2"]
    html = blocks(open_page(PAGE, trang_thai="withdrawn"))
    assert "Không yêu cầu nào như đã chọn." in html
    assert "Không có yêu cầu giải trình số 99." in blocks(open_page(PAGE, so="99"))


def test_an_open_question_stands_at_the_light_and_leads_to_itself(open_page) -> None:
    mark = '<a class="asked" href="/giai-trinh?so=2" aria-label="Đang có yêu cầu giải trình số 2 '
    overview = blocks(open_page())
    assert mark in overview
    assert "/giai-trinh?so=3" in overview  # a district's: on the province's light as well
    assert "/giai-trinh?so=1" not in overview  # accepted
    indicator = blocks(open_page("pages/indicator.py", ma="budget_revenue"))
    assert mark in indicator
    assert "/giai-trinh?hoi=1&amp;ma=budget_revenue&amp;don-vi=20&amp;ky=2018-Q3" in indicator
    district = blocks(open_page("pages/district.py", don_vi="183"))
    assert "/giai-trinh?so=3" in district
    assert "so=2" not in district  # the province's is no district's
    assert 'class="asked"' not in blocks(open_page(ky="2018-Q2"))


def test_somebody_asks_from_the_indicator(open_page) -> None:
    app = open_page(PAGE, hoi="1", ma="budget_revenue", don_vi="181", ky="2018-Q3")
    assert "Bình Gia trả lời" in blocks(app)
    assert "chưa có gì thay đổi" in press(app, "Gửi yêu cầu")
    app.text_area("inquiry-question").input("Vì sao <b>thấp</b>?")
    html = press(app, "Gửi yêu cầu")
    assert "Đã gửi yêu cầu số 4 cho Bình Gia." in html
    assert "Vì sao &lt;b&gt;thấp&lt;/b&gt;?" in html
    asked = known()[0]
    assert (asked.owner, asked.state, asked.question.status) == ("181", State.ASKED, "off_track")
    assert asked.question.due > bootstrap.today()
    again = open_page(PAGE, hoi="1", ma="budget_revenue", don_vi="181", ky="2018-Q3")
    assert "Số liệu này đang có yêu cầu số 4 chưa xong." in blocks(again)
    assert not [one for one in again.get("button") if one.label == "Gửi yêu cầu"]


def test_a_figure_of_many_has_nobody_to_ask(open_page) -> None:
    app = open_page(PAGE, hoi="1", ma="road_hardening_rate", don_vi="20", ky="2018-Q3")
    assert "Mở trang của một huyện để hỏi" in blocks(app)


def test_an_answer_is_sent_back_answered_again_and_accepted(database: Path, open_page) -> None:
    app = open_page(PAGE, so="3")
    app.text_area("inquiry-answer-3").input("Chờ hồ sơ")
    assert "Đã gửi trả lời yêu cầu số 3." in press(app, "Gửi trả lời")
    assert "chưa có gì thay đổi" in press(app, "Đề nghị bổ sung")
    app.text_area("inquiry-remark-3").input("Nêu tên xã")
    assert "Đã đề nghị Cao Lộc bổ sung" in press(app, "Đề nghị bổ sung")
    app.text_area("inquiry-answer-3").input("Ba xã, công văn 7")
    press(app, "Gửi trả lời")
    html = press(app, "Chấp nhận")
    assert "Đã chấp nhận trả lời yêu cầu số 3." in html
    assert re.findall(r'data-step="(\w+)"', html) == ["answer", "return", "answer", "accept"]
    assert known()[0].state is State.ACCEPTED
    assert "/giai-trinh?so=3" not in blocks(open_page())


def test_an_answer_brings_its_file_and_is_mailed(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody listens at the server: the answer stands all the same, and says what became of it."""
    asker = NewAccount("sample-leader", "LĐ", frozenset({ActorRole.LEADER}), email="a@b.vn")
    writing(
        bootstrap.session_factory(),
        lambda session: accounts.add(session, asker, by="x", at=bootstrap.now()),
    )
    for name, value in {"HOST": "127.0.0.1", "PORT": "1", "FROM": "x@y.vn"}.items():
        monkeypatch.setenv(f"KPI_SMTP_{name}", value)
    bootstrap.settings.cache_clear()
    app = open_page(PAGE, so="3")
    app.text_area("inquiry-answer-3").input("Chờ hồ sơ")
    app.get("file_uploader")[0].set_value([("CV 7.pdf", b"%PDF-1.7", "application/pdf")])
    html = settled(app, press(app, "Gửi trả lời"))
    assert "Đã gửi trả lời yêu cầu số 3." in html
    assert "Việc trên đã được ghi, nhưng chưa gửi được thư báo: ConnectionRefusedError" in html
    assert "chưa gửi được thư báo" in html
    assert "CV 7.pdf</a>" in html
    (taken,) = known()[0].steps
    assert [one.name for one in taken.files] == ["CV 7.pdf"]
    again = settled(app, press(app, "Gửi thư báo"))
    assert "chưa gửi được thư báo: ConnectionRefusedError" in again


def test_who_reports_sees_that_an_answer_is_awaited(open_page) -> None:
    html = blocks(open_page("pages/submit.py", don_vi="183"))
    assert "/giai-trinh?don-vi=183&amp;trang-thai=mo" in html
    assert "1 yêu cầu giải trình chờ đơn vị trả lời" in html
    other = blocks(open_page("pages/submit.py", don_vi="finance_department"))
    assert "giai-trinh?don-vi" not in other  # answered; it waits for somebody else


def test_looking_back_shows_what_was_known_and_offers_nothing_to_do(open_page) -> None:
    app = open_page(PAGE, ngay="2018-10-17")
    assert re.findall(r'data-inquiry="(\d)" data-state="(\w+)"', blocks(app)) == [
        ("2", "answered"), ("1", "accepted"),
    ]  # fmt: skip
    app = open_page(PAGE, ngay="2018-10-11", so="2")
    assert "Chờ trả lời" in blocks(app)
    assert not [one for one in app.get("button") if one.label == "Gửi trả lời"]
