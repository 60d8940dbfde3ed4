"""A workbook is sent.

``submit`` stores the file, its observations, the findings and the audit event in one
transaction, together with the approval where the form is approved automatically.
Sending the same file again changes nothing and gives the same receipt, unless it was
returned or withdrawn in the meantime. What becomes of it then: ``workflow.decisions``,
whose acts can be had from here as well.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import NO_ANSWERS, Answers, unexplained
from kpi.findings import NotExplained, SubmissionRejected
from kpi.periods import Period
from kpi.permissions import Act, Actor, Scope
from kpi.plan_years import DefinitionsOf
from kpi.submissions import FormReading
from store import observations, submissions
from store.engine import Session, SessionFactory
from store.submissions import NewSubmission, Submission
from workflow.actors import AUTOMATIC_APPROVER
from workflow.decisions import approve, approving, expected_figures, return_, scope_of, withdraw
from workflow.gate import Entry, perform, within
from workflow.inspection import Inspection, inspect, inspect_form
from workflow.periods import require_open
from workflow.reading import read_report
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
    period: Period | None = None,
    answers: Answers = NO_ANSWERS,
) -> Receipt:
    """Check a workbook and store it, all or nothing.

    Raises:
        UnreadableWorkbook: if the file is not one of our forms, nor a table that its
            reporter has confirmed.
        SubmissionRejected: if an error was found; every finding is in it.
        NotExplained: if a warning was found that ``answers`` do not explain.
        NotAllowed: if the actor may not send for this reporter.
        StoreBusy: if the database stayed locked.
    """
    with factory() as session:
        form = read_report(
            session, definitions, org_units, data, file_name, reporter=reporter, period=period
        )
    sending = Sending(
        form=form, data=data, digest=hashlib.sha256(data).hexdigest(), by=actor, at=at,
        definitions=definitions.of(form.period), org_units=org_units, reporter=reporter,
        answers=answers,
    )  # fmt: skip
    send, scope = partial(_taken_in, sending), Scope(reporter=reporter or form.reporter)
    return perform(factory, actor, Act.SUBMIT, send, at=at, scope_of=lambda _session: scope)


@dataclass(frozen=True)
class Sending:
    """A workbook on its way in: what stands in it, who sends it, by what rules it is looked at."""

    form: FormReading
    data: bytes
    digest: str
    by: Actor
    at: datetime
    definitions: Definitions
    org_units: OrgUnits
    reporter: str | None  # whose it is said to be
    answers: Answers


def _taken_in(sending: Sending, session: Session, entry: Entry) -> Receipt:
    """Within the transaction: everything that is to be kept of it, or an exception."""
    if known := _sent_before(session, sending):
        entry.nothing_changed = True
        return known
    found = _acceptable(session, sending)
    form = sending.form
    period = Period.parse(form.period)
    require_open(session, sending.definitions, form.form, form.reporter, period, sending.at)
    submissions.keep_file(session, sending.digest, sending.data, sending.at)
    stored = _store(session, _new(sending, found), found, entry)
    if sending.definitions.approval[form.form] == AUTOMATIC:
        stored = _approved(session, stored, sending)
    return receipt_of(stored, found.observations, found.changes)


def _sent_before(session: Session, sending: Sending) -> Receipt | None:
    """The receipt these very bytes have got already, if they still stand."""
    form = sending.form
    earlier = submissions.latest(session, form.reporter, form.period, standing=True)
    if earlier is None or earlier.file_digest != sending.digest:
        return None
    return receipt_of(earlier, observations.stated_by(session, earlier.id), duplicate=True)


def _acceptable(session: Session, sending: Sending) -> Inspection:
    """What the workbook holds, every warning explained; an exception if it cannot be kept."""
    answers = sending.answers
    found = inspect_form(
        session,
        sending.definitions,
        sending.org_units,
        sending.form,
        sending.reporter,
        data=sending.data,
        single_quarters=answers.single_quarters,
    )
    found = replace(found, findings=answers.explain(found.findings))
    if not found.outcome.accepted:
        raise SubmissionRejected(found.findings)
    if missing := unexplained(found.findings):
        raise NotExplained(missing)
    return found


def _approved(session: Session, stored: Submission, sending: Sending) -> Submission:
    """Let in at once what no person has to look at."""
    definitions, org_units, at = sending.definitions, sending.org_units, sending.at
    return within(
        session,
        AUTOMATIC_APPROVER,
        Act.APPROVE,
        approving(AUTOMATIC_APPROVER, stored.id, at, definitions, org_units),
        at=at,
        scope_of=scope_of(stored.id),
    )


def _new(sending: Sending, found: Inspection) -> NewSubmission:
    form = sending.form
    return NewSubmission(
        reporter=form.reporter,
        form=form.form,
        period=form.period,
        file_digest=sending.digest,
        file_name=form.file_name[-_LONGEST_NAME:],
        template_version=form.template_version,
        definitions_version=sending.definitions.version,
        outcome=found.outcome,
        findings=found.findings,
        note=sending.answers.note,
        submitted_by=sending.by.id,
        submitted_at=sending.at,
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
