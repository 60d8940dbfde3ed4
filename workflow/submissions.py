"""A workbook is sent and approved.

``submit`` stores the file, its observations, the findings and the audit event in one
transaction, together with the approval where the form is approved automatically.
Sending the same file again changes nothing and gives the same receipt. Returning and
withdrawing are not here yet.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kpi.changes import Change
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, NotAllowed, Outcome, SubmissionRejected
from kpi.forms import rows_of
from kpi.observations import Observation
from kpi.periods import Period
from kpi.permissions import Act, Actor, Scope
from kpi.submissions import FormReading
from loaders.workbook import read_form
from store import observations, submissions
from store.engine import Session, SessionFactory
from store.submissions import NewSubmission, Submission
from workflow.actors import AUTOMATIC_APPROVER
from workflow.gate import Doing, Entry, ScopeOf, perform, within
from workflow.inspection import Inspection, inspect, inspect_form

AUTOMATIC = "automatic"
_LONGEST_NAME = 255

__all__ = ["Inspection", "Receipt", "approve", "expected_figures", "inspect", "submit"]


@dataclass(frozen=True)
class Receipt:
    """What the sender keeps; ``duplicate``: these very bytes were already here."""

    submission: int
    code: str
    revision: int
    state: str
    reporter: str
    period: str
    received_at: datetime
    observations: tuple[Observation, ...]
    findings: tuple[Finding, ...]
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    duplicate: bool = False


def submit(
    factory: SessionFactory,
    actor: Actor,
    data: bytes,
    file_name: str,
    *,
    at: datetime,
    definitions: Definitions,
    org_units: OrgUnits,
    reporter: str | None = None,
    note: str = "",
) -> Receipt:
    """Check a workbook and store it, all or nothing.

    Args:
        note: what the sender has to say about the warnings; kept with the submission.

    Raises:
        UnreadableWorkbook: if the file is not one of our forms.
        SubmissionRejected: if an error was found; every finding is in it.
        NotAllowed: if the actor may not send for this reporter.
        StoreBusy: if the database stayed locked.
    """
    form = read_form(data, file_name)
    digest = hashlib.sha256(data).hexdigest()

    def send(session: Session, entry: Entry) -> Receipt:
        earlier = submissions.latest(session, form.reporter, form.period)
        if earlier is not None and earlier.file_digest == digest:
            entry.nothing_changed = True
            return _receipt(earlier, observations.stated_by(session, earlier.id), duplicate=True)
        found = inspect_form(session, definitions, org_units, form, reporter)
        if not found.outcome.accepted:
            raise SubmissionRejected(found.findings)
        submissions.keep_file(session, digest, data, at)
        new = _new(form, found, definitions, digest=digest, note=note, by=actor.id, at=at)
        stored = _store(session, new, found, entry)
        if definitions.approval[form.form] == AUTOMATIC:
            stored = within(
                session,
                AUTOMATIC_APPROVER,
                Act.APPROVE,
                _approval(AUTOMATIC_APPROVER, stored.id, at, definitions, org_units),
                at=at,
                scope_of=_scope_of(stored.id),
            )
        return _receipt(stored, found.observations, found.changes)

    scope = Scope(reporter=reporter or form.reporter)
    return perform(factory, actor, Act.SUBMIT, send, at=at, scope_of=lambda _session: scope)


def approve(
    factory: SessionFactory,
    actor: Actor,
    submission: int,
    *,
    at: datetime,
    definitions: Definitions,
    org_units: OrgUnits,
) -> Receipt:
    """Put a submission's observations in force.

    Raises:
        LookupError: if there is no such submission.
        NotAllowed: if the actor may not, sent it themselves, or somebody has decided already.
    """
    approval = _approval(actor, submission, at, definitions, org_units)

    def work(session: Session, entry: Entry) -> Receipt:
        stored = approval(session, entry)
        return _receipt(stored, observations.stated_by(session, submission))

    return perform(factory, actor, Act.APPROVE, work, at=at, scope_of=_scope_of(submission))


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


def _approval(
    actor: Actor, number: int, at: datetime, definitions: Definitions, org_units: OrgUnits
) -> Doing[Submission]:
    """What approving does, whether in a transaction of its own or in the sender's."""

    def work(session: Session, entry: Entry) -> Submission:
        stored = _existing(session, number)
        if stored.state != submissions.SUBMITTED:
            raise NotAllowed("already_decided", subject=str(number), state=stored.state)
        period = Period.parse(stored.period)
        expected = expected_figures(definitions, org_units, stored.reporter, period)
        submissions.decide(session, number, submissions.APPROVED, by=actor.id, at=at)
        observations.put_in_force(session, number)
        observations.count_complete(session, expected)
        entry.subject = str(number)
        entry.details = {"reporter": stored.reporter, "period": stored.period}
        return _existing(session, number)

    return work


def _new(
    form: FormReading,
    found: Inspection,
    definitions: Definitions,
    *,
    digest: str,
    note: str,
    by: str,
    at: datetime,
) -> NewSubmission:
    return NewSubmission(
        reporter=form.reporter,
        form=form.form,
        period=form.period,
        file_digest=digest,
        file_name=form.file_name[-_LONGEST_NAME:],
        template_version=form.template_version,
        definitions_version=definitions.version,
        outcome=found.outcome,
        findings=found.findings,
        note=note,
        submitted_by=by,
        submitted_at=at,
    )


def _store(session: Session, new: NewSubmission, found: Inspection, entry: Entry) -> Submission:
    stored = submissions.add(session, new)
    observations.add(session, stored.id, found.observations)
    entry.subject = str(stored.id)
    entry.details = {
        "reporter": stored.reporter,
        "period": stored.period,
        "revision": str(stored.revision),
        "file": stored.file_digest,
    }
    return stored


def _existing(session: Session, number: int) -> Submission:
    stored = submissions.get(session, number)
    if stored is None:
        raise LookupError(f"there is no submission {number}")
    return stored


def _scope_of(number: int) -> ScopeOf:
    def scope(session: Session) -> Scope:
        stored = _existing(session, number)
        return Scope(reporter=stored.reporter, submitted_by=stored.submitted_by)

    return scope


def _receipt(
    stored: Submission,
    stated: tuple[Observation, ...],
    would_change: tuple[Change, ...] = (),
    *,
    duplicate: bool = False,
) -> Receipt:
    return Receipt(
        submission=stored.id,
        code=stored.code,
        revision=stored.revision,
        state=stored.state,
        reporter=stored.reporter,
        period=stored.period,
        received_at=stored.submitted_at,
        observations=stated,
        findings=stored.findings,
        outcome=stored.outcome,
        changes=would_change,
        duplicate=duplicate,
    )
