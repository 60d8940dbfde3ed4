"""When a form may be sent: cut-off, opening, due day, grace and lock of one period.

Days are counted as working days; which days those are is told by a function, since
holidays are not known here. What a person has decided (opened, locked, made an
exception) goes before what the calendar says. ``Definitions.window`` is where everything
that depends on a due day gets it: receipts, locks, and the status of a missing figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from kpi.periods import Period

AddWorkingDays = Callable[[date, int], date]  # a negative number counts backwards
_LAST_MONTH = {0: 12, 1: 3, 2: 6, 3: 9, 4: 12}
_SATURDAY = 5
_CUT_OFF_DAY = 14  # of the last month, where figures run from the 15th to the 14th


def add_weekdays(day: date, number: int) -> date:
    """Monday to Friday as working days: for whoever knows no holidays."""
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while day.weekday() >= _SATURDAY:
            day += step
    return day


class CutOff(StrEnum):
    """Up to which day figures count."""

    CALENDAR_MONTH = "calendar_month"
    ADMINISTRATIVE = "administrative"  # 15/12 of the year before … 14/12


class Closed(StrEnum):
    """Why a form cannot be sent now; also the code of its sentence (``refused.<code>``)."""

    NOT_OPENED = "period_not_opened"
    PAST_LOCK = "period_past_lock"
    LOCKED = "period_locked"
    APPROVED = "period_approved"
    YEAR_CLOSED = "year_closed"


@dataclass(frozen=True)
class FormCalendar:
    """The rules of one form, in working days."""

    cut_off: CutOff = CutOff.CALENDAR_MONTH
    opens: int | None = None  # after the cut-off; None: as soon as anybody likes
    due: int | None = None  # after the cut-off; None: the day the definitions name
    grace: int = 0  # after the due day, and still in time
    lock: int | None = None  # after the grace; None: never
    locked_by_approval: bool = False  # then a correction needs a withdrawal first


@dataclass(frozen=True)
class Window:
    """One form at one period, as days; sent on ``locks`` is still in time."""

    first: date
    cut_off: date
    opens: date | None
    due: date
    in_time_until: date
    locks: date | None


@dataclass(frozen=True)
class Decisions:
    """What people have decided about one form at one period."""

    opened: bool = False
    locked: bool = False
    year_locked: bool = False
    approved: bool = False
    exception_until: date | None = None


@dataclass(frozen=True)
class Refusal:
    """Why, and the day that the sentence names."""

    code: Closed
    day: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def window(rules: FormCalendar, period: Period, due: date, add: AddWorkingDays) -> Window:
    """The days of one period; ``due`` holds where the form's own rules name none."""
    first, cut_off = _counted(rules.cut_off, period)
    due = due if rules.due is None else add(cut_off, rules.due)
    in_time_until = add(due, rules.grace)
    return Window(
        first=first,
        cut_off=cut_off,
        opens=None if rules.opens is None else add(cut_off, rules.opens),
        due=due,
        in_time_until=in_time_until,
        locks=None if rules.lock is None else add(in_time_until, rules.lock),
    )


def refusal(rules: FormCalendar, days: Window, decided: Decisions, on: date) -> Refusal | None:
    """Why nothing may be sent on a day; None if it may."""
    if decided.exception_until is not None and on <= decided.exception_until:
        return None
    if decided.year_locked:
        return Refusal(Closed.YEAR_CLOSED)
    if decided.locked:
        return Refusal(Closed.LOCKED)
    if decided.opened:
        return None
    if decided.approved and rules.locked_by_approval:
        return Refusal(Closed.APPROVED)
    if days.opens is not None and on < days.opens:
        return Refusal(Closed.NOT_OPENED, days.opens)
    if days.locks is not None and on > days.locks:
        return Refusal(Closed.PAST_LOCK, days.locks)
    return None


def _counted(basis: CutOff, period: Period) -> tuple[date, date]:
    """First and last day that count; reporting is to date, so it begins with the year."""
    if basis is CutOff.CALENDAR_MONTH:
        return date(period.year, 1, 1), period.end
    last = date(period.year, _LAST_MONTH[period.quarter], _CUT_OFF_DAY)
    return date(period.year - 1, 12, _CUT_OFF_DAY + 1), last
