"""Reminders by e-mail, to a server of the test's own: sent once, kept, tried again if failed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from kpi.completeness import Asked, Report, report
from kpi.findings import NotAllowed
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from kpi.reminders import Channel, Reminder
from kpi.sendings import Outcome
from store import accounts, reminders
from store.accounts import NewAccount
from store.engine import Session, SessionFactory
from store.schema import audit_event
from tests.workflow.mail_server import PASSWORD, Mailbox, certificate, serving
from workflow import handing_over
from workflow import reminders as acts
from workflow.post import Letter
from workflow.settings import Mail, Settings

NOON = datetime(2018, 10, 8, 5, 0, tzinfo=UTC)
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
LETTER = Letter("Đôn đốc quý III/2018", "Kính gửi: Huyện Cao Lộc", b"PK-docx", "don_doc_183.docx")
OWED: Report = report(
    Asked("183", "A", Period(2018, 3), 11, date(2018, 10, 5)), (), date(2018, 10, 8)
)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mail(mailbox: Mailbox) -> Iterator[Mail]:
    """The settings of a server on this machine that wants a password."""
    with serving(mailbox) as settings:
        yield settings


@pytest.fixture
def people(factory: SessionFactory) -> None:
    reporter = frozenset({ActorRole.REPORTER})
    with factory() as session:
        for new in (
            NewAccount(
                "cao-loc", "CL", reporter, frozenset({"183"}), email="caoloc@langson.gov.vn"
            ),
            NewAccount("cl-hai", "CL", reporter, frozenset({"183"}), email="hai@langson.gov.vn"),
            NewAccount("xem", "X", frozenset({ActorRole.READER}), email="xem@langson.gov.vn"),
            NewAccount("loc-binh", "LB", reporter, frozenset({"188"}), email="lb@langson.gov.vn"),
        ):
            accounts.add(session, new, by="x", at=NOON)
        session.commit()


@pytest.fixture
def send(factory: SessionFactory, people: None, mail: Mail) -> Callable[..., Reminder]:
    def make(owed: Report = OWED, step: int = 1, **changed: object) -> Reminder:
        arguments = {"actor": SECRETARY, "letter": LETTER, "mail": mail, **changed}
        return acts.send(
            factory,
            report=owed,
            step=step,
            now=lambda: NOON,
            **arguments,  # type: ignore[arg-type]
        )

    return make


def outcomes(session: Session) -> list[tuple[str, int, str]]:
    session.rollback()
    found = reminders.of_periods(session, ["2018-Q3"])
    return [(one.channel.value, one.attempt, one.outcome.value) for one in found]


def test_a_mail_goes_to_whoever_reports_and_is_kept(
    send: Callable[..., Reminder], mailbox: Mailbox, session: Session
) -> None:
    done = send()
    assert (done.outcome, done.detail) == (Outcome.SENT, "")
    (message,) = mailbox.took
    assert message["To"] == "caoloc@langson.gov.vn, hai@langson.gov.vn"
    assert message["From"] == "thidua@langson.gov.vn"
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == "<183.2018-Q3.2018-10-05.+1@langson.gov.vn>"
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == LETTER.text
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (LETTER.file_name, b"PK-docx")
    assert mailbox.signed_in == ["thidua"]
    assert outcomes(session) == [("mail", 1, "begun"), ("mail", 1, "sent")]
    events = session.execute(select(audit_event.c.act, audit_event.c.details)).all()
    assert [act for act, _ in events] == ["reporter.remind"] * 2
    assert not any(PASSWORD in details for _, details in events)


def test_the_same_step_is_never_sent_twice(
    send: Callable[..., Reminder], mailbox: Mailbox, session: Session
) -> None:
    send()
    with pytest.raises(NotAllowed, match="already_reminded"):
        send()
    assert len(mailbox.took) == 1
    send(step=3)
    longer = replace(OWED.asked, until=date(2018, 10, 12), excepted=True)
    send(replace(OWED, asked=longer))  # the ladder of another due day
    assert len(mailbox.took) == 3


def test_what_may_have_been_sent_is_not_sent_again(
    send: Callable[..., Reminder],
    mailbox: Mailbox,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process ended between handing the mail over and keeping what became of it."""

    def killed(*_arguments: object, **_facts: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(handing_over.post, "send", killed)
        send()
    assert outcomes(session) == [("mail", 1, "begun")]
    with pytest.raises(NotAllowed, match="already_reminded"):
        send()
    assert mailbox.took == []


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"port": 1}, "ConnectionRefusedError"),
        ({"password": "sai"}, "535"),
        ({"password": "mật-khẩu"}, "KPI_SMTP_PASSWORD"),
        ({"security": "starttls"}, "STARTTLS"),
        ({"security": "tls"}, "SSL"),
    ],
)
def test_a_failure_is_said_and_can_be_tried_again(
    send: Callable[..., Reminder],
    mail: Mail,
    mailbox: Mailbox,
    session: Session,
    broken: dict[str, object],
    why: str,
) -> None:
    done = send(mail=replace(mail, **broken))  # type: ignore[arg-type]
    assert done.outcome is Outcome.FAILED
    assert why in done.detail
    assert PASSWORD not in done.detail
    assert mailbox.took == []
    assert send().outcome is Outcome.SENT
    assert outcomes(session) == [
        ("mail", 1, "begun"), ("mail", 1, "failed"), ("mail", 2, "begun"), ("mail", 2, "sent"),
    ]  # fmt: skip


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_whose_certificate_is_trusted_is_spoken_to_encrypted(
    send: Callable[..., Reminder], mailbox: Mailbox, tmp_path: Path, security: str
) -> None:
    """Without that certificate it is not spoken to, and the password is not told it."""
    authority, context = certificate(tmp_path)
    how = {"ssl_context" if security == "tls" else "tls_context": context}
    with serving(mailbox, **how) as mail:
        encrypted = replace(mail, security=security)
        refused = send(mail=encrypted)
        assert (refused.outcome, mailbox.took, mailbox.signed_in) == (Outcome.FAILED, [], [])
        assert "CERTIFICATE_VERIFY_FAILED" in refused.detail
        nowhere = send(mail=replace(encrypted, authority=str(tmp_path / "no.pem")))
        assert "FileNotFoundError" in nowhere.detail
        sent = send(mail=replace(encrypted, authority=str(authority)))
    assert (sent.outcome, sent.detail) == (Outcome.SENT, "")
    assert (mailbox.encrypted, mailbox.signed_in) == ([True], ["thidua"])
    assert mailbox.took[0]["Subject"] == LETTER.subject


