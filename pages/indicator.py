"""Chỉ tiêu: one indicator, how it stands, how that was judged, who did what, which cell.

The address holds the whole state (``?ma=…&ky=2018-Q3&don-vi=183&lang=en``), so any view
can be shared; what it gets wrong is answered with a sentence and the nearest view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

import bootstrap
from kpi.definitions import Indicator, OrgUnit
from kpi.judgement import Status
from kpi.periods import Period
from kpi.permissions import Act, Scope, may
from pages import indicator_figures, knowledge, people, shell, take_away
from pages.choosing import choose
from pages.knowledge import Version
from reports import indicator_export
from reports.cells import fresh_until
from reports.export import Table
from reports.html import indicator_head, notes_card, page, source_table
from reports.html.heat_map import heat_map
from reports.html.inquiry_mark import Asked, open_at
from reports.html.rank_list import rank_list
from reports.html.summary_card import summary_card
from reports.html.tile_map import tile_map
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.vintages import Vintages, corrections, vintages_of
from reports.wording import Words
from store import series, submissions
from store.engine import CANNOT_BE_READ
from texts import say


@dataclass(frozen=True)
class Subject:
    """Whose figure is looked at, and what the address asked for and does not exist."""

    indicator: Indicator
    org_unit: OrgUnit
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Earlier:
    """The figures' earlier versions; ``corrected``: what came with a correction."""

    vintages: Vintages = field(default_factory=dict)
    corrected: Mapping[int, str] = field(default_factory=dict)
    is_read: bool = True  # else the database went away before anybody had asked


def main() -> None:
    screen = shell.screen()
    subject, words = wanted(screen), screen.words
    indicator, org_unit = subject.indicator, subject.org_unit
    head(screen, subject)
    for said in filter(None, (screen.notice, *subject.notices)):
        st.html(page.message("partial", said, screen.lang))
    asked = indicator.id, org_unit.code, screen.period, screen.today
    view = judged(screen.version, *asked)
    if view is None:
        st.html(indicator_head.not_at_level(indicator, org_unit, screen.period, words))
        return
    if fresh_until(view.shown) is None and view.judged.status is Status.INCOMPLETE:
        st.html(shell.first_step(screen))
    standing = open_at(knowledge.inquiries(screen.version), screen.period)
    st.html(summary_card(view.judged, words, standing, way=way_to_ask(screen, view)))
    indicator_figures.show(view, words)
    st.html(side_by_side(view, words, standing))
    indicator_figures.show_remainder(view, words)
    sources(view, earlier_or_none(screen.version, *asked), words)
    shell.on_paper(view.period, fresh_until(view.shown))


def wanted(screen: shell.Screen) -> Subject:
    """The indicator and unit of the address; every mistake becomes a sentence."""
    definitions, org_units, lang = screen.definitions, screen.org_units, screen.lang
    notices = []
    first = definitions.numbered()[0]
    asked = st.query_params.get("ma") or st.session_state.get("indicator", first.id)
    indicator = definitions.indicators.get(asked, first)
    if indicator.id != asked:
        shown = indicator.name.get(lang)
        notices.append(say("indicator.unknown_indicator", lang, found=asked, shown=shown))
    st.session_state["indicator"] = indicator.id
    code = st.query_params.get("don-vi", org_units.province.code)
    org_unit = org_units.units.get(code, org_units.province)
    if org_unit.code != code:
        notices.append(say("indicator.unknown_unit", lang, found=code))
    return Subject(indicator, org_unit, tuple(notices))


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def judged(
    version: Version, indicator: str, org_unit: str, period: Period, today: date
) -> IndicatorView | None:
    """The view, kept until the data change; None where the indicator is not of that level."""
    definitions, org_units = knowledge.definitions(version, period), bootstrap.org_units()
    asked = definitions.indicators[indicator]
    every = knowledge.values(version)
    last_year = Period(period.year - 1, 4)
    return indicator_view(
        every[every["indicator"].isin(inputs_of(asked))],
        # last year's, for the quarters of the heat map
        (*knowledge.targets(version, period), *knowledge.targets(version, last_year)),
        definitions,
        org_units,
        indicator=asked,
        org_unit=org_units.units[org_unit],
        period=period,
        today=today,
        opening=knowledge.opening(version, period),
    )


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def earlier(
    version: Version, indicator: str, org_unit: str, period: Period, today: date
) -> Earlier:
    """The earlier versions of what is shown, and why they were corrected."""
    view = judged(version, indicator, org_unit, period, today)
    if view is None:
        return Earlier()
    asked = view.indicator
    with bootstrap.session_factory()() as session:
        frame = series.vintages(session, asked.id, asked.observation_period(period).code)
        versions = vintages_of(frame, view.shown)
        sent = (submissions.get(session, number) for number in corrections(versions))
        notes = {one.id: one.note for one in sent if one is not None}
    return Earlier(versions, notes)


