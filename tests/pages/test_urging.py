"""Reminding from Tình hình nộp: letters, e-mails where they are set up, and what is on record."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

import bootstrap
from kpi.permissions import ActorRole
from kpi.sendings import Outcome
from pages import errands
from store import accounts, reminders
from store.accounts import NewAccount
from store.engine import writing
from workflow import post
from workflow.post import Letter, MailFailed
from workflow.settings import Mail

PAGE = "pages/completeness.py"
OWES = "189"  # Đình Lập has not reported for quý III


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def outcomes() -> list[Outcome]:
    with bootstrap.session_factory()() as session:
        return [one.outcome for one in reminders.of_periods(session, ["2018-Q3"])]


@pytest.fixture
def mailed(database: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Letter]]:
    """E-mail is set up, and one person of Đình Lập has an address; what is handed over."""
    monkeypatch.setenv("KPI_SMTP_HOST", "mail.langson.gov.vn")
    monkeypatch.setenv("KPI_SMTP_FROM", "thidua@langson.gov.vn")
    bootstrap.forget()
    new = NewAccount(
        "dinh-lap", "Đình Lập", frozenset({ActorRole.REPORTER}), frozenset({OWES}),
        email="dl@langson.gov.vn",
    )  # fmt: skip
    writing(
        bootstrap.session_factory(),
        lambda session: accounts.add(session, new, by="x", at=bootstrap.now()),
    )
    taken: list[tuple[str, Letter]] = []

    def take(_mail: Mail, to: list[str], letter: Letter, **_facts: object) -> str:
        taken.append((", ".join(to), letter))
        return ""

    monkeypatch.setattr(post, "send", take)
    return taken


def test_without_a_server_there_are_letters_only(open_page: Callable[..., object]) -> None:
    app = open_page(PAGE, ky="2018-Q3")
    html = blocks(app)
    assert f'<tr data-reporter="{OWES}"><th scope="row">Đình Lập</th><td>T+3</td>' in html
    assert "Thư điện tử chưa được cấu hình" in html
    assert [one.key for one in app.get("button") if one.key] == []
    assert outcomes() == []


def test_looking_back_and_a_period_that_is_complete_offer_nothing(
    open_page: Callable[..., object],
) -> None:
    for query in ({"ky": "2018-Q3", "ngay": "2018-10-10"}, {"ky": "2018-Q2"}):
        assert "Đơn vị cần nhắc" not in blocks(open_page(PAGE, **query))


def sent(app) -> None:
    """Press, and look again when the mail has gone, if it had not by then."""
    app.button("urging-mails").click()
    app.run()
    if "Đang gửi thư điện tử" in blocks(app):
        errands.settle(20)
        app.run()
    assert not app.exception


def test_a_mail_is_previewed_sent_once_and_on_record(
    mailed: list[tuple[str, Letter]], open_page: Callable[..., object]
) -> None:
    app = open_page(PAGE, ky="2018-Q3")
    assert "Gửi đến: dl@langson.gov.vn" in blocks(app)
    assert "Kính gửi: Huyện Đình Lập" in blocks(app)
    assert mailed == []
    sent(app)
    html = blocks(app)
    assert "Đã gửi 1 thư điện tử." in html
    assert "T+3 ngày" in html
    assert app.button("urging-mails").disabled
    ((to, letter),) = mailed
    assert to == "dl@langson.gov.vn"
    assert "hạn nộp báo cáo chỉ tiêu thi đua quý III/2018" in letter.text.replace("Hạn", "hạn")
    assert zipfile.is_zipfile(io.BytesIO(letter.document))
    assert outcomes() == [Outcome.BEGUN, Outcome.SENT]


def test_the_screen_answers_before_a_slow_server_does(
    mailed: list[tuple[str, Letter]],
    open_page: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = Event()

    def slow(*_arguments: object, **_facts: object) -> str:
        assert answered.wait(20)
        return ""

    monkeypatch.setattr(post, "send", slow)
    app = open_page(PAGE, ky="2018-Q3")
    app.button("urging-mails").click()
    app.run()
    assert "Đang gửi thư điện tử" in blocks(app)
    assert app.button("urging-mails").disabled
    answered.set()
    errands.settle(20)
    html = blocks(app.run())
    assert "Đã gửi 1 thư điện tử." in html
    assert "Đang gửi thư điện tử" not in html
    assert outcomes() == [Outcome.BEGUN, Outcome.SENT]


def test_a_failure_is_said_and_the_button_stays(
    mailed: list[tuple[str, Letter]],
    open_page: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object, **_facts: object) -> str:
        raise MailFailed("451 đang bảo trì")

    with monkeypatch.context() as patch:
        patch.setattr(post, "send", refuse)
        app = open_page(PAGE, ky="2018-Q3")
        sent(app)
    assert "Chưa gửi được 1 thư: 451 đang bảo trì." in blocks(app)
    sent(app)
    assert len(mailed) == 1
    assert outcomes() == [Outcome.BEGUN, Outcome.FAILED, Outcome.BEGUN, Outcome.SENT]
