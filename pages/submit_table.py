"""A table of one's own on the submission screen: how it is understood, and a person's yes.

Nothing of it is read before that. What is confirmed is remembered for the same headings,
with who said so and when; the next file is read that way and says so, and the reading
can be changed. What is asked about it: ``pages.submit_doubts``.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
from kpi.findings import KpiError, UnreadableWorkbook
from kpi.layouts import ConfirmedLayout, LayoutMapping
from kpi.local_time import local_date
from loaders.layouts.proposals import Proposal
from loaders.plan_book import PlanBook
from pages import knowledge, people
from pages.labels import literal
from pages.submit_choices import Table, mapping_of
from pages.submit_doubts import ask, column_lines, row_lines, settled, still_open
from pages.submit_files import Looked
from pages.submit_whose import contradiction
from reports.actors import actor_name
from reports.html import escape, page
from reports.html.layout_card import layout_table
from texts import say
from texts.errors import error_sentence
from texts.numbers import date_text
from workflow.layouts import confirm
from workflow.own_tables import APPLIED, SET_ASIDE, propose
from workflow.own_tables import remembered as known_layout


def show(looked: Looked) -> None:
    """The proposal with what is open, and the button that confirms it."""
    proposal, lang = looked.table or proposed(looked), looked.form.lang
    if proposal is None:
        return
    table = Table(proposal, looked.form)
    if contradiction(looked, proposal):
        return
    known = known_of(proposal)
    if known is not None and not known.mapping.set_aside:
        start_from(looked, table, known)
    with st.container(key=f"submit-card-{looked.file.key}-table"):
        introduction(looked, proposal, known)
        st.html(layout_table(column_lines(looked, table), "columns", lang))
        ask(looked, table, proposal.open_columns, "columns")
        st.html(layout_table(row_lines(looked, table), "rows", lang))
        ask(looked, table, proposal.open_rows, "rows")
        settled(looked, table)
        say_yes(looked, table)


def proposed(looked: Looked) -> Proposal | None:
    """The table that is to be looked at again, although it is read by what was confirmed."""
    form = looked.form
    try:
        found = propose(
            knowledge.plan_years(form.screen.version), form.screen.org_units,
            looked.file.data, looked.file.name, reporter=form.reporter, period=form.period,
        )  # fmt: skip
    except UnreadableWorkbook:
        return None
    if isinstance(found, PlanBook):
        return None
    return next((one for one in found if str(one.at) == looked.said.reconsider), None)


def known_of(proposal: Proposal) -> ConfirmedLayout | None:
    with bootstrap.session_factory()() as session:
        return known_layout(session, proposal)


def start_from(looked: Looked, table: Table, known: ConfirmedLayout) -> None:
    """What was confirmed before is what the answers begin with."""
    said = looked.said
    for key, column in known.mapping.columns.items():
        said.columns.setdefault(key, table.choice_of(column))
    for key, row in known.mapping.rows.items():
        said.rows.setdefault(key, table.choice_of(row))


def introduction(looked: Looked, proposal: Proposal, known: ConfirmedLayout | None) -> None:
    lang = looked.form.lang
    title = escape.text(say("submit.table.title", lang))
    text = say("submit.table.why", lang, reporter=looked.form.name)
    if known is not None:
        day = date_text(local_date(known.confirmed_at), lang)
        by = actor_name(known.confirmed_by, lang)
        text = say("submit.table.remembered", lang, by=by, day=day)
    several = ""
    if proposal.count > 1:
        which = say(
            "submit.table.several", lang, number=proposal.number, count=proposal.count,
            sheet=proposal.at.sheet, cell=proposal.at.cell,
        )  # fmt: skip
        several = f"<p><b>{escape.text(which)}</b></p>"
    st.html(f'<section lang="{lang}"><h2>{title}</h2>{several}<p>{escape.text(text)}</p></section>')


# --- the yes


def say_yes(looked: Looked, table: Table) -> None:
    lang, key = table.lang, looked.file.key
    left = still_open(looked, table)
    with st.container(key=f"{key}-yes-row", horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            say("submit.table.confirm", lang), type="primary", disabled=bool(left),
            key=f"{key}-yes",
        )  # fmt: skip
        aside = False
        if table.proposal.count > 1:
            aside = st.button(say("submit.table.set_aside", lang), key=f"{key}-aside")
        if looked.said.reconsider:
            st.button(
                say("submit.table.keep", lang), key=f"{key}-keep",
                on_click=lambda: setattr(looked.said, "reconsider", ""),
            )  # fmt: skip
        if left:
            text = escape.text(say("submit.table.left", lang, count=left))
            st.html(f'<p class="cap" lang="{lang}">{text}</p>')
    if pressed:
        confirm_as(looked, table, mapping_of(table, looked.said.columns, looked.said.rows))
    elif aside:
        confirm_as(looked, table, table.proposal.set_aside())


def confirm_as(looked: Looked, table: Table, mapping: LayoutMapping) -> None:
    """The yes itself; the next table of the file is asked about then."""
    lang = table.lang
    try:
        confirm(
            bootstrap.session_factory(), people.acting(), mapping,
            file_name=looked.file.name, at=bootstrap.now(),
            definitions=table.form.screen.definitions, org_units=table.form.screen.org_units,
        )  # fmt: skip
    except KpiError as refused:
        st.html(page.message("error", error_sentence(refused, lang), lang))
        return
    looked.said.reconsider = ""
    looked.said.columns.clear()
    looked.said.rows.clear()
    st.rerun()


def remembered(looked: Looked) -> None:
    """Says by whose word a table was read, with a way to change it."""
    lang = looked.form.lang
    applied = [one for one in looked.findings if one.code in (APPLIED, SET_ASIDE)]
    for number, one in enumerate(applied):
        day = date_text(date.fromisoformat(one.facts["day"]), lang)
        said = "set_aside_said" if one.code == SET_ASIDE else "applied"
        by, at = actor_name(one.facts["by"], lang), str(one.at)
        text = say(f"submit.table.{said}", lang, by=by, day=day, at=at)
        st.html(page.message("empty", text, lang))
        label = say("submit.table.reconsider", lang)
        if len(applied) > 1:
            label = say("submit.table.reconsider_one", lang, at=at)
        st.button(
            literal(label), key=f"{looked.file.key}-reconsider-{number}",
            on_click=reconsider, args=(looked, at),
        )  # fmt: skip


def reconsider(looked: Looked, at: str) -> None:
    looked.said.reconsider = at
