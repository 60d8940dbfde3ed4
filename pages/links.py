"""Following the links of our blocks without loading the page anew.

The links are ordinary ones and work without this; a small script catches the click and
hands the address over, so that a click costs a tenth of a second instead of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from reports.html import page
from reports.html.frame_words import frame_words

_KEY = "clicked"
_GO = "go-to"  # path and query of another screen that was asked for by a click

_catcher = st.components.v2.component("kpi_links", js=page.script(), isolate_styles=False)


def follow(screens: Mapping[str, st.Page]) -> None:
    """Go to the other screen the reader has just clicked on, if there was such a click.

    Args:
        screens: by the path in the address.
    """
    wanted = st.session_state.pop(_GO, None)
    if wanted is not None and wanted[0] in screens:
        st.switch_page(screens[wanted[0]], query_params=wanted[1])


def listen(current: str, lang: str) -> None:
    """Catch clicks; called after the screen, which should not wait for the script."""

    def clicked() -> None:
        address = urlsplit(st.session_state[_KEY].address or "")
        path, query = address.path.strip("/"), dict(parse_qsl(address.query))
        if path == current:
            st.query_params.from_dict(query)
        else:
            st.session_state[_GO] = path, query

    _catcher(
        key=_KEY, data={"lang": lang, "words": dict(frame_words(lang))}, on_address_change=clicked
    )
