"""Completeness and timeliness: how much of a form has come, and whether it came in time.

Two different questions. *Complete* counts figures: asked for, answered at all (``filled``),
answered in what has not been returned (``valid``), answered in what is in force
(``accepted``). *In time* looks at the first submission that was acceptable: a correction is
welcome at any time and makes nobody late. Nothing is clamped: more figures than asked for
are more than 100 %, and where nothing is asked for there is no percentage at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpi.periods import Period

Cell = tuple[str, str, str]  # indicator, organisation unit, period code


class Stage(StrEnum):
    """What had become of a submission at the moment looked at."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"  # withdrawn after an approval: it had been acceptable


class Filing(StrEnum):
    """How one reporter stands at one period; also the code of its words."""

    ON_TIME = "on_time"
    LATE = "late"
    TO_FIX = "to_fix"  # sent and returned, and nothing else stands
    MISSING = "missing"
    NOT_DUE = "not_due"
    NONE = "none"  # nothing is asked for


_STANDS = (Stage.WAITING, Stage.APPROVED)
_WAS_ACCEPTABLE = (*_STANDS, Stage.TAKEN_BACK)
_SENT = (Filing.ON_TIME, Filing.LATE)


@dataclass(frozen=True)
class Answers:
    """What a submission says of each figure it speaks of: an answer, or "not available"."""

    given: frozenset[Cell] = frozenset()  # a figure or "not applicable"
    blank: frozenset[Cell] = frozenset()


@dataclass(frozen=True)
class Filed:
    """One submission: when it came, what became of it, and which figures it answers."""

    submission: int
    revision: int
    received_on: date
    stage: Stage
    answers: Answers = Answers()


@dataclass(frozen=True)
class Asked:
    """What one reporter owes for one period; ``until`` is the last day that is in time."""

    reporter: str
    form: str
    period: Period
    expected: int
    until: date
    excepted: bool = False  # ``until`` comes from an exception, not from the calendar


@dataclass(frozen=True)
class Report:
    """One reporter at one period: what is there, and since when."""

    asked: Asked
    state: Filing
    filled: int = 0
    valid: int = 0
    accepted: int = 0
    first: Filed | None = None  # the first acceptable submission, where one stands
    newest: Filed | None = None
    returned: int = 0  # how often it had to be sent back
    days_over: int = 0  # between the last day in time and the first report, or today

    @property
    def sent(self) -> bool:
        return self.state in _SENT

    @property
    def due(self) -> bool:
        """Does it count as in time or not? Neither before the day nor where nothing is asked."""
        return self.sent or self.days_over > 0

    def share(self, count: int) -> Decimal | None:
        """Per cent of what is asked for; None where nothing is."""
        return None if self.asked.expected == 0 else Decimal(100) * count / self.asked.expected


def report(asked: Asked, filed: Iterable[Filed], today: date) -> Report:
    """How a reporter stands at a period, from all that came in for it."""
    known = sorted(filed, key=lambda one: one.revision)
    standing = any(one.stage in _STANDS for one in known)
    acceptable = [one for one in known if one.stage in _WAS_ACCEPTABLE]
    first = acceptable[0] if standing else None
    kept = [one for one in known if one.stage not in (Stage.WITHDRAWN, Stage.TAKEN_BACK)]
    arrived = first.received_on if first else today
    over = max(0, (arrived - asked.until).days) if asked.expected else 0
    return Report(
        asked=asked,
        state=_state(asked, first, kept, over),
        filled=_answered(kept),
        valid=_answered([one for one in kept if one.stage in _STANDS]),
        accepted=_answered([one for one in kept if one.stage is Stage.APPROVED]),
        first=first,
        newest=known[-1] if known else None,
        returned=sum(one.stage is Stage.RETURNED for one in known),
        days_over=over,
    )


def on_time(reports: Sequence[Report]) -> tuple[int, int]:
    """How many came in time, of how many that should have come by now."""
    due = [one for one in reports if one.due]
    return sum(one.state is Filing.ON_TIME for one in due), len(due)


def counts(reports: Iterable[Report]) -> dict[Filing, int]:
    """How many reporters stand so; zero counts stay."""
    states = [one.state for one in reports]
    return {state: states.count(state) for state in Filing}


def _state(asked: Asked, first: Filed | None, kept: Sequence[Filed], over: int) -> Filing:
    if not asked.expected:
        return Filing.NONE
    if first is not None:
        return Filing.LATE if over else Filing.ON_TIME
    if kept:
        return Filing.TO_FIX
    return Filing.MISSING if over else Filing.NOT_DUE


def _answered(filed: Iterable[Filed]) -> int:
    """The figures answered: of each the newest word counts, and a blank says nothing."""
    given: frozenset[Cell] = frozenset()
    for one in filed:
        given = (given - one.answers.blank) | one.answers.given
    return len(given)
