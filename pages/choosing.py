"""The select that every reading screen has: it shows the address and writes into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from texts import say

WIDTH = 270


def choose(
    theme: str,
    key: str,
    names: Mapping[str, str],
    chosen: str,
    write: Callable[[str], None],
    lang: str,
    *,
    width: int = WIDTH,
) -> None:
    """Offer ``names`` by code; ``theme`` is the screen's, whose texts call the select's name."""
    # The language is part of the key: a select keeps the words it was first shown with.
    widget = f"{theme}-{key}-{lang}"
    # the address decides, whatever was chosen before
    st.session_state[widget] = chosen
    st.selectbox(
        say(f"{theme}.choose_{key}", lang),
        list(names),
        format_func=names.__getitem__,
        key=widget,
        on_change=lambda: write(st.session_state[widget]),
        label_visibility="collapsed",
        width=width,
    )
