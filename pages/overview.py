"""Tổng quan: which of the decree's targets are met, on track, at risk or behind.

Chooses the period and the sector, asks for the judged province, shows it: one sentence,
a figure per status, the summary table, the followed indicators below it.
"""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import bootstrap
from kpi.judgement import Assessment
from pages import knowledge, publishing, shell, take_away, wall
from pages.overview_table import blocks, in_view
from reports import tables
from reports.cells import fresh_until
from reports.coherence import coherence
from reports.export import Table
from reports.html.address import View
from reports.html.strip import GROUPS
from reports.overview_export import export_table
from texts import say


def main() -> None:
    if wall.wanted():
        wall.turn()
        return
    screen = shell.screen()
    sector, notice = chosen_sector(screen)
    view = View(screen.period, sector, chosen_status(), screen.lang)
    notices = [said for said in (screen.notice, notice) if said]
    st.html(blocks(screen, view, st.query_params.get("lang"), notices))
    fresh = fresh_until(shell.province(screen).assessments)
    shell.on_paper(screen.period, fresh)
    publishing.show(screen, offer(screen, view))


def offer(screen: shell.Screen, view: View) -> DeltaGenerator:
    """The table to take away, whatever status is filtered; the line of its buttons."""

    def exported() -> list[Table]:
        shown = in_view(screen, view)
        return [export_table(shown, view.period, screen.words, taken_at=bootstrap.now())]

    said = take_away.marks(screen.lang)  # a download has no session of its own
    name = f"{view.sector or 'chi_tieu'}_{view.period.code}"
    return take_away.row(exported, name, screen.lang, key="overview", papers=papers(screen, said))


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

    at, words, period = bootstrap.now(), screen.words, screen.period
    province, districts = shell.province(screen).assessments, in_districts(screen)
    values = knowledge.values(screen.version)
    wholes = coherence(values, screen.definitions, screen.org_units, period)
    made = pack(province, districts, period, words, made_at=at, wholes=wholes, marks=marks)
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


def chosen_sector(screen: shell.Screen) -> tuple[str | None, str]:
    """The sector of the address, and what to say if there is none such."""
    asked = st.query_params.get("linh-vuc") or None  # a form sends what is not chosen, empty
    if asked is None or asked in screen.definitions.sectors:
        return asked, ""
    return None, say("error.unknown_sector", screen.lang, found=asked)


def chosen_status() -> str | None:
    asked = st.query_params.get("tinh-trang")
    return asked if asked in GROUPS else None


main()
