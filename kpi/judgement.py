"""What a judgement consists of: statuses, profile, forecast, explanation, as data.

``kpi.assessment.assess`` makes an ``Assessment``; screens, Word and the API only read
it. Codes become sentences in ``texts/``; nothing here is worded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kpi.observations import Coverage, Known
from kpi.periods import Period
from kpi.targets import Target


class Status(StrEnum):
    EXCEEDED = "exceeded"
    MET = "met"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    MISSED = "missed"
    INCOMPLETE = "incomplete"
    NOT_DUE = "not_due"
    NOT_ASSESSABLE = "not_assessable"
    FOLLOWED = "followed"


class ProfileKind(StrEnum):
    """Where the share of the year expected by now comes from (METHOD 6)."""

    DECLARED = "declared"
    HISTORY = "history"
    LINEAR = "linear"


@dataclass(frozen=True)
class Profile:
    kind: ProfileKind
    share: Decimal  # part of the year's target expected at the period, 0..1
    years: tuple[int, ...] = ()  # the history used


@dataclass(frozen=True)
class Forecast:
    """The year's end if things go on so; a spread of methods, not a confidence interval."""

    central: Decimal
    low: Decimal
    high: Decimal
    profile: str  # "declared" | "history" | "latest" | "actual" (Q4: the value itself)


class Effort(StrEnum):
    FEASIBLE = "feasible"  # khả thi
    HARD = "hard"  # khó
    NEVER_DONE = "never_done"  # chưa từng đạt


@dataclass(frozen=True)
class QuartersSoFar:
    """What single quarters have brought, to hold what is needed against."""

    average: Decimal | None = None  # of this year's
    best: Decimal | None = None  # ever
    best_in: Period | None = None
    last_years_rest: Decimal | None = None  # the same quarters a year ago, together


@dataclass(frozen=True)
class Needed:
    """What is still to be done before the year's end (METHOD 7)."""

    total: Decimal | None = None
    per_quarter: Decimal | None = None
    multiple: Decimal | None = None  # of the average achieved per quarter so far
    effort: Effort | None = None
    room: Decimal | None = None  # how much an at_most or below_previous flow may still add
    growth_in_rest: Decimal | None = None  # growth needed in the rest of the year, %
    approximate: bool = False
    # Beside the judgement and no part of it, so that it does not tell two of them apart.
    quarters: QuartersSoFar = field(default=QuartersSoFar(), compare=False)


@dataclass(frozen=True)
class Note:
    """Said beside a status; never changes it."""

    code: str
    facts: Mapping[str, Decimal | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Explanation:
    """The arithmetic behind a status: which rule fired, on which figures.

    ``rule`` is a code such as "ratio", "final", "band", "no_value"; ``reason`` says why
    a figure could not be had ("no_baseline", "basis_differs", "no_previous" ...).
    ``figures`` are the intermediate figures by name, in the order they were computed.
    ``inputs`` are the values used, by role ("value", "previous", "baseline").
    ``reasons`` say by figure ("attainment", "change" ...) why it is undefined; ``signs``
    hold "<" or ">" where three decimals are too few to show what the figure is.
    """

    rule: str
    reason: str | None = None
    figures: Mapping[str, Decimal] = field(default_factory=dict)
    inputs: Mapping[str, Known] = field(default_factory=dict)
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    profile: Profile | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Assessment:
    """One indicator of one organisation unit, judged at one period.

    Figures are in the indicator's unit of measure, rounded as METHOD 3 says;
    ``attainment`` and ``change`` are percentages with one decimal; None means
    undefined, and the explanation has the reason.
    """

    indicator: str
    org_unit: str
    period: Period  # the one looked at
    observation_period: Period  # the one the figure belongs to
    status: Status
    known: Known | None  # the value judged (converted where ``original`` is set)
    target: Target | None
    explanation: Explanation
    value: Decimal | None = None
    reference: Decimal | None = None  # t of METHOD 4
    expected: Decimal | None = None
    ratio: Decimal | None = None
    attainment: Decimal | None = None
    used_of_limit: Decimal | None = None  # decreasing flow before Q4: 100·a/t
    distance: Decimal | None = None  # signed, to the near edge; 0 inside
    travelled: Decimal | None = None  # stock with baseline: 100·(a−b)/(t−b)
    previous: Known | None = None
    previous_value: Decimal | None = None
    change: Decimal | None = None  # % against the same period of the previous year
    forecast: Forecast | None = None
    needed: Needed | None = None
    coverage: Coverage | None = None
    provisional: bool = False  # "tạm tính"
    original: Known | None = None  # before a conversion of basis
    last_known: Known | None = None  # shown dimmed when incomplete
    notes: tuple[Note, ...] = ()

    @property
    def unapproved(self) -> bool:
        """Does the figure rest on one that was sent and that nobody has decided on yet?"""
        return self.known is not None and self.known.unapproved
