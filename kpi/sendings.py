"""Whatever is sent to people: word by word what became of it, and whether to try once more.

A mail is told twice, before it is handed over and after. One that failed may be tried again;
one without an outcome may have gone, and is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class Outcome(StrEnum):
    BEGUN = "begun"  # handed over; without another word nobody knows what became of it
    SENT = "sent"
    FAILED = "failed"
    WRITTEN = "written"  # a letter


class Sending(Protocol):
    """One word on one attempt."""

    @property
    def outcome(self) -> Outcome: ...
    @property
    def receivers(self) -> str: ...  # addresses, or the name of the file
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def attempt(self) -> int: ...
    @property
    def detail(self) -> str: ...  # why it failed, or who was refused


S = TypeVar("S", bound=Sending)


def newest(words: Iterable[S]) -> S | None:
    """The newest word of those on one thing."""
    return max(words, key=lambda one: (one.attempt, one.outcome is not Outcome.BEGUN), default=None)


def next_attempt(words: Iterable[Sending]) -> int | None:
    """The number of the next attempt; None where none may follow: never the same thing twice."""
    last = newest(words)
    if last is None:
        return 1
    return last.attempt + 1 if last.outcome is Outcome.FAILED else None
