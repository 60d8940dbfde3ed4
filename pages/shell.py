"""What every screen asks for before it shows anything: language, period, judged values.

The state of a screen is its address (``?ky=2018-Q3&lang=en``); what a reader chose on one
screen goes along to the next. What all sessions share (``pages.knowledge``) is kept by version,
so that it is read-only and never stale.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import streamlit as st

import bootstrap
import store.targets
from kpi.definitions import Definitions, OrgUnits
from kpi.judgement import Assessment
from kpi.periods import Period
from pages import knowledge, last_known, logs, startup
from pages.knowledge import Version
from reports import tables
from reports.html import escape, overview, page
from reports.wording import Words
from store import series, submissions
from store.engine import CANNOT_BE_READ
from texts import LANGUAGES, say

_PAPER = "on-paper"


@dataclass(frozen=True)
class Screen:
    """What one run of a screen's script looks at."""

    definitions: Definitions
    org_units: OrgUnits
    lang: str
    period: Period
    periods: list[Period]  # that can be chosen: the quarters of the plan years
    version: Version
    today: date
    notice: str = ""  # what the address asked for and does not exist
    is_away: bool = False  # the database does not answer: what was read last is shown

    @property
    def known_on(self) -> date | None:
        """A day of the past, if it is looked at as it was known then."""
        return self.version.day

    @property
    def only_shows(self) -> bool:
        """Can nothing be done: because of a day of the past, or while the database is away?"""
        return self.known_on is not None or self.is_away

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
    lang, day = language(), choose_day()
    known = last_known.data()
    version = Version(known.version, day, choose_unapproved())
    periods = knowledge.plan_years(version).quarters
    period, notice = _period(periods, lang, version)
    return at(version, period, lang, notice=notice, is_away=known.away)


