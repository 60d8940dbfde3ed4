"""What the overview shows of a view: its indicators, and their strip and tables as HTML."""

from __future__ import annotations

from datetime import date

import streamlit as st

from kpi.judgement import Assessment
from pages import knowledge, shell
from pages.knowledge import BY_NAME, Version
from reports.html.address import View
from reports.html.inquiry_mark import open_at
from reports.html.strip import strip
from reports.html.summary_table import followed_table, summary_table


def in_view(screen: shell.Screen, view: View) -> list[Assessment]:
    """The province's indicators, of the view's sector if it has one."""
    words = screen.words
    judged = shell.province(screen).assessments
    return [a for a in judged if view.sector in (None, words.indicator(a).sector)]


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def body(version: Version, today: date, view: View, _screen: shell.Screen) -> str:
    """Strip and tables, kept by data version: most readers see the same few views."""
    words, found = _screen.words, shell.province(_screen)
    shown = in_view(_screen, view)
    asked = open_at(knowledge.inquiries(version), view.period)
    blocks = (
        strip(shown, words, view),
        summary_table(shown, found.histories, words, view, asked),
        followed_table(shown, found.histories, words, view),
    )
    return "".join(blocks)
