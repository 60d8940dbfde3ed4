"""The two buttons beside a table: the figures of the screen as Excel and as CSV.

The files are made when somebody asks for them, not at every look at the screen. Data
that are made up say so in every table's head: a file travels without its banner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages import startup
from reports import export
from texts import say


def buttons(tables: Sequence[export.Table], name: str, lang: str, *, key: str = "download") -> None:
    """Hand over all ``tables`` as ``name``.xlsx or ``name``.csv and leave the page as it is."""
    if startup.preparation().demo:
        said = (say("indicator.source.export_illustrative", lang), "")
        tables = [replace(table, head=[*table.head, said]) for table in tables]
    st.download_button(
        say("indicator.source.excel", lang), lambda: export.excel(*tables), f"{name}.xlsx",
        key=f"{key}-excel", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        say("indicator.source.csv", lang), lambda: export.comma_separated(*tables, lang=lang),
        f"{name}.csv", key=f"{key}-csv", on_click="ignore",
    )  # fmt: skip
