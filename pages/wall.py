"""``/?che-do=tuong``: the screen of a meeting room. Turns by itself and asks for news itself.

Each turn runs this part only; neither the page nor the session is loaded anew. Which
slide is due follows from the clock, so all screens of a house show the same one. While
the database is away the last slides go on turning and say of when they are.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
from kpi.periods import Period
from kpi.permissions import View as Right
from pages import knowledge, last_known, people, shell, startup
from pages.knowledge import Version
from reports import completeness
from reports.cells import fresh_until
from reports.html import page, wall
from reports.html.address import View
from reports.html.wall import Slide
from store.engine import CANNOT_BE_READ
from texts import say

SECONDS = 20
_LAST = "wall-last"


def wanted() -> bool:
    """Does the address ask for it?"""
    return st.query_params.get("che-do") == "tuong"


@st.fragment(run_every=SECONDS)
def turn() -> None:
    """One slide; called again by itself."""
    lang = shell.language()
    if not people.sees(people.actor(), Right.READING):  # signed out in the meantime
        st.html(page.message("partial", say("sign_in.needed", lang), lang))
        return
    known, now = last_known.data(), bootstrap.now()
    try:
        screen = shell.screen()
        shown = _slides(screen.version, screen.period, screen.today, lang, screen)
        fresh = fresh_until(shell.province(screen).assessments)
        st.session_state[_LAST] = shown, fresh
    except CANNOT_BE_READ:
        if _LAST not in st.session_state:
            raise
        shown, fresh = st.session_state[_LAST]
    number = int(now.timestamp() // SECONDS) % len(shown)
    line = wall.refreshed(fresh, known.read_at, number + 1, len(shown), lang)
    away = known.read_at if known.away else None
    demo = startup.preparation().demo
    st.html(wall.wall(shown[number], line, lang, away=away, demo=demo))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def _slides(
    version: Version, period: Period, today: date, lang: str, _screen: shell.Screen
) -> tuple[Slide, ...]:
    found = shell.province(_screen)
    with bootstrap.session_factory()() as session:
        reports = completeness.reports(
            session,
            knowledge.plan_years(version),
            bootstrap.org_units(),
            [period],
            today=today,
            as_of=version.moment,
        )
    view = View(period, lang=lang)
    return wall.slides(found.assessments, found.histories, reports, _screen.words, view)
