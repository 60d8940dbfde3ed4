"""What an indicator is: how it is measured, who reports it, how the units make the province.

``loaders.definitions`` fills these from YAML; nothing here knows a file. Every number is
Decimal in the indicator's unit of measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kpi.bilingual import Text
from kpi.org_units import Level
from kpi.periods import Period
from kpi.targets import Direction

OWN_UNIT = "org_unit"  # the reporter of a figure that every unit reports about itself


class Measure(StrEnum):
    FLOW = "flow"  # accumulates over the year
    STOCK = "stock"  # a level at the period's end
    RATE = "rate"  # a year-to-date ratio or growth, not additive


class Across(StrEnum):
    """How the province's value follows from the districts' (METHOD 9)."""

    SUM = "sum"
    RATIO = "ratio"
    WEIGHTED_MEAN = "weighted_mean"
    REPORTED = "reported"


class Role(StrEnum):
    """Why an indicator is kept: the decree numbers it, follows it, or a ratio needs it."""

    TARGET = "target"
    FOLLOWED = "followed"
    INPUT = "input"


@dataclass(frozen=True)
class UnitOfMeasure:
    id: str
    name: Text
    is_percent: bool = False
    is_count: bool = False  # whole numbers only
    aliases: tuple[str, ...] = ()
    short: Text | None = None  # for narrow columns: "triệu đồng"
    one: Text | None = None  # where a language has another word for a single one: "accident"

    @property
    def label(self) -> Text:
        return self.short or self.name

    def label_of(self, *, one: bool) -> Text:
        """Beside a figure; ``one``: the language counts it as a single one."""
        return self.one if one and self.one is not None else self.label


@dataclass(frozen=True)
class Basis:
    """What a figure is measured of; figures of different bases are not compared."""

    id: str
    name: Text


@dataclass(frozen=True)
class Decree:
    """Clause and words of the decree behind an indicator."""

    clause: str  # "2.b"
    quote: str  # the sentence, verbatim
    words: str  # the part of ``quote`` that states the target, verbatim


@dataclass(frozen=True)
class LevelRule:
    """How an indicator exists at one level: who reports it, on which basis.

    ``reporter`` is an agency id, ``OWN_UNIT``, or None where the figure is computed
    from the units below and nobody reports it.
    """

    reporter: str | None
    basis: str
    decimals: int


@dataclass(frozen=True)
class Thresholds:
    """Parameters of METHOD 6 to 9; defaults of the definitions, set per indicator."""

    on_track_from: Decimal = Decimal("0.97")
    at_risk_from: Decimal = Decimal("0.90")
    previous_tolerance: Decimal = Decimal("0.03")
    exceed_margin: Decimal = Decimal(0)
    missing_weight: Decimal = Decimal("0.05")
    min_history_years: int = 2
    near_miss: Decimal = Decimal("0.005")
    small_count: Decimal = Decimal(10)
    min_forecast_share: Decimal = Decimal("0.10")


@dataclass(frozen=True)
class Conversion:
    """From the statistics' basis to the target's: share ÷ (100 − taxes) × 100."""

    from_basis: str
    to_basis: str
    product_taxes: str  # indicator id of product taxes less subsidies, % of the whole


@dataclass(frozen=True)
class Indicator:
    id: str
    name: Text
    short: Text  # for table rows: "Nông, lâm nghiệp" under its group
    sector: str
    role: Role
    unit_of_measure: UnitOfMeasure
    measure: Measure
    direction: Direction | None
    levels: Mapping[Level, LevelRule]
    across_units: Across
    decree: Decree | None
    asked_at: tuple[int, ...] = (1, 2, 3, 4)
    annual: bool = False  # the figure belongs to the year and is asked for at Q4
    numerator: str | None = None
    denominator: str | None = None
    weight_indicator: str | None = None
    reconcile_with: Across | None = None  # reported, and yet the districts give it too
    contribution_weight: str | None = None  # the share whose growth this is
    parent: str | None = None  # drawn indented below this indicator
    group: str | None = None  # members judged together ("cả 3 tiêu chí")
    growth: bool = False
    pace: Mapping[int, Decimal] | None = None  # declared share of the year by quarter
    linear: bool = True
    forecast_latest: bool = False
    hard_low: Decimal | None = None  # outside: the value is refused
    hard_high: Decimal | None = None
    good_side: str | None = None  # "below" or "above": the wished-for way out of a band
    share_group: str | None = None
    conversion: Conversion | None = None
    weight: Decimal = Decimal(1)
    thresholds: Thresholds = Thresholds()
    aliases: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    status_by_quarter: Mapping[int, str] = field(default_factory=dict)  # SDMX: E at Q1, Q3

    def exists_at(self, level: Level) -> bool:
        return level in self.levels

    def decimals_at(self, level: Level) -> int:
        return self.levels[level].decimals

    def is_asked_at(self, quarter: int) -> bool:
        return quarter == 4 if self.annual else quarter in self.asked_at

    def observation_period(self, period: Period) -> Period:
        """The period the figure belongs to when ``period`` is looked at."""
        return period.at_quarter(0) if self.annual else period
