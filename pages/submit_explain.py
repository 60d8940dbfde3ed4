"""What the sender says to the warnings of one file, before it can be sent.

One field for each kind of warning, one for each figure that can hardly be right, and as a
help one sentence for all that are left. Whether the figures are a quarter's own is a
choice: it changes what is stored, and the file is checked anew.
"""

from __future__ import annotations

import streamlit as st

from kpi.explanations import ALL
from kpi.finding_codes import FindingCode
from kpi.findings import Finding
from pages.labels import literal
from pages.submit_files import SINGLE, TO_DATE, Dropped, Looked
from pages.submit_state import Group, groups, missing
from reports.html import escape
from reports.html.explanations import group_line, kind_of
from reports.html.findings_table import figure_name
from texts import say
from texts.findings import message

_LONGEST = 500
_PAUSE = "400ms"  # a key stroke should not redraw the page, a finished word may


def ask_about_quarters(looked: Looked) -> None:
    """To-date figures or the quarter's own: asked where the file looks like the latter."""
    asked = [one for one in looked.findings if one.code == FindingCode.SINGLE_QUARTERS]
    said, lang, file = looked.said, looked.form.lang, looked.file
    if not asked and not said.single_quarters:
        return
    key = f"{file.key}-quarters"
    with st.container(key=f"submit-card-{file.key}-quarters"):
        sentence = message(asked[0], lang) if asked else say("submit.quarters.adding", lang)
        title = escape.text(say("submit.quarters.title", lang))
        st.html(f'<section lang="{lang}"><h2>{title}</h2><p>{escape.text(sentence)}</p></section>')
        choices = [TO_DATE, SINGLE]
        st.radio(
            say("submit.quarters.choice", lang), choices, key=key,
            index=choices.index(said.quarters) if said.quarters else None,
            format_func=lambda one: say(f"submit.quarters.{one}", lang),
            on_change=lambda: _quarters_chosen(file, st.session_state[key], lang),
        )  # fmt: skip
        if asked and said.quarters == TO_DATE:
            label = say("submit.quarters.why", lang)
            _field(file, FindingCode.SINGLE_QUARTERS, label)


def _quarters_chosen(file: Dropped, choice: str, lang: str) -> None:
    said = file.said
    said.quarters = choice
    said.explanations.pop(FindingCode.ADDED_UP, None)
    if choice == SINGLE:  # the choice is the explanation of every sum
        said.explanations[FindingCode.ADDED_UP] = say("submit.quarters.confirmed", lang)


def explain(looked: Looked) -> None:
    """A field for every group of warnings, with the cells it is about."""
    asked, lang, said = groups(looked.findings), looked.form.lang, looked.said
    file = looked.file
    with st.container(key=f"submit-card-{file.key}-explain"):
        if asked:
            title = escape.text(say("submit.explain.title", lang, count=len(asked)))
            hint = escape.text(say("submit.explain.hint", lang))
            st.html(f'<section lang="{lang}"><h2>{title}</h2><p class="cap">{hint}</p></section>')
            if len(asked) > 1:
                _one_for_all(file, lang)
            unsaid = {one.key for one in missing(looked)}
            for group in asked:
                _ask(looked, group, open_=any(one.key in unsaid for one in group.findings))
        key = f"{file.key}-note"
        st.text_input(
            say("submit.note", lang), value=said.note, key=key, max_chars=_LONGEST,
            on_change=lambda: setattr(said, "note", st.session_state[key]),
        )  # fmt: skip


def _one_for_all(file: Dropped, lang: str) -> None:
    said, key = file.said, f"{file.key}-all"
    st.checkbox(
        say("submit.explain.one_for_all", lang), value=said.one_for_all, key=key,
        on_change=lambda: setattr(said, "one_for_all", st.session_state[key]),
    )  # fmt: skip
    if said.one_for_all:
        _field(file, ALL, say("submit.explain.all", lang))


def _ask(looked: Looked, group: Group, *, open_: bool) -> None:
    form, lang = looked.form, looked.form.lang
    first = group.findings[0]
    what = _figure(looked, first)
    st.html(group_line(group.findings, lang, what if group.is_single else "", open_=open_))
    cell = first.at.cell if first.at else say("submit.check.whole_file", lang)
    key = "explain.one" if group.is_single else "explain.kind"
    kind = kind_of(first, form.lang)
    label = say(f"submit.{key}", lang, kind=kind, cell=cell, count=len(group.findings))
    _field(looked.file, group.key, label, say("submit.explain.placeholder", lang))


def _figure(looked: Looked, finding: Finding) -> str:
    screen = looked.form.screen
    several = len({one.org_unit for one in looked.findings if one.org_unit}) > 1
    unit = finding.org_unit if several else ""
    return figure_name(finding.indicator, unit, screen.definitions, screen.org_units, screen.lang)


def _field(file: Dropped, key: str, label: str, placeholder: str = "") -> None:
    """A line of text that is kept under ``key``; it counts while it is being typed.

    Kept before the screen is drawn anew, so that every part of it knows. With a
    ``placeholder`` the label is heard only: what it says stands above already.
    """
    kept, widget = file.said.explanations, f"{file.key}-say-{key}"
    st.text_input(
        literal(label), value=kept.get(key, ""), key=widget, max_chars=_LONGEST, live=_PAUSE,
        label_visibility="collapsed" if placeholder else "visible", placeholder=placeholder,
        on_change=lambda: kept.update({key: st.session_state[widget]}),
    )  # fmt: skip
