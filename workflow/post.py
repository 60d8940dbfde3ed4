"""Handing e-mail to the office's server: the standard library's ``smtplib``, one mail at a time.

A mail that the server did not take is a ``MailFailed`` with the server's own words; the
password stands in no word of ours. Nothing is kept here; ``workflow.reminders`` and
``workflow.notices`` keep it.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from kpi.findings import KpiError
from workflow.settings import Mail

_SECONDS = 20  # until a server that says nothing is given up
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MailFailed(KpiError):
    """The server did not take a mail; nobody got it."""

    code = "mail_failed"


@dataclass(frozen=True)
class Letter:
    """What a mail says; a reminder has the same with it as a Word document."""

    subject: str
    text: str
    document: bytes = b""
    file_name: str = ""


def send(mail: Mail, to: Sequence[str], letter: Letter, *, mark: str, at: datetime) -> str:
    """Hand a mail over; returns the addresses that the server refused, if it took others.

    Args:
        mark: tells this mail from every other, so that a reader's program knows a copy.

    Raises:
        MailFailed: if it took none.
    """
    try:
        message = _message(mail, to, letter, mark, at)
        with _connected(mail) as server:
            if mail.user:
                server.login(mail.user, mail.password)
            refused = server.send_message(message)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise MailFailed(_said(error)) from error
    return ", ".join(sorted(refused))


def _message(
    mail: Mail, to: Sequence[str], letter: Letter, mark: str, at: datetime
) -> EmailMessage:
    """Raises ValueError for an address or a subject with a line of its own in it."""
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = ", ".join(to)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mark}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.document:
        main, _, sub = _WORD.partition("/")
        message.add_attachment(
            letter.document, maintype=main, subtype=sub, filename=letter.file_name
        )
    return message


def _connected(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=_trusting(mail))
    server = smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)
    if mail.security == "starttls":
        try:
            server.starttls(context=_trusting(mail))
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
    return server


def _trusting(mail: Mail) -> ssl.SSLContext:
    """Whom the server's certificate must be signed by: the office's own authority, if it has one.

    Raises:
        OSError: if its file cannot be read, or is none.
    """
    return ssl.create_default_context(cafile=mail.authority or None)


def _said(error: Exception) -> str:
    """The server's words in one line; what it says of each address where it refused all."""
    if isinstance(error, UnicodeError):  # its own words would quote a letter of the password
        return "KPI_SMTP_USER, KPI_SMTP_PASSWORD: ASCII"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        found = ((who, words) for who, (_, words) in sorted(error.recipients.items()))
        return "; ".join(f"{who}: {_text(words)}" for who, words in found)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:300]
