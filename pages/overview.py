"""Tổng quan: which of the decree's targets are met, on track, at risk or behind.

Chooses the period and the sector, asks for the judged province, shows it: one sentence,
a figure per status, the summary table, the followed indicators below it.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
from kpi.judgement import Assessment
from pages import knowledge, shell, take_away, wall
from pages.knowledge import Version
from reports import tables
from reports.cells import fresh_until
from reports.export import Table
from reports.html import overview, page
from reports.html.address import View
from reports.html.milestone_table import late_line
from reports.html.strip import GROUPS, strip
from reports.html.summary_table import followed_table, summary_table
from reports.overview_export import export_table
from texts import say


def main() -> None:
    if wall.wanted():
        wall.turn()
        return
    screen = shell.screen()
    lang, fresh = screen.lang, fresh_until(shell.province(screen).assessments)
    sector, notice = chosen_sector(screen)
    head = st.container(key="overview-head", horizontal=True)
    head.html(overview.title(screen.period, fresh, lang))
    for said in filter(None, (screen.notice, notice)):
        st.html(page.message("partial", said, lang))
    view = View(screen.period, sector, chosen_status(), lang)
    st.html(body(screen.version, screen.today, view, screen))
    known = knowledge.milestones(screen.version, screen.period.year)
    if behind := late_line(known, screen.words, screen.period, screen.today):
        st.html(behind)
    shell.on_paper(screen.period, fresh)
    # Last, though they stand at the top: the table should not wait for their scripts.
    with head:
        choose_period(screen)
        choose_sector(screen, sector)
    offer(screen, view)


@st.cache_resource(max_entries=64, show_spinner=False)
def body(version: Version, today: date, view: View, _screen: shell.Screen) -> str:
    """Strip and tables of a view as one block, which the browser cleans and draws at once.

    Kept by data version, since most readers see the same few views.
    """
    words, found = _screen.words, shell.province(_screen)
    shown = in_view(_screen, view)
    blocks = (
        strip(shown, words, view),
        summary_table(shown, found.histories, words, view),
        followed_table(shown, found.histories, words, view),
    )
    return f'<div class="blocks">{"".join(blocks)}</div>'


def in_view(screen: shell.Screen, view: View) -> list[Assessment]:
    """The province's indicators, of the view's sector if it has one."""
    words = screen.words
    judged = shell.province(screen).assessments
    return [a for a in judged if view.sector in (None, words.indicator(a).sector)]


def offer(screen: shell.Screen, view: View) -> None:
    """The table to take away, whatever status is filtered."""

    def exported() -> list[Table]:
        shown = in_view(screen, view)
        return [export_table(shown, view.period, screen.words, taken_at=bootstrap.now())]

    said = take_away.marks(screen.lang)  # a download has no session of its own
    name = f"{view.sector or 'chi_tieu'}_{view.period.code}"
    take_away.row(exported, name, screen.lang, key="overview", papers=papers(screen, said))


def papers(screen: shell.Screen, marks: list[str]) -> list[take_away.Paper]:
    """For the meeting: of the whole province, whatever sector is looked at."""
    code, lang = screen.period.code, screen.lang
    return [
        take_away.Paper(
            say("meeting.button", lang),
            lambda: meeting_report(screen, marks),
            f"bao_cao_{code}.docx",
        ),
        take_away.Paper(
            say("synthesis.button", lang),
            lambda: summary_workbook(screen, marks),
            f"bieu_tong_hop_{code}.xlsx",
        ),
    ]


def meeting_report(screen: shell.Screen, marks: list[str]) -> bytes:
    from reports.meeting import pack
    from reports.meeting_docx import meeting_docx

    at, words = bootstrap.now(), screen.words
    province, districts = shell.province(screen).assessments, in_districts(screen)
    made = pack(province, districts, screen.period, words, made_at=at, marks=marks)
    return meeting_docx(made, screen.lang, made_at=at)


def summary_workbook(screen: shell.Screen, marks: list[str]) -> bytes:
    from reports.synthesis_xlsx import synthesis_xlsx

    at, words = bootstrap.now(), screen.words
    province, districts = shell.province(screen).assessments, in_districts(screen)
    return synthesis_xlsx(province, districts, screen.period, words, made_at=at, marks=marks)


def in_districts(screen: shell.Screen) -> list[Assessment]:
    """What the districts' screens show, of all of them."""
    version, period = screen.version, screen.period
    return tables.assessments(
        knowledge.values(version),
        knowledge.targets(version, period),
        screen.definitions,
        screen.org_units,
        period=period,
        org_units_wanted=[unit.code for unit in screen.org_units.districts(period.end)],
        today=screen.today,
        opening=knowledge.opening(version, period),
    )


def choose_period(screen: shell.Screen) -> None:
    options = [period.code for period in screen.periods]
    names = {p.code: overview.option(p, screen.lang) for p in screen.periods}
    # The language is part of the key: a select keeps the words it was first shown with.
    key = f"overview-period-{screen.lang}"
    st.selectbox(
        say("overview.period_label", screen.lang),
        options,
        index=options.index(screen.period.code),
        format_func=lambda code: names[code],
        key=key,
        on_change=lambda: shell.choose_period(st.session_state[key]),
        label_visibility="collapsed",
        width=270,
    )


def chosen_sector(screen: shell.Screen) -> tuple[str | None, str]:
    """The sector of the address, and what to say if there is none such."""
    asked = st.query_params.get("linh-vuc")
    if asked is None or asked in screen.definitions.sectors:
        return asked, ""
    return None, say("error.unknown_sector", screen.lang, found=asked)


def choose_sector(screen: shell.Screen, sector: str | None) -> None:
    sectors, lang = screen.definitions.sectors, screen.lang
    options = ["", *sectors]
    everything, key = say("overview.all_sectors", lang), f"overview-sector-{lang}"
    st.selectbox(
        say("overview.sector_label", lang),
        options,
        index=options.index(sector or ""),
        format_func=lambda id_: sectors[id_].name.get(lang) if id_ else everything,
        key=key,
        on_change=lambda: _sector_chosen(st.session_state[key]),
        label_visibility="collapsed",
        width=270,
    )


def _sector_chosen(chosen: str) -> None:
    if chosen:
        st.query_params["linh-vuc"] = chosen
    else:
        st.query_params.pop("linh-vuc", None)


def chosen_status() -> str | None:
    asked = st.query_params.get("tinh-trang")
    return asked if asked in GROUPS else None


main()
