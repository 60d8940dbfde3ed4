"""The standing by the rules in force; closing a year; trying changed rules beforehand.

The rules come from the installation's file as long as the year is open. Closing keeps them
letter by letter with the moment and the decision: from then on the year's standing is what was
known then under those rules, and it cannot be closed again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from kpi.definitions import OrgUnits
from kpi.findings import NotAllowed
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Act, Actor
from kpi.plan_years import PlanYears
from loaders.emulation import parse_rules
from reports.standing import Standing, standing
from reports.standing_json import digest
from store import standings
from store.engine import Session, SessionFactory
from store.standings import ClosedStanding
from workflow.gate import Entry, perform


@dataclass(frozen=True)
class Ground:
    """What a standing is made from, besides the database: all of it from ``bootstrap``."""

    rules: str | None  # of the period's year, letter by letter; None: there are none
    years_at: Callable[[Session, datetime | None], PlanYears]
    org_units: OrgUnits


def standing_at(
    session: Session, ground: Ground, period: Period, *, as_of: datetime | None, today: date
) -> Standing | None:
    """The standing at a period; of a closed year the one it was closed with.

    Returns:
        None where the year has no rules.

    Raises:
        DefinitionsError: if the rules cannot be used.
    """
    closed = standings.closed(session, period.year)
    if closed is not None and (as_of is None or as_of >= closed.known_at):
        kept = replace(ground, rules=closed.rules)
        found = _made(session, kept, period, closed.known_at, local_date(closed.known_at))
        return None if found is None else replace(found, closed=closed)
    return _made(session, ground, period, as_of, today)


def rehearsed(
    session: Session, ground: Ground, period: Period, *, as_of: datetime | None, today: date
) -> Standing | None:
    """The standing by other rules; nothing is kept.

    A closed year's is made from what was known when it was closed, as the one it stands
    beside is: only the rules differ.
    """
    closed = standings.closed(session, period.year)
    if closed is not None and (as_of is None or as_of >= closed.known_at):
        as_of, today = closed.known_at, local_date(closed.known_at)
    return _made(session, ground, period, as_of, today)


def close_year(
    factory: SessionFactory, actor: Actor, ground: Ground, year: int, *, decision: str, at: datetime
) -> ClosedStanding:
    """Make the standing of a year final, as it is known now.

    Raises:
        NotAllowed: if the actor may not, the year is closed already, it has no rules, or no
            decision is named.
    """

    def work(session: Session, entry: Entry) -> ClosedStanding:
        entry.subject = str(year)
        if not decision.strip():
            raise NotAllowed("standing_without_decision", subject=str(year))
        if standings.closed(session, year) is not None:
            raise NotAllowed("standing_closed", subject=str(year))
        found = _made(session, ground, Period(year, 4), at, local_date(at))
        if found is None or ground.rules is None:
            raise NotAllowed("standing_without_rules", subject=str(year))
        one = ClosedStanding(year, ground.rules, at, digest(found), decision.strip(), actor.id, at)
        standings.close(session, one)
        rules = sha256(one.rules.encode()).hexdigest()
        entry.details = {"decision": one.decision, "digest": one.digest, "rules": rules}
        return one

    return perform(factory, actor, Act.CLOSE_STANDING, work, at=at)


def _made(
    session: Session, ground: Ground, period: Period, as_of: datetime | None, today: date
) -> Standing | None:
    if ground.rules is None:
        return None
    years = ground.years_at(session, as_of)
    year = years.at(period)
    rules = parse_rules(ground.rules, f"{period.year}.yaml", year.definitions)
    return standing(
        session,
        years,
        ground.org_units,
        rules,
        period=period,
        history_fixed_at=year.history_fixed_at,
        as_of=as_of,
        today=today,
    )
