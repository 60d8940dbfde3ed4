"""The script of each browser session: who sees which screen, and the frame around all.

Which screens there are says ``pages.screens``; none runs before the database is ready.
Until then the visitor sees how far it is.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import bootstrap
from kpi.findings import KpiError
from kpi.periods import Period
from kpi.permissions import Actor
from pages import header, kept, last_known, people, screens, shell, startup
from pages.knowledge import Version
from reports.html import page
from store.engine import CANNOT_BE_READ
from texts import say
from texts.numbers import moment_text

HERE = Path(__file__).parent
_PATIENCE_SECONDS = 1.0  # an existing database is ready sooner; do not flash a progress bar
_STEP_SECONDS = 0.25


def main() -> None:
    lang = shell.language()
    st.logo(str(HERE / "icon.svg"), size="large")
    early = not startup.preparation(shell.warm_up).is_ready
    person, known, trouble = (None, None, None) if early else who_and_what()
    registered = screens.registered(person, known.version if known else None, lang)
    screen = st.navigation(registered, position="top")
    st.set_page_config(
        page_title=say("app.page_title", lang, screen=screen.title),
        page_icon=str(HERE / "icon.svg"),
        layout="wide",
    )
    if not ready(lang):
        return
    if trouble is not None:
        shell.apologise(trouble)
        return
    if known is None:
        st.rerun()  # the menu was drawn before anybody could know who looks and what waits
    with st.container(key="shell"):
        day, shown = shell.choose_day(), shell.choose_unapproved()
        here = header.Here(screen.url_path, dict(st.query_params), lang)
        st.html(header.line(person, known.version, here, day, unapproved=shown))
    sheet = st.container(key="paper")
    if known.away:
        said = say("error.showing_last", lang, moment=moment_text(known.read_at, lang))
        st.container(key="away").html(page.message("error", said, lang))
    try:
        screen.run()
    except CANNOT_BE_READ as error:  # what it needs had not been read before
        shell.apologise(error, part=True)
    st.html(page.published_link(lang))
    sheet.html(shell.paper(person.name if person and person.login else "", lang))
    read_ahead(known)


def read_ahead(known: last_known.Known) -> None:
    """With the screen drawn: what the others show, should the database go away."""
    period = st.session_state.get("period")
    if known.away or period is None:
        return
    try:
        kept.read_ahead(Version(known.version), Period.parse(period), bootstrap.today())
    except CANNOT_BE_READ:
        return  # the next run says so


def who_and_what() -> tuple[Actor | None, last_known.Known | None, KpiError | None]:
    """Who looks, and the state of the data; else why neither can be known."""
    try:
        return people.actor(), last_known.data(), None
    except CANNOT_BE_READ as error:
        return None, None, error


def ready(lang: str) -> bool:
    """Is the database ready? If not yet, show how far it is until it is."""
    preparation = startup.preparation(shell.warm_up)
    if not preparation.wait(_PATIENCE_SECONDS):
        place = st.empty()
        while not preparation.wait(_STEP_SECONDS):
            place.html(page.progress(preparation.part, lang))
        place.empty()
    if preparation.failed:
        st.html(page.message("error", say("starting.failed", lang), lang))
    return preparation.is_ready


main()
