"""One file of the submission screen in full: what was found where, what was read, what
would change, and what to take away of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

import bootstrap
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, UnreadableWorkbook
from kpi.periods import Period
from loaders.marking_process import mark_safely
from pages import take_away
from pages.submit_files import Looked, rows_in_sheet
from pages.submit_form import XLSX, inside
from pages.submit_state import answers
from reports import export, submission_export
from reports.export import Table
from reports.html import page
from reports.html.change_table import change_table
from reports.html.findings_table import check_table
from reports.html.read_table import read_table
from reports.html.submission_files import FileState
from texts import say

_NOT_WRITABLE = {FindingCode.INEXACT_FORMAT}


def show(looked: Looked, state: FileState) -> None:
    """Findings first, then old → new, then every figure that was read."""
    said_first(looked, state)
    screen = looked.form.screen
    args = screen.definitions, screen.org_units, screen.lang
    found = looked.found
    st.html(check_table(looked.findings, found.observations, *args, sheets=rows_in_sheet(looked)))
    if not looked.refused:
        take_it_away(looked)
    if found.outcome.accepted and found.changes:
        st.html(change_table(found.changes, *args))
    if found.changes:
        st.html(read_table(found.changes, *args))


def said_first(looked: Looked, state: FileState) -> None:
    """What is to be known before any finding: nothing new, or not now."""
    lang = looked.form.lang
    if state is FileState.SAME and looked.same_as is not None:
        said = say("submit.same_file", lang, revision=looked.same_as.revision)
        st.html(page.message("empty", said, lang))
    elif looked.found.unchanged and looked.found.outcome.accepted:
        period = inside(looked.form.period, lang)
        said = say("submit.unchanged", lang, reporter=looked.form.name, period=period)
        st.html(page.message("empty", said, lang))


def take_it_away(looked: Looked) -> None:
    """The tables, and the workbook itself with every problem marked in it."""
    lang = looked.form.lang
    # now: a download has no session that could tell what was explained
    found = answers(looked).explain(looked.findings)
    with st.container(key="take-away-submission", horizontal=True, horizontal_alignment="right"):
        if can_be_marked(looked):
            st.download_button(
                say("submit.marked", lang), lambda: marked(looked, found),
                f"da_danh_dau_{named(looked)}.xlsx", XLSX,
                icon=":material/edit_document:", on_click="ignore", key=f"{looked.file.key}-marked",
            )  # fmt: skip
        name = f"kiem_tra_{named(looked)}"
        take_away.buttons(lambda: tables(looked, found), name, lang, key="submission")


def named(looked: Looked) -> str:
    """What the file is about, as a part of a file's name."""
    if looked.plan is not None:
        return f"giao_chi_tieu_{looked.plan.plan.year}"
    return f"{looked.form.reporter}_{looked.form.period.code}"


def tables(looked: Looked, found: Sequence[Finding]) -> list[Table]:
    """What was found, and what would change where that is known."""
    form, at = looked.form, bootstrap.now()
    if looked.plan is not None:
        return submission_export.plan_tables(
            found, looked.plan.changes, plan_of(looked, at), form.screen.words
        )
    sent = submission_export.Sent(form.name, form.period, looked.file.name, at, at)
    changes = looked.found.changes if looked.found.outcome.accepted else ()
    return submission_export.tables(found, changes, sent, form.screen.words)


def plan_of(looked: Looked, at: datetime) -> submission_export.Sent:
    """Whose the tables are: the decision's, and of which year."""
    lang, seen = looked.form.lang, looked.plan
    year = seen.plan.year if seen and seen.plan.year else looked.form.period.year
    decision = seen.plan.decision if seen else ""
    who = decision or say("submit.plan.whose", lang, year=year)
    return submission_export.Sent(who, Period(year), looked.file.name, at, at)


def can_be_marked(looked: Looked) -> bool:
    """Is there something to mark, in a workbook that can be written again as it was?"""
    codes = {one.code for one in looked.findings}
    return (
        (looked.found.form is not None or looked.plan is not None)
        and any(one.at is not None for one in looked.findings)
        and not codes & _NOT_WRITABLE
    )


def marked(looked: Looked, found: Sequence[Finding]) -> bytes:
    """Made only when somebody asks for it; where it cannot be, the list of what was found."""
    try:
        made = mark_safely(looked.file.data, looked.file.name, found, looked.form.lang)
    except UnreadableWorkbook:
        made = None
    return export.excel(*tables(looked, found)) if made is None else made