def test_an_address_that_is_refused_is_named(
    send: Callable[..., Reminder], mailbox: Mailbox
) -> None:
    mailbox.refuses = ("hai@langson.gov.vn",)
    done = send()
    assert (done.outcome, done.detail) == (Outcome.SENT, "hai@langson.gov.vn")
    mailbox.refuses = ("caoloc@langson.gov.vn", "hai@langson.gov.vn")
    done = send(step=3)
    assert done.outcome is Outcome.FAILED
    assert "caoloc@langson.gov.vn: no such mailbox" in done.detail


def test_nobody_without_an_address_or_a_right(
    send: Callable[..., Reminder], mailbox: Mailbox, session: Session
) -> None:
    nowhere = replace(OWED, asked=replace(OWED.asked, reporter="184"))
    with pytest.raises(NotAllowed, match="no_address"):
        send(nowhere)
    reporter = Actor("r", "R", frozenset({ActorRole.REPORTER}), every_reporter=True)
    with pytest.raises(NotAllowed, match="not_your_role"):
        send(actor=reporter)
    assert mailbox.took == []
    assert outcomes(session) == []


def test_a_line_break_in_an_address_sends_nothing(
    send: Callable[..., Reminder], mailbox: Mailbox
) -> None:
    done = send(letter=replace(LETTER, subject="Đôn đốc\nBcc: x@y.vn"))
    assert done.outcome is Outcome.FAILED
    assert mailbox.took == []


def test_a_letter_is_kept_once_however_often_it_is_written(
    factory: SessionFactory, session: Session
) -> None:
    for _ in "ab":
        acts.record(factory, SECRETARY, OWED, 1, by="don_doc_183.docx", at=NOON)
    assert outcomes(session) == [("letter", 1, "written")]
    assert len(session.execute(select(audit_event.c.id)).all()) == 1


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"KPI_SMTP_HOST": "mail"}, None),
        ({"KPI_SMTP_FROM": "a@b"}, None),
        ({"KPI_SMTP_HOST": "m", "KPI_SMTP_FROM": "a@b"}, Mail("m", "a@b", 587, "starttls")),
        (
            {"KPI_SMTP_HOST": "m", "KPI_SMTP_FROM": "a@b", "KPI_SMTP_SECURITY": "tls"},
            Mail("m", "a@b", 465, "tls"),
        ),
        (
            {
                "KPI_SMTP_HOST": "m", "KPI_SMTP_FROM": "a@b", "KPI_SMTP_SECURITY": "none",
                "KPI_SMTP_PORT": "2525", "KPI_SMTP_USER": "u", "KPI_SMTP_PASSWORD": PASSWORD,
                "KPI_SMTP_CA": "/etc/ssl/tinh.pem",
            },
            Mail("m", "a@b", 2525, "none", "u", PASSWORD, "/etc/ssl/tinh.pem"),
        ),
    ],
)  # fmt: skip
def test_no_mail_without_a_server_and_a_sender(
    environment: dict[str, str], expected: Mail | None
) -> None:
    settings = Settings.from_environment(environment)
    assert settings.mail == expected
    assert PASSWORD not in repr(settings)
    assert (PASSWORD in settings.secrets) is (expected is not None and bool(expected.password))


def test_as_of_knows_what_had_been_sent_by_then(
    send: Callable[..., Reminder], session: Session
) -> None:
    send()
    assert reminders.of_periods(session, ["2018-Q3"], NOON.replace(hour=4)) == []
    assert [one.channel for one in reminders.of_periods(session, ["2018-Q3"], NOON)] == [
        Channel.MAIL, Channel.MAIL,
    ]  # fmt: skip
