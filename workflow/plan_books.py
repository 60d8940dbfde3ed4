"""The plan workbook: what it would change, its adoption, and what was handed down before.

``inspect_plan`` sets every target of the workbook beside the one that stands, so that
whoever hands down the plan sees old and new; ``adopt_plan`` lays it down as the decision's,
keeps the workbook, and gives a receipt. A workbook with an error in it lays down nothing;
a warning has to be explained, as in a report. The audit log says which file it was and
what was said; ``handed_down`` reads it there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import NO_ANSWERS, Answers, unexplained
from kpi.findings import Finding, NotAllowed, NotExplained, Outcome, SubmissionRejected, outcome
from kpi.permissions import Act, Actor
from kpi.plans import PlanChange, PlanReceipt
from kpi.targets import Target
from loaders.plan_book import PlanBook
from workflow.kept_books import Book, KeptBook, kept

if TYPE_CHECKING:
    from store.engine import Session, SessionFactory
    from workflow.gate import Entry

_Key = tuple[str, str]  # indicator, organisation unit


@dataclass(frozen=True)
class PlanInspection:
    """A plan workbook and what adopting it would do."""

    plan: PlanBook
    changes: tuple[PlanChange, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.plan.findings

    @property
    def outcome(self) -> Outcome:
        return outcome(self.findings)

    @property
    def differing(self) -> tuple[PlanChange, ...]:
        return tuple(change for change in self.changes if change.differs)


def inspect_plan(session: Session | None, plan: PlanBook) -> PlanInspection:
    """What adopting the workbook would do, in its order; nothing is stored.

    Args:
        session: None where there is no database yet: then no target stands.
    """
    standing = {} if session is None else _standing(session, plan.year)
    changes = tuple(
        PlanChange(standing.get(_key(cell.target)), cell.target, cell.at) for cell in plan.cells
    )
    return PlanInspection(plan, changes)


def adopt_plan(
    factory: SessionFactory,
    actor: Actor,
    seen: PlanInspection,
    data: bytes,
    *,
    at: datetime,
    answers: Answers = NO_ANSWERS,
) -> PlanReceipt:
    """Lay down every target of the workbook, in one act.

    Args:
        seen: the workbook and the targets it was seen to replace.
        data: its bytes, which are kept.

    Raises:
        SubmissionRejected: if an error was found in the workbook.
        NotExplained: if a warning was found that ``answers`` do not explain.
        NotAllowed: if the actor may not, if a later decision stands, or if other targets
            stand by now than were seen.
    """
    from workflow.gate import perform

    plan = seen.plan
    if not plan.adoptable or plan.in_force_from is None:
        raise SubmissionRejected(plan.findings)
    findings = answers.explain(plan.findings)
    if missing := unexplained(findings):
        raise NotExplained(missing)
    said = _Said(at, actor.id, answers.note.strip(), _explained(findings))

    def work(session: Session, entry: Entry) -> PlanReceipt:
        return _laid_down(session, entry, seen, data, said)

    return perform(factory, actor, Act.REVISE_TARGET, work, at=at)


@dataclass(frozen=True)
class _Said:
    """When, by whom and with which words a plan is handed down."""

    at: datetime
    by: str
    note: str
    explained: str


def _laid_down(
    session: Session, entry: Entry, seen: PlanInspection, data: bytes, said: _Said
) -> PlanReceipt:
    from store import submissions
    from workflow.targets import hand_down

    plan = seen.plan
    assert plan.in_force_from is not None  # else it is rejected
    now = _standing(session, plan.year)
    if any(change.old != now.get(_key(change.new)) for change in seen.changes):
        raise NotAllowed("targets_changed", subject=plan.decision)
    done = hand_down(
        session, plan.targets, decision=plan.decision, on=plan.in_force_from, by=said.by, at=said.at
    )
    book = Book(plan.file_name, data)
    receipt = PlanReceipt(
        submissions.receipt_code(book.digest, plan.decision, said.at.isoformat()), plan.year,
        plan.decision, plan.in_force_from, done.added, done.replaced, book.file_name,
        book.digest, said.by, said.at, said.note, said.explained,
    )  # fmt: skip
    entry.nothing_changed = not receipt.changed
    if receipt.changed:
        entry.subject, entry.details = plan.decision, _details(receipt)
        book.keep(session, entry, said.at)
        done.seal(session, entry)
    return receipt


def _details(receipt: PlanReceipt) -> dict[str, str]:
    return {
        "added": str(receipt.added),
        "replaced": str(receipt.replaced),
        "on": receipt.in_force_from.isoformat(),
        "year": str(receipt.year),
        "code": receipt.code,
        "note": receipt.note,
        "explained": receipt.explained,
    }


def _explained(findings: Sequence[Finding]) -> str:
    return "; ".join(
        f"{one.at or one.code}: {one.explanation}" for one in findings if one.explanation
    )


def handed_down(session: Session, year: int) -> list[PlanReceipt]:
    """The plan workbooks that were adopted for a year, newest first."""
    return [
        _receipt_of(book, event.details)
        for book, event in kept(session, Act.REVISE_TARGET)
        if event.details["year"] == str(year)
    ]


def _receipt_of(book: KeptBook, said: Mapping[str, str]) -> PlanReceipt:
    return PlanReceipt(
        said["code"], int(said["year"]), book.subject, date.fromisoformat(said["on"]),
        int(said["added"]), int(said["replaced"]), book.file_name, book.digest, book.by,
        book.at, said["note"], said["explained"],
    )  # fmt: skip


def _key(target: Target) -> _Key:
    return (target.indicator, target.org_unit)


def _standing(session: Session, year: int) -> Mapping[_Key, Target]:
    from store import targets

    return {_key(one.target): one.target for one in targets.not_replaced(session, year)}


def blank_plan(
    session: Session | None, definitions: Definitions, org_units: OrgUnits, year: int
) -> bytes:
    """The plan workbook to fill in, with the targets that stand.

    Args:
        session: None for an empty one.
    """
    from loaders.plan_template import write_plan

    standing = {} if session is None else _standing(session, year)
    return write_plan(definitions, org_units, year, standing=standing)
