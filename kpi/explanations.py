"""What the sender has to say about the warnings (METHOD 10), kept with each finding.

One sentence may answer one finding, every finding of a kind, or all of them: forty cells
read the same way need no forty sentences. A warning nobody has explained keeps a
submission from being stored; errors are corrected, not explained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kpi.findings import Finding

ALL = "*"  # explains every warning that has no explanation of its own


def explained(findings: Iterable[Finding], explanations: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings with what was said about them.

    Args:
        explanations: text by a finding's ``key``, by its code, or by ``ALL``; the
            nearest one counts.
    """
    return tuple(replace(one, explanation=_said(one, explanations)) for one in findings)


def unexplained(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The warnings that still need a sentence."""
    return tuple(one for one in findings if one.needs_explanation and not one.explanation)


def _said(finding: Finding, explanations: Mapping[str, str]) -> str:
    if not finding.needs_explanation:
        return ""
    said = (explanations.get(key, "").strip() for key in (finding.key, str(finding.code), ALL))
    # a finding may bring its own: what has been confirmed before needs no second sentence
    return next((text for text in said if text), finding.explanation)


@dataclass(frozen=True)
class Answers:
    """What the sender says to what was found; kept with the submission.

    ``note`` also answers every warning that has no explanation of its own.
    ``single_quarters``: the form holds each quarter's own figures, to be added up.
    """

    note: str = ""
    explanations: Mapping[str, str] = field(default_factory=dict)
    single_quarters: bool = False

    def explain(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        return explained(findings, {ALL: self.note} | dict(self.explanations))


NO_ANSWERS = Answers()
