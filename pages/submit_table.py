"""A table of one's own on the submission screen: how it is understood, and a person's yes.

Nothing of it is read before that. What is confirmed is remembered for the same headings,
with who said so and when; the next file is read that way and says so, and the reading
can be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

import bootstrap
from kpi.findings import KpiError, UnreadableWorkbook
from kpi.layouts import ConfirmedLayout, Found, LayoutMapping
from loaders.layouts.columns import ColumnProposal
from loaders.layouts.proposals import Proposal
from loaders.layouts.rows import RowProposal
from loaders.plan_book import PlanBook
from pages import knowledge, people
from pages.labels import literal
from pages.submit_choices import LEFT_OUT, Table, mapping_of
from pages.submit_files import Looked
from pages.submit_whose import contradiction
from reports.html import escape, page
from reports.html.layout_card import LayoutLine, layout_table
from texts import has, say
from texts.errors import error_sentence
from texts.numbers import date_text, local
from workflow.layouts import confirm
from workflow.own_tables import APPLIED, SET_ASIDE, propose
from workflow.own_tables import remembered as known_layout

Doubt = ColumnProposal | RowProposal


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
        day = date_text(local(known.confirmed_at).date())
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


# --- what is known


def column_lines(looked: Looked, table: Table) -> list[LayoutLine]:
    return [line_of(looked, table, one) for one in table.proposal.columns]


def row_lines(looked: Looked, table: Table) -> list[LayoutLine]:
    rows = (row for row in table.proposal.rows if row.line.has_figures)
    return [line_of(looked, table, row) for row in rows]


def line_of(looked: Looked, table: Table, one: Doubt) -> LayoutLine:
    """What it is taken for, by the program or by the answer that was given."""
    answer = answers_of(looked, one).get(one.key)
    if answer and one.found.settled and one.use and answer == table.choice_of(one.use):
        answer = None  # nobody had to choose
    at = one.head.at if isinstance(one, ColumnProposal) else one.line.at
    if answer:
        words, converted = table.said(one, answer)
        return LayoutLine(at, text_of(one), words, one.found, converted, chosen=True)
    words, converted = table.words(one.use), table.converted(one, one.use)
    return LayoutLine(at, text_of(one), words, one.found, converted, one.problem)


# --- what is open


def ask(looked: Looked, table: Table, doubts: Sequence[Doubt], kind: str) -> None:
    """A select for everything a person has to say something about."""
    asked = [one for one in doubts if choices(table, one)]
    if not asked:
        return
    lang = table.lang
    title = escape.text(say("submit.table.open", lang, count=len(asked)))
    st.html(f'<p class="cap" lang="{lang}">{title}</p>')
    if any(one.found is Found.SIMILAR for one in asked):
        st.button(
            say("submit.table.take_all", lang), key=f"{looked.file.key}-take-{kind}",
            on_click=take_suggestions, args=(looked, table, asked),
        )  # fmt: skip
    for one in asked:
        select(looked, table, one)


def settled(looked: Looked, table: Table) -> None:
    """What the program is sure of can be changed as well."""
    proposal, lang = table.proposal, table.lang
    with st.expander(say("submit.table.change_settled", lang)):
        for column in proposal.columns:
            if column.found.settled and not column.is_naming:
                select(looked, table, column)
        for row in proposal.rows:
            if row.found.settled and row.line.has_figures:
                select(looked, table, row)


def select(looked: Looked, table: Table, one: Doubt) -> None:
    """What a column or row is; empty until somebody has said so or it is beyond doubt."""
    options, kept = choices(table, one), answers_of(looked, one)
    use = one.use if one.found.settled else None
    chosen = kept.get(one.key) or (table.choice_of(use) if use is not None else None)
    if chosen is not None and chosen not in options:
        options.insert(0, chosen)
    widget = widget_of(looked, table, one)
    st.session_state.setdefault(widget, chosen)
    st.selectbox(
        literal(say("submit.table.is", table.lang, text=text_of(one))), options, key=widget,
        index=None, format_func=worded(table, one),
        placeholder=say("submit.table.choose", table.lang),
        on_change=lambda: kept.update({one.key: st.session_state[widget] or ""}),
    )  # fmt: skip


def widget_of(looked: Looked, table: Table, one: Doubt) -> str:
    kind = "column" if isinstance(one, ColumnProposal) else "row"
    return f"{looked.file.key}-{table.proposal.number}-{kind}-{one.key}"


def choices(table: Table, one: Doubt) -> list[str]:
    if isinstance(one, ColumnProposal):
        return table.column_choices(one)
    return table.row_choices(one)


def text_of(one: Doubt) -> str:
    return one.head.text if isinstance(one, ColumnProposal) else one.line.text


def answers_of(looked: Looked, one: Doubt) -> dict[str, str]:
    return looked.said.columns if isinstance(one, ColumnProposal) else looked.said.rows


def worded(table: Table, one: Doubt) -> Callable[[str], str]:
    """Each answer in words, a conversion spelled out with a figure of the file."""
    lang = table.lang

    def words(choice: str) -> str:
        if choice == LEFT_OUT:
            return say("submit.table.leave_out", lang)
        return ": ".join(filter(None, table.said(one, choice)))

    return words


def take_suggestions(looked: Looked, table: Table, asked: Sequence[Doubt]) -> None:
    """The likely answer wherever nothing was chosen yet; all of it is seen before the yes."""
    for one in asked:
        kept = answers_of(looked, one)
        if one.found is Found.SIMILAR and not kept.get(one.key):
            widget = widget_of(looked, table, one)
            kept[one.key] = st.session_state[widget] = choices(table, one)[0]


# --- the yes


def still_open(looked: Looked, table: Table) -> int:
    doubts: list[Doubt] = [*table.proposal.open_columns, *table.proposal.open_rows]
    return sum(
        bool(choices(table, one)) and not answers_of(looked, one).get(one.key) for one in doubts
    )


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
        day = date_text(date.fromisoformat(one.facts["day"]))
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


def actor_name(actor: str, lang: str) -> str:
    """A person goes by their own name for the program, the program's parts by a word."""
    key = f"source.actor.{actor}"
    return say(key, lang) if has(key, lang) else actor
