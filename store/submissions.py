"""Submissions and the workbooks they came in.

A workbook's bytes are kept by digest in the transaction that stores its figures, so
whatever was sent can be downloaded again. Which state may follow which is decided in
``workflow``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, update
from sqlalchemy.orm import Session

from kpi.findings import Finding, Outcome
from kpi.submissions import CellComment
from store.adding import added
from store.json_text import (
    comments_from_text,
    comments_to_text,
    findings_from_text,
    findings_to_text,
)
from store.schema import submission, submission_file

SUBMITTED, APPROVED, RETURNED, WITHDRAWN = "submitted", "approved", "returned", "withdrawn"


@dataclass(frozen=True)
class NewSubmission:
    """What is known of a submission before it has its number."""

    reporter: str
    form: str
    period: str
    file_digest: str
    file_name: str
    template_version: str
    definitions_version: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    note: str
    submitted_by: str
    submitted_at: datetime


@dataclass(frozen=True)
class Submission(NewSubmission):
    """A submission as it is stored; ``code`` is what its receipt says.

    ``decided_…`` and ``reason`` tell of the approval or the return; they stay when the
    submission is withdrawn.
    """

    id: int
    revision: int
    code: str
    state: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    comments: tuple[CellComment, ...] = ()
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""


def keep_file(session: Session, digest: str, content: bytes, at: datetime) -> None:
    """Store a workbook's bytes, unless the same bytes are there already."""
    known = select(submission_file.c.digest).where(submission_file.c.digest == digest)
    if session.scalar(known) is None:
        session.execute(
            insert(submission_file).values(digest=digest, content=content, stored_at=at)
        )


def file_content(session: Session, digest: str) -> bytes | None:
    """The bytes of a workbook, or None if it was never sent."""
    found = select(submission_file.c.content).where(submission_file.c.digest == digest)
    return session.scalar(found)


def add(session: Session, new: NewSubmission) -> Submission:
    """Store a submission under the next revision number of its reporter and period."""
    highest = session.scalar(
        select(func.max(submission.c.revision)).where(_same_form(new.reporter, new.period))
    )
    revision = (highest or 0) + 1
    values: dict[str, Any] = {
        **vars(new),
        "revision": revision,
        "code": receipt_code(new.file_digest, new.reporter, new.period, revision),
        "state": SUBMITTED,
        "outcome": new.outcome.value,
        "findings": findings_to_text(new.findings),
        "reason": "",
    }
    stored = get(session, added(session, submission, values))
    if stored is None:
        raise LookupError("the submission just stored cannot be read")
    return stored


def receipt_code(*facts: object) -> str:
    """A short code to read out on the telephone: ``7F3A-21C9``."""
    text = "/".join(map(str, facts))
    code = hashlib.sha256(text.encode()).hexdigest().upper()
    return f"{code[:4]}-{code[4:8]}"


def get(session: Session, number: int) -> Submission | None:
    return _one(session, select(submission).where(submission.c.id == number))


def latest(
    session: Session, reporter: str, period: str, *, standing: bool = False
) -> Submission | None:
    """The newest revision of one reporter's form for one period.

    Args:
        standing: pass over what was returned or withdrawn.
    """
    newest_first = (
        select(submission)
        .where(_same_form(reporter, period))
        .order_by(submission.c.revision.desc())
        .limit(1)
    )
    if standing:
        newest_first = newest_first.where(submission.c.state.in_((SUBMITTED, APPROVED)))
    return _one(session, newest_first)


def listed(
    session: Session,
    *,
    reporter: str | None = None,
    period: str | None = None,
    state: str | None = None,
) -> list[Submission]:
    """Submissions, newest first; of one reporter, one period or in one state where given."""
    query = select(submission).order_by(submission.c.id.desc())
    if state is not None:
        query = query.where(submission.c.state == state)
    if reporter is not None:
        query = query.where(submission.c.reporter == reporter)
    if period is not None:
        query = query.where(submission.c.period == period)
    return [_submission(row) for row in session.execute(query)]


def who_has_sent(session: Session) -> set[tuple[str, str]]:
    """(reporter, period code) of everything that was sent and still stands."""
    pairs = select(submission.c.reporter, submission.c.period).distinct()
    standing = submission.c.state.in_((SUBMITTED, APPROVED))
    return {(row.reporter, row.period) for row in session.execute(pairs.where(standing))}


def stored_digests(session: Session) -> set[str]:
    """The digests of all files that a submission was made from."""
    return set(session.scalars(select(submission.c.file_digest).distinct()))


def count(session: Session, state: str | None = None) -> int:
    """How many submissions there are; in one state where given."""
    query = select(func.count()).select_from(submission)
    if state is not None:
        query = query.where(submission.c.state == state)
    return session.scalar(query) or 0


def decide(
    session: Session,
    number: int,
    state: str,
    *,
    by: str,
    at: datetime,
    reason: str = "",
    comments: Iterable[CellComment] = (),
) -> None:
    """Record that a submission was approved or returned."""
    decision = {
        "state": state,
        "decided_by": by,
        "decided_at": at,
        "reason": reason,
        "comments": comments_to_text(comments),
    }
    session.execute(update(submission).where(submission.c.id == number).values(decision))


def withdraw(session: Session, number: int, *, by: str, at: datetime, reason: str) -> None:
    """Record that a submission was taken back; who approved it when stays known."""
    session.execute(
        update(submission)
        .where(submission.c.id == number)
        .values(state=WITHDRAWN, withdrawn_by=by, withdrawn_at=at, withdrawn_reason=reason)
    )


def _same_form(reporter: str, period: str) -> ColumnElement[bool]:
    return (submission.c.reporter == reporter) & (submission.c.period == period)


def _one(session: Session, query: Select[Any]) -> Submission | None:
    row = session.execute(query).one_or_none()
    return None if row is None else _submission(row)


def _submission(row: Row[Any]) -> Submission:
    fields = dict(row._mapping)
    fields["outcome"] = Outcome(fields["outcome"])
    fields["findings"] = findings_from_text(fields["findings"])
    fields["comments"] = comments_from_text(fields["comments"])
    return Submission(**fields)
