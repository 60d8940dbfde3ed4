"""Lĩnh vực: one sector, each of its indicators against its plan, and what lies behind it.

The address holds the whole state (``?linh-vuc=growth&ky=2018-Q3&ma=…&lang=en``; ``ma`` is
the indicator that districts are ranked by), so any view can be shared; what it gets wrong
is answered with a sentence and the nearest view.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

import bootstrap
from kpi.coherence import Gap
from kpi.definitions import Sector
from kpi.periods import Period
from pages import knowledge, shell, take_away
from pages.choosing import choose
from pages.knowledge import Version
from reports import figures, sector_export
from reports.cells import fresh_until
from reports.coherence import coherence
from reports.export import Table
from reports.html import page, sector_head
from reports.html.coherence_card import coherence_card
from reports.html.growth_card import growth_card
from reports.html.indicator_head import period_option
from reports.html.inquiry_mark import Asked, open_at
from reports.html.rank_list import rank_list
from reports.html.sector_table import export_table, sector_table
from reports.html.structure_card import structure_card, structure_table
from reports.indicator_view import IndicatorView
from reports.sector_view import SectorView, sector_view
from reports.wording import Words
from texts import say


def main() -> None:
    screen = shell.screen()
    words = screen.words
    sector, unknown = wanted(screen)
    view = judged(screen.version, sector.id, screen.period, screen.today)
    ranked, not_ranked = ranked_by(view, words)
    head(screen, view)
    for said in filter(None, (screen.notice, unknown, not_ranked)):
        st.html(page.message("partial", said, screen.lang))
    asked = open_at(knowledge.inquiries(screen.version), screen.period)
    if fresh_until(view.judged) is None:
        st.html(shell.first_step(screen))
    st.html(sector_head.panels_head(view, words))
    with st.container(key=f"panels-{len(view.panels)}"):
        for panel in view.panels:
            draw(panel, words, asked)
    numbers(view, words)
    cards(view, ranked, words, asked)
    if wholes := coherence_card(gaps_of(screen, sector), words):
        st.html(wholes)
    shell.on_paper(view.period, fresh_until(view.judged))


def wanted(screen: shell.Screen) -> tuple[Sector, str]:
    """The sector of the address, else the one looked at before, else the first."""
    sectors, lang = screen.definitions.sectors, screen.lang
    first = next(iter(sectors.values()))
    asked = st.query_params.get("linh-vuc") or st.session_state.get("sector", first.id)
    sector = sectors.get(asked, first)
    st.session_state["sector"] = sector.id
    if sector.id == asked:
        return sector, ""
    shown = sector.name.get(lang)
    return sector, say("sector.unknown_sector", lang, found=asked, shown=shown)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def judged(version: Version, sector: str, period: Period, today: date) -> SectorView:
    """The sector at one period, kept until the data change."""
    definitions = knowledge.definitions(version, period)
    return sector_view(
        knowledge.values(version),
        knowledge.targets(version, period),
        definitions,
        bootstrap.org_units(),
        sector=definitions.sectors[sector],
        period=period,
        today=today,
        opening=knowledge.opening(version, period),
    )


def gaps_of(screen: shell.Screen, sector: Sector) -> list[Gap]:
    """What of the sector is held against its parts."""
    indicators = screen.definitions.indicators
    found = _gaps(screen.version, screen.period)
    return [gap for gap in found if indicators[gap.indicator].sector == sector.id]


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def _gaps(version: Version, period: Period) -> tuple[Gap, ...]:
    values, definitions = knowledge.values(version), knowledge.definitions(version, period)
    return coherence(values, definitions, bootstrap.org_units(), period)


def ranked_by(view: SectorView, words: Words) -> tuple[str | None, str]:
    """The indicator of the address that districts are ranked by, else the first with figures."""
    reported = [name for name, of in view.districts.items() if any(a.value is not None for a in of)]
    first = next(iter(reported or view.districts), None)
    asked = st.query_params.get("ma")
    if first is None or asked is None or asked in view.districts:
        return asked if asked in view.districts else first, ""
    shown = words.definitions.indicators[first].name.get(words.lang)
    return first, say("sector.unknown_indicator", words.lang, found=asked, shown=shown)


# --- head --------------------------------------------------------------------------------


def head(screen: shell.Screen, view: SectorView) -> None:
    """Title at the left, the two selects at the right; they write into the address."""
    lang, sectors = screen.lang, tuple(screen.definitions.sectors.values())
    periods = {p.code: period_option(p, lang) for p in screen.periods}
    with st.container(key="sector-head", horizontal=True):
        st.html(sector_head.head(view, screen.words))
        choose(
            "sector",
            "sector",
            sector_head.choices(sectors, lang),
            view.sector.id,
            choose_sector,
            lang,
        )
        choose("sector", "period", periods, view.period.code, shell.choose_period, lang)


def choose_sector(sector: str) -> None:
    """Another sector; the ranked indicator was the old one's."""
    st.session_state["sector"] = sector
    st.query_params["linh-vuc"] = sector
    st.query_params.pop("ma", None)


