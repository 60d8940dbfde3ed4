"""The plan workbook on the submission screen: old → new for every unit, and handing it down.

The same door as a report and the same steps: what was found at which cell, what was said
to the warnings, one act of ``workflow``, a receipt. Who may not lay down targets sees why;
what was handed down before stands beside the receipts, with the workbooks.
"""

from __future__ import annotations

import streamlit as st

import bootstrap
from kpi.definitions import Definitions
from kpi.findings import KpiError, NotAllowed, Severity
from kpi.periods import Period
from pages import kept_files, knowledge, people
from pages.knowledge import Version
from pages.submit_check import take_it_away
from pages.submit_explain import explain
from pages.submit_files import Looked, rows_in_sheet
from pages.submit_form import XLSX, Form, why_not_handed_down
from pages.submit_state import answers, missing_fields
from reports.html import page
from reports.html.findings_table import check_table
from reports.html.plan_table import plan_head, plan_matrix, plan_receipt, plans_list
from reports.html.submission_files import FileState
from store.engine import StoreUncertain
from texts import say
from texts.errors import error_sentence
from texts.numbers import date_text
from workflow.plan_books import PlanInspection, adopt_plan, blank_plan, handed_down

_LISTED = 8


def show(looked: Looked, seen: PlanInspection, state: FileState) -> None:
    """What the workbook says, what is wrong with it, what it would change, and the act."""
    form, lang, plan = looked.form, looked.form.lang, seen.plan
    units = len({change.new.org_unit for change in seen.changes})
    indicators = len({change.new.indicator for change in seen.changes})
    starts = date_text(plan.in_force_from, lang) if plan.in_force_from else ""
    st.html(plan_head(plan.year, plan.decision, starts, units, indicators, lang))
    if state is FileState.UNCHANGED:
        st.html(page.message("empty", say("submit.plan.nothing_new", lang), lang))
    args = definitions_of(looked, seen), form.screen.org_units, lang
    if looked.findings:
        sheets = rows_in_sheet(looked)
        st.html(check_table(looked.findings, plan.cells, *args, sheets=sheets))
    if seen.changes:
        st.html(plan_matrix(seen.changes, *args, blocked=state is FileState.ERRORS))
    take_it_away(looked)
    if state in (FileState.EXPLAIN, FileState.PLAN):
        explain(looked)
    offer(looked, seen, state)


def definitions_of(looked: Looked, seen: PlanInspection) -> Definitions:
    """Those of the year the plan is for."""
    screen = looked.form.screen
    year = seen.plan.year or screen.period.year
    return knowledge.plan_years(screen.version).of(Period(year))


def offer(looked: Looked, seen: PlanInspection, state: FileState) -> None:
    """The button, and beside it what keeps it from being pressed."""
    lang, said = looked.form.lang, looked.said
    reason = why_not(looked, state)
    label = say("submit.plan.hand_down", lang, count=len(seen.differing))
    if state is FileState.EXPLAIN:
        label = say("submit.plan.hand_down_missing", lang, count=missing_fields(looked))
    with st.container(key="submit-send", horizontal=True, vertical_alignment="center"):
        # done before the screen is built anew: what was seen is what is handed down
        st.button(
            label, type="primary", disabled=bool(reason), key=f"{looked.file.key}-send",
            on_click=hand_down, args=(looked, seen, state),
        )  # fmt: skip
        if reason:
            st.html(f'<p class="cap" lang="{lang}">{reason}</p>')
    if said.problem:
        st.html(page.message("error", said.problem, lang))
        said.problem = ""


def why_not(looked: Looked, state: FileState) -> str:
    """Why the plan cannot be handed down whatever is explained, in words; "" if it can."""
    lang = looked.form.lang
    if state is FileState.CLOSED:
        return why_not_handed_down(lang) or ""
    if state is FileState.ERRORS:
        return say("submit.plan.blocked", lang, count=looked.count(Severity.ERROR))
    return say("submit.plan.nothing_to_do", lang) if state is FileState.UNCHANGED else ""


def hand_down(looked: Looked, seen: PlanInspection, state: FileState) -> None:
    """The act itself; whatever refuses it is kept as a sentence, and nothing is stored."""
    said, lang = looked.said, looked.form.lang
    if state is FileState.EXPLAIN:
        said.problem = say("submit.plan.blocked_warnings", lang, count=missing_fields(looked))
        return
    try:
        said.plan_receipt = adopt_plan(
            bootstrap.session_factory(), people.acting(), seen, looked.file.data,
            at=bootstrap.now(), answers=answers(looked),
        )  # fmt: skip
    except (NotAllowed, StoreUncertain) as refused:
        said.problem = error_sentence(refused, lang)
    except KpiError:
        said.problem = say("submit.try_again", lang)


def thank(looked: Looked) -> None:
    """The receipt, to be kept or printed."""
    receipt, person = looked.said.plan_receipt, people.actor()
    if receipt is not None:
        st.html(plan_receipt(receipt, person.name if person else "", looked.form.lang))


# --- beside it


def history(form: Form) -> None:
    """What was handed down for the year before, with the workbooks; nothing if that is all."""
    year, lang = form.period.year, form.lang
    with bootstrap.session_factory()() as session:
        found = handed_down(session, year)
    if not found:
        return
    st.html(plans_list(found[:_LISTED], year, lang))
    with st.popover(say("submit.plan.files", lang)):
        for number, one in enumerate(found[:_LISTED]):
            said = f"{one.decision}: {one.file_name}"
            kept_files.offer(said, one.file_name, one.digest, key=f"plan-file-{number}")


def offer_template(form: Form) -> None:
    """The plan workbook to fill in, for whoever may hand it down."""
    lang, year = form.lang, form.period.year
    if why_not_handed_down(lang):
        return
    st.download_button(
        say("submit.plan.template", lang, year=year), _template(form.screen.version, year),
        f"giao_chi_tieu_{year}.xlsx", XLSX, icon=":material/download:", on_click="ignore",
        type="tertiary", key="submit-plan-download",
    )  # fmt: skip


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def _template(version: Version, year: int) -> bytes:
    definitions = knowledge.plan_years(version).of(Period(year))
    with bootstrap.session_factory()() as session:
        return blank_plan(session, definitions, bootstrap.org_units(), year)
