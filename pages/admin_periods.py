"""The periods on the administrator's screen: how each stands, open, lock, make an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

import bootstrap
from kpi.forms import rows_of
from kpi.local_time import local_date
from kpi.periods import Period
from pages import admin_forms, knowledge, people, shell
from pages.admin_forms import perform
from reports.html.period_table import PeriodLine, period_table
from store import submissions
from texts import say
from texts.numbers import date_text, period_name
from workflow.periods import FORMS, Standing, grant_exception, lock_period, open_period, standings

_ANY_FORM = "both"
_PLACE = "administered-periods"


def show(screen: shell.Screen) -> None:
    """What has become of the last act, the three acts, and the table."""
    admin_forms.show(_PLACE, screen.lang)
    with bootstrap.session_factory()() as session:
        years = bootstrap.plan_years(session)
        found = standings(session, years, screen.org_units, bootstrap.now())
        sent = submissions.who_has_sent(session)
    lines = [_line(one, screen, sent) for one in reversed(found)]
    with st.container(key="admin-period-acts", horizontal=True):
        _decision("open", open_period, screen)
        _decision("lock", lock_period, screen)
        _exception(screen)
    st.html(period_table(lines, screen.lang))


def _line(one: Standing, screen: shell.Screen, sent: set[tuple[str, str]]) -> PeriodLine:
    asked = _asked(one.form, one.period, screen)
    decided = one.decided
    return PeriodLine(
        period=one.period,
        form=one.form,
        state=one.state,
        days=one.days,
        sent=sum((reporter, one.period.code) in sent for reporter in asked),
        asked=len(asked),
        decided_by="" if decided is None else decided.decided_by,
        decided_on=None if decided is None else local_date(decided.decided_at),
        reason="" if decided is None else decided.reason,
        exceptions=tuple(
            (shell.reporter_name(screen, e.reporter), e.until, e.reason) for e in one.exceptions
        ),
    )


def _asked(form: str, period: Period, screen: shell.Screen) -> list[str]:
    """Who is asked for this form at this period."""
    definitions = knowledge.definitions(screen.version, period)
    units = [unit.code for unit in screen.org_units.districts(period.end)]
    everyone = units if form == FORMS[0] else list(definitions.agencies)
    return [one for one in everyone if rows_of(definitions, screen.org_units, one, period)]


def _decision(name: str, act: Callable[..., None], screen: shell.Screen) -> None:
    lang = screen.lang
    years = sorted({one.year for one in screen.periods})
    options = [*(one.code for one in reversed(screen.periods)), *(str(year) for year in years)]
    key = f"admin-{name}"
    with st.popover(say(f"admin.{name}", lang)), st.form(key, border=False):
        st.selectbox(
            say("admin.period", lang), options, key=f"{key}-period",
            format_func=lambda code: period_name(Period.parse(code), lang),
        )  # fmt: skip
        st.selectbox(
            say("admin.form", lang), [_ANY_FORM, *FORMS], key=f"{key}-form",
            format_func=lambda form: say(f"admin.forms.{form}", lang),
        )  # fmt: skip
        st.text_input(say("admin.reason", lang), max_chars=500, key=f"{key}-reason")
        st.form_submit_button(
            say(f"admin.{name}_send", lang), on_click=lambda: _decide(name, act, lang)
        )


def _decide(name: str, act: Callable[..., None], lang: str) -> None:
    """Done before the screen is built anew, so that its table shows what has become of it."""
    key = f"admin-{name}"
    period = Period.parse(st.session_state[f"{key}-period"])
    form, reason = st.session_state[f"{key}-form"], st.session_state[f"{key}-reason"]
    if not reason.strip():
        st.session_state[_PLACE] = "error", say("admin.reason_needed", lang)
        return

    def doing() -> None:
        act(
            bootstrap.session_factory(), people.acting(), period, at=bootstrap.now(),
            reason=reason, forms=FORMS if form == _ANY_FORM else (form,),
        )  # fmt: skip

    said = say(f"admin.{name}_done", lang, period=period_name(period, lang))
    perform(doing, said, lang, _PLACE)


def _exception(screen: shell.Screen) -> None:
    lang, key = screen.lang, "admin-except"
    reporters = [unit.code for unit in screen.org_units.districts(screen.period.end)]
    reporters += list(screen.definitions.agencies)
    codes = [one.code for one in reversed(screen.periods)]
    with st.popover(say("admin.except", lang)), st.form(key, border=False):
        st.selectbox(
            say("admin.reporter", lang), reporters, key=f"{key}-reporter",
            format_func=lambda code: shell.reporter_name(screen, code),
        )  # fmt: skip
        st.selectbox(
            say("admin.period", lang), codes, key=f"{key}-period",
            format_func=lambda code: period_name(Period.parse(code), lang),
        )  # fmt: skip
        today = bootstrap.today()
        st.date_input(
            say("admin.until", lang), value=today + timedelta(days=7), min_value=today,
            format="DD/MM/YYYY", key=f"{key}-until",
        )  # fmt: skip
        st.text_input(say("admin.reason", lang), max_chars=500, key=f"{key}-reason")
        st.form_submit_button(say("admin.except_send", lang), on_click=lambda: _grant(screen))


def _grant(screen: shell.Screen) -> None:
    lang, key = screen.lang, "admin-except"
    reporter, reason = st.session_state[f"{key}-reporter"], st.session_state[f"{key}-reason"]
    period, until = (
        Period.parse(st.session_state[f"{key}-period"]),
        st.session_state[f"{key}-until"],
    )
    if not reason.strip() or not isinstance(until, date):
        st.session_state[_PLACE] = "error", say("admin.reason_needed", lang)
        return

    def doing() -> None:
        grant_exception(
            bootstrap.session_factory(), people.acting(), reporter, period,
            until=until, reason=reason, at=bootstrap.now(),
        )  # fmt: skip

    said = say(
        "admin.except_done", lang, reporter=shell.reporter_name(screen, reporter),
        period=period_name(period, lang, "inside"), day=date_text(until, lang),
    )  # fmt: skip
    perform(doing, said, lang, _PLACE)