def choose_ranked(indicator: str) -> None:
    st.query_params["ma"] = indicator


# --- figures -----------------------------------------------------------------------------


def draw(panel: IndicatorView, words: Words, asked: Asked) -> None:
    """One panel: name, status, figure."""
    drawn = figures.panel_figure(panel.course, words.lang, st.context.theme.type)
    name = panel.indicator.id
    with st.container(key=f"card-panel-{name}"):
        st.html(sector_head.panel_head(panel, words, asked))
        st.plotly_chart(drawn, theme=None, config=dict(figures.CONFIG), key=f"panel-{name}")


def numbers(view: SectorView, words: Words) -> None:
    """Every figure that was drawn as a table, here and to take away."""
    if not view.panels:
        return
    lang = words.lang

    def tables() -> list[Table]:
        at = bootstrap.now()
        own = export_table(view, words, taken_at=at)
        return [own, *sector_export.tables(view, words, taken_at=at)]

    name = f"{view.sector.id}_{view.period.code}"
    with (
        st.container(key="card-numbers"),
        st.container(key="numbers-head", horizontal=True),
    ):
        with st.expander(say("figure.see_table", lang)):
            st.html(sector_table(view, words))
            if view.structure is not None:
                st.html(structure_table(view.structure, words))
        take_away.buttons(tables, name, lang)


# --- cards -------------------------------------------------------------------------------


def cards(view: SectorView, ranked: str | None, words: Words, asked: Asked) -> None:
    """What the sector has of its own at the left, its districts at the right; without such, its
    districts across the page. The notes stand where no column is left empty."""
    notes = sector_head.notes_card(view, words)
    own: Sequence[str] = [
        *([growth_card(view.growth, words)] if view.growth else []),
        *([structure_card(view.structure, words, asked)] if view.structure else []),
    ]
    if not own:
        with st.container(key="wide-ranks"):
            ranks(view, ranked, words, asked)
    else:
        with st.container(key="row-sector"):
            left, right = st.columns(2, gap="small")
        left.html("".join(own))
        with right:
            ranks(view, ranked, words, asked)
            if notes and view.structure is not None:  # the long card: both stand beside it
                st.html(notes)
                return
    if notes:
        st.html(notes)


def ranks(view: SectorView, ranked: str | None, words: Words, asked: Asked) -> None:
    """The districts in order, by an indicator the reader may choose."""
    lang = words.lang
    if ranked is None:
        st.html(page.message("empty", say("sector.no_ranks", lang), lang))
        return
    names = sector_head.ranked_choices(view, words)
    current = st.query_params.get("don-vi", "")
    with st.container(key="card-ranks"):
        with st.container(key="ranks-head", horizontal=True):
            st.html(sector_head.ranks_title(lang))
            if len(names) > 1:
                choose("sector", "indicator", names, ranked, choose_ranked, lang, width=340)
        indicator = words.definitions.indicators[ranked]
        of = view.districts[ranked]
        st.html(rank_list(of, words, indicator, view.period, current, asked))


main()
