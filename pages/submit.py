"""Nộp báo cáo: from a reporter's workbooks to the province's figures, in four steps.

Take the form, choose the files, see what was read and what is wrong with each, confirm.
A plan workbook comes through the same door and is handed down the same way.
Nothing is stored before the last step, and the last step is one act of ``workflow`` for
each file. The address holds who reports and for when (``?don-vi=183&ky=2018-Q3``). The
steps themselves are in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from kpi.findings import Severity
from kpi.forms import form_of
from kpi.periods import Period
from pages import (
    knowledge,
    receipts,
    shell,
    submit_check,
    submit_explain,
    submit_files,
    submit_list,
    submit_plan,
    submit_send,
    submit_table,
    submit_whose,
)
from pages.submit_files import Looked
from pages.submit_form import Form, inside, offer_template, reporters, why_closed
from pages.submit_state import state_of
from reports.html import page, submission
from reports.html.inquiry_mark import waiting_line
from reports.html.submission_files import FileState
from texts import say
from texts.numbers import date_text, period_name

_DONE = (FileState.SENT, FileState.HANDED_DOWN)


@dataclass(frozen=True)
class Progress:
    """Which step the whole is at, counted from 0, and a note for each step."""

    step: int
    notes: Sequence[str]


def main() -> None:
    screen = shell.screen()
    options = reporters(screen)
    chosen = st.query_params.get("don-vi") or st.session_state.get("reporter") or options[0]
    form = Form(screen, chosen if chosen in options else options[0])
    head(form, options)
    if screen.notice:
        st.html(page.message("partial", screen.notice, screen.lang))
    asked = waiting_line(knowledge.inquiries(screen.version), form.reporter, screen.lang)
    if asked:
        st.html(asked)
    place = st.container(key="submit-steps")
    with st.container(key="submit-columns"):
        left, right = st.columns([7, 3], gap="small")
    with left:
        progress = work(form)
    place.html(submission.stepper(progress.step, progress.notes, screen.lang))
    with right:
        receipts.show(form)
        if not screen.is_away:
            submit_plan.history(form)
    # before there is a file, how to fill the form in is what there is to read
    (left if progress.step == 1 else right).html(submission.filling_rules(screen.lang))


def head(form: Form, options: list[str]) -> None:
    """Title and the two selects, which write into the address."""
    screen, lang = form.screen, form.lang
    due = date_text(
        screen.definitions.due_date(form.period, form_of(form.reporter, screen.org_units)), lang
    )
    title = say("submit.title", lang, period=inside(form.period, lang))
    with st.container(key="submit-head", horizontal=True, vertical_alignment="bottom"):
        st.html(page.title(title, say("submit.caption", lang, reporter=form.name, due=due), lang))
        # the screen may turn to another form by a button: the selects follow what it is about
        st.session_state["submit-reporter"] = form.reporter
        st.selectbox(
            say("submit.choose_reporter", lang), options, key="submit-reporter",
            format_func=lambda one: shell.reporter_name(screen, one),
            on_change=reporter_chosen, label_visibility="collapsed", width=270,
        )  # fmt: skip
        st.session_state["submit-period"] = form.period.code
        st.selectbox(
            say("submit.choose_period", lang), [one.code for one in screen.periods],
            key="submit-period",
            format_func=lambda code: period_name(Period.parse(code), lang),
            on_change=lambda: shell.choose_period(st.session_state["submit-period"]),
            label_visibility="collapsed", width=180,
        )  # fmt: skip


def reporter_chosen() -> None:
    st.session_state["reporter"] = st.session_state["submit-reporter"]
    st.query_params["don-vi"] = st.session_state["submit-reporter"]


def work(form: Form) -> Progress:
    """The four steps at the left."""
    lang = form.lang
    version = form.screen.definitions.template_version
    template = say("submit.step.template_note", lang, version=version, count=form.cells)
    waiting = [
        say(f"submit.step.{note}", lang) for note in ("file_none", "check_wait", "confirm_wait")
    ]
    if form.screen.is_away:
        return wait(lang, [template, *waiting])
    if not form.cells:
        period = inside(form.period, lang)
        text = say("submit.nothing_asked", lang, reporter=form.name, period=period)
        st.html(page.message("partial", text, lang))
        return Progress(0, [template, *waiting])
    if closed := why_closed(form):
        st.html(page.message("partial", closed, lang))
    with st.container(key="submit-template", horizontal=True, vertical_alignment="center"):
        offer_template(form)
        submit_plan.offer_template(form)
    files = submit_files.choose(lang)
    if not files:
        return Progress(1, [template, *waiting])
    with st.spinner(say("submit.reading", lang)):
        looked = submit_files.look_at_all(form, files)
    states = [state_of(one, form) for one in looked]
    opened = submit_list.show(form, looked, states)
    one_file(form, looked[opened], states[opened])
    if any(state in _DONE for state in states):
        submit_send.go_on(lang)
    return progress_of(looked, states, template, lang)


def wait(lang: str, notes: Sequence[str]) -> Progress:
    """Nothing can be checked or sent while the database is away; what was chosen stays."""
    st.html(page.message("error", say("submit.away", lang), lang))
    files = submit_files.choose(lang, disabled=True)
    if files:
        names = ", ".join(one.name for one in files)
        st.html(page.message("empty", say("submit.away_kept", lang, files=names), lang))
    return Progress(1, notes)


def progress_of(
    looked: Sequence[Looked], states: Sequence[FileState], template: str, lang: str
) -> Progress:
    """Where the whole stands: all sent, something to send, or still something to mend."""
    done = [one for one, state in zip(looked, states, strict=True) if state in _DONE]
    waits_to_be_sent = sum(state in (FileState.READY, FileState.EXPLAIN) for state in states)
    ready = waits_to_be_sent + states.count(FileState.PLAN)
    first = looked[0].file
    file = f"{first.name} · {max(1, len(first.data) // 1024)} KB"
    if len(looked) > 1:
        file = say("submit.step.files", lang, count=len(looked))
    errors, warnings = (
        sum(one.count(severity) for one in looked)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    check = say("submit.step.check_done", lang, errors=errors, warnings=warnings)
    if all(state is FileState.LAYOUT for state in states):
        check = say("submit.file.layout", lang)
    confirm = say("submit.step.confirm_wait", lang)
    if done:
        confirm = say("submit.step.confirm_done", lang, code=submit_list.code_of(done[0]))
        if len(looked) > 1:
            confirm = say("submit.step.confirm_part", lang, sent=len(done), count=len(looked))
    elif ready:
        key = "ready" if FileState.EXPLAIN in states else "open"
        confirm = say(f"submit.step.confirm_{key}", lang)
        if FileState.PLAN in states and not waits_to_be_sent:
            confirm = say("submit.file.plan", lang)
    step = 4 if len(done) == len(states) else 3 if ready or done else 2
    return Progress(step, [template, file, check, confirm])


def one_file(screen: Form, looked: Looked, state: FileState) -> None:
    """Everything about the file that is open: what was found, what to say, sending it."""
    lang = screen.lang
    if state is FileState.SENT:
        submit_send.thank(looked)
    elif state is FileState.HANDED_DOWN:
        submit_plan.thank(looked)
    elif state is FileState.TWIN:
        said = say("submit.file.twin_text", lang, number=looked.twin)
        st.html(page.message("empty", said, lang))
    elif looked.plan is not None:
        submit_plan.show(looked, looked.plan, state)
    elif state is FileState.LAYOUT:
        submit_table.show(looked)
    elif looked.refused:
        submit_check.show(looked, state)
    else:
        if state is FileState.ELSEWHERE:
            submit_whose.question(looked, screen.name, screen.period)
        submit_table.remembered(looked)
        submit_explain.ask_about_quarters(looked)
        submit_check.show(looked, state)
        if state in (FileState.EXPLAIN, FileState.READY, FileState.UNCHANGED):
            submit_explain.explain(looked)
        if state not in (FileState.ELSEWHERE, FileState.SAME):
            submit_send.offer(looked, state)


main()
