"""The e-mail about the newest step of an inquiry: what is asked, what was answered or sent back."""

from __future__ import annotations

from collections.abc import Iterator

from kpi.inquiries import Inquiry
from reports.html.inquiry_mark import PATH
from reports.inquiry_words import InquiryWords
from texts import say
from texts.numbers import date_text


def as_text(one: Inquiry, words: InquiryWords, address: str) -> tuple[str, str]:
    """Subject and text; ``address`` is the one that people reach the server by, if it is known."""
    key = one.steps[-1].step.value if one.steps else "ask"
    subject = say(f"inquiries.mail.subject_{key}", words.lang, number=one.id)
    return subject, "\n\n".join(_parts(one, key, words, address))


def _parts(one: Inquiry, key: str, words: InquiryWords, address: str) -> Iterator[str]:
    lang = words.lang
    yield say(f"inquiries.mail.{key}", lang, number=one.id, figure=words.figure(one))
    yield say("inquiries.mail.question", lang, text=one.question.text)
    if one.steps:
        yield say(f"inquiries.mail.said_{key}", lang, text=one.steps[-1].said)
    else:
        due = date_text(one.question.due, lang)
        yield say("inquiries.mail.due", lang, owner=words.owner(one), due=due)
    if address:
        yield f"{address}{PATH}?so={one.id}"
    yield say("inquiries.mail.closing", lang)
