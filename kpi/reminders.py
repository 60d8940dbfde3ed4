"""Đôn đốc: the ladder of reminders around a due day, in working days.

Two rungs before the last day in time and two after it. A reporter is reminded as long as
nothing acceptable stands; who has nothing to report is never reminded. What was sent is
told attempt by attempt (``kpi.sendings``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kpi.calendar import AddWorkingDays
from kpi.completeness import Filing, Report
from kpi.periods import Period
from kpi.sendings import Outcome, newest, next_attempt

LADDER = (-5, -1, 1, 3)  # working days from the last day in time


class Channel(StrEnum):
    LETTER = "letter"  # written, to be signed and posted by people
    MAIL = "mail"


@dataclass(frozen=True)
class Rung:
    """One step of the ladder for one reporter; an exception moves ``due`` and begins anew."""

    reporter: str
    period: Period
    due: date
    step: int  # working days from ``due``

    @property
    def name(self) -> str:
        """``T−1``, ``T+3``."""
        return f"T{'−' if self.step < 0 else '+'}{abs(self.step)}"


@dataclass(frozen=True)
class Reminder:
    """One word on one attempt: by whom, when, to whom, and what became of it."""

    rung: Rung
    channel: Channel
    outcome: Outcome
    receivers: str  # addresses, or the name of the file
    by: str
    at: datetime
    attempt: int = 1
    detail: str = ""  # why it failed, or who was refused


_OPEN = (Filing.MISSING, Filing.NOT_DUE, Filing.TO_FIX)


def last(known: Iterable[Reminder], rung: Rung, channel: Channel) -> Reminder | None:
    """The newest word on a rung by one channel."""
    return newest(_on(known, rung, channel))


def to_try(known: Iterable[Reminder], rung: Rung, channel: Channel) -> int | None:
    """The number of the next attempt; None where none may follow: never the same step twice."""
    return next_attempt(_on(known, rung, channel))


def _on(known: Iterable[Reminder], rung: Rung, channel: Channel) -> list[Reminder]:
    return [one for one in known if one.rung == rung and one.channel is channel]


def told(known: Iterable[Reminder]) -> list[Reminder]:
    """What reporters have been told: letters written and mails sent, oldest first."""
    done = (Outcome.SENT, Outcome.WRITTEN)
    return sorted((one for one in known if one.outcome in done), key=lambda one: one.at)


def rung_of(report: Report, step: int) -> Rung:
    asked = report.asked
    return Rung(asked.reporter, asked.period, asked.until, step)


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
