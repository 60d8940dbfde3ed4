"""What every screen asks for before it shows anything: language, period, judged values.

The state of a screen is its address (``?ky=2018-Q3&lang=en``); what a reader chose on one
screen goes along to the next. Frames and judgements are shared by all sessions and kept
by data version, so that they are read-only and never stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

import pandas as pd
import streamlit as st

import bootstrap
import store.targets
from kpi.definitions import Definitions, OrgUnits
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.targets import Target
from pages import startup
from reports import tables
from reports.html import page
from reports.wording import Words
from store import series, submissions
from texts import LANGUAGES, say

QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Screen:
    """What one run of a screen's script looks at."""

    definitions: Definitions
    org_units: OrgUnits
    lang: str
    period: Period
    version: int
    today: date
    notice: str = ""  # what the address asked for and does not exist
    known_on: date | None = None  # a day in the past: as it was known then

    @property
    def words(self) -> Words:
        return Words(self.definitions, self.org_units, self.lang)


@dataclass(frozen=True)
class Slice:
    """The province at one period: what was judged, and the histories it rests on."""

    assessments: tuple[Assessment, ...]
    histories: tables.Histories


def screen() -> Screen:
    """The screen's state, from the address, else as chosen before, else the default."""
    definitions, lang, day = bootstrap.definitions(), language(), choose_day()
    with bootstrap.session_factory()() as session:
        version = bootstrap.data_version(session)
    period, notice = _period(definitions, lang, version)
    return Screen(
        definitions=definitions,
        org_units=bootstrap.org_units(),
        lang=lang,
        period=period,
        version=version,
        today=day or bootstrap.today(),
        notice=notice,
        known_on=day,
    )


def language() -> str:
    """The reader's language; it stays in the address unless it is the installation's own."""
    default = bootstrap.settings().language
    asked = st.query_params.get("lang") or st.session_state.get("lang") or default
    lang = asked if asked in LANGUAGES else default
    _keep("lang", lang, default)
    return lang


def choose_day() -> date | None:
    """The day of the past whose knowledge is wanted (``?ngay=2018-10-10``), kept like a period.

    Anything else in the address, ``?ngay=nay`` say, leads back to the present.
    """
    asked = st.query_params.get("ngay", st.session_state.get("known_on", ""))
    try:
        day: date | None = date.fromisoformat(asked)
    except ValueError:
        day = None
    if day is not None and day >= bootstrap.today():
        day = None
    st.session_state["known_on"] = day.isoformat() if day else ""
    if day is None:
        st.query_params.pop("ngay", None)
    elif st.query_params.get("ngay") != day.isoformat():
        st.query_params["ngay"] = day.isoformat()
    return day


def known_on() -> date | None:
    """The day that ``choose_day`` has found in this run."""
    kept = st.session_state.get("known_on", "")
    return date.fromisoformat(kept) if kept else None


def periods(definitions: Definitions) -> list[Period]:
    """The periods a screen can show: the quarters of the plan year."""
    return [Period(definitions.plan_year, quarter) for quarter in QUARTERS]


def choose_period(code: str) -> None:
    """The reader has chosen another period."""
    st.session_state["period"] = code
    st.query_params["ky"] = code


def reporter_name(screen: Screen, reporter: str) -> str:
    """The name of who sends a form: a unit or an agency."""
    unit = screen.org_units.units.get(reporter)
    name = unit.name if unit else screen.definitions.agencies[reporter].name
    return name.get(screen.lang)


def somebody_approves() -> bool:
    """Is there a form that a person approves, or something that waits for a decision?"""
    if not startup.preparation(warm_up).is_ready:
        return False
    if "manual" in bootstrap.definitions().approval.values():
        return True
    with bootstrap.session_factory()() as session:
        version = bootstrap.data_version(session)
    return _waiting(version) > 0


def values(version: int) -> pd.DataFrame:
    """All values in force on the reader's day, shared: look, do not write.

    Whoever keeps what is made of them keeps it by ``Screen.today`` too, which is that day.
    """
    with _reading:
        return _values(version, known_on())


