"""Where each dropped file stands: what keeps it from being sent, or that nothing does.

Also which warnings still need a sentence from the sender, and how they are put together:
one field for a kind of warning, one for each figure that can hardly be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpi.explanations import ALL, Answers, unexplained
from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Severity
from pages.submit_files import Looked
from pages.submit_form import Form, why_closed, why_not_allowed, why_not_handed_down
from reports.html.submission_files import FileState
from workflow.plan_books import PlanInspection

# Each of these is about one figure and has its own cause; one sentence for all says nothing.
DOUBTFUL = frozenset(
    {
        FindingCode.OUTLIER,
        FindingCode.SCALE,
        FindingCode.FALLS_WITHIN_YEAR,
        FindingCode.SHARE_SUM,
        FindingCode.NOT_BETWEEN_PARTS,
        FindingCode.NOT_RECONCILED,
        FindingCode.OLDER_FILE,
    }
)


@dataclass(frozen=True)
class Group:
    """Warnings that one sentence answers; ``key`` is what the answer is kept under."""

    key: str
    findings: tuple[Finding, ...]

    @property
    def code(self) -> str:
        return self.findings[0].code

    @property
    def is_single(self) -> bool:
        return self.code in DOUBTFUL


def groups(findings: Iterable[Finding]) -> list[Group]:
    """The warnings to be explained, the doubtful figures first, each in the file's order.

    A finding that brings its own explanation needs none; whether figures are a quarter's
    own is asked in words of its own.
    """
    put: dict[str, list[Finding]] = {}
    for one in findings:
        if not one.needs_explanation or one.explanation or one.code == FindingCode.SINGLE_QUARTERS:
            continue
        put.setdefault(one.key if one.code in DOUBTFUL else str(one.code), []).append(one)
    found = [Group(key, tuple(some)) for key, some in put.items()]
    return sorted(found, key=lambda group: not group.is_single)


def answers(looked: Looked) -> Answers:
    """What the sender has said; the note answers nothing unless that is wanted."""
    said = looked.said
    own = {key: text for key, text in said.explanations.items() if key != ALL}
    all_others = said.explanations.get(ALL, "") if said.one_for_all else ""
    return Answers(said.note.strip(), {**own, ALL: all_others}, said.single_quarters)


def missing(looked: Looked) -> tuple[Finding, ...]:
    """The warnings nobody has said anything about yet."""
    return unexplained(answers(looked).explain(looked.findings))


def missing_fields(looked: Looked) -> int:
    """The same, counted as fields to be filled in."""
    keys = {one.key if one.code in DOUBTFUL else str(one.code) for one in missing(looked)}
    return len(keys)


def state_of(looked: Looked, screen: Form) -> FileState:
    """Where a file stands, the first obstacle first."""
    if looked.said.receipt is not None:
        return FileState.SENT
    if looked.said.plan_receipt is not None:
        return FileState.HANDED_DOWN
    if looked.twin is not None:
        return FileState.TWIN
    if looked.plan is not None:
        return plan_state(looked, looked.plan)
    if looked.table is not None or looked.said.reconsider:
        return FileState.LAYOUT
    if looked.refused:
        return FileState.REFUSED
    if looked.same_as is not None:
        return FileState.SAME
    if why_not_allowed(looked.form):
        return FileState.CLOSED
    if looked.elsewhere(screen) and not looked.said.as_named:
        return FileState.ELSEWHERE
    if why_closed(looked.form):
        return FileState.CLOSED
    if looked.count(Severity.ERROR):
        return FileState.ERRORS
    if not looked.found.observations:
        return FileState.EMPTY
    if missing(looked):
        return FileState.EXPLAIN
    return FileState.UNCHANGED if looked.found.unchanged else FileState.READY


def plan_state(looked: Looked, seen: PlanInspection) -> FileState:
    """The same for a plan workbook, which belongs to no reporter and no period."""
    if looked.count(Severity.ERROR):
        return FileState.ERRORS
    if why_not_handed_down(looked.form.lang):
        return FileState.CLOSED
    if not seen.differing:
        return FileState.UNCHANGED
    return FileState.EXPLAIN if missing(looked) else FileState.PLAN


def sendable(state: FileState) -> bool:
    """Can it be sent as it is?"""
    return state in (FileState.READY, FileState.UNCHANGED)
