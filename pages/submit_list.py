"""Nộp báo cáo: the list of the chosen files, and which of them is open below it.

Each line says whose file it is and where it stands; what many files have in common is
said or done once, below the list.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kpi.findings import Severity
from pages import submit_send
from pages.submit_files import Looked
from pages.submit_form import Form
from reports.html.submission_files import FileLine, FileState, file_line, files_head
from texts import say

_OPEN = "submit-open"
_NEEDS_CARE = (
    FileState.ERRORS, FileState.EXPLAIN, FileState.LAYOUT, FileState.ELSEWHERE, FileState.REFUSED,
    FileState.PLAN,
)  # fmt: skip


def code_of(one: Looked) -> str:
    """What its receipt says; "" before there is one."""
    receipt = one.said.receipt or one.said.plan_receipt
    return receipt.code if receipt is not None else ""


def show(form: Form, looked: Sequence[Looked], states: Sequence[FileState]) -> int:
    """The list of files; says which one is shown below it."""
    lang = form.lang
    opened = opened_one(looked, states)
    several = len(looked) > 1
    with st.container(key="submit-files", gap=None):
        if several:
            st.html(files_head(states, lang))
        for index, (one, state) in enumerate(zip(looked, states, strict=True)):
            with st.container(
                key=f"submit-file-row-{index}", horizontal=True, vertical_alignment="center"
            ):
                line = line_of(one, state, lang)
                st.html(file_line(line, lang, is_open=several and index == opened))
                if several:
                    key = "submit.file.opened" if index == opened else "submit.file.open"
                    st.button(
                        say(key, lang, number=one.file.number),
                        key=f"submit-open-{one.file.number}", type="tertiary",
                        disabled=index == opened, on_click=open_file, args=(one.file.number,),
                    )  # fmt: skip
    several_at_once(looked, states, lang)
    return opened


def several_at_once(looked: Sequence[Looked], states: Sequence[FileState], lang: str) -> None:
    """What can be said or done once for many files."""
    elsewhere = [
        one for one, state in zip(looked, states, strict=True) if state is FileState.ELSEWHERE
    ]
    if len(elsewhere) > 1:
        st.button(
            say("submit.elsewhere.take_all", lang, count=len(elsewhere)),
            key="submit-take-all", on_click=take_as_named, args=(elsewhere,),
        )  # fmt: skip
    submit_send.offer_all(looked, states, lang)


def take_as_named(files: Sequence[Looked]) -> None:
    for one in files:
        one.said.as_named = True


def open_file(number: int) -> None:
    st.session_state[_OPEN] = number


def opened_one(looked: Sequence[Looked], states: Sequence[FileState]) -> int:
    """The one that was asked for, else the first that needs somebody's care."""
    asked = st.session_state.get(_OPEN)
    numbers = [one.file.number for one in looked]
    if asked in numbers:
        return numbers.index(asked)
    return next((at for at, state in enumerate(states) if state in _NEEDS_CARE), 0)


def line_of(one: Looked, state: FileState, lang: str) -> FileLine:
    """A file as the list shows it."""
    read = one.found.form is not None
    plan = one.plan.plan if one.plan is not None else None
    detail = plan.decision if plan is not None else ""
    if code := code_of(one):
        detail = say("submit.receipt_code", lang, code=code)
    elif one.twin is not None:
        detail = say("submit.file.twin_of", lang, number=one.twin)
    whose = one.form.name if read else ""
    if plan is not None:
        year = plan.year or one.form.period.year
        whose = say("submit.plan.whose", lang, year=year)
    return FileLine(
        number=one.file.number,
        name=one.file.name,
        state=state,
        reporter=whose,
        period=one.form.period if read else None,
        errors=one.count(Severity.ERROR),
        warnings=one.count(Severity.WARNING),
        figures=len(plan.cells if plan is not None else one.found.observations),
        detail=detail,
    )
