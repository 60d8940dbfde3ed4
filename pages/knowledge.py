"""What is known, and as of when: the values, targets and definitions all screens share.

``Version`` says which state of knowledge a screen looks at: of the data, of which day, and
whether what nobody has decided on yet is shown as well. It is part of the key of whatever
is made of these frames, so that they are read-only and never stale.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from threading import Lock
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

import bootstrap
import store.inquiries
import store.milestones
import store.reminders
import store.targets
from kpi.definitions import Definitions
from kpi.inquiries import Inquiry
from kpi.local_time import end_of
from kpi.milestones import Word
from kpi.periods import Period
from kpi.plan_years import PlanYears
from kpi.reminders import Reminder
from kpi.targets import Target
from reports import tables
from reports.html.address import View
from store import series


class Version(NamedTuple):
    """One state of knowledge."""

    data: int
    day: date | None = None  # a day of the past, as known at its end; None: now
    unapproved: bool = False

    @property
    def moment(self) -> datetime | None:
        return None if self.day is None else end_of(self.day)


# What the caches are keyed by, written down at once: Streamlit would take it apart and pickle it.
BY_NAME: dict[str | type, Callable[[Any], str]] = {
    Version: repr,
    Period: repr,
    View: repr,
    date: repr,
}


def values(version: Version) -> pd.DataFrame:
    """All values that are known, shared: look, do not write."""
    with _reading:
        return _values(version)


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs=BY_NAME)
def targets(version: Version, period: Period) -> tuple[Target, ...]:
    """The targets in force at a period's end, as they were known."""
    with bootstrap.session_factory()() as session:
        found = store.targets.in_force(session, period.year, period.end, version.moment)
    return tuple(found)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_NAME)
def plan_years(version: Version) -> PlanYears:
    """The definitions of every plan year that was open."""
    return bootstrap.plan_years(as_of=version.moment)


def definitions(version: Version, period: Period) -> Definitions:
    """Those that hold for a period, as they were known."""
    return plan_years(version).of(period)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_NAME)
def opening(version: Version, period: Period) -> pd.DataFrame:
    """Earlier years' values that stood otherwise when the period's plan year opened."""
    fixed = plan_years(version).at(period).history_fixed_at
    periods = [one.code for one in tables.periods_needed(period) if one.year < period.year]
    with bootstrap.session_factory()() as session:
        return series.at_opening(session, periods, fixed, version.moment)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_NAME)
def milestones(version: Version, year: int) -> dict[str, Word]:
    """What was last said of the year's commitments without a number."""
    with bootstrap.session_factory()() as session:
        return store.milestones.newest(session, year, version.moment)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_NAME)
def inquiries(version: Version) -> list[Inquiry]:
    """Every explanation that was asked for, newest first."""
    with bootstrap.session_factory()() as session:
        return store.inquiries.every(session, version.moment)


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs=BY_NAME)
def reminders(version: Version, period: Period) -> list[Reminder]:
    """Every reminder of the reports of a period, oldest first."""
    with bootstrap.session_factory()() as session:
        return store.reminders.of_periods(session, [period.code], version.moment)


_reading = Lock()


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs=BY_NAME)
def _values(version: Version) -> pd.DataFrame:
    with bootstrap.session_factory()() as session:
        if version.unapproved:
            return series.with_pending(session, version.moment)
        return series.values(session, as_of=version.moment)
