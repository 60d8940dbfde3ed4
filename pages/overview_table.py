"""What the overview shows of a view, as HTML: title row, strip and tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import streamlit as st

from kpi.judgement import Assessment
from pages import knowledge, shell
from pages.knowledge import BY_NAME, Version
from reports.cells import fresh_until, freshness
from reports.html import choices, overview, page
from reports.html.address import View
from reports.html.inquiry_mark import open_at
from reports.html.milestone_table import late_line
from reports.html.strip import strip
from reports.html.summary_table import followed_table, summary_table
from texts import say


def blocks(
    screen: shell.Screen, view: View, asked_lang: str | None, notices: Iterable[str] = ()
) -> str:
    """All of it as one block, which the browser cleans and draws at once.

    Args:
        asked_lang: the language of the address, if it names one.
        notices: what the address asked for and does not exist.
    """
    lang, judged = screen.lang, shell.province(screen).assessments
    new = freshness(judged, screen.words)
    known = knowledge.milestones(screen.version, screen.period.year)
    parts = (
        overview.head(screen.period, new, _selects(screen, view, asked_lang), lang),
        *(page.message("partial", said, lang) for said in notices),
        shell.first_step(screen) if fresh_until(judged) is None else "",
        _body(screen.version, screen.today, view, screen),
        late_line(known, screen.words, screen.period, screen.today),
    )
    return f'<div class="blocks">{"".join(parts)}</div>'


def in_view(screen: shell.Screen, view: View) -> list[Assessment]:
    """The province's indicators, of the view's sector if it has one."""
    words = screen.words
    judged = shell.province(screen).assessments
    return [a for a in judged if view.sector in (None, words.indicator(a).sector)]


def _selects(screen: shell.Screen, view: View, asked_lang: str | None) -> str:
    """Period and sector; the rest of the address stays."""
    lang, sectors = screen.lang, screen.definitions.sectors
    periods = {period.code: overview.option(period, lang) for period in screen.periods}
    named = {"": say("overview.all_sectors", lang)}
    named |= {id_: sector.name.get(lang) for id_, sector in sectors.items()}
    wanted = (
        choices.Choice("ky", say("overview.period_label", lang), periods, view.period.code),
        choices.Choice("linh-vuc", say("overview.sector_label", lang), named, view.sector or ""),
    )
    kept = {"tinh-trang": view.status, "lang": asked_lang}
    return choices.form("/", wanted, kept, lang)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=BY_NAME)
def _body(version: Version, today: date, view: View, _screen: shell.Screen) -> str:
    """Strip and tables, kept by data version: most readers see the same few views."""
    words, found = _screen.words, shell.province(_screen)
    shown = in_view(_screen, view)
    asked = open_at(knowledge.inquiries(version), view.period)
    tables = (
        strip(shown, words, view),
        summary_table(shown, found.histories, words, view, asked),
        followed_table(shown, found.histories, words, view),
    )
    return "".join(tables)
