"""Duyệt báo cáo: what waits, what it would change, approve it or send it back.

In the menu only where a person approves, or where something waits. The address holds the
submission that is open (``?bao-cao=214``); deciding is one act of ``workflow``.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

import bootstrap
from kpi.findings import KpiError, Severity
from kpi.periods import Period
from kpi.submissions import CellComment
from pages import knowledge, people, shell, take_away
from reports import submission_export
from reports.export import Table
from reports.html import escape, page
from reports.html.change_table import change_table
from reports.html.findings_table import check_table
from reports.html.waiting import Waiting, waiting_table
from store import observations, submissions
from store.submissions import Submission
from texts import say
from texts.errors import error_sentence
from texts.numbers import local, period_name
from workflow.decisions import approve, return_
from workflow.inspection import differences
from workflow.receipts import Receipt

PATH = "/duyet"
_DONE = "decided"


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    with bootstrap.session_factory()() as session:
        waiting = submissions.listed(session, state=submissions.SUBMITTED)[::-1]
    caption = say("approve.caption", lang, count=len(waiting))
    st.html(page.title(say("approve.title", lang), caption, lang))
    if done := st.session_state.pop(_DONE, None):
        kind, said = done
        st.html(page.message(kind, said, lang))
    if not waiting:
        href = escape.link("/tinh-hinh-nop", ky=screen.period.code, lang=lang)
        words = say("nav.first_step", lang)
        st.html(page.nothing_yet(say("approve.none", lang), words, href, lang))
        return
    asked = st.query_params.get("bao-cao")
    chosen = next((one for one in waiting if str(one.id) == asked), waiting[0])
    lines = [line(screen, one) for one in waiting]
    st.html(waiting_table(lines, chosen.id, PATH, lang))
    show(screen, chosen)
    decide(screen, chosen)


def line(screen: shell.Screen, one: Submission) -> Waiting:
    return Waiting(
        number=one.id,
        reporter=shell.reporter_name(screen, one.reporter),
        period=Period.parse(one.period),
        revision=one.revision,
        sent_at=local(one.submitted_at),
        sender=one.submitted_by,
        warnings=sum(finding.severity is Severity.WARNING for finding in one.findings),
    )


def show(screen: shell.Screen, one: Submission) -> None:
    """What the checks found, what the sender says, and old → new."""
    with bootstrap.session_factory()() as session:
        stated = observations.stated_by(session, one.id)
        changes = differences(session, one.id)
    definitions = knowledge.plan_years(screen.version).of(one.period)
    args = definitions, screen.org_units, screen.lang
    st.html(change_table(changes, *args))
    if one.note:
        said = escape.text(say("approve.note", screen.lang, note=one.note))
        st.html(f'<section class="card" lang="{screen.lang}"><p>{said}</p></section>')
    st.html(check_table(one.findings, stated, *args))

    def tables() -> list[Table]:
        sent = take_away.sent(one, screen.words)
        return submission_export.tables(one.findings, changes, sent, screen.words)

    name = f"{one.reporter}_{one.period}_v{one.revision}"
    take_away.row(tables, name, screen.lang, key="approve")


def decide(screen: shell.Screen, one: Submission) -> None:
    """Approve with one button; return with a reason and comments on cells.

    The acts are done before the screen is built anew: by then somebody who was quicker
    may have taken the submission off the list, and its buttons with it.
    """
    lang, reason, cells = screen.lang, f"reason-{one.id}", f"cells-{one.id}"
    with st.container(key="approve-decision", horizontal=True, vertical_alignment="top"):
        st.button(
            say("approve.approve", lang),
            type="primary",
            key=f"approve-{one.id}",
            on_click=lambda: act(screen, one, lambda: approved(screen, one)),
        )
        with st.popover(say("approve.return", lang)), st.form(f"return-{one.id}", border=False):
            st.text_input(say("approve.reason", lang), max_chars=500, key=reason)
            st.text_area(
                say("approve.comments", lang),
                placeholder=say("approve.comments_example", lang),
                key=cells,
            )
            st.form_submit_button(
                say("approve.return", lang),
                on_click=lambda: send_back(
                    screen, one, st.session_state[reason], st.session_state[cells]
                ),
            )


def send_back(screen: shell.Screen, one: Submission, reason: str, written: str) -> None:
    """Return it, unless a line of the comments cannot be read."""
    with bootstrap.session_factory()() as session:
        stated = observations.stated_by(session, one.id)
    sheet = stated[0].at.sheet if stated else ""
    comments = []
    for text in filter(str.strip, written.splitlines()):
        try:
            comments.append(CellComment.parse(text, sheet))
        except ValueError:
            said = say("approve.wrong_comment", screen.lang, found=text.strip())
            st.session_state[_DONE] = "error", said
            return
    act(screen, one, lambda: returned(one, reason, comments))


def approved(screen: shell.Screen, one: Submission) -> Receipt:
    return approve(
        bootstrap.session_factory(),
        people.deciding(),
        one.id,
        at=bootstrap.now(),
        definitions=bootstrap.plan_years(),
        org_units=screen.org_units,
    )


def returned(one: Submission, reason: str, comments: list[CellComment]) -> Receipt:
    return return_(
        bootstrap.session_factory(),
        people.deciding(),
        one.id,
        at=bootstrap.now(),
        reason=reason,
        comments=comments,
    )


def act(screen: shell.Screen, one: Submission, doing: Callable[[], Receipt]) -> None:
    """Do it, and leave a sentence for the screen: done, or why not."""
    lang = screen.lang
    try:
        receipt = doing()
    except KpiError as refused:
        st.session_state[_DONE] = "error", error_sentence(refused, lang)
        return
    said = say(
        f"approve.{receipt.state}",
        lang,
        reporter=shell.reporter_name(screen, one.reporter),
        period=period_name(Period.parse(one.period), lang, "inside"),
        revision=one.revision,
    )
    st.session_state[_DONE] = "success", said
    st.query_params.pop("bao-cao", None)


main()
