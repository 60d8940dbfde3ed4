"""Tình hình nộp: who has sent the reports that are due, in time or late, and how complete.

The address holds the period and whose reports: ``?ky=2018-Q3&bieu=B`` is the agencies'.
The matrix shows the year's quarters and the last one before it.
"""

from __future__ import annotations

import streamlit as st

from kpi.definitions import FORM_A, FORM_B
from pages import choosing, kept, knowledge, shell, take_away, urging
from reports.completeness_words import export_table
from reports.html import overview, page
from reports.html.filing_matrix import filing_matrix, filing_strip
from reports.html.urging_table import reminded_card
from texts import say
from texts.numbers import date_text, period_name

_FORMS = (FORM_A, FORM_B)


def main() -> None:
    screen = shell.screen()
    lang = screen.lang
    form = chosen_form()
    reports = [one for one in kept.filings(screen.version, screen.period, screen.today)
               if one.asked.form == form]  # fmt: skip
    now = [one for one in reports if one.asked.period == screen.period]
    head = st.container(key="completeness-head", horizontal=True)
    head.html(page.title(say("completeness.title", lang), caption(screen, form), lang))
    with head:
        choose(screen, form)
    if screen.notice:
        st.html(page.message("partial", screen.notice, lang))
    locked = kept.locked_on(screen.version, form, screen.period, screen.today)
    if locked is not None and screen.known_on is None:
        said = say("completeness.locked", lang, day=date_text(locked, lang))
        st.html(page.message("empty", said, lang))
    st.html(filing_strip(now, screen.words))
    st.html(filing_matrix(reports, screen.period, screen.words))
    told = [one for one in knowledge.reminders(screen.version, screen.period)
            if one.rung.reporter in {report.asked.reporter for report in now}]  # fmt: skip
    if card := reminded_card(told, screen.words):
        st.html(card)
    urging.show(screen, now, told)
    name = f"tinh_hinh_nop_{form}_{screen.period.code}"
    shell.on_paper(screen.period, screen.today)
    take_away.row(
        lambda: [export_table(reports, screen.words, screen.today)], name, lang, key="completeness"
    )


def caption(screen: shell.Screen, form: str) -> str:
    due = screen.definitions.window(form, screen.period).in_time_until
    return say(
        "completeness.caption",
        screen.lang,
        period=period_name(screen.period, screen.lang),
        due=date_text(due, screen.lang),
        today=date_text(screen.today, screen.lang),
    )


def chosen_form() -> str:
    asked = st.query_params.get("bieu", FORM_A)
    return asked if asked in _FORMS else FORM_A


def choose(screen: shell.Screen, form: str) -> None:
    lang = screen.lang
    forms = {one: say(f"completeness.forms.{one}", lang) for one in _FORMS}
    choosing.choose("completeness", "form", forms, form, _choose_form, lang)
    periods = {one.code: overview.option(one, lang) for one in screen.periods}
    code = screen.period.code
    choosing.choose("completeness", "period", periods, code, shell.choose_period, lang)


def _choose_form(form: str) -> None:
    if form == FORM_A:
        st.query_params.pop("bieu", None)
    else:
        st.query_params["bieu"] = form


main()
