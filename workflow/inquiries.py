"""Explanations are asked for, answered, accepted, sent back or no longer needed.

Each step is one act with its audit event. The write lock lets exactly one of two steps at
once win; the other is told what has become of the inquiry. A figure has one open
inquiry at most, so that its owner answers one question and not three.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.inquiries import (
    TRANSITIONS,
    Inquiry,
    Question,
    Step,
    Taken,
    owner_of,
    rests_on,
)
from kpi.local_time import local_date
from kpi.numbers import plain
from kpi.permissions import Act, Actor, Scope
from kpi.plan_years import DefinitionsOf
from store import inquiries, observations, submissions
from store.engine import Session, SessionFactory
from store.evidence import Place
from store.submissions import Submission
from workflow.evidence import NOTHING, Enclosed, keep, sound
from workflow.gate import Entry, ScopeOf, perform

_ACTS = {
    Step.ANSWER: Act.ANSWER,
    Step.ACCEPT: Act.ACCEPT_ANSWER,
    Step.RETURN: Act.RETURN_ANSWER,
    Step.WITHDRAW: Act.WITHDRAW_QUESTION,
}
_NEEDS_WORDS = (Step.ANSWER, Step.RETURN)
_STANDING = (submissions.SUBMITTED, submissions.APPROVED)
Correcting = Callable[[Session, Inquiry], Collection[int]]


def ask(
    factory: SessionFactory,
    actor: Actor,
    question: Question,
    *,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    at: datetime,
) -> int:
    """Ask for an explanation of one figure; returns the inquiry's number.

    Raises:
        NotAllowed: if the actor may not, says nothing, names a day that has passed, the
            figure has no single reporter, or is asked about already.
    """
    asked = replace(question, text=question.text.strip())
    of_year = definitions.of(asked.period)

    def work(session: Session, entry: Entry) -> int:
        owner = _owner(of_year, org_units, asked)
        if not asked.text:
            raise NotAllowed("no_question", subject=asked.indicator)
        if asked.due < local_date(at):
            raise NotAllowed("due_passed", subject=asked.indicator)
        figure = asked.indicator, asked.org_unit, asked.period.code
        for known in inquiries.about(session, *figure):
            if known.is_open:
                raise NotAllowed("already_asked", subject=str(known.id))
        number = inquiries.add(session, asked, owner, by=actor.id, at=at)
        entry.subject = str(number)
        entry.details = _told(asked, owner)
        return number

    return perform(factory, actor, Act.ASK, work, at=at)


def _told(asked: Question, owner: str) -> dict[str, str]:
    """The question as the log tells it, and ``verify`` holds it against."""
    return {
        "indicator": asked.indicator,
        "org_unit": asked.org_unit,
        "period": asked.period.code,
        "owner": owner,
        "due": asked.due.isoformat(),
        "status": asked.status,
        "value": "" if asked.value is None else f"{plain(asked.value):f}",
        "said": asked.text,
    }


def answer(
    factory: SessionFactory,
    actor: Actor,
    number: int,
    text: str,
    *,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    at: datetime,
    submission: int | None = None,
    enclosed: Enclosed = NOTHING,
) -> Inquiry:
    """Answer in words, with files, and where the figure was wrong with the report that corrects it.

    Raises:
        LookupError: if there is no such inquiry.
        NotAllowed: if the actor does not report for its owner, says nothing, or the report
            does not correct this figure; a file cannot be kept; or the inquiry awaits no answer.
    """

    def correcting(session: Session, known: Inquiry) -> Collection[int]:
        return [one.id for one in corrections(session, known, definitions, org_units)]

    taken = Taken(Step.ANSWER, text.strip(), actor.id, at, submission)
    return _take(factory, actor, number, taken, correcting, enclosed)


def accept(
    factory: SessionFactory, actor: Actor, number: int, remark: str = "", *, at: datetime
) -> Inquiry:
    """Be content with the answer.

    Raises:
        LookupError: if there is no such inquiry.
        NotAllowed: if the actor may not, or answered; or there is no answer to judge.
    """
    return _take(factory, actor, number, Taken(Step.ACCEPT, remark.strip(), actor.id, at))


def return_(
    factory: SessionFactory, actor: Actor, number: int, reason: str, *, at: datetime
) -> Inquiry:
    """Send the answer back with a reason; another one is awaited.

    Raises:
        LookupError: if there is no such inquiry.
        NotAllowed: as ``accept``, and without a reason.
    """
    return _take(factory, actor, number, Taken(Step.RETURN, reason.strip(), actor.id, at))


def withdraw(
    factory: SessionFactory, actor: Actor, number: int, reason: str = "", *, at: datetime
) -> Inquiry:
    """Need no answer any more.

    Raises:
        LookupError: if there is no such inquiry.
        NotAllowed: if the actor may not, or the inquiry has come to its end.
    """
    return _take(factory, actor, number, Taken(Step.WITHDRAW, reason.strip(), actor.id, at))


def scope_of(number: int) -> ScopeOf:
    """What permission to take a step depends on."""

    def scope(session: Session) -> Scope:
        known = _existing(session, number)
        return Scope(known.owner, submitted_by=known.answered_by)

    return scope


def _take(
    factory: SessionFactory,
    actor: Actor,
    number: int,
    taken: Taken,
    correcting: Correcting = lambda _session, _known: (),
    enclosed: Enclosed = NOTHING,
) -> Inquiry:
    def work(session: Session, entry: Entry) -> Inquiry:
        known = _existing(session, number)
        allowed, leads_to = TRANSITIONS[taken.step]
        if known.state not in allowed:
            raise NotAllowed("inquiry_moved", subject=str(number), state=known.state)
        if taken.step in _NEEDS_WORDS and not taken.said:
            raise NotAllowed("nothing_said", subject=str(number))
        if taken.submission is not None and taken.submission not in correcting(session, known):
            raise NotAllowed("wrong_correction", subject=str(taken.submission))
        files = sound(enclosed)
        place = Place(number, inquiries.add_step(session, number, taken))
        entry.subject = str(number)
        entry.details = {
            "owner": known.owner,
            "state": leads_to,
            "said": taken.said,
            "submission": str(taken.submission or ""),
        }
        keep(session, entry, files, place, by=taken.by, at=taken.at)
        return _existing(session, number)

    return perform(factory, actor, _ACTS[taken.step], work, at=taken.at, scope_of=scope_of(number))


def _existing(session: Session, number: int) -> Inquiry:
    known = inquiries.get(session, number)
    if known is None:
        raise LookupError(f"there is no inquiry {number}")
    return known


def _owner(definitions: Definitions, org_units: OrgUnits, asked: Question) -> str:
    indicator = definitions.indicators.get(asked.indicator)
    unit = org_units.units.get(asked.org_unit)
    owner = None if indicator is None or unit is None else owner_of(definitions, indicator, unit)
    if owner is None:
        raise NotAllowed("no_owner", subject=asked.indicator)
    return owner


def corrections(
    session: Session, known: Inquiry, definitions: DefinitionsOf, org_units: OrgUnits
) -> list[Submission]:
    """The owner's reports sent since the question that state its figure or a part of it."""
    question = known.question
    of_year = definitions.of(question.period)
    sent = submissions.listed(session, reporter=known.owner)
    return [
        one
        for one in sent
        if one.state in _STANDING
        and one.submitted_at >= known.asked_at
        and rests_on(
            of_year,
            org_units.units[question.org_unit],
            question.indicator,
            ((o.indicator, o.org_unit) for o in observations.stated_by(session, one.id)),
        )
    ]