def at(
    version: Version, period: Period, lang: str, *, notice: str = "", is_away: bool = False
) -> Screen:
    """A screen's state at a period that there is."""
    return Screen(
        definitions=knowledge.definitions(version, period),
        org_units=bootstrap.org_units(),
        lang=lang,
        period=period,
        periods=knowledge.plan_years(version).quarters,
        version=version,
        today=version.day or bootstrap.today(),
        notice=notice,
        is_away=is_away,
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


def choose_unapproved() -> bool:
    """Are figures shown that nobody has decided on yet (``?chua-duyet=1``)? Kept like a period.

    Anything else in the address, ``?chua-duyet=0`` say, leads back to the approved ones.
    """
    asked: str = st.query_params.get("chua-duyet", st.session_state.get("unapproved", ""))
    shown = asked == "1"
    st.session_state["unapproved"] = "1" if shown else ""
    if not shown:
        st.query_params.pop("chua-duyet", None)
    elif st.query_params.get("chua-duyet") != "1":
        st.query_params["chua-duyet"] = "1"
    return shown


def choose_period(code: str) -> None:
    """The reader has chosen another period."""
    st.session_state["period"] = code
    st.query_params["ky"] = code


def reporter_name(screen: Screen, reporter: str) -> str:
    """The name of who sends a form: a unit or an agency."""
    unit = screen.org_units.units.get(reporter)
    name = unit.name if unit else screen.definitions.agencies[reporter].name
    return name.get(screen.lang)


def somebody_approves(data: int) -> bool:
    """Is there a form that a person approves, or something that waits for a decision?

    Args:
        data: the version of the data.
    """
    opened = knowledge.plan_years(Version(data)).opened
    if any("manual" in one.definitions.approval.values() for one in opened):
        return True
    return waiting(data) > 0


def province(screen: Screen) -> Slice:
    """The province's indicators, judged at the screen's period."""
    return _judged(screen.version, screen.period, screen.today)


def default_period(periods: list[Period], version: Version) -> Period:
    """The demonstration's, else the newest quarter of a plan year with a value."""
    if startup.preparation().demo:
        return bootstrap.definitions().demo.period
    reported = set(knowledge.values(version)["period"])
    with_values = [period for period in periods if period.code in reported]
    return with_values[-1] if with_values else periods[0]


def apologise(error: Exception, *, part: bool = False) -> bool:
    """A screen has failed: say so in the reader's language; the log has the rest by number.

    Args:
        part: something of the screen may stand above.
    """
    number = secrets.token_hex(4)
    logs.failure("screen", error, number)  # first: nobody else does
    lang = language()
    if isinstance(error, CANNOT_BE_READ):
        said = say("error.part_away" if part else "error.database_away", lang)
    else:
        said = say("error.unexpected", lang, number=number)
    href = escape.link(urlsplit(st.context.url or "").path or "/", **dict(st.query_params))
    st.html(page.failed(say("error.title", lang), said, lang, again=href))
    return True  # nothing else is shown


def first_step(screen: Screen, before: str = "") -> str:
    """What stands where a period has no figure yet; ``before`` says what that keeps back."""
    forms = screen.definitions.approval
    due = max(screen.definitions.due_date(screen.period, form) for form in forms)
    return page.first_step(screen.period, due, screen.lang, before)


def on_paper(period: Period, fresh: date | None) -> None:
    """Tell the frame what the sheet shows, if this screen is printed."""
    st.session_state[_PAPER] = period, fresh


def paper(person: str, lang: str) -> str:
    """The line at the top of a printed sheet; called after the screen."""
    period, fresh = st.session_state.pop(_PAPER, (None, None))
    return overview.printed(period, fresh, bootstrap.now(), person, lang)


def warm_up() -> None:
    """Read and judge once what the first visitor will see; also loads every module."""
    with bootstrap.session_factory()() as session:
        frame = series.values(session)
        period = bootstrap.definitions().demo.period
        definitions = bootstrap.plan_years(session).of(period)
        planned = store.targets.in_force(session, period.year, period.end)
    last_known.data()
    tables.assessments(
        frame,
        planned,
        definitions,
        bootstrap.org_units(),
        period=period,
        today=bootstrap.today(),
    )
    for lang in LANGUAGES:
        say("app.title", lang)


# --- shared by all sessions --------------------------------------------------------------


@st.cache_resource(max_entries=2, show_spinner=False)
def waiting(data: int) -> int:
    """How many submissions nobody has decided on yet."""
    with bootstrap.session_factory()() as session:
        return submissions.count(session, submissions.SUBMITTED)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def _histories(version: Version, period: Period) -> tables.Histories:
    org_units = bootstrap.org_units()
    return tables.histories(
        knowledge.values(version),
        knowledge.targets(version, period),
        knowledge.definitions(version, period),
        org_units,
        units=[org_units.province],
        opening=knowledge.opening(version, period),
    )


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=knowledge.BY_NAME)
def _judged(version: Version, period: Period, today: date) -> Slice:
    past = _histories(version, period)
    judged = tables.judge(
        past,
        knowledge.targets(version, period),
        knowledge.definitions(version, period),
        bootstrap.org_units(),
        period=period,
        today=today,
    )
    return Slice(tuple(judged), past)


# --- the address -------------------------------------------------------------------------


def _period(periods: list[Period], lang: str, version: Version) -> tuple[Period, str]:
    default = default_period(periods, version)
    known = {period.code: period for period in periods}
    asked = st.query_params.get("ky") or st.session_state.get("period") or default.code
    period = known.get(asked, default)
    _keep("period", period.code, default.code, parameter="ky")
    if asked in known:
        return period, ""
    return period, say("error.unknown_period", lang, found=asked, shown=period.code)


def _keep(name: str, value: str, default: str, *, parameter: str | None = None) -> None:
    """Remember a choice for the next screen and show it in the address."""
    parameter = parameter or name
    st.session_state[name] = value
    if value != default and st.query_params.get(parameter) != value:
        st.query_params[parameter] = value
