"""Opening and locking a period, an exception for one reporter, and who may send now.

The calendar of the definitions says from when to when a form may be sent. An
administrator may open a period in spite of it, lock it, close a year, or let one
reporter send until a day; each is an act with its audit event. ``require_open`` is asked
inside the act of sending or withdrawing, so that a lock holds from the moment it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from kpi.calendar import Closed, Decisions, FormCalendar, Refusal, Window, refusal
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.forms import form_of
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Act, Actor
from kpi.plan_years import PlanYears
from store import periods, submissions
from store.engine import Session, SessionFactory
from store.periods import LOCKED, OPEN, PeriodException, PeriodState
from workflow.gate import Entry, perform

FORMS = ("A", "B")


def closed(
    session: Session,
    definitions: Definitions,
    form: str,
    reporter: str,
    period: Period,
    at: datetime,
) -> Refusal | None:
    """Why a reporter's form cannot be sent or withdrawn now; None if it can."""
    rules = definitions.calendar.get(form, FormCalendar())
    states = periods.states(session, form)
    own, year = states.get((form, period.code)), states.get((form, str(period.year)))
    granted = periods.exceptions(session, reporter=reporter, period=period.code)
    latest = submissions.latest(session, reporter, period.code, standing=True)
    decided = Decisions(
        opened=own is not None and own.state == OPEN,
        locked=own is not None and own.state == LOCKED,
        year_locked=year is not None and year.state == LOCKED,
        approved=latest is not None and latest.state == submissions.APPROVED,
        exception_until=granted[0].until if granted else None,
    )
    found = refusal(rules, definitions.window(form, period), decided, local_date(at))
    locked = {Closed.LOCKED: own, Closed.YEAR_CLOSED: year}.get(found.code) if found else None
    if found is None or locked is None:
        return found
    return replace(found, day=local_date(locked.decided_at))


def standing(
    session: Session, definitions: Definitions, form: str, period: Period, at: datetime
) -> str:
    """``open``, or the code of why it is closed, for everybody without an exception."""
    found = closed(session, definitions, form, "", period, at)
    return OPEN if found is None else found.code.value


@dataclass(frozen=True)
class Standing:
    """How one form stands at one period, for everybody and for those with an exception."""

    form: str
    period: Period
    state: str  # ``open``, or the code of why it is closed
    days: Window
    decided: PeriodState | None  # by a person; None: the calendar rules
    exceptions: tuple[PeriodException, ...]


def standings(
    session: Session, years: PlanYears, org_units: OrgUnits, at: datetime
) -> list[Standing]:
    """Every form at every quarter of the plan years, oldest first."""
    decided = periods.states(session)
    found = []
    for period in years.quarters:
        definitions = years.of(period)
        granted = periods.exceptions(session, period=period.code)
        for form in FORMS:
            own = decided.get((form, period.code)) or decided.get((form, str(period.year)))
            found.append(
                Standing(
                    form=form,
                    period=period,
                    state=standing(session, definitions, form, period, at),
                    days=definitions.window(form, period),
                    decided=own,
                    exceptions=tuple(e for e in granted if form_of(e.reporter, org_units) == form),
                )
            )
    return found


def require_open(
    session: Session,
    definitions: Definitions,
    form: str,
    reporter: str,
    period: Period,
    at: datetime,
) -> None:
    """Go on only if the period is open.

    Raises:
        NotAllowed: with the reason and the day it depends on.
    """
    found = closed(session, definitions, form, reporter, period, at)
    if found is not None:
        raise refused(found, reporter, period)


def refused(found: Refusal, reporter: str, period: Period) -> NotAllowed:
    """The refusal as an error with the facts of its sentence."""
    day = found.day.isoformat() if found.day else ""
    return NotAllowed(found.code, subject=reporter, period=period.code, day=day)


def open_period(
    factory: SessionFactory, actor: Actor, period: Period, *, at: datetime, reason: str = "",
    forms: Iterable[str] = FORMS,
) -> None:  # fmt: skip
    """Let everybody send for a period (or a year), whatever the calendar says.

    Raises:
        NotAllowed: if the actor may not.
    """
    _decide(factory, actor, Act.OPEN_PERIOD, OPEN, period, at, reason, tuple(forms))


def lock_period(
    factory: SessionFactory, actor: Actor, period: Period, *, at: datetime, reason: str = "",
    forms: Iterable[str] = FORMS,
) -> None:  # fmt: skip
    """Let nobody send or withdraw for a period; a year's lock closes all its quarters.

    Raises:
        NotAllowed: if the actor may not.
    """
    _decide(factory, actor, Act.LOCK_PERIOD, LOCKED, period, at, reason, tuple(forms))


def grant_exception(
    factory: SessionFactory,
    actor: Actor,
    reporter: str,
    period: Period,
    *,
    until: date,
    reason: str,
    at: datetime,
) -> None:
    """Let one reporter send for a period until a day, even if it is locked for others.

    Raises:
        NotAllowed: if the actor may not, or gives no reason.
    """

    def work(session: Session, entry: Entry) -> None:
        if not reason.strip():
            raise NotAllowed("no_reason", subject=f"{reporter} {period}")
        exception = PeriodException(
            reporter, period.code, until, reason.strip(), actor.id, granted_at=at
        )
        periods.grant(session, exception)
        entry.subject = period.code
        entry.details = {"reporter": reporter, "until": until.isoformat(), "reason": reason}

    perform(factory, actor, Act.GRANT_EXCEPTION, work, at=at)


def _decide(
    factory: SessionFactory, actor: Actor, act: Act, state: str, period: Period, at: datetime,
    reason: str, forms: tuple[str, ...],
) -> None:  # fmt: skip
    def work(session: Session, entry: Entry) -> None:
        for form in forms:
            decision = PeriodState(form, period.code, state, reason.strip(), actor.id, at)
            periods.decide(session, decision)
        entry.subject = period.code
        entry.details = {"forms": ", ".join(forms), "reason": reason.strip()}

    perform(factory, actor, act, work, at=at)
