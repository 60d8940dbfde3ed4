"""The last step: what still keeps a file from being sent, sending one or all, the receipt.

Each file is one act of ``workflow`` with a transaction of its own; whatever refuses one is
said beside it and the others go on.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

import bootstrap
from kpi.findings import KpiError, NotAllowed, Severity
from kpi.periods import Period
from pages import knowledge, people, shell
from pages.submit_files import Looked, clear
from pages.submit_form import why_closed, why_not_allowed
from pages.submit_state import answers, missing_fields, sendable
from reports.html import page
from reports.html.receipt_card import Sent, receipt_card
from reports.html.submission_files import FileState
from store.engine import StoreUncertain
from texts import say
from texts.errors import error_sentence
from texts.numbers import local
from workflow.submissions import submit


def offer(looked: Looked, state: FileState) -> None:
    """The button, and beside it what is still missing; pressed too early it says so."""
    lang, key = looked.form.lang, f"{looked.file.key}-send"
    fields = missing_fields(looked)
    reason = why_not(looked, state)
    with st.container(key="submit-send", horizontal=True, vertical_alignment="center"):
        label = say("submit.send", lang)
        if state is FileState.EXPLAIN:
            label = say("submit.send_missing", lang, count=fields)
        pressed = st.button(label, type="primary", disabled=bool(reason), key=key)
        if reason:
            st.html(f'<p class="cap" lang="{lang}">{reason}</p>')
    if pressed and state is FileState.EXPLAIN:
        looked.said.problem = say("submit.blocked_warnings", lang, count=fields)
    elif pressed and sendable(state):
        with st.spinner(say("submit.storing", lang)):
            send(looked)
        st.rerun()
    if looked.said.problem:
        st.html(page.message("error", looked.said.problem, lang))
        looked.said.problem = ""


def why_not(looked: Looked, state: FileState) -> str | None:
    """Why the file cannot be sent whatever is explained, in words; None if it can."""
    lang = looked.form.lang
    if state is FileState.CLOSED:
        return why_not_allowed(looked.form) or why_closed(looked.form)
    if state is FileState.ERRORS:
        return say("submit.blocked_errors", lang, count=looked.count(Severity.ERROR))
    return say("submit.blocked_empty", lang) if state is FileState.EMPTY else None


def offer_all(looked: Sequence[Looked], states: Sequence[FileState], lang: str) -> None:
    """One button for every file that is ready, where there are several."""
    ready = [one for one, state in zip(looked, states, strict=True) if state is FileState.READY]
    if len(ready) < 2:
        return
    label = say("submit.send_all", lang, count=len(ready))
    if not st.button(label, type="primary", key="submit-send-all"):
        return
    bar = st.progress(0.0, say("submit.storing", lang))
    for done, one in enumerate(ready, start=1):
        send(one)
        said = say("submit.storing_part", lang, done=done, total=len(ready))
        bar.progress(done / len(ready), said)
    st.rerun()


def send(looked: Looked) -> None:
    """The act itself; whatever refuses it is kept as a sentence, and nothing is stored."""
    screen, said = looked.form.screen, looked.said
    said.problem = ""
    try:
        said.receipt = submit(
            bootstrap.session_factory(), people.acting(), looked.file.data, looked.file.name,
            at=bootstrap.now(), definitions=knowledge.plan_years(screen.version),
            org_units=screen.org_units, reporter=looked.form.reporter, period=looked.form.period,
            answers=answers(looked),
        )  # fmt: skip
    except (NotAllowed, StoreUncertain) as refused:
        said.problem = error_sentence(refused, screen.lang)
    except KpiError:
        # what was checked a moment ago no longer holds, or the database is busy
        said.problem = say("submit.try_again", screen.lang)


def thank(looked: Looked) -> None:
    """The receipt, to be kept or printed, and where to go from here."""
    receipt, lang = looked.said.receipt, looked.form.lang
    if receipt is None:
        return
    if receipt.duplicate:
        said = say("submit.same_file", lang, revision=receipt.revision)
        st.html(
            page.message("success", said, lang, heading=say("submit.sent", lang, code=receipt.code))
        )
        return
    sent = Sent(
        code=receipt.code,
        reporter=shell.reporter_name(looked.form.screen, receipt.reporter),
        period=Period.parse(receipt.period),
        revision=receipt.revision,
        state=receipt.state,
        file_name=looked.file.name,
        digest=looked.file.digest,
        received_at=local(receipt.received_at),
        figures=len(receipt.observations),
        changed=sum(1 for change in receipt.changes if change.differs),
        findings=receipt.findings,
        note=looked.said.note.strip(),
        by=person.name if (person := people.actor()) else "",
    )
    st.html(receipt_card(sent, lang))


def go_on(lang: str) -> None:
    """Where to go once something was sent."""
    with st.container(key="submit-next-row", horizontal=True, vertical_alignment="center"):
        st.page_link("overview.py", label=say("submit.see_overview", lang))
        st.button(say("submit.next_file", lang), key="submit-next", on_click=clear)
