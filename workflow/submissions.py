"""A workbook is sent.

``submit`` stores the file, its observations, the findings and the audit event in one
transaction, together with the approval where the form is approved automatically.
Sending the same file again changes nothing and gives the same receipt, unless it was
returned or withdrawn in the meantime. What becomes of it then: ``workflow.decisions``,
whose acts can be had from here as well.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import SubmissionRejected
from kpi.periods import Period
from kpi.permissions import Act, Actor, Scope
from kpi.plan_years import DefinitionsOf
from kpi.submissions import FormReading
from loaders.workbook import read_form
from store import observations, submissions
from store.engine import Session, SessionFactory
from store.submissions import NewSubmission, Submission
from workflow.actors import AUTOMATIC_APPROVER
from workflow.decisions import approve, approving, expected_figures, return_, scope_of, withdraw
from workflow.gate import Entry, perform, within
from workflow.inspection import Inspection, inspect, inspect_form
from workflow.periods import require_open
from workflow.receipts import Receipt, receipt_of

AUTOMATIC = "automatic"
_LONGEST_NAME = 255

__all__ = [
    "Inspection",
    "Receipt",
    "approve",
    "expected_figures",
    "inspect",
    "return_",
    "submit",
    "withdraw",
]


def submit(
    factory: SessionFactory,
    actor: Actor,
    data: bytes,
    file_name: str,
    *,
    at: datetime,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    reporter: str | None = None,
    note: str = "",
) -> Receipt:
    """Check a workbook and store it, all or nothing.

    Args:
        definitions: those of the plan years; the form's period says which hold.
        note: what the sender has to say about the warnings; kept with the submission.

    Raises:
        UnreadableWorkbook: if the file is not one of our forms.
        SubmissionRejected: if an error was found; every finding is in it.
        NotAllowed: if the actor may not send for this reporter.
        StoreBusy: if the database stayed locked.
    """
    form = read_form(data, file_name)
    asked = definitions.of(form.period)
    digest = hashlib.sha256(data).hexdigest()

    def send(session: Session, entry: Entry) -> Receipt:
        earlier = submissions.latest(session, form.reporter, form.period, standing=True)
        if earlier is not None and earlier.file_digest == digest:
            entry.nothing_changed = True
            return receipt_of(earlier, observations.stated_by(session, earlier.id), duplicate=True)
        found = inspect_form(session, asked, org_units, form, reporter)
        if not found.outcome.accepted:
            raise SubmissionRejected(found.findings)
        period = Period.parse(form.period)
        require_open(session, asked, form.form, form.reporter, period, at)
        submissions.keep_file(session, digest, data, at)
        new = _new(form, found, asked, digest=digest, note=note, by=actor.id, at=at)
        stored = _store(session, new, found, entry)
        if asked.approval[form.form] == AUTOMATIC:
            stored = within(
                session,
                AUTOMATIC_APPROVER,
                Act.APPROVE,
                approving(AUTOMATIC_APPROVER, stored.id, at, definitions, org_units),
                at=at,
                scope_of=scope_of(stored.id),
            )
        return receipt_of(stored, found.observations, found.changes)

    scope = Scope(reporter=reporter or form.reporter)
    return perform(factory, actor, Act.SUBMIT, send, at=at, scope_of=lambda _session: scope)


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
