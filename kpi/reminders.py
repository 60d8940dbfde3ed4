"""Đôn đốc: the ladder of reminders around a due day, in working days.

Two rungs before the last day in time and two after it. A reporter is reminded as long as
nothing acceptable stands; who has nothing to report is never reminded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kpi.calendar import AddWorkingDays
from kpi.completeness import Filing, Report

LADDER = (-5, -1, 1, 3)  # working days from the last day in time
_OPEN = (Filing.MISSING, Filing.NOT_DUE, Filing.TO_FIX)


def rung(until: date, today: date, add: AddWorkingDays) -> int | None:
    """The rung reached on a day: the last one whose day has come; None before the first."""
    reached = [step for step in LADDER if add(until, step) <= today]
    return reached[-1] if reached else None


def to_remind(
    reports: Iterable[Report], today: date, add: AddWorkingDays
) -> list[tuple[Report, int]]:
    """The reports that are owed on a day, each with its rung."""
    return [
        (one, step)
        for one in reports
        if one.state in _OPEN and (step := rung(one.asked.until, today, add)) is not None
    ]
