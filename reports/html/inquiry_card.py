"""One explanation that was asked for: the figure, the question, and all that followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.inquiries import Inquiry, Step, tells_of_answer
from kpi.local_time import local_date
from kpi.notices import QUESTION, Notice, last
from reports.actors import actor_name
from reports.html import escape
from reports.html.evidence_list import evidence_list
from reports.html.indicator_head import address as figure_address
from reports.html.inquiry_mark import PATH
from reports.html.inquiry_table import course_words, late_chip, light, state_chip
from reports.inquiries import Line
from reports.inquiry_words import InquiryWords
from store.submissions import Submission
from texts import say
from texts.numbers import date_text, local, moment_text


def inquiry_card(
    line: Line, words: InquiryWords, sent: Mapping[int, Submission], mails: Sequence[Notice] = ()
) -> str:
    """The card; ``sent`` are the reports that answers name, by number."""
    one, lang = line.inquiry, words.lang
    stated = None if lang == "vi" else lang
    back = escape.link(PATH, lang=stated)
    asked = one.question
    figure = figure_address(asked.indicator, asked.period, asked.org_unit, lang)
    told = [_mailed(mails, place, lang) for place in range(len(one.steps) + 1)]
    steps = "".join(
        _step(one, place, words, sent, told[place + 1]) for place in range(len(one.steps))
    )
    links = (
        f'<p class="way"><a href="{figure}">{escape.text(say("inquiries.to_figure", lang))}</a>'
        f' · <a href="{back}">{escape.text(say("inquiries.back", lang))}</a></p>'
    )
    return (
        f'<section class="card ask-one" lang="{lang}" data-inquiry="{one.id}">'
        f'<div class="ask-head">{state_chip(one, words)}{late_chip(one, words)}</div>'
        f"<blockquote>{escape.text(asked.text)}</blockquote>"
        f'<p class="cap">{escape.text(_asked(one, words))}{told[QUESTION]}</p>'
        f'<p class="ask-light">{_lights(line, words)}</p>'
        f"{_history(steps, lang)}{links}</section>"
    )


def _asked(one: Inquiry, words: InquiryWords) -> str:
    lang = words.lang
    return say(
        "inquiries.asked_line", words.lang,
        who=actor_name(one.asked_by, lang), day=date_text(local_date(one.asked_at), lang),
        owner=words.owner(one), due=date_text(one.question.due, lang),
    )  # fmt: skip


def _lights(line: Line, words: InquiryWords) -> str:
    """The light when somebody asked, and the next quarter's."""
    one, lang = line.inquiry, words.lang
    head = escape.text(say("inquiries.head.light", lang))
    period = escape.text(words.next_period(one))
    told = tells_of_answer(one)
    key = "no_then" if told else "over_then"
    then = escape.text(say(f"inquiries.{key}", lang, period=words.next_period(one)))
    if line.then is not None:
        then = f"{period} {light(line.then.status, lang)} {course_words(line, lang)}"
    value = escape.text(words.value(one))
    return (
        f"<span>{head} <b>{value}</b> {light(one.question.status, lang)}</span><span>{then}</span>"
    )


def _history(steps: str, lang: str) -> str:
    if not steps:
        return ""
    title = escape.text(say("inquiries.history", lang))
    return f'<h2>{title}</h2><ol class="ask-steps">{steps}</ol>'


def _mailed(mails: Sequence[Notice], place: int, lang: str) -> str:
    """What became of the e-mail about a step; to whose address is nobody's business here."""
    word = last(mails, place)
    if word is None:
        return ""
    day = date_text(local_date(word.at), lang)
    return escape.text(f" · {say(f'inquiries.mail.{word.outcome.value}', lang, day=day)}")


def _step(
    one: Inquiry, place: int, words: InquiryWords, sent: Mapping[int, Submission], mailed: str
) -> str:
    taken, lang = one.steps[place], words.lang
    who = actor_name(taken.by, lang)
    if taken.step is Step.ANSWER:
        who = f"{words.owner(one)} ({who})"
    said = escape.text(say(f"inquiries.step.{taken.step.value}", lang))
    correction = ""
    report = sent.get(taken.submission or 0)
    if report is not None:
        day = date_text(local_date(report.submitted_at), lang)
        text = escape.text(say("inquiries.corrected", lang, code=report.code, day=day))
        correction = f' <span class="cap">{text}</span>'
    words_said = f"<p>{escape.text(taken.said)}</p>" if taken.said else ""
    return (
        f'<li data-step="{taken.step.value}"><p class="cap"><b>{escape.text(who)}</b> {said} · '
        f"{escape.text(moment_text(local(taken.at), lang))}{correction}{mailed}</p>{words_said}"
        f"{evidence_list(taken.files, lang)}</li>"
    )
