"""Recording that reporters were reminded: each letter is one event of the audit log."""

from __future__ import annotations

from datetime import datetime

from kpi.completeness import Report
from kpi.permissions import Act, Actor
from store.engine import Session, SessionFactory
from workflow.gate import Entry, perform


def record(
    factory: SessionFactory,
    actor: Actor,
    report: Report,
    rung: int,
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep that a reporter was reminded of a report, at which rung and by what means.

    Raises:
        NotAllowed: if the actor may not.
    """

    def work(_session: Session, entry: Entry) -> None:
        asked = report.asked
        entry.subject = asked.reporter
        entry.details = {
            "period": asked.period.code,
            "rung": f"T{rung:+d}",
            "due": asked.until.isoformat(),
            "by": by,
        }

    perform(factory, actor, Act.REMIND, work, at=at)
