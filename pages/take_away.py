"""The two buttons beside a table: the same figures as an Excel sheet and as CSV.

The files are made when somebody asks for them, not at every look at the screen.
"""

from __future__ import annotations

import streamlit as st

from reports import export
from texts import say


def buttons(table: export.Table, name: str, lang: str, *, key: str = "download") -> None:
    """Hand over ``table`` as ``name``.xlsx or ``name``.csv and leave the page as it is."""
    st.download_button(
        say("indicator.source.excel", lang), lambda: export.excel(table), f"{name}.xlsx",
        key=f"{key}-excel", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        say("indicator.source.csv", lang), lambda: export.comma_separated(table, lang),
        f"{name}.csv", key=f"{key}-csv", on_click="ignore",
    )  # fmt: skip