def targets(version: int, period: Period) -> tuple[Target, ...]:
    """The targets in force at a period's end, as they were known on the reader's day."""
    return _targets(version, period, known_on())


def province(screen: Screen) -> Slice:
    """The province's indicators, judged at the screen's period."""
    return _judged(screen.version, screen.period, screen.today, screen.known_on)


def apologise(_error: Exception) -> bool:
    """A screen has failed: say so in the reader's language; the server's log has the rest."""
    lang = language()
    st.html(page.message("error", say("error.unexpected", lang), lang))
    return True  # nothing else is shown


def warm_up() -> None:
    """Read and judge once what the first visitor will see; also loads every module."""
    with bootstrap.session_factory()() as session:
        frame = series.values(session)
        period = bootstrap.definitions().demo.period
        planned = store.targets.in_force(session, period.year, period.end)
    tables.assessments(
        frame,
        planned,
        bootstrap.definitions(),
        bootstrap.org_units(),
        period=period,
        today=bootstrap.today(),
    )
    for lang in LANGUAGES:
        say("app.title", lang)


# --- shared by all sessions --------------------------------------------------------------

_reading = Lock()


@st.cache_resource(max_entries=4, show_spinner=False)
def _values(version: int, day: date | None) -> pd.DataFrame:
    with bootstrap.session_factory()() as session:
        return series.values(session, as_of=_end_of(day))


def _end_of(day: date | None) -> datetime | None:
    return None if day is None else bootstrap.end_of(day)


@st.cache_resource(max_entries=2, show_spinner=False)
def _waiting(version: int) -> int:
    with bootstrap.session_factory()() as session:
        return submissions.count(session, submissions.SUBMITTED)


@st.cache_resource(max_entries=16, show_spinner=False)
def _targets(version: int, period: Period, day: date | None) -> tuple[Target, ...]:
    with bootstrap.session_factory()() as session:
        found = store.targets.in_force(session, period.year, period.end, _end_of(day))
    return tuple(found)


@st.cache_resource(max_entries=8, show_spinner=False)
def _histories(version: int, period: Period, day: date | None) -> tables.Histories:
    definitions, org_units = bootstrap.definitions(), bootstrap.org_units()
    planned: Sequence[Target] = _targets(version, period, day)
    units = [org_units.province]
    return tables.histories(values(version), planned, definitions, org_units, units=units)


@st.cache_resource(max_entries=16, show_spinner=False)
def _judged(version: int, period: Period, today: date, day: date | None) -> Slice:
    past = _histories(version, period, day)
    judged = tables.judge(
        past,
        _targets(version, period, day),
        bootstrap.definitions(),
        bootstrap.org_units(),
        period=period,
        today=today,
    )
    return Slice(tuple(judged), past)


# --- the address -------------------------------------------------------------------------


def _period(definitions: Definitions, lang: str, version: int) -> tuple[Period, str]:
    default = _default_period(definitions, version)
    known = {period.code: period for period in periods(definitions)}
    asked = st.query_params.get("ky") or st.session_state.get("period") or default.code
    period = known.get(asked, default)
    _keep("period", period.code, default.code, parameter="ky")
    if asked in known:
        return period, ""
    return period, say("error.unknown_period", lang, found=asked, shown=period.code)


def _default_period(definitions: Definitions, version: int) -> Period:
    """The demonstration's, else the newest quarter of the plan year with a value."""
    if startup.preparation().demo:
        return definitions.demo.period
    reported = set(values(version)["period"])
    with_values = [period for period in periods(definitions) if period.code in reported]
    return with_values[-1] if with_values else periods(definitions)[0]


def _keep(name: str, value: str, default: str, *, parameter: str | None = None) -> None:
    """Remember a choice for the next screen and show it in the address."""
    parameter = parameter or name
    st.session_state[name] = value
    if value != default and st.query_params.get(parameter) != value:
        st.query_params[parameter] = value