def earlier_or_none(
    version: Version, indicator: str, org_unit: str, period: Period, today: date
) -> Earlier:
    """The same; the figures are shown without it while the database is away."""
    try:
        return earlier(version, indicator, org_unit, period, today)
    except CANNOT_BE_READ:
        return Earlier(is_read=False)


# --- head --------------------------------------------------------------------------------


def head(screen: shell.Screen, subject: Subject) -> None:
    """Title at the left, the two selects at the right; they write into the address."""
    words, lang = screen.words, screen.lang
    indicators = indicator_head.choices(subject.indicator, words)
    periods = {p.code: indicator_head.period_option(p, lang) for p in screen.periods}
    with st.container(key="indicator-head", horizontal=True):
        st.html(indicator_head.head(subject.indicator, subject.org_unit, screen.period, words))
        choose(
            "indicator", "ma", indicators, subject.indicator.id, choose_indicator, lang, width=360
        )
        choose("indicator", "ky", periods, screen.period.code, shell.choose_period, lang)


def choose_indicator(code: str) -> None:
    """The reader has chosen another indicator."""
    st.session_state["indicator"] = code
    st.query_params["ma"] = code


def way_to_ask(screen: shell.Screen, view: IndicatorView) -> str:
    """The way to a question about this figure, for those who may ask."""
    person = people.actor()
    if person is None or not may(person, Act.ASK, Scope()) or screen.only_shows:
        return ""
    return indicator_head.way_to_ask(view.indicator, view.org_unit, view.period, screen.lang)


def side_by_side(view: IndicatorView, words: Words, asked: Asked) -> str:
    """The districts: ranked, by periods, and where they lie."""
    code = view.org_unit.code
    ranks = rank_list(view.districts, words, view.indicator, view.period, code, asked)
    maps = heat_map(view.grid, words, code) + tile_map(view.grid, words, code)
    return f'<div class="cards">{ranks}{maps}</div>' if maps else ranks


# --- sources -----------------------------------------------------------------------------


def sources(view: IndicatorView, found: Earlier, words: Words) -> None:
    """Every figure with its cell, on screen and to take away; the notes at the right, or above a
    table so long that they would leave the column below them empty."""
    rows = source_table.rows(view.shown, words, found.vintages)
    if not found.is_read:
        st.html(page.message("partial", say("indicator.earlier_away", words.lang), words.lang))

    def tables() -> list[Table]:
        at = bootstrap.now()
        own = source_table.export_table(rows, view, words, taken_at=at)
        return [own, *indicator_export.tables(view, words, taken_at=at)]

    name = f"{view.indicator.id}_{view.org_unit.code}_{view.period.code}"
    if len(rows) > source_table.LONG:
        right, left = st.container(key="row-notes"), st.container()
    else:
        with st.container(key="row-sources"):
            left, right = st.columns([2.6, 1], gap="small")
    with left, st.container(key="card-sources"):
        with st.container(key="sources-head", horizontal=True):
            st.html(source_table.heading(words.lang))
            take_away.buttons(tables, name, words.lang)
        st.html(source_table.source_table(rows, view, words))
    kinds = notes_card.kinds_card(view, found.vintages, words)
    right.html(kinds + notes_card.notes_card(view, found.corrected, found.vintages, words))


main()
