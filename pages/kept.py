"""What the screens beside the figures show, kept by the state of the data it was read from.

``read_ahead`` reads what other screens than the one that was asked for will need, once for
each state of the data and after that screen was drawn: should the database go away, they
show it too. What takes long, the standing say, is read when somebody asks for it.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

import bootstrap
import store.honours
from kpi.calendar import Closed
from kpi.completeness import Report
from kpi.definitions import FORM_A
from kpi.honours import Entry, decided_by_then, in_force
from kpi.local_time import end_of
from kpi.periods import Period
from pages import knowledge
from pages.knowledge import BY_NAME, Version
from reports import completeness, inquiries
from reports.inquiries import Line
from workflow import periods


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_NAME)
def filings(version: Version, period: Period, today: date) -> list[Report]:
    """Every reporter at the quarters of a year and at the one before them."""
    wanted = [Period(period.year - 1, 4), *(period.at_quarter(quarter) for quarter in range(1, 5))]
    with bootstrap.session_factory()() as session:
        return completeness.reports(
            session,
            knowledge.plan_years(version),
            bootstrap.org_units(),
            wanted,
            today=today,
            as_of=version.moment,
        )


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_NAME)
def locked_on(version: Version, form: str, period: Period, today: date) -> date | None:
    """The day on which somebody locked a period or its year for a form, if it is locked."""
    definitions, at = knowledge.definitions(version, period), end_of(today)
    with bootstrap.session_factory()() as session:
        found = periods.closed(session, definitions, form, "", period, at)
    return found.day if found and found.code in (Closed.LOCKED, Closed.YEAR_CLOSED) else None


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_NAME)
def honours(version: Version, year: int) -> tuple[Entry, ...]:
    """What stands in both registers of a plan year, as it was known."""
    with bootstrap.session_factory()() as session:
        every = store.honours.every(session, version.moment)
    return decided_by_then(in_force(every), Period(year))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_NAME)
def inquiry_lines(version: Version, today: date) -> list[Line]:
    """Every inquiry with what the next quarter says, newest first."""
    with bootstrap.session_factory()() as session:
        return inquiries.lines(
            session,
            knowledge.inquiries(version),
            knowledge.plan_years(version),
            bootstrap.org_units(),
            today=today,
            as_of=version.moment,
        )


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_NAME)
def read_ahead(version: Version, period: Period, today: date) -> None:
    """Read what the screens of a period need; a second call does nothing."""
    knowledge.values(version)
    knowledge.targets(version, Period(period.year - 1, 4))
    for quarter in range(1, 5):
        knowledge.targets(version, period.at_quarter(quarter))
    knowledge.opening(version, period)
    knowledge.milestones(version, period.year)
    knowledge.reminders(version, period)
    filings(version, period, today)
    locked_on(version, FORM_A, period, today)
    honours(version, period.year)
    inquiry_lines(version, today)
