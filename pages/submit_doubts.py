"""What a table of one's own leaves open: a select for every column and row in doubt.

What the program is sure of can be changed as well. An answer is kept with the file, by the
column or the row; a likely one is taken only when a person says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kpi.layouts import Found
from loaders.layouts.columns import ColumnProposal
from loaders.layouts.rows import RowProposal
from pages.labels import literal
from pages.submit_choices import LEFT_OUT, Table
from pages.submit_files import Looked
from reports.html import escape
from reports.html.layout_card import LayoutLine
from texts import say

Doubt = ColumnProposal | RowProposal


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


def still_open(looked: Looked, table: Table) -> int:
    doubts: list[Doubt] = [*table.proposal.open_columns, *table.proposal.open_rows]
    return sum(
        bool(choices(table, one)) and not answers_of(looked, one).get(one.key) for one in doubts
    )
