"""Who is told by e-mail of a step of an inquiry, and what became of telling them.

Whoever reports the figure is told of the question and of an answer sent back, whoever asked of an
answer. A mail that failed may be tried again; one without an outcome may have gone and is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kpi.inquiries import Inquiry, Step
from kpi.reminders import Outcome

QUESTION = 0  # the place of the question itself; the steps that follow are 1, 2, 3 …
_TELLING = (Step.ANSWER, Step.RETURN)


@dataclass(frozen=True)
class Notice:
    """One word on one attempt: of which step, by whom, when, to whom, and what became of it."""

    inquiry: int
    place: int
    outcome: Outcome
    receivers: str
    by: str
    at: datetime
    attempt: int = 1
    detail: str = ""  # why it failed, or who was refused


def to_tell(one: Inquiry) -> int | None:
    """The place of the newest step, where somebody is told of it; else None."""
    if not one.steps:
        return QUESTION
    return len(one.steps) if one.steps[-1].step in _TELLING else None


def last(known: Iterable[Notice], place: int) -> Notice | None:
    """The newest word on a step."""
    found = [one for one in known if one.place == place]
    return max(found, key=lambda one: (one.attempt, one.outcome is not Outcome.BEGUN), default=None)


def to_try(known: Iterable[Notice], place: int) -> int | None:
    """The number of the next attempt; None where none may follow: never the same step twice."""
    newest = last(known, place)
    if newest is None:
        return 1
    return newest.attempt + 1 if newest.outcome is Outcome.FAILED else None
