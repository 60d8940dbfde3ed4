"""Giải trình: a leader asks why a figure is as it is, whoever reports it answers.

What has become of an inquiry follows from the steps that were taken, and which step may
follow which is a table. Nothing is overwritten: a returned answer stays beside the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from kpi.definitions import OWN_UNIT, Definitions, Indicator, Level, OrgUnit
from kpi.evidence import Evidence
from kpi.judgement import Status
from kpi.local_time import local_date
from kpi.periods import Period

WORKING_DAYS = 5  # to answer in, where whoever asks names no day


class Step(StrEnum):
    ANSWER = "answer"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"  # whoever asked needs no answer any more


class State(StrEnum):
    ASKED = "asked"
    ANSWERED = "answered"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


OPEN = (State.ASKED, State.ANSWERED, State.RETURNED)
TO_ANSWER = (State.ASKED, State.RETURNED)
# step: (the states it may be taken in, the state it leads to)
TRANSITIONS: Mapping[Step, tuple[Sequence[State], State]] = {
    Step.ANSWER: (TO_ANSWER, State.ANSWERED),
    Step.ACCEPT: ((State.ANSWERED,), State.ACCEPTED),
    Step.RETURN: ((State.ANSWERED,), State.RETURNED),
    Step.WITHDRAW: (OPEN, State.WITHDRAWN),
}
# The worst first; what is not here says nothing about better or worse.
_GRADES = (
    Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.MET, Status.EXCEEDED,
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """One step: who took it, when, and what they said."""

    step: Step
    said: str
    by: str
    at: datetime
    submission: int | None = None  # that corrected the figure
    files: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Question:
    """What is asked, of which figure, and as what whoever asks saw it."""

    indicator: str
    org_unit: str
    period: Period
    text: str
    due: date
    status: Status
    value: Decimal | None = None


@dataclass(frozen=True)
class Inquiry:
    """A question with everything that followed; ``owner`` is the reporter who answers."""

    id: int
    question: Question
    owner: str
    asked_by: str
    asked_at: datetime
    steps: tuple[Taken, ...] = ()

    @property
    def state(self) -> State:
        return after(taken.step for taken in self.steps)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def answers(self) -> tuple[Taken, ...]:
        return tuple(taken for taken in self.steps if taken.step is Step.ANSWER)

    @property
    def answered_by(self) -> str:
        return self.answers[-1].by if self.answers else ""

    def days_late(self, today: date) -> int:
        """How long after the due day the first answer came, or is awaited; else 0."""
        if self.answers:
            return max(0, (local_date(self.answers[0].at) - self.question.due).days)
        return max(0, (today - self.question.due).days) if self.is_open else 0


class WrongStep(ValueError):
    """A step that may not follow what was done before."""


def after(steps: Iterable[Step]) -> State:
    """The state that the steps lead to.

    Raises:
        WrongStep: if one may not follow those before it.
    """
    state = State.ASKED
    for step in steps:
        allowed, leads_to = TRANSITIONS[step]
        if state not in allowed:
            raise WrongStep(f"{step} after {state}")
        state = leads_to
    return state


def owner_of(definitions: Definitions, indicator: Indicator, unit: OrgUnit) -> str | None:
    """The reporter who can answer for a figure; None where it is made of many reporters'.

    Of a ratio the reporter of its numerator; of a sum whoever reports all of its parts.
    """
    part = definitions.indicators[indicator.numerator] if indicator.numerator else indicator
    for level in (unit.level, Level.DISTRICT):
        for one in (indicator, part):
            rule = one.levels.get(level)
            if rule is None or rule.reporter is None:
                continue
            if rule.reporter == OWN_UNIT:
                return unit.code if unit.level is level else None
            return rule.reporter
    return None


def rests_on(
    definitions: Definitions, unit: OrgUnit, indicator: str, stated: Iterable[tuple[str, str]]
) -> bool:
    """Is the unit's figure among those stated (indicator, unit), or made of one of them?"""
    asked = definitions.indicators[indicator]
    made_of = {asked.id, asked.numerator, asked.denominator}
    rule = asked.levels.get(unit.level)
    summed = unit.level is Level.PROVINCE and rule is not None and rule.reporter is None
    return any(one in made_of and (summed or code == unit.code) for one, code in stated)


# --- what came of it ------------------------------------------------------------------------


@dataclass(frozen=True)
class Statistics:
    """How questions were answered; withdrawn ones are counted as asked and no more."""

    asked: int
    in_time: int  # first answer on or before the due day
    late: int  # first answer after it
    overdue: int  # no answer, and the due day has passed
    waiting: int  # no answer, and the due day has not passed
    accepted: int
    returned: int  # at least once
    corrected: int  # answered with a corrected figure


def statistics(inquiries: Sequence[Inquiry], today: date) -> Statistics:
    """Counts over some inquiries."""
    standing = [one for one in inquiries if one.state is not State.WITHDRAWN]
    answered = [one for one in standing if one.answers]
    late = sum(one.days_late(today) > 0 for one in answered)
    silent = [one for one in standing if not one.answers]
    overdue = sum(one.days_late(today) > 0 for one in silent)
    return Statistics(
        asked=len(inquiries),
        in_time=len(answered) - late,
        late=late,
        overdue=overdue,
        waiting=len(silent) - overdue,
        accepted=sum(one.state is State.ACCEPTED for one in standing),
        returned=sum(any(t.step is Step.RETURN for t in one.steps) for one in standing),
        corrected=sum(any(t.submission for t in one.answers) for one in standing),
    )


class Course(StrEnum):
    """What became of a figure's status after the question."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    UNKNOWN = "unknown"  # one of the two is not judged


def course(before: Status, then: Status | None) -> Course:
    """How the status of the next quarter compares with the one that was asked about."""
    if before not in _GRADES or then not in _GRADES:
        return Course.UNKNOWN
    moved = _GRADES.index(then) - _GRADES.index(before)
    return Course.BETTER if moved > 0 else Course.WORSE if moved < 0 else Course.SAME


def tells_of_answer(one: Inquiry) -> bool:
    """Can the next quarter show what came of the question? Not if it was over by then."""
    return quarter_after(one.question.period).end > local_date(one.asked_at)


def quarter_after(period: Period) -> Period:
    """The quarter reported next."""
    if period.is_final:
        return Period(period.year + 1, 1)
    return Period(period.year, period.quarter + 1)
