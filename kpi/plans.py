"""A plan handed down to the units by one decision: what it changes, and what is kept of it.

Old and new stand side by side before anybody confirms; the receipt names the decision, the
workbook and who laid it down. How a plan is read and adopted is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kpi.observations import CellAddress
from kpi.targets import Target


@dataclass(frozen=True)
class PlanChange:
    """One target of a plan workbook with its cell, and the one that stands until then."""

    old: Target | None
    new: Target
    at: CellAddress

    @property
    def differs(self) -> bool:
        return self.old is None or asks_otherwise(self.old, self.new)


@dataclass(frozen=True)
class PlanReceipt:
    """What whoever handed a plan down keeps."""

    code: str
    year: int
    decision: str  # number and day, as it is cited
    in_force_from: date
    added: int
    replaced: int
    file_name: str
    digest: str
    adopted_by: str
    adopted_at: datetime
    note: str = ""
    explained: str = ""  # what was said to the warnings, cell by cell

    @property
    def changed(self) -> int:
        return self.added + self.replaced


def asks_otherwise(old: Target, new: Target) -> bool:
    """Do two targets ask for different things, whatever paper they stand on?

    What is made up differs from every decision, even if the figures are the same.
    """
    asked = (old.kind, old.edges, old.basis, old.illustrative)
    return asked != (new.kind, new.edges, new.basis, new.illustrative)
