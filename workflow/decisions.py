"""What becomes of a submission: approved, returned, or withdrawn by its sender.

``submitted → approved | returned | withdrawn`` and ``approved → withdrawn``. Each act runs
in one transaction with the write lock, so that of two at once exactly one wins and the
other is told what has become of it. Withdrawing an approved submission puts in force
again, figure by figure, what it covered. Nothing is deleted: its file and its
observations stay, and so does the approval.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from kpi.calendar import Closed
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.forms import rows_of
from kpi.periods import Period
from kpi.permissions import Act, Actor, Scope
from kpi.plan_years import DefinitionsOf
from kpi.submissions import CellComment
from store import observations, submissions
from store.engine import Session, SessionFactory
from store.submissions import Submission
from workflow.gate import Doing, Entry, ScopeOf, perform
from workflow.periods import closed, refused
from workflow.receipts import Receipt, receipt_of


def approve(
    factory: SessionFactory,
    actor: Actor,
    submission: int,
    *,
    at: datetime,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
) -> Receipt:
    """Put a submission's observations in force.

    Raises:
        LookupError: if there is no such submission.
        NotAllowed: if the actor may not, sent it themselves, or somebody has decided already.
    """
    approval = approving(actor, submission, at, definitions, org_units)
    return _perform(factory, actor, Act.APPROVE, submission, approval, at)


def return_(
    factory: SessionFactory,
    actor: Actor,
    submission: int,
    *,
    at: datetime,
    reason: str,
    comments: Iterable[CellComment] = (),
) -> Receipt:
    """Send a submission back to be corrected; nothing of it comes into force.

    Raises:
        LookupError: if there is no such submission.
        NotAllowed: if the actor may not, gives no reason, sent it themselves, or somebody
            has decided already.
    """
    said = tuple(comments)

    def work(session: Session, entry: Entry) -> Submission:
        stored = _undecided(session, submission)
        why = _given(reason, stored)
        submissions.decide(
            session,
            submission,
            submissions.RETURNED,
            by=actor.id,
            at=at,
            reason=why,
            comments=said,
        )
        _tell(entry, stored, reason=why, comments=str(len(said)))
        return _existing(session, submission)

    return _perform(factory, actor, Act.RETURN, submission, work, at)


def withdraw(
    factory: SessionFactory,
    actor: Actor,
    submission: int,
    *,
    at: datetime,
    reason: str,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    seen: str | None = None,
) -> Receipt:
    """Take back a submission; what it had put in force gives way to what was there before.

    Args:
        seen: the state that the actor believes it to be in; None: whichever it is.

    Raises:
        LookupError: if there is no such submission.
        NotAllowed: if the actor does not send for its reporter, gives no reason, or it was
            returned or withdrawn already, or is not in the state ``seen`` any more.
    """

    def work(session: Session, entry: Entry) -> Submission:
        stored = _existing(session, submission)
        standing = (submissions.SUBMITTED, submissions.APPROVED)
        if stored.state not in standing or seen not in (None, stored.state):
            raise _decided(stored)
        why = _given(reason, stored)
        _require_open(session, definitions, stored, at)
        submissions.withdraw(session, submission, by=actor.id, at=at, reason=why)
        if stored.state == submissions.APPROVED:
            observations.take_out_of_force(session, submission)
            _count(session, stored, definitions, org_units)
        _tell(entry, stored, reason=why, state=stored.state)
        return _existing(session, submission)

    return _perform(factory, actor, Act.WITHDRAW, submission, work, at)


def approving(
    actor: Actor, number: int, at: datetime, definitions: DefinitionsOf, org_units: OrgUnits
) -> Doing[Submission]:
    """What approving does, whether in a transaction of its own or in the sender's."""

    def work(session: Session, entry: Entry) -> Submission:
        stored = _undecided(session, number)
        submissions.decide(session, number, submissions.APPROVED, by=actor.id, at=at)
        observations.put_in_force(session, number)
        _count(session, stored, definitions, org_units)
        _tell(entry, stored)
        return _existing(session, number)

    return work


def scope_of(number: int) -> ScopeOf:
    """What permission to decide on a submission depends on."""

    def scope(session: Session) -> Scope:
        stored = _existing(session, number)
        return Scope(stored.reporter, stored.submitted_by, stored.form)

    return scope


def expected_figures(
    definitions: Definitions, org_units: OrgUnits, reporter: str, period: Period
) -> Mapping[tuple[str, str], int]:
    """How many figures all reporters are asked for, where this reporter is asked too.

    By (organisation unit, code of the period the figures belong to).
    """
    touched = {
        (row.org_unit.code, row.period.code)
        for row in rows_of(definitions, org_units, reporter, period)
    }
    counted = Counter(
        (row.org_unit.code, row.period.code)
        for one in (*org_units.units, *definitions.agencies)
        for row in rows_of(definitions, org_units, one, period)
    )
    return {pair: counted[pair] for pair in touched}


def _perform(
    factory: SessionFactory,
    actor: Actor,
    act: Act,
    number: int,
    work: Doing[Submission],
    at: datetime,
) -> Receipt:
    def doing(session: Session, entry: Entry) -> Receipt:
        return receipt_of(work(session, entry), observations.stated_by(session, number))

    return perform(factory, actor, act, doing, at=at, scope_of=scope_of(number))


def _existing(session: Session, number: int) -> Submission:
    stored = submissions.get(session, number)
    if stored is None:
        raise LookupError(f"there is no submission {number}")
    return stored


def _undecided(session: Session, number: int) -> Submission:
    stored = _existing(session, number)
    if stored.state != submissions.SUBMITTED:
        raise _decided(stored)
    return stored


def _decided(stored: Submission) -> NotAllowed:
    return NotAllowed("already_decided", subject=str(stored.id), state=stored.state)


def _given(reason: str, stored: Submission) -> str:
    if not reason.strip():
        raise NotAllowed("no_reason", subject=str(stored.id))
    return reason.strip()


def _require_open(
    session: Session, definitions: DefinitionsOf, stored: Submission, at: datetime
) -> None:
    """What an approval has locked is what a withdrawal is for; any other lock holds."""
    period = Period.parse(stored.period)
    found = closed(session, definitions.of(period), stored.form, stored.reporter, period, at)
    if found is not None and found.code is not Closed.APPROVED:
        raise refused(found, stored.reporter, period)


def _count(
    session: Session, stored: Submission, definitions: DefinitionsOf, org_units: OrgUnits
) -> None:
    period = Period.parse(stored.period)
    expected = expected_figures(definitions.of(period), org_units, stored.reporter, period)
    observations.count_complete(session, expected)


def _tell(entry: Entry, stored: Submission, **details: str) -> None:
    entry.subject = str(stored.id)
    entry.details = {"reporter": stored.reporter, "period": stored.period, **details}
