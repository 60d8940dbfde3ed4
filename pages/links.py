"""Following the links of our blocks without loading the page anew.

The links are ordinary ones and work without this; a small script catches the click and
hands the address over, so that a click costs a tenth of a second instead of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

from reports.html import page

# What st.navigation made of the pages, by the path in the address.
Pages = Mapping[str, "st.Page"]

_catcher = st.components.v2.component("kpi_links", js=page.script(), isolate_styles=False)


def follow(pages: Pages, current: str, lang: str) -> None:
    """Go where the reader has just clicked; nothing if there was no click."""
    clicked = _catcher(key="clicked", data={"lang": lang}, on_address_change=lambda: None)
    if not clicked.address:
        return
    target = urlsplit(clicked.address)
    path, query = target.path.strip("/"), dict(parse_qsl(target.query))
    if path == current:
        st.query_params.from_dict(query)
        st.rerun()
    elif path in pages:
        st.switch_page(pages[path], query_params=query)
