"""Does what is stored agree with itself? A plain second way, for ``manage.py verify``.

What is in force is kept up by SQL at each approval (``store.observations``). Here it is
worked out again row by row in Python, from the approved submissions alone, and the two
are compared: a mistake in the one is not repeated in the other. Only reads; what a fault
means for people is said in ``texts``.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kpi.inquiries import WrongStep, after
from kpi.observations import ObsStatus
from store import audit, inquiries
from store.publication_schema import publication
from store.schema import (
    audit_event,
    completeness,
    current_observation,
    observation,
    submission,
    submission_file,
)
from store.submissions import APPROVED, RETURNED, SUBMITTED, WITHDRAWN
from store.urging_schema import evidence

STATE_AFTER = {
    "submission.submit": SUBMITTED,
    "submission.approve": APPROVED,
    "submission.return": RETURNED,
    "submission.withdraw": WITHDRAWN,
}
WITH_FILES = ("explanation.answer", "milestone.record")  # the acts that may keep evidence
OF_INQUIRIES = "explanation."  # the acts of asking, answering and judging answers
Pair = tuple[str, str]  # organisation unit, period code


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it should be; ``code`` names its text (``verify.<code>``)."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class InForce:
    """The vintage in force of one figure."""

    observation: int
    submission: int
    value: Decimal | None
    status: str


def hold_still(session: Session) -> None:
    """See one state of the database to the end, whatever others write meanwhile.

    Begins a new reading transaction: the one that was open saw an older state.
    """
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def audit_faults(session: Session) -> Iterator[Fault]:
    """Events that do not follow from the one before."""
    for number in audit.faults(session):
        yield Fault("audit_chain", {"event": str(number)})


def file_faults(session: Session) -> Iterator[Fault]:
    """Workbooks whose bytes are not those that were sent, and submissions without one."""
    for digest in list(session.scalars(select(submission_file.c.digest))):
        content = session.scalar(
            select(submission_file.c.content).where(submission_file.c.digest == digest)
        )
        if hashlib.sha256(content or b"").hexdigest() != digest:
            yield Fault("file_altered", {"digest": digest})
    without = (
        select(submission.c.id, submission.c.file_digest)
        .outerjoin(submission_file, submission_file.c.digest == submission.c.file_digest)
        .where(submission_file.c.digest.is_(None))
        .order_by(submission.c.id)
    )
    for row in session.execute(without):
        yield Fault("no_file", {"submission": str(row.id), "digest": row.file_digest})


def evidence_faults(session: Session) -> Iterator[Fault]:
    """Files kept as evidence that are not those of the audit log, or whose bytes are gone."""
    acts = select(audit_event.c.details).where(
        audit_event.c.act.in_(WITH_FILES), audit_event.c.outcome == audit.DONE
    )
    logged = Counter(digest for details in session.scalars(acts) for digest in _files_of(details))
    rows = session.execute(select(evidence.c.id, evidence.c.file_digest).order_by(evidence.c.id))
    kept = [(row.id, row.file_digest) for row in rows]
    there = set(session.scalars(select(submission_file.c.digest)))
    for number, digest in kept:
        if digest not in there:
            yield Fault("no_evidence", {"evidence": str(number), "digest": digest})
    counted = Counter(digest for _, digest in kept)
    for digest in sorted(counted.keys() | logged.keys()):
        if counted[digest] != logged[digest]:
            yield Fault("evidence_not_logged", {"digest": digest})


def _files_of(details: str) -> list[str]:
    """The digests an event names; none where somebody broke it, which the chain of events says."""
    try:
        found = json.loads(details)
    except ValueError:
        return []
    return str(found.get("files", "")).split() if isinstance(found, dict) else []


def publication_faults(session: Session) -> Iterator[Fault]:
    """Publications whose bytes are not those that were published."""
    for number, digest in list(session.execute(select(publication.c.id, publication.c.digest))):
        content = session.scalar(select(publication.c.archive).where(publication.c.id == number))
        if hashlib.sha256(content or b"").hexdigest() != digest:
            yield Fault("publication_altered", {"publication": str(number)})


def orphan_faults(session: Session) -> Iterator[Fault]:
    """Observations that belong to no submission."""
    query = (
        select(observation.c.id, observation.c.submission_id)
        .outerjoin(submission, submission.c.id == observation.c.submission_id)
        .where(submission.c.id.is_(None))
        .order_by(observation.c.id)
    )
    for row in session.execute(query):
        facts = {"observation": str(row.id), "submission": str(row.submission_id)}
        yield Fault("no_submission", facts)


def state_faults(session: Session) -> Iterator[Fault]:
    """Submissions whose state is not what the audit log says became of them."""
    last: dict[str, str] = {}
    events = (
        select(audit_event.c.subject, audit_event.c.act)
        .where(audit_event.c.act.in_(STATE_AFTER), audit_event.c.outcome == audit.DONE)
        .order_by(audit_event.c.id)
    )
    # The automatic approval is written inside the act of sending, before its event.
    for row in session.execute(events):
        if row.act != "submission.submit" or row.subject not in last:
            last[row.subject] = STATE_AFTER[row.act]
    states = select(submission.c.id, submission.c.state).order_by(submission.c.id)
    for row in session.execute(states):
        logged = last.get(str(row.id), "")
        if logged != row.state:
            facts = {"submission": str(row.id), "state": row.state, "logged": logged or "–"}
            yield Fault("state_not_logged", facts)


def inquiry_faults(session: Session) -> Iterator[Fault]:
    """Inquiries whose steps cannot follow one another, or are not those of the audit log."""
    acts = select(audit_event.c.subject, audit_event.c.act).where(
        audit_event.c.act.startswith(OF_INQUIRIES), audit_event.c.outcome == audit.DONE
    )
    logged: dict[str, list[str]] = {}
    for row in session.execute(acts.order_by(audit_event.c.id)):
        logged.setdefault(row.subject, []).append(row.act.removeprefix(OF_INQUIRIES))
    for known in reversed(inquiries.every(session)):
        facts = {"inquiry": str(known.id)}
        steps = [taken.step for taken in known.steps]
        try:
            after(steps)
        except WrongStep:
            yield Fault("inquiry_steps", facts)
        if logged.pop(facts["inquiry"], []) != ["ask", *steps]:
            yield Fault("inquiry_not_logged", facts)
    for number in logged:
        yield Fault("inquiry_not_logged", {"inquiry": number})


def value_faults(session: Session, filled: Counter[Pair]) -> Iterator[Fault]:
    """Figures in force that do not follow from the approved submissions.

    Args:
        filled: counts into it, per organisation unit and period, the figures that should
            be in force and say something.
    """
    # One indicator at a time: ten million observations do not fit into memory at once.
    for indicator in _indicators(session):
        wanted, kept = _derived(session, indicator), _kept(session, indicator)
        filled.update(pair for pair, one in wanted.items() if one.status != ObsStatus.MISSING)
        for unit, period in sorted(wanted.keys() | kept.keys()):
            facts = {"indicator": indicator, "org_unit": unit, "period": period}
            should, is_ = wanted.get((unit, period)), kept.get((unit, period))
            if should != is_:
                yield Fault("in_force", {**facts, "kept": _words(is_), "derived": _words(should)})


def kept_completeness(session: Session) -> dict[Pair, tuple[int, int]]:
    """(expected, filled) by (organisation unit, period code), as the table says."""
    rows = session.execute(select(completeness))
    return {(row.org_unit, row.period): (row.expected, row.filled) for row in rows}


def approved_forms(session: Session) -> list[tuple[str, str, str]]:
    """(reporter, period, definitions version) of everything approved, oldest first."""
    query = select(submission).where(submission.c.state == APPROVED).order_by(submission.c.id)
    return [(row.reporter, row.period, row.definitions_version) for row in session.execute(query)]


def undecided_approvals(session: Session) -> Iterator[Fault]:
    """Approved submissions of which nobody knows by whom or when."""
    decided = submission.c
    query = select(decided.id).where(
        decided.state == APPROVED, or_(decided.decided_by.is_(None), decided.decided_at.is_(None))
    )
    for number in session.scalars(query):
        yield Fault("no_decision", {"submission": str(number)})


def _indicators(session: Session) -> list[str]:
    found = {
        *session.scalars(select(observation.c.indicator).distinct()),
        *session.scalars(select(current_observation.c.indicator).distinct()),
    }
    return sorted(found)


def _derived(session: Session, indicator: str) -> dict[Pair, InForce]:
    """The newest approved submission that states a figure gives it."""
    query = select(observation, submission.c.state).where(
        observation.c.submission_id == submission.c.id, observation.c.indicator == indicator
    )
    newest: dict[Pair, InForce] = {}
    for row in session.execute(query):
        pair = (row.org_unit, row.period)
        if row.state != APPROVED:
            continue
        if pair not in newest or newest[pair].submission < row.submission_id:
            newest[pair] = InForce(row.id, row.submission_id, row.value, row.status)
    return newest


def _kept(session: Session, indicator: str) -> dict[Pair, InForce]:
    query = select(current_observation).where(current_observation.c.indicator == indicator)
    return {
        (row.org_unit, row.period): InForce(
            row.observation_id, row.submission_id, row.value, row.status
        )
        for row in session.execute(query)
    }


def _words(one: InForce | None) -> str:
    if one is None:
        return "–"
    value = one.status if one.value is None else format(one.value, "f")
    return f"{value} (#{one.submission})"
