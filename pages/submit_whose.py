"""Whose file it is, where that is in question: asked of the sender, never simply refused.

A form names its reporter and period in a sheet of its own and is taken for them once the
sender says so. A table of one's own only has a title, which may have been copied and
forgotten: there the screen turns to what it says, or the title is mended in the file.
"""

from __future__ import annotations

import streamlit as st

from kpi.periods import Period
from loaders.layouts.proposals import Proposal
from pages import shell
from pages.submit_files import Looked
from pages.submit_form import inside, reporters
from reports.html import escape, page
from texts import say
from texts.findings import message
from workflow.own_tables import TITLE_DIFFERS


def question(looked: Looked, screen_name: str, screen_period: Period) -> None:
    """A file of another reporter or period than chosen: the sender says what is meant."""
    form, lang = looked.form, looked.form.lang
    text = say(
        "submit.elsewhere.text", lang, found=form.name, found_period=inside(form.period, lang),
        chosen=screen_name, chosen_period=inside(screen_period, lang),
    )  # fmt: skip
    st.html(page.message("partial", text, lang, heading=say("submit.elsewhere.title", lang)))
    label = say("submit.elsewhere.take", lang, reporter=form.name, period=inside(form.period, lang))
    with st.container(key="submit-elsewhere", horizontal=True, vertical_alignment="center"):
        st.button(
            label, type="primary", key=f"{looked.file.key}-take",
            on_click=lambda: setattr(looked.said, "as_named", True),
        )  # fmt: skip
        st.html(f'<p class="cap" lang="{lang}">{say("submit.elsewhere.else", lang)}</p>')


def contradiction(looked: Looked, proposal: Proposal) -> bool:
    """Ask which is meant, rather than refuse: a title is copied and forgotten.

    As long as it says so, nothing of the table would be taken.
    """
    lang, screen = looked.form.lang, looked.form.screen
    differing = [one for one in proposal.findings if one.code == TITLE_DIFFERS]
    if not differing:
        return False
    reporter = proposal.reporter.choice or looked.form.reporter
    period = proposal.period.choice or looked.form.period.code
    if reporter not in reporters(screen) or period not in {one.code for one in screen.periods}:
        st.html(page.message("partial", message(differing[0], lang), lang))
        return True
    form = looked.form.of(reporter, Period.parse(period))
    text = say(
        "submit.table.title_says", lang, found=form.name, found_period=inside(form.period, lang),
        chosen=looked.form.name, chosen_period=inside(looked.form.period, lang),
    )  # fmt: skip
    heading = say("submit.elsewhere.title", lang)
    st.html(page.message("partial", text, lang, heading=heading))
    label = say("submit.elsewhere.take", lang, reporter=form.name, period=inside(form.period, lang))
    with st.container(key="submit-elsewhere", horizontal=True, vertical_alignment="center"):
        st.button(
            label, type="primary", key=f"{looked.file.key}-turn-to",
            on_click=turn_to, args=(reporter, period),
        )  # fmt: skip
        hint = escape.text(say("submit.table.title_wrong", lang))
        st.html(f'<p class="cap" lang="{lang}">{hint}</p>')
    return True


def turn_to(reporter: str, period: str) -> None:
    """The screen is about another form from now on; the files stay."""
    st.session_state["reporter"] = reporter
    st.query_params["don-vi"] = reporter
    shell.choose_period(period)
