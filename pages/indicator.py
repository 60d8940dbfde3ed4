"""Chỉ tiêu: one indicator, how it stands, how that was judged, who did what, which cell.

The address holds the whole state (``?ma=…&ky=2018-Q3&don-vi=183&lang=en``), so any view
can be shared; what it gets wrong is answered with a sentence and the nearest view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

import bootstrap
from kpi.definitions import Indicator, OrgUnit, Role
from kpi.periods import Period
from reports import export, figures, tables
from reports.cells import fresh_until
from reports.html import figure_table, indicator_head, page, source_table
from reports.html.arithmetic_card import arithmetic_card
from reports.html.rank_list import no_ranking, rank_list
from reports.html.summary_card import summary_card
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.wording import Words
from store import series
from store.targets import in_force
from texts import LANGUAGES, say
from texts.numbers import date_text, moment_text, period_name


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, made good where it cannot be had."""

    indicator: Indicator
    org_unit: OrgUnit
    period: Period
    periods: Sequence[Period]
    mistakes: tuple[str, ...]


def read_address(lang: str) -> Wanted:
    """The state in the address; every mistake becomes a sentence."""
    definitions, org_units = bootstrap.definitions(), bootstrap.org_units()
    mistakes = []
    indicator = definitions.numbered()[0]
    if asked := st.query_params.get("ma"):
        if asked in definitions.indicators:
            indicator = definitions.indicators[asked]
        else:
            shown = indicator.name.get(lang)
            mistakes.append(say("indicator.unknown_indicator", lang, found=asked, shown=shown))
    org_unit = org_units.province
    if asked := st.query_params.get("don-vi"):
        if asked in org_units.units:
            org_unit = org_units.units[asked]
        else:
            mistakes.append(say("indicator.unknown_unit", lang, found=asked))
    periods = [Period(definitions.plan_year, quarter) for quarter in (4, 3, 2, 1)]
    period = definitions.demo.period
    if asked := st.query_params.get("ky"):
        known = {one.code: one for one in periods}
        if asked in known:
            period = known[asked]
        else:
            shown = period_name(period, lang)
            mistakes.append(say("error.unknown_period", lang, found=asked, shown=shown))
    return Wanted(indicator, org_unit, period, periods, tuple(mistakes))


@st.cache_resource(max_entries=128, show_spinner=False)
def judged(
    version: int, indicator: str, org_unit: str, period: str, today: date
) -> tuple[IndicatorView | None, source_table.Replaced]:
    """The view and what corrections replaced, kept until the data change."""
    definitions, org_units = bootstrap.definitions(), bootstrap.org_units()
    asked, at = definitions.indicators[indicator], Period.parse(period)
    with bootstrap.session_factory()() as session:
        periods = [one.code for one in tables.periods_needed(at)]
        values = series.values(session, indicators=inputs_of(asked), periods=periods)
        targets = in_force(session, at.year, at.end)
        vintages = series.vintages(session, asked.id, asked.observation_period(at).code)
    view = indicator_view(
        values, targets, definitions, org_units,
        indicator=asked, org_unit=org_units.units[org_unit], period=at, today=today,
    )  # fmt: skip
    return view, source_table.replaced_values(vintages)


def head(wanted: Wanted, words: Words) -> None:
    """Title at the left, the two selects at the right; they write into the address."""
    ids = [
        one.id
        for one in words.definitions.indicators.values()
        if one.role is not Role.INPUT or one is wanted.indicator
    ]
    periods = [one.code for one in wanted.periods]
    st.session_state["ma"], st.session_state["ky"] = wanted.indicator.id, wanted.period.code

    def indicator_name(one: str) -> str:
        return indicator_head.option(words.definitions.indicators[one], words)

    def period_name_of(one: str) -> str:
        return indicator_head.period_option(Period.parse(one), words.lang)

    with st.container(key="indicator-head", horizontal=True):
        st.html(indicator_head.head(wanted.indicator, wanted.org_unit, wanted.period, words))
        choose("ma", say("indicator.choose", words.lang), ids, indicator_name, width=300)
        choose("ky", say("indicator.choose_period", words.lang), periods, period_name_of, width=230)


def choose(
    key: str, label: str, options: Sequence[str], name: Callable[[str], str], width: int
) -> None:
    """A select whose choice goes into the address under its key."""

    def write() -> None:
        st.query_params[key] = st.session_state[key]

    st.selectbox(
        label, options, key=key, format_func=name, on_change=write,
        label_visibility="collapsed", width=width,
    )  # fmt: skip


