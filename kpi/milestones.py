"""Milestones: the decree's commitments that have no number (METHOD 11).

What is said of one is never overwritten: the newest word counts, the ones before stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kpi.evidence import Evidence

FULL = 100


class State(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


class Mistake(StrEnum):
    """Why a word cannot stand; also the code of its sentence (``refused.<code>``)."""

    PROGRESS = "milestone_progress"  # 0 to 100
    NOT_STARTED = "milestone_not_started"  # has no progress
    DONE = "milestone_done"  # is 100 %, and nothing else is
    EVIDENCE = "milestone_evidence"  # done or cancelled needs its ground


@dataclass(frozen=True)
class Word:
    """What was said of one commitment, by whom and when."""

    commitment: str
    state: State
    progress: int  # 0 to 100
    due: date | None = None
    evidence: str = ""
    said_by: str = ""
    said_at: datetime | None = None
    files: tuple[Evidence, ...] = ()  # that came with it; of the newest word all kept so far


def mistake(word: Word, files: int = 0) -> Mistake | None:
    """What contradicts itself in a word that comes with some files; None if nothing does."""
    if not 0 <= word.progress <= FULL:
        return Mistake.PROGRESS
    if word.state is State.NOT_STARTED and word.progress:
        return Mistake.NOT_STARTED
    if (word.state is State.DONE) != (word.progress == FULL) and word.state is not State.CANCELLED:
        return Mistake.DONE
    grounded = bool(word.evidence.strip() or files)
    if word.state in (State.DONE, State.CANCELLED) and not grounded:
        return Mistake.EVIDENCE
    return None


def days_late(word: Word | None, today: date) -> int:
    """How long the due day has passed; 0 where it has not, and of what is done or given up."""
    if word is None or word.due is None or word.state in (State.DONE, State.CANCELLED):
        return 0
    return max(0, (today - word.due).days)


def late(words: Mapping[str, Word], today: date) -> list[str]:
    """The commitments that are late, the longest first."""
    found = [id_ for id_, word in words.items() if days_late(word, today)]
    return sorted(found, key=lambda id_: -days_late(words[id_], today))
