"""The letters of a day: one for every reporter that owes its report, as Word and as e-mail."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from kpi.completeness import Report
from reports.reminder_docx import body, reminder_docx
from reports.wording import Words
from texts import say
from texts.numbers import period_name

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the folder's own times say nothing


def file_name(report: Report) -> str:
    return f"don_doc_{report.asked.reporter}_{report.asked.period.code}.docx"


def full_name(reporter: str, words: Words) -> str:
    """The full name of a unit or an agency."""
    unit = words.org_units.units.get(reporter)
    named = unit if unit is not None else words.definitions.agencies[reporter]
    return named.name.get(words.lang)


def document(report: Report, words: Words, *, today: date, made_at: datetime) -> bytes:
    """The Word letter to one reporter."""
    name = full_name(report.asked.reporter, words)
    return reminder_docx(report, name, words.lang, today=today, made_at=made_at)


def as_text(report: Report, words: Words, *, today: date) -> tuple[str, str]:
    """Subject and text of the e-mail to one reporter; the same words as the letter's."""
    lang = words.lang
    period = period_name(report.asked.period, lang, "inside")
    to = say("reminders.to", lang, reporter=full_name(report.asked.reporter, words))
    closing = say("reminders.mail_closing", lang)
    said = [to, *body(report, lang, today=today), closing]
    return say("reminders.mail_subject", lang, period=period), "\n\n".join(said)


def folder(owed: Sequence[Report], words: Words, *, today: date, made_at: datetime) -> bytes:
    """All letters in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for report in owed:
            entry = zipfile.ZipInfo(file_name(report), _MOMENT)
            archive.writestr(entry, document(report, words, today=today, made_at=made_at))
    return buffer.getvalue()
