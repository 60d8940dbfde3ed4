"""What changed since a moment: the vintages of each figure, replayed in the order of acts.

An approval changes the figure in force unless a newer submission holds it already; a
withdrawal puts back what it had covered. Each real change becomes one ``Changed`` with the
value before and after, who did it, and why. Where the vintages come from is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from kpi.targets import Target

Cell = tuple[str, str, str]  # indicator, organisation unit, period code


class Kind(StrEnum):
    """What kind of act changed it; also the code of its words (``changes.kind.<code>``)."""

    FIRST = "first"  # a figure where there was none
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"  # what was in force before is in force again, or nothing
    TARGET = "target"  # a target revised by a decision, or replaced


@dataclass(frozen=True)
class Vintage:
    """One approved value of one figure, and what became of it."""

    cell: Cell
    submission: int
    revision: int
    value: Decimal | None
    status: str
    sheet: str
    address: str
    note: str  # beside the cell
    said: str  # with the whole submission
    sent_by: str
    approved_at: datetime
    approved_by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_reason: str = ""


@dataclass(frozen=True)
class Changed:
    """One figure in force became another; ``old`` or ``new`` None: there was, or is, none."""

    kind: Kind
    cell: Cell
    old: Vintage | None
    new: Vintage | None
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class TargetChanged:
    """One target became another; ``old`` None: a decision gave the first one; ``new`` None:
    it was dropped."""

    old: Target | None
    new: Target | None
    at: datetime
    by: str
    decision: str
    kind: Kind = Kind.TARGET


def changes_since(vintages: Iterable[Vintage], since: datetime) -> list[Changed]:
    """Every change after a moment, newest first.

    Args:
        vintages: all approved ones of the figures that may have changed, cell by cell, in
            the order they were sent.
    """
    found = [
        change
        for _, of_cell in groupby(vintages, key=lambda one: one.cell)
        for change in _replayed(list(of_cell))
        if change.at > since
    ]
    return sorted(found, key=lambda one: (one.at, one.cell), reverse=True)


def _replayed(vintages: Sequence[Vintage]) -> Iterator[Changed]:
    counted: dict[int, Vintage] = {}
    in_force: Vintage | None = None
    for at, one, withdrawn in _acts(vintages):
        if withdrawn:
            counted.pop(one.submission, None)
        else:
            counted[one.submission] = one
        now = counted[max(counted)] if counted else None
        if now is not in_force:
            yield _changed(one, in_force, now, at, withdrawn=withdrawn)
        in_force = now


def _acts(vintages: Sequence[Vintage]) -> list[tuple[datetime, Vintage, bool]]:
    acts = [(one.approved_at, one, False) for one in vintages]
    acts += [(one.withdrawn_at, one, True) for one in vintages if one.withdrawn_at is not None]
    return sorted(acts, key=lambda act: (act[0], act[1].submission, act[2]))


def _changed(
    one: Vintage, old: Vintage | None, new: Vintage | None, at: datetime, *, withdrawn: bool
) -> Changed:
    if withdrawn:
        by, why = one.withdrawn_by, one.withdrawn_reason
        return Changed(Kind.WITHDRAWN, one.cell, old, new, at, by, why)
    kind = Kind.FIRST if old is None else Kind.CORRECTED
    why = " · ".join(filter(None, (one.note, one.said)))
    return Changed(kind, one.cell, old, new, at, one.approved_by, why)
