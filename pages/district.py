"""Huyện, TP: one district, where it stands among the others, what needs direction.

The address holds the whole state (``?don-vi=183&ky=2018-Q3&ma=…&lang=en``). All districts
are judged at once and kept by data version: the next one is there without a wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

import bootstrap
from kpi.definitions import Indicator, OrgUnit
from kpi.periods import Period
from pages import knowledge, shell, take_away
from pages.choosing import choose
from pages.knowledge import Version
from reports import tables
from reports.cells import fresh_until
from reports.district_export import export_table
from reports.district_view import DistrictView, district_views
from reports.html import district_head, district_table, page
from reports.html.address import View
from reports.html.inquiry_mark import Asked, open_at
from reports.html.standouts import standouts
from reports.html.strip import GROUPS, strip
from reports.wording import Words
from texts import say

Histories = Mapping[tables.Key, tables.History]


@dataclass(frozen=True)
class Subject:
    """Whose scorecard is shown, and what the address asked for and does not exist."""

    org_unit: OrgUnit
    districts: tuple[OrgUnit, ...]
    notices: tuple[str, ...]


def main() -> None:
    screen = shell.screen()
    subject, words = wanted(screen), screen.words
    found = scorecards(screen.version, screen.period, screen.today)[subject.org_unit.code]
    indicator, notice = chosen_indicator(found, screen)
    view = View(
        screen.period,
        status=chosen_status(),
        lang=screen.lang,
        org_unit=subject.org_unit.code,
        chosen=st.query_params.get("ma") if not notice else None,
    )
    head(screen, subject, found, view)
    for said in filter(None, (screen.notice, *subject.notices, notice)):
        st.html(page.message("partial", said, screen.lang))
    judged, sentence = found.judged, district_head.lead(found, words)
    st.html(strip(judged, words, view, sentence=sentence, address=View.district))
    if fresh_until(found.judged) is None:
        st.html(shell.first_step(screen))
    asked = open_at(knowledge.inquiries(screen.version), screen.period)
    st.html(standouts(found, words, view, asked))
    table(found, words, view, asked)
    st.html(district_table.followed_table(found, words, view))
    figure(indicator, found, screen)
    shell.on_paper(found.period, fresh_until(found.judged))


# --- the address -------------------------------------------------------------------------


def wanted(screen: shell.Screen) -> Subject:
    """The district of the address, else the one seen before, else the first."""
    districts, lang = screen.org_units.districts(screen.period.end), screen.lang
    known = {unit.code: unit for unit in districts}
    asked = st.query_params.get("don-vi") or st.session_state.get("district", districts[0].code)
    org_unit = known.get(asked, districts[0])
    st.session_state["district"] = org_unit.code
    if asked in known:
        return Subject(org_unit, districts, ())
    key = "province" if asked == screen.org_units.province.code else "unknown_unit"
    said = say(f"district.{key}", lang, found=asked, shown=org_unit.short.get(lang))
    return Subject(org_unit, districts, (said,))


def chosen_indicator(found: DistrictView, screen: shell.Screen) -> tuple[Indicator, str]:
    """The indicator of the figure: the address's, else the one most in need of direction."""
    shown = {one.own.indicator for one in found.standings}
    first = next(iter((*found.weak, *found.targeted, *found.standings))).own.indicator
    asked = st.query_params.get("ma")
    if asked is None or asked in shown:
        return screen.definitions.indicators[asked or first], ""
    indicator = screen.definitions.indicators[first]
    shown_name = indicator.name.get(screen.lang)
    return indicator, say("district.unknown_indicator", screen.lang, found=asked, shown=shown_name)


def chosen_status() -> str | None:
    asked = st.query_params.get("tinh-trang")
    return asked if asked in GROUPS else None


def choose_unit(code: str) -> None:
    """The reader has chosen another district."""
    st.session_state["district"] = code
    st.query_params["don-vi"] = code


def choose_indicator(code: str) -> None:
    """The reader has chosen another indicator for the figure."""
    st.query_params["ma"] = code


# --- what is judged, shared by all sessions ----------------------------------------------


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def histories(version: Version, period: Period) -> Histories:
    """Every value of every district; the same for all periods with the same targets."""
    definitions, org_units = knowledge.definitions(version, period), bootstrap.org_units()
    return tables.histories(
        knowledge.values(version),
        knowledge.targets(version, period),
        definitions,
        org_units,
        units=org_units.districts(period.end),
        opening=knowledge.opening(version, period),
    )


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def scorecards(version: Version, period: Period, today: date) -> dict[str, DistrictView]:
    """All districts, judged side by side."""
    definitions, org_units = knowledge.definitions(version, period), bootstrap.org_units()
    targets = knowledge.targets(version, period)
    assessed = tables.judge(
        histories(version, period), targets, definitions, org_units, period=period, today=today
    )
    return district_views(assessed, definitions, org_units.districts(period.end), period)


# --- head --------------------------------------------------------------------------------


def head(screen: shell.Screen, subject: Subject, found: DistrictView, view: View) -> None:
    """Title at the left; at the right the neighbours, the unit and the period."""
    lang, districts = screen.lang, subject.districts
    before, after = district_head.neighbours(districts, subject.org_unit)
    units = district_head.choices(districts, lang)
    periods = district_head.period_options(screen.periods, lang)
    with st.container(key="district-head", horizontal=True):
        st.html(district_head.head(found, screen.words, view))
        step("previous", before, "Left", lang)
        choose("district", "unit", units, subject.org_unit.code, choose_unit, lang, width=190)
        step("next", after, "Right", lang)
        choose("district", "period", periods, screen.period.code, shell.choose_period, lang)


def step(key: str, to: OrgUnit, shortcut: str, lang: str) -> None:
    """A button to a neighbour, which an arrow key presses as well."""
    st.button(
        to.short.get(lang),
        key=f"district-{key}",
        on_click=choose_unit,
        args=(to.code,),
        shortcut=shortcut,
    )


# --- table and figure --------------------------------------------------------------------


def figure(indicator: Indicator, found: DistrictView, screen: shell.Screen) -> None:
    """Target against actual over the quarters, of the indicator chosen above it."""
    # Plotly is slow to load: the table stands on the screen before it is asked for.
    from pages import district_figure

    with st.container(key="district-figure"):
        left, right = st.columns([3, 2], gap="small")
    with left, st.container(key="card-district", height="stretch"):
        names = indicator_names(found, screen.words)
        choose(
            "district", "indicator", names, indicator.id, choose_indicator, screen.lang, width=420
        )
        judged = district_figure.to_date(indicator, found.org_unit, screen)
    if judged is not None:
        right.html(judged)


def indicator_names(found: DistrictView, words: Words) -> dict[str, str]:
    """The indicators of the figure's select, numbered as everywhere."""
    numbers = {one.id: n for n, one in enumerate(words.definitions.numbered(), 1)}
    names = {}
    for one in found.judged:
        name = words.name(one)
        number = numbers.get(one.indicator)
        names[one.indicator] = name if number is None else f"{number} · {name}"
    return names


def table(found: DistrictView, words: Words, view: View, asked: Asked) -> None:
    """The table; beside its title it can be taken away, as Excel and as CSV."""
    lang = words.lang
    name = f"{found.org_unit.code}_{found.period.code}"
    with st.container(key="unit-table"):
        with st.container(key="unit-head", horizontal=True):
            st.html(district_table.title(found, words))
            take_away.buttons(
                lambda: [export_table(found, words, taken_at=bootstrap.now())], name, lang
            )
        st.html(district_table.district_table(found, words, view, asked))


main()
