"""Thi đua: ranks inside a cluster, how firm they are, and every point of one unit.

The address holds period and unit (``?ky=2018-Q3&don-vi=183``); the unit's cluster is shown.
The table proposes; people decide. Of a closed year the result as it was closed is shown.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
from kpi.periods import Period
from pages import choosing, dossiers, people, shell, standing_acts, take_away
from pages.knowledge import BY_NAME, Version
from reports.emulation_words import export_tables
from reports.html import escape, overview, page
from reports.html.points_card import HONOURS, points_card
from reports.html.standing_table import standing_table
from reports.standing import ClusterStanding, Standing
from reports.standing_json import digest
from texts import say
from texts.numbers import period_name
from workflow.standings import standing_at


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    found = known(screen.version, screen.period, screen.today)
    if found is None or not found.clusters:
        st.html(page.title(say("standing.title", lang), period_name(screen.period, lang), lang))
        st.html(page.message("empty", say("standing.no_rules", lang), lang))
        return
    shown, unit = chosen(found)
    head = st.container(key="standing-head", horizontal=True)
    head.html(page.title(say("standing.title", lang), caption(found, shown, lang), lang))
    with head:
        choose(screen, found, shown)
    for kind, said in standing_acts.happened():
        st.html(page.message(kind, said, lang))
    for said in notices(screen, found):
        st.html(page.message("partial", said, lang))
    if all(one.rank is None for one in shown.placed):
        st.html(shell.first_step(screen, say("standing.nobody_ranked", lang)))
    st.html(standing_table(found, shown, before(screen), unit, screen.words))
    placed = found.placed(unit)
    st.html("" if placed is None else points_card(placed, found, screen.words))
    st.html(honours_link(screen, unit))
    below(screen, found, shown, unit)
    shell.on_paper(screen.period, screen.today)


def below(screen: shell.Screen, found: Standing, shown: ClusterStanding, unit: str) -> None:
    """Under the points: what may be done, and what may be taken away."""
    person, placed = people.actor(), found.placed(unit)
    if person is not None and placed is not None and not screen.only_shows:
        standing_acts.show(screen, found, shown, placed, person)
    name = f"thi_dua_{shown.cluster.id}_{screen.period.code}"
    take_away.row(
        lambda: export_tables(found, shown, screen.words), name, screen.lang, key="standing",
        # a dossier is made of more than stands here
        papers=[] if screen.is_away else dossiers.papers(screen, found, unit, person),
    )  # fmt: skip


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_NAME)
def known(version: Version, period: Period, today: date) -> Standing | None:
    """Every cluster at a period; approved figures only, whatever else is looked at."""
    with bootstrap.session_factory()() as session:
        ground = bootstrap.standing_ground(period.year)
        return standing_at(session, ground, period, as_of=version.moment, today=today)


def before(screen: shell.Screen) -> tuple[Period, dict[str, int | None]] | None:
    """The ranks at the quarter before, of the same year."""
    if screen.period.quarter < 2:
        return None
    earlier = screen.period.previous()
    found = known(screen.version, earlier, screen.today)
    if found is None:
        return None
    return earlier, {one.org_unit: one.rank for c in found.clusters for one in c.placed}


def chosen(found: Standing) -> tuple[ClusterStanding, str]:
    """The unit of the address and its cluster; else the first of the first cluster."""
    asked = st.query_params.get("don-vi")
    for cluster in found.clusters:
        if any(one.org_unit == asked for one in cluster.placed):
            return cluster, str(asked)
    return found.clusters[0], found.clusters[0].placed[0].org_unit


def caption(found: Standing, shown: ClusterStanding, lang: str) -> str:
    cluster = shown.cluster.name.get(lang)
    period = period_name(found.period, lang, "to_date")
    if found.closed is None or not found.period.is_final:
        return say("standing.caption", lang, cluster=cluster, period=period)
    decision = found.closed.decision
    return say("standing.caption_closed", lang, cluster=cluster, period=period, decision=decision)


def notices(screen: shell.Screen, found: Standing) -> list[str]:
    said = [screen.notice] if screen.notice else []
    if found.rules.illustrative:
        said.append(say("standing.illustrative", screen.lang, clause=found.rules.clause))
    closed = found.closed
    if closed is not None and found.period.is_final and digest(found) != closed.digest:
        said.append(say("standing.altered", screen.lang))
    return said


def honours_link(screen: shell.Screen, unit: str) -> str:
    """The way to the registers that the points of exemplars and awards are counted in."""
    lang = screen.lang
    other = None if lang == "vi" else lang
    href = escape.link(HONOURS, ky=screen.period.code, don_vi=unit, lang=other)
    words = escape.text(say("standing.honours", lang))
    return f'<p class="cap" lang="{lang}"><a href="{href}">{words}</a></p>'


def choose(screen: shell.Screen, found: Standing, shown: ClusterStanding) -> None:
    lang = screen.lang
    clusters = {one.cluster.id: one.cluster.name.get(lang) for one in found.clusters}
    first = {one.cluster.id: one.placed[0].org_unit for one in found.clusters}

    def go(cluster: str) -> None:
        st.query_params["don-vi"] = first[cluster]

    choosing.choose("standing", "cluster", clusters, shown.cluster.id, go, lang)
    periods = {one.code: overview.option(one, lang) for one in screen.periods}
    code = screen.period.code
    choosing.choose("standing", "period", periods, code, shell.choose_period, lang)


main()
