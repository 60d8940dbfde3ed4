"""The script of each browser session: who sees which screen, and the frame around all.

Every screen is registered here; none runs before the database is ready. Until then the
visitor sees how far it is.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages import links, shell, startup
from reports.html import escape, page
from texts import say

HERE = Path(__file__).parent
_PATIENCE_SECONDS = 1.0  # an existing database is ready sooner; do not flash a progress bar
_STEP_SECONDS = 0.25
READING = ("", "chi-tieu", "huyen-tp", "linh-vuc")  # screens that show figures


def main() -> None:
    lang = shell.language()
    st.set_page_config(
        page_title=say("app.title", lang), page_icon=str(HERE / "icon.svg"), layout="wide"
    )
    st.logo(str(HERE / "icon.svg"), size="large")
    st.html(page.stylesheet(lang))
    early = not startup.preparation(shell.warm_up).is_ready
    registered = screens(lang)
    screen = st.navigation(registered, position="top")
    links.follow({one.url_path: one for one in registered})
    if not ready(lang):
        return
    if early and shell.somebody_approves():
        st.rerun()  # the menu was drawn before anybody could know that something waits
    with st.container(key="shell"):
        st.html(frame(lang, screen.url_path))
    screen.run()
    with st.container(key="links"):
        links.listen(screen.url_path, lang)


def screens(lang: str) -> list[st.Page]:
    """Every screen with its address; page files are named in English."""
    return [
        st.Page(HERE / "overview.py", title=say("nav.overview", lang), default=True),
        st.Page(HERE / "indicator.py", title=say("nav.indicator", lang), url_path="chi-tieu"),
        st.Page(HERE / "district.py", title=say("nav.district", lang), url_path="huyen-tp"),
        st.Page(HERE / "sector.py", title=say("nav.sector", lang), url_path="linh-vuc"),
        st.Page(HERE / "submit.py", title=say("nav.submit", lang), url_path="nop-bao-cao"),
        st.Page(
            HERE / "source.py",
            title=say("source.page", lang),
            url_path="nguon",
            visibility="hidden",  # every cell's address leads there
        ),
        st.Page(
            HERE / "changes.py",
            title=say("changes.title", lang),
            url_path="thay-doi",
            visibility="hidden",  # the header leads there
        ),
        st.Page(
            HERE / "approve.py",
            title=say("approve.nav", lang),
            url_path="duyet",
            # its address works all the same: the last decision is answered there
            visibility="visible" if shell.somebody_approves() else "hidden",
        ),
    ]


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


def frame(lang: str, path: str) -> str:
    """The banner and the language link in the header's line."""
    here = {name: value for name, value in st.query_params.items() if name != "lang"}
    other = "en" if lang == "vi" else "vi"
    link = page.language_switch(lang, escape.link(f"/{path}", **here, lang=other))
    banner = page.banner(lang) if startup.preparation().demo else ""
    day = page.day_switch(shell.choose_day(), escape.link(f"/{path}", ngay="nay"), lang)
    return f'<div class="shell">{banner}{approval(lang, path)}{day}{link}</div>'


def approval(lang: str, path: str) -> str:
    """On the screens of figures: the switch that shows what nobody has decided on yet."""
    if path not in READING:
        return ""
    shown = shell.choose_unapproved()
    here = {name: value for name, value in st.query_params.items() if name != "chua-duyet"}
    href = escape.link(f"/{path}", **here, **{"chua-duyet": "0" if shown else "1"})
    return page.approval_switch(shown, shell.waiting(), href, lang)


main()
