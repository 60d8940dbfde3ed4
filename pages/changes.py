"""Số liệu tại ngày: choose a day of the past, and see what has changed since.

From here the other screens are opened as of that day; the address carries it
(``?ngay=2018-10-10``), and the header of every screen says so and leads back.
"""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

import bootstrap
from kpi.ledger import changes_since
from kpi.local_time import end_of
from pages import shell, take_away
from reports.change_lines import Change, lines
from reports.changes_export import export_table
from reports.html import escape, page
from reports.html.changes import LISTED, change_list
from store import changes
from texts import say
from texts.numbers import date_text


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    st.html(page.title(say("changes.title", lang), say("changes.caption", lang), lang))
    yesterday = bootstrap.today() - timedelta(days=1)
    day = st.date_input(
        say("changes.choose", lang),
        value=screen.known_on or yesterday,
        max_value=yesterday,
        format="DD/MM/YYYY",
        key=f"changes-day-{lang}",
        width=270,
    )
    st.html(opened_as_of(day, screen))
    found = changes_after(day)
    if not found:
        nothing = say("changes.nothing", lang, day=date_text(day, lang))
        st.html(page.message("empty", nothing, lang))
        return
    years, units = bootstrap.plan_years(), screen.org_units
    newest = lines(found[:LISTED], years, units, lang)
    st.html(change_list(newest, lang, count=len(found)))
    take_away.row(
        lambda: [
            export_table(lines(found, years, units, lang), day, lang, taken_at=bootstrap.now())
        ],
        f"thay_doi_{day.isoformat()}",
        lang,
        key="changes",
    )


def changes_after(day: date) -> list[Change]:
    """Figures and targets that changed after a day, newest first."""
    since = end_of(day)
    with bootstrap.session_factory()() as session:
        figures = changes_since(changes.vintages_touched(session, since), since)
        targets = changes.targets_changed(session, since)
    return sorted([*figures, *targets], key=lambda one: one.at, reverse=True)


def opened_as_of(day: date, screen: shell.Screen) -> str:
    """Links to the screens as of the day."""
    links = " · ".join(
        f'<a href="{escape.link(path, ngay=day.isoformat(), ky=screen.period.code)}">'
        f"{escape.text(say(key, screen.lang))}</a>"
        for path, key in (("/", "nav.overview"), ("/chi-tieu", "nav.indicator"))
    )
    said = escape.text(say("changes.open", screen.lang, day=date_text(day, screen.lang)))
    return f'<section class="card" lang="{screen.lang}"><p>{said} {links}</p></section>'


main()
