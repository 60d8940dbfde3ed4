"""What a reporter has sent, beside the form: the receipts with what was explained, the
files themselves, and taking the newest one back where the period still allows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

import bootstrap
from kpi.calendar import Closed
from kpi.definitions import Definitions
from kpi.findings import KpiError
from kpi.periods import Period
from pages import kept_files, knowledge, people, shell
from pages.knowledge import BY_NAME, Version
from pages.submit_form import Form, closed
from reports.html import escape, page
from reports.html.receipt_list import Receipt, receipts
from store import periods, submissions
from store.engine import CANNOT_BE_READ
from texts import say
from texts.errors import error_sentence
from texts.numbers import local, period_name
from workflow.decisions import withdraw

_LISTED = 5
_DONE = "withdrawn"


def show(form: Form) -> None:
    """The receipts, and under them the files and the way to withdraw the period's own."""
    screen = form.screen
    try:
        listed = _sent(screen.version, form.reporter)
    except CANNOT_BE_READ:
        if not screen.is_away:
            raise
        return  # the screen has said so
    if done := st.session_state.pop(_DONE, None):
        kind, said = done
        st.html(page.message(kind, said, screen.lang))
    longer = _exceptions(screen.version, form.reporter)
    st.html(receipts(_lines(screen, listed, longer), form.name, screen.lang, shown=_LISTED))
    if not listed or screen.is_away:
        return
    standing = [one for one in listed if _stands(one) and one.period == screen.period.code]
    with st.container(key="submit-receipt-acts", horizontal=True):
        _offer_files(screen, listed)
        if standing and _may_withdraw(form):
            _offer(screen, *standing[:2])


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def _sent(version: Version, reporter: str) -> list[submissions.Submission]:
    """Newest first; every submission and every decision changes the version."""
    with bootstrap.session_factory()() as session:
        return submissions.listed(session, reporter=reporter)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def _exceptions(version: Version, reporter: str) -> dict[str, date]:
    """Until when the reporter may send for a period by an exception; the newest counts."""
    with bootstrap.session_factory()() as session:
        granted = periods.exceptions(session, reporter=reporter)
    return {one.period: one.until for one in reversed(granted)}


def _may_withdraw(form: Form) -> bool:
    """An approval locks for sending, never for taking back; any other lock holds for both."""
    found = closed(form)
    return found is None or found.code is Closed.APPROVED


def _offer_files(screen: shell.Screen, listed: list[submissions.Submission]) -> None:
    """The workbooks as they were sent; each is read only when somebody asks for it."""
    with st.popover(say("submit.files_sent", screen.lang)):
        for one in listed[:_LISTED]:
            period = period_name(Period.parse(one.period), screen.lang)
            said = f"{period} v{one.revision}: {one.file_name}"
            kept_files.offer(said, one.file_name, one.file_digest, key=f"sent-file-{one.id}")


def _lines(
    screen: shell.Screen, listed: list[submissions.Submission], longer: Mapping[str, date]
) -> list[Receipt]:
    """Newest first, with lateness as *Tình hình nộp* tells it: by the calendar of the period's
    own plan year, or by the exception there is."""
    years = knowledge.plan_years(screen.version)
    newest: dict[str, int] = {}
    for one in listed:
        if one.state == submissions.APPROVED:  # what waits replaces nothing yet
            newest.setdefault(one.period, one.revision)
    return [
        _line(one, years.of(one.period), newest.get(one.period), longer.get(one.period, date.min))
        for one in listed
    ]


def _line(
    one: submissions.Submission, definitions: Definitions, newest: int | None, longer: date
) -> Receipt:
    period = Period.parse(one.period)
    received = local(one.submitted_at)
    until = max(definitions.window(one.form, period).in_time_until, longer)
    return Receipt(
        period=period,
        revision=one.revision,
        code=one.code,
        file_name=one.file_name,
        received_at=received,
        days_late=(received.date() - until).days,
        replaced_by=newest if newest is not None and newest > one.revision else None,
        state=one.state,
        reason=one.withdrawn_reason or one.reason,
        comments=one.comments,
        note=one.note,
        findings=one.findings,
    )


def _stands(one: submissions.Submission) -> bool:
    return one.state in (submissions.SUBMITTED, submissions.APPROVED)


def _offer(
    screen: shell.Screen,
    last: submissions.Submission,
    before: submissions.Submission | None = None,
) -> None:
    """The question, a reason, and the act; ``before`` is what would be in force again."""
    lang = screen.lang
    if last.state == submissions.SUBMITTED:
        question = say("submit.withdraw_waiting", lang, revision=last.revision)
    elif before is None:
        question = say("submit.withdraw_nothing_before", lang, revision=last.revision)
    else:
        question = say(
            "submit.withdraw_restores", lang, revision=last.revision, before=before.revision
        )
    with st.popover(say("submit.withdraw", lang, revision=last.revision)):
        st.html(f'<p lang="{lang}">{escape.text(question)}</p>')
        with st.form(f"withdraw-{last.id}", border=False):
            reason = f"withdraw-reason-{last.id}"
            st.text_input(say("submit.withdraw_reason", lang), max_chars=500, key=reason)
            # done before the screen is built anew, where this receipt may be another's
            st.form_submit_button(
                say("submit.withdraw_send", lang),
                on_click=lambda: _withdraw(screen, last, st.session_state[reason]),
            )


def _withdraw(screen: shell.Screen, last: submissions.Submission, reason: str) -> None:
    try:
        withdraw(
            bootstrap.session_factory(),
            people.acting(),
            last.id,
            at=bootstrap.now(),
            reason=reason,
            definitions=bootstrap.plan_years(),
            org_units=screen.org_units,
            seen=last.state,
        )
    except KpiError as refused:
        st.session_state[_DONE] = "error", error_sentence(refused, screen.lang)
        return
    said = say("submit.withdraw_done", screen.lang, revision=last.revision, code=last.code)
    st.session_state[_DONE] = "success", said
