"""What can be wrong with a submission, and the exceptions of this project.

* KpiError
  - DefinitionsError      kpi_definitions.yaml or its companions cannot be used
  - UnreadableWorkbook    the file is not a workbook made from our template
  - SubmissionRejected    the workbook was read, but holds blocking findings
  - NotExplained          it holds warnings that nobody has explained
  - NotAllowed            the actor may not do this (``workflow``)

A *finding* is data: collected, listed, shown beside its cell; ``texts/`` turns its
code and facts into a sentence. An *exception* stops the work. One bad cell must
never hide the other forty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.bilingual import Text
from kpi.observations import CellAddress


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Scope(StrEnum):
    """Does the finding concern one cell, or make the whole file unusable?"""

    FILE = "file"
    CELL = "cell"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    REJECTED_CELLS = "rejected_cells"
    REJECTED_FILE = "rejected_file"

    @property
    def accepted(self) -> bool:
        return self in (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_WARNINGS)


@dataclass(frozen=True)
class Finding:
    """One thing to say about one place; ``code`` names its text (``finding.<code>``).

    ``explanation`` is what whoever sent the file had to say about it.
    """

    code: str
    severity: Severity = Severity.ERROR
    at: CellAddress | None = None
    found: str = ""
    expected: str = ""
    scope: Scope = Scope.CELL
    indicator: str = ""
    org_unit: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    explanation: str = ""

    @property
    def key(self) -> str:
        """Which finding it is among those of one file; steady while the file is."""
        place = str(self.at) if self.at else f"{self.indicator}/{self.org_unit}"
        return f"{self.code}@{place}"

    @property
    def needs_explanation(self) -> bool:
        return self.severity is Severity.WARNING


def outcome(findings: Iterable[Finding]) -> Outcome:
    """What becomes of a file with these findings."""
    result = Outcome.ACCEPTED
    for finding in findings:
        if finding.severity is Severity.WARNING:
            if result is Outcome.ACCEPTED:
                result = Outcome.ACCEPTED_WITH_WARNINGS
        elif finding.scope is Scope.FILE:
            return Outcome.REJECTED_FILE
        else:
            result = Outcome.REJECTED_CELLS
    return result


class KpiError(Exception):
    """Whatever this project refuses on purpose."""


class DefinitionsError(KpiError):
    """The definitions cannot be used; ``mistakes`` lists every one of them in English, ``said``
    in both languages.
    """

    def __init__(self, mistakes: Sequence[str | Text]) -> None:
        self.said = tuple(Text(one, one) if isinstance(one, str) else one for one in mistakes)
        self.mistakes = tuple(one.en for one in self.said)
        super().__init__("\n".join(self.mistakes))


class UnreadableWorkbook(KpiError):
    """The file cannot be read as one of our forms; ``findings`` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(", ".join(f.code for f in self.findings))


class SubmissionRejected(KpiError):
    """The workbook was read, but holds blocking findings; nothing was stored."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(", ".join(f"{f.code} at {f.at}" for f in self.findings))


class NotExplained(KpiError):
    """The workbook holds warnings that nobody has explained; nothing was stored."""

    code = "not_explained"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(", ".join(f"{f.code} at {f.at}" for f in self.findings))


class NotAllowed(KpiError):
    """The actor may not do this; ``reason`` is a text code."""

    def __init__(self, reason: str, **facts: str) -> None:
        self.reason = reason
        self.facts = facts
        super().__init__(reason)
