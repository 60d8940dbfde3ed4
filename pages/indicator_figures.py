"""Chỉ tiêu: the figures of one indicator, each with its table, and the arithmetic beside them.

The course of the year, its single quarters, and what is still to be done with where it is
missing. What they say is worked out in ``reports``; here they are set side by side.
"""

from __future__ import annotations

import streamlit as st

from kpi.definitions import Level
from reports import figures
from reports.figures.waterfall import waterfall_figure
from reports.html import figure_table, gap_card
from reports.html.arithmetic_card import arithmetic_card
from reports.html.to_do_card import to_do_card
from reports.indicator_view import IndicatorView
from reports.wording import Words
from texts import say


def show(view: IndicatorView, words: Words) -> None:
    """The course of the year, and beside it the single quarters or why there are none."""
    with st.container(key="row-figures"):
        left, right = st.columns([3, 2], gap="small")
    with left:
        _to_date(view, words)
    if figures.has_quarters(view.course):
        with right:
            _quarters(view, words)
    else:
        beside = (figure_table.no_quarters(view.course, words.lang), _to_do(view, words))
        how = arithmetic_card(view.judged, words)
        right.html(f'<div class="stacked">{"".join(beside)}{how}</div>')


def show_remainder(view: IndicatorView, words: Words) -> None:
    """What is still to be done and where it is missing, and the arithmetic of it all."""
    if not figures.has_quarters(view.course):  # the arithmetic stands beside the figure
        if view.parts:
            _gap(view, words)
        return
    arithmetic, left_to_do = arithmetic_card(view.judged, words), _to_do(view, words)
    if not view.parts:
        st.html(f'<div class="cards wide">{arithmetic}{left_to_do}</div>')
        return
    with st.container(key="row-gap"):
        left, right = st.columns([3, 2], gap="small")
    with left:
        _gap(view, words)
    right.html(left_to_do)
    st.html(arithmetic)


def _to_do(view: IndicatorView, words: Words) -> str:
    """What is left, and why it cannot be taken apart where it cannot."""
    note = ""
    if view.districts and view.org_unit.level is Level.PROVINCE and not view.parts:
        note = gap_card.why_none(view.indicator, view.judged, words.lang)
    return to_do_card(view.judged, words, note=note)


def _gap(view: IndicatorView, words: Words) -> None:
    """The distance to the plan by districts, and its table."""
    course, parts = view.course, view.parts
    bars = gap_card.bars(parts, course, words)
    drawn = waterfall_figure(bars, words.lang, st.context.theme.type)
    with st.container(key="card-gap", height="stretch"):
        st.html(gap_card.head(parts, course, words))
        _draw(drawn, "gap", gap_card.remarks(parts, course, words))
        with st.expander(say("gap.see_table", words.lang)):
            st.html(gap_card.table(parts, course, words))


def _to_date(view: IndicatorView, words: Words) -> None:
    """The to-date figure with its finding, and its table."""
    lang, course = words.lang, view.course
    drawn = figures.to_date_figure(course, lang, st.context.theme.type)
    below = say("indicator.cut_axis", lang) if figures.is_cut(drawn) else ""
    with st.container(key="card-to-date", height="stretch"):
        st.html(figure_table.to_date_head(course, lang))
        _draw(
            drawn, "to-date", figure_table.rings(course, lang) + figure_table.caption(below, lang)
        )
        with st.expander(say("figure.see_table", lang)):
            st.html(figure_table.to_date_table(course, lang))


def _quarters(view: IndicatorView, words: Words) -> None:
    """The single quarters with their finding, and their table."""
    lang, course = words.lang, view.course
    drawn = figures.quarters_figure(course, lang, st.context.theme.type)
    with st.container(key="card-quarters", height="stretch"):
        st.html(figure_table.quarters_head(course, lang))
        _draw(drawn, "quarters", figure_table.legend(course, lang))
        with st.expander(say("figure.see_table", lang)):
            st.html(figure_table.quarters_table(course, lang))


def _draw(drawn: object, key: str, below: str) -> None:
    """A figure as it was drawn, with the line below it."""
    st.plotly_chart(drawn, theme=None, config=dict(figures.CONFIG), key=f"figure-{key}")
    if below:
        st.html(below)
