"""The list of explanations asked for, and what came of them, as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpi.inquiries import Course, Inquiry, State, Statistics
from kpi.judgement import Status
from reports.html import escape
from reports.html.chip import chip
from reports.html.glyphs import glyph
from reports.html.inquiry_mark import PATH
from reports.inquiries import Line, courses
from reports.inquiry_words import InquiryWords
from texts import say
from texts.numbers import MISSING, date_text

_HEADS = ("number", "figure", "state", "due", "unit", "period", "owner", "light", "then")
# state: (shape, colour token)
LOOK: Mapping[State, tuple[str, str]] = {
    State.ASKED: ("ask", "on"),
    State.ANSWERED: ("edit", "on"),
    State.RETURNED: ("ask", "risk"),
    State.ACCEPTED: ("met", "met"),
    State.WITHDRAWN: ("na", "nd"),
}
_COURSE: Mapping[Course, str] = {Course.BETTER: "up", Course.SAME: "eq", Course.WORSE: "dn"}
_STATS = ("asked", "in_time", "late", "waiting", "overdue", "accepted", "returned", "corrected")


def address(number: int, lang: str) -> str:
    """The address of one inquiry, ready for ``href``."""
    return escape.link(PATH, so=str(number), lang=None if lang == "vi" else lang)


def state_chip(one: Inquiry, words: InquiryWords) -> str:
    shape, token = LOOK[one.state]
    return f'<span class="chip s-{token}">{glyph(shape)}{escape.text(words.state(one))}</span>'


def late_chip(one: Inquiry, words: InquiryWords) -> str:
    said = words.late(one)
    return f'<span class="chip s-risk">{glyph("late")}{escape.text(said)}</span>' if said else ""


def course_words(line: Line, lang: str) -> str:
    """How the next quarter compares, with its shape."""
    said = escape.text(say(f"inquiries.course.{line.course.value}", lang))
    shape = _COURSE.get(line.course)
    return f"{glyph(shape)} {said}" if shape else said


def inquiry_table(found: Sequence[Line], words: InquiryWords) -> str:
    """One row per inquiry; its number and figure lead to it."""
    lang = words.lang
    heads = "".join(
        f'<th scope="col">{escape.text(say(f"inquiries.head.{name}", lang))}</th>'
        for name in _HEADS
    )
    rows = "".join(_row(line, words) for line in found)
    if not found:
        none = escape.text(say("inquiries.nothing_shown", lang))
        rows = f'<tr><td class="empty" colspan="{len(_HEADS)}">{none}</td></tr>'
    title = escape.text(say("inquiries.table", lang))
    return (
        f'<section class="card flush" lang="{lang}"><div class="card-head"><h2>{title}</h2></div>'
        f'<div class="scroll wide-table"><table class="tbl admin asks"><thead><tr>{heads}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div></section>"
    )


def _row(line: Line, words: InquiryWords) -> str:
    one = line.inquiry
    href = address(one.id, words.lang)
    cells = (
        state_chip(one, words),
        f"{date_text(one.question.due, words.lang)} {late_chip(one, words)}",
        escape.text(words.unit(one)),
        escape.text(words.period(one)),
        escape.text(words.owner(one)),
        light(one.question.status, words.lang),
        _then(line, words.lang),
    )
    heads = (escape.text(say(f"inquiries.head.{name}", words.lang)) for name in _HEADS[2:])
    named = "".join(
        f'<td data-head="{head}">{cell}</td>' for head, cell in zip(heads, cells, strict=True)
    )
    return (
        f'<tr data-inquiry="{one.id}" data-state="{one.state.value}"><td>{one.id}</td>'
        f'<th scope="row"><a href="{href}">{escape.text(words.indicator(one))}</a></th>'
        f"{named}</tr>"
    )


def light(status: Status, lang: str) -> str:
    return chip(status, lang)


def _then(line: Line, lang: str) -> str:
    if line.then is None:
        return MISSING
    moved = f'<span class="cap">{course_words(line, lang)}</span>'
    return f"{chip(line.then.status, lang)} {moved}"


def statistics_card(counted: Statistics, found: Sequence[Line], words: InquiryWords) -> str:
    """How questions were answered, and what the next quarter said."""
    lang, moved = words.lang, courses(found)
    figures = "".join(
        _figure(say(f"inquiries.stats.{name}", lang), getattr(counted, name)) for name in _STATS
    )
    changes = "".join(
        f"<li>{glyph(_COURSE[one])} {escape.text(say(f'inquiries.course.{one.value}', lang))} "
        f"<b>{moved[one]}</b></li>"
        for one in _COURSE
    )
    title, after, rule = (
        escape.text(say(f"inquiries.{key}", lang)) for key in ("statistics", "after", "after_rule")
    )
    return (
        f'<section class="card ask-stats" lang="{lang}"><h2>{title}</h2><dl>{figures}</dl>'
        f'<h3>{after}</h3><ul>{changes}</ul><p class="cap">{rule}</p></section>'
    )


def _figure(name: str, count: int) -> str:
    return f"<div><dt>{escape.text(name)}</dt><dd>{count}</dd></div>"
