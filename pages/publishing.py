"""Công bố, below Tổng quan: freeze the approved figures of the period for everybody to read.

Only for those who may publish. The act is ``workflow.publishing``; what came of it is read
at ``/cong-bo`` (``pages.published``).
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import bootstrap
from kpi.findings import KpiError
from kpi.periods import Period
from kpi.permissions import Act, Scope, may
from pages import people, shell
from reports.html import escape, page
from texts import say
from texts.errors import error_sentence
from texts.numbers import moment_text, period_name
from workflow.publishing import publish

_DONE = "publishing-done"


def show(screen: shell.Screen, line: DeltaGenerator) -> None:
    """The button, where the person may publish and looks at what is known today; not on paper.

    Args:
        line: the one that holds the other buttons.
    """
    lang, person = screen.lang, people.actor()
    if person is None or screen.only_shows or not may(person, Act.PUBLISH, Scope()):
        return
    if done := st.session_state.pop(_DONE, None):
        kind, said = done
        st.html(page.message(kind, said, lang))
    named = period_name(screen.period, lang, "inside")
    with line.popover(say("published.publish", lang)):
        about = escape.text(say("published.publish_about", lang, period=named))
        st.html(f'<p lang="{lang}">{about}</p>')
        st.button(
            say("published.publish_send", lang, period=named), type="primary",
            key="publish", on_click=_publish, args=(screen.period, lang),
        )  # fmt: skip


def _publish(period: Period, lang: str) -> None:
    try:
        found = publish(
            bootstrap.session_factory(), people.acting(), bootstrap.publishing_ground(), period,
            at=bootstrap.now(),
        )  # fmt: skip
    except KpiError as refused:
        st.session_state[_DONE] = "error", error_sentence(refused, lang)
        return
    key = "published.publish_done" if found.new else "published.publish_again"
    named = period_name(period, lang, "inside")
    moment = moment_text(found.publication.known_at, lang)
    st.session_state[_DONE] = "success", say(key, lang, period=named, moment=moment)
