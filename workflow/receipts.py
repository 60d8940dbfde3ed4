"""What whoever sends a workbook, or decides on one, gets back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kpi.changes import Change
from kpi.findings import Finding, Outcome
from kpi.observations import Observation
from store.submissions import Submission


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


def receipt_of(
    stored: Submission,
    stated: tuple[Observation, ...],
    would_change: tuple[Change, ...] = (),
    *,
    duplicate: bool = False,
) -> Receipt:
    """What a stored submission says to whoever sent or decided it."""
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