def charts(view: IndicatorView, words: Words) -> None:
    """The to-date figure and the single quarters, each with its table."""
    lang, course, theme = words.lang, view.course, st.context.theme.type
    unit = view.indicator.unit_of_measure.label.get(lang)
    with st.container(key="row-figures"):
        left, right = st.columns([3, 2], gap="small")
    with left.container(key="card-to-date", height="stretch"):
        title, aria = figures.to_date_title(course, lang), figures.summary(course, lang)
        st.html(figure_table.figure_head(title, unit, aria, lang))
        figure = figures.to_date_figure(course, lang, theme)
        st.plotly_chart(figure, theme=None, config=dict(figures.CONFIG), key="to-date")
        if figures.is_cut(figure):
            st.html(indicator_head.note_below(say("indicator.cut_axis", lang), lang))
        with st.expander(say("figure.see_table", lang)):
            st.html(figure_table.to_date_table(course, lang))
    with right.container(key="card-quarters", height="stretch"):
        if not figures.has_quarters(course):
            kind = "annual" if view.indicator.annual else view.indicator.measure.value
            title = say("indicator.no_quarters", lang)
            text = say(f"indicator.no_quarters_{kind}", lang)
            st.html(indicator_head.block(title, text, lang))
            return
        title, aria = figures.quarters_title(course, lang), figures.single_summary(course, lang)
        st.html(figure_table.figure_head(title, unit, aria, lang))
        figure = figures.quarters_figure(course, lang, theme)
        st.plotly_chart(figure, theme=None, config=dict(figures.CONFIG), key="quarters")
        st.html(figure_table.legend(course, lang))
        with st.expander(say("figure.see_table", lang)):
            st.html(figure_table.quarters_table(course, lang))


def ranking(view: IndicatorView, words: Words) -> str:
    """The districts' order, or the sentence that says why there is none."""
    lang = words.lang
    if not view.districts:
        name = view.indicator.short.get(lang)
        return no_ranking(lang, say("indicator.rank.not_by_district", lang, name=name))
    if all(one.value is None for one in view.districts):
        when = indicator_head.column_period(view.indicator, view.period, lang)
        return no_ranking(lang, say("indicator.rank.nothing_yet", lang, period=when))

    def link(org_unit: str) -> str:
        return indicator_head.address(view.indicator.id, view.period, org_unit, lang)

    return rank_list(view.districts, words, link, current=view.org_unit.code)


def sources(view: IndicatorView, replaced: source_table.Replaced, words: Words) -> None:
    """Every figure with its cell, on screen and to take away."""
    lang, indicator = words.lang, view.indicator
    unit = indicator.unit_of_measure.label.get(lang)
    when = indicator_head.column_period(indicator, view.period, lang)
    rows = source_table.rows(view.shown, words, replaced)
    head = [
        (say("indicator.source.export_unit_of_measure", lang), unit),
        (say("indicator.source.export_period", lang), when),
        (say("indicator.source.export_fresh", lang), date_text(fresh_until(view.shown))),
        (say("indicator.source.export_vintage", lang),
         moment_text(bootstrap.now().astimezone(bootstrap.PROVINCE_TIME))),
    ]  # fmt: skip
    table = source_table.export_table(
        rows, words, title=indicator.name.get(lang), head=head,
        decimals=view.course.decimals, zone=bootstrap.PROVINCE_TIME,
    )  # fmt: skip
    name = f"{indicator.id}_{view.org_unit.code}_{view.period.code}"
    with st.container(key="card-sources"):
        with st.container(key="sources-head", horizontal=True):
            st.html(f"<h2>{say('indicator.source.title', lang)}</h2>")
            download("excel", f"{name}.xlsx", export.excel(table), lang)
            download("csv", f"{name}.csv", export.comma_separated(table, lang), lang)
        st.html(
            source_table.source_table(
                rows, words, unit=unit, when=when, zone=bootstrap.PROVINCE_TIME
            )
        )


def download(kind: str, name: str, data: bytes, lang: str) -> None:
    """A button that hands over a file and leaves the page as it is."""
    st.download_button(
        say(f"indicator.source.{kind}", lang), data, file_name=name, key=f"download-{kind}",
        on_click="ignore",
    )  # fmt: skip


def show() -> None:
    asked = st.query_params.get("lang", bootstrap.settings().language)
    lang = asked if asked in LANGUAGES else bootstrap.settings().language
    words = Words(bootstrap.definitions(), bootstrap.org_units(), lang)
    wanted = read_address(lang)
    head(wanted, words)
    for mistake in wanted.mistakes:
        st.html(page.message("error", mistake, lang))
    with bootstrap.session_factory()() as session:
        version = bootstrap.data_version(session)
    view, replaced = judged(
        version, wanted.indicator.id, wanted.org_unit.code, wanted.period.code, bootstrap.today()
    )
    if view is None:
        st.html(
            indicator_head.not_at_level(wanted.indicator, wanted.org_unit, wanted.period, words)
        )
        return
    st.html(summary_card(view.judged, words))
    charts(view, words)
    with st.container(key="row-cards"):
        left, right = st.columns([1, 1], gap="small")
    left.html(ranking(view, words))
    right.html(arithmetic_card(view.judged, words))
    sources(view, replaced, words)


show()
