"""Every screen with its address, and who may open it.

A screen that a person may not open is not registered for them: its script never runs. In
its place stands a sentence, under the same address, so that a deep link says why.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import streamlit as st

import bootstrap
from kpi.permissions import Actor, View
from pages import people, shell, visits
from pages.addresses import SCREENS, Entry
from reports.html import page
from reports.html.sign_in import address
from store.engine import CANNOT_BE_READ
from texts import say

HERE = Path(__file__).parent


def registered(person: Actor | None, data: int | None, lang: str) -> list[st.Page]:
    """Every address, with the screen itself where the person may see it.

    Args:
        data: the version of the data; None before the database is ready.
    """
    idle = data is None or _idle(data)
    return [_page(entry, person, idle, lang) for entry in SCREENS]


def _idle(data: int) -> bool:
    """Does nobody approve anything? Where that cannot be read, the menu does without."""
    try:
        return not shell.somebody_approves(data)
    except CANNOT_BE_READ:
        return True


def _page(entry: Entry, person: Actor | None, idle: bool, lang: str) -> st.Page:
    title = say(entry.title, lang)
    allowed = people.sees(person, entry.view)
    what = HERE / entry.file if allowed else partial(_instead, person, entry, lang)
    if not entry.path:
        return st.Page(what, title=title, default=True)
    # Nothing waits for a decision; the address works all the same.
    idle = idle and entry.view is View.DECIDING
    hidden = entry.hidden or not (allowed or person is None) or idle
    return st.Page(
        what, title=title, url_path=entry.path, visibility="hidden" if hidden else "visible"
    )


def _instead(person: Actor | None, entry: Entry, lang: str) -> None:
    """What stands where a screen may not be opened."""
    if person is not None:
        visits.turned_away(person, f"/{entry.path}", bootstrap.now())
        heading, text = say("sign_in.not_yours_title", lang), say("sign_in.not_yours", lang)
        st.html(page.failed(heading, text, lang, "partial"))
        return
    if people.is_unknown():
        st.html(page.failed(say("error.title", lang), say("error.away", lang), lang))
        return
    heading, text = say("sign_in.needed_title", lang), say("sign_in.needed", lang)
    st.html(page.failed(heading, text, lang, "partial"))
    st.html(page.way_in(address(f"/{entry.path}", dict(st.query_params)), lang))
