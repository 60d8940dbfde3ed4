"""Who is told by e-mail of a step of an inquiry, and what became of telling them.

Whoever reports the figure is told of the question and of an answer sent back, whoever asked of an
answer. When a mail may be tried again: ``kpi.sendings``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kpi.inquiries import Inquiry, Step
from kpi.sendings import Outcome, newest, next_attempt

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
    return newest(one for one in known if one.place == place)


def to_try(known: Iterable[Notice], place: int) -> int | None:
    """The number of the next attempt; None where none may follow: never the same step twice."""
    return next_attempt(one for one in known if one.place == place)
