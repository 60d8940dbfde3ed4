"""The log on the administrator's screen: by act, by person, by time, and to take away."""

from __future__ import annotations

from datetime import date, datetime, time

import streamlit as st

import bootstrap
from kpi.local_time import ZONE, end_of, local_date
from pages import shell, take_away
from reports.actors import actor_name
from reports.audit_export import export_table
from reports.export import Table
from reports.html.audit_table import act_name, audit_table
from store import audit
from texts import say
from texts.numbers import date_text

_LISTED = 100


def show(screen: shell.Screen) -> None:
    lang = screen.lang
    with bootstrap.session_factory()() as session:
        acts, actors = audit.names(session)
        wanted = _chosen(acts, actors, lang)
        events = audit.listed(session, wanted, _LISTED)
        count = audit.count(session, wanted)

    def tables() -> list[Table]:
        with bootstrap.session_factory()() as session:
            every = audit.listed(session, wanted)
        return [export_table(every, lang, taken_at=bootstrap.now())]

    take_away.row(tables, f"nhat_ky_{bootstrap.today().isoformat()}", lang, key="audit")
    st.html(audit_table(events, lang, count=count, only=_only(wanted, lang)))


def _chosen(acts: list[str], actors: list[str], lang: str) -> audit.Wanted:
    """The four selects above the log."""
    with st.container(key="admin-audit-filters", horizontal=True, vertical_alignment="bottom"):
        act = st.selectbox(
            say("admin.log.act", lang), ["", *acts], key=f"audit-act-{lang}", width=240,
            format_func=lambda one: act_name(one, lang) if one else say("admin.log.any", lang),
        )  # fmt: skip
        actor = st.selectbox(
            say("admin.log.who", lang), ["", *actors], key=f"audit-actor-{lang}", width=200,
            format_func=lambda one: actor_name(one, lang) if one else say("admin.log.any", lang),
        )  # fmt: skip
        since, until = (
            st.date_input(
                say(f"admin.log.{name}", lang), value=None, format="DD/MM/YYYY", width=160,
                key=f"audit-{name}-{lang}",
            )
            for name in ("since", "until")
        )  # fmt: skip
    return audit.Wanted(
        act=act or None,
        actor=actor or None,
        since=_start_of(since) if isinstance(since, date) else None,
        until=end_of(until) if isinstance(until, date) else None,
    )


def _only(wanted: audit.Wanted, lang: str) -> str:
    """What was chosen, in words: on paper there are no selects."""
    said = {
        "act": wanted.act and act_name(wanted.act, lang),
        "who": wanted.actor and actor_name(wanted.actor, lang),
        "since": wanted.since and date_text(local_date(wanted.since), lang),
        "until": wanted.until and date_text(local_date(wanted.until), lang),
    }
    parts = (f"{say(f'admin.log.{name}', lang)}: {one}" for name, one in said.items() if one)
    return " · ".join(parts) + "." if any(said.values()) else ""


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)
