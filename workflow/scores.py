"""A unit gives itself points, the emulation secretary verifies them: two acts on one sheet.

The computed points stay as they are and make the rank (METHOD 11). Nobody verifies what they gave
themselves, nor the points of the unit they report for. Of a closed year nothing more is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from kpi.findings import NotAllowed
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Act, Actor, Scope
from kpi.score_sheets import Given, Voice, criteria, mistake, said
from reports.standing import Standing
from store import criterion_scores, standings
from store.engine import Session, SessionFactory
from workflow.gate import Entry, ScopeOf, perform
from workflow.standings import Ground, standing_at

ACTS = {Voice.SELF: Act.SCORE_SELF, Voice.VERIFIED: Act.VERIFY_SCORE}


def give(
    factory: SessionFactory, actor: Actor, ground: Ground, given: Sequence[Given], *, at: datetime
) -> None:
    """Keep points for criteria of one unit at one period, said by one voice; all or none of them.

    Raises:
        NotAllowed: if the actor may not, the year is closed or has no rules, or some points
            cannot stand: outside the criterion's, or other than computed without a reason.
    """
    first = given[0]
    period, unit = Period.parse(first.period), first.org_unit
    kept = [replace(one, note=one.note.strip(), said_by=actor.id, said_at=at) for one in given]
    with factory() as reading:  # takes a moment: nobody should wait for it to write
        found = standing_at(reading, ground, period, as_of=None, today=local_date(at))

    def work(session: Session, entry: Entry) -> None:
        keep(session, entry, found, kept)

    perform(factory, actor, ACTS[first.voice], work, at=at, scope_of=scope_of(unit, period))


def keep(session: Session, entry: Entry, found: Standing | None, given: Sequence[Given]) -> None:
    """Part of an act: points of one unit, by ``found``, the standing they stand beside.

    Raises:
        NotAllowed: if the year is closed, or some points cannot stand.
    """
    first = given[0]
    year = Period.parse(first.period).year
    entry.subject = about(first.org_unit, first.period)
    if standings.closed(session, year) is not None:
        raise NotAllowed("score_closed", subject=str(year))
    for one in given:
        _require_sound(found, one)
        criterion_scores.add(session, one)
        entry.details[one.criterion] = said(one)


def about(unit: str, period: str) -> str:
    """What the log names as the subject of these acts."""
    return f"{unit} {period}"


def scope_of(unit: str, period: Period) -> ScopeOf:
    """What permission to give a unit points depends on: who gave it its own."""

    def scope(session: Session) -> Scope:
        known = criterion_scores.every(session, period.code)
        own = (one for one in known if one.org_unit == unit and one.voice is Voice.SELF)
        return Scope(reporter=unit, given_by=frozenset(one.said_by for one in own))

    return scope


def _require_sound(found: Standing | None, given: Given) -> None:
    placed = None if found is None else found.placed(given.org_unit)
    if found is None or placed is None:
        year = given.period[:4]
        raise NotAllowed("standing_without_rules", subject=year)
    rules = found.rules
    known = criteria(rules, placed.score)
    own = found.sheet(given.org_unit).own.get(given.criterion)
    wrong = mistake(given, known, own, rules.decimals)
    if wrong is not None:
        most = known[given.criterion].most if given.criterion in known else 0
        facts = {"most": f"{most:f}", "decimals": str(rules.decimals)} if most else {}
        raise NotAllowed(wrong, subject=given.criterion, **facts)
