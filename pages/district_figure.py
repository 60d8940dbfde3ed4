"""The figure of a district's page: target against actual, and how the status came about.

A module of its own because it brings Plotly along, which the rest of the page does not need.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
from kpi.definitions import Indicator, OrgUnit
from kpi.periods import Period
from pages import knowledge, shell
from pages.knowledge import Version
from reports import figures
from reports.html import figure_table
from reports.html.arithmetic_card import arithmetic_card
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from texts import say


def to_date(indicator: Indicator, org_unit: OrgUnit, screen: shell.Screen) -> str | None:
    """Draw one indicator here; the arithmetic behind its status is returned as a card."""
    lang = screen.lang
    view = course(screen.version, indicator.id, org_unit.code, screen.period, screen.today)
    if view is None:
        return None
    st.html(figure_table.to_date_head(view.course, lang))
    drawn = figures.to_date_figure(view.course, lang, st.context.theme.type)
    st.plotly_chart(drawn, theme=None, config=dict(figures.CONFIG), key="figure-district")
    cut = say("indicator.cut_axis", lang) if figures.is_cut(drawn) else ""
    if below := figure_table.rings(view.course, lang) + figure_table.caption(cut, lang):
        st.html(below)
    with st.expander(say("figure.see_table", lang)):
        st.html(figure_table.to_date_table(view.course, lang))
    return arithmetic_card(view.judged, screen.words)


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def course(
    version: Version, indicator: str, org_unit: str, period: Period, today: date
) -> IndicatorView | None:
    """One indicator of one district through the year, for its figure."""
    definitions, org_units = knowledge.definitions(version, period), bootstrap.org_units()
    asked, every = definitions.indicators[indicator], knowledge.values(version)
    return indicator_view(
        every[every["indicator"].isin(inputs_of(asked))],
        knowledge.targets(version, period),
        definitions,
        org_units,
        indicator=asked,
        org_unit=org_units.units[org_unit],
        period=period,
        today=today,
        opening=knowledge.opening(version, period),
    )
