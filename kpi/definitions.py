"""The decree as objects: indicators, who reports them, organisation units, defaults.

``loaders.definitions`` fills these from YAML; nothing here knows a file. Names are
bilingual (``Text``); every number is Decimal in the indicator's unit of measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kpi.calendar import AddWorkingDays, FormCalendar, Window, add_weekdays, window
from kpi.check_rules import CheckRule, Reconcile
from kpi.periods import Period
from kpi.targets import Direction, Target, TargetKind

OWN_UNIT = "org_unit"  # the reporter of a figure that every unit reports about itself
FORM_A, FORM_B = "A", "B"  # a unit's report about itself, an agency's about its units


@dataclass(frozen=True)
class Text:
    """The same words in both languages."""

    vi: str
    en: str

    def get(self, lang: str) -> str:
        return self.en if lang == "en" else self.vi


class Measure(StrEnum):
    FLOW = "flow"  # accumulates over the year
    STOCK = "stock"  # a level at the period's end
    RATE = "rate"  # a year-to-date ratio or growth, not additive


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"


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

    @property
    def label(self) -> Text:
        return self.short or self.name


@dataclass(frozen=True)
class Basis:
    """What a figure is measured of; figures of different bases are not compared."""

    id: str
    name: Text


@dataclass(frozen=True)
class Sector:
    id: str
    number: str  # Roman, as the decree's table counts
    name: Text


@dataclass(frozen=True)
class Agency:
    """Who sends a form B: an office of the province."""

    id: str
    name: Text
    short: Text


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


@dataclass(frozen=True)
class OrgUnit:
    code: str  # GSO code: "20" the province, "183" Cao Lộc
    name: Text  # "Huyện Cao Lộc"
    short: Text  # "Cao Lộc"
    level: Level
    kind: str  # province | city | district
    parent: str | None
    border: bool
    communes: int  # rural communes (xã) in 2018
    wards: int
    townlets: int
    cluster: str | None
    tile: tuple[int, int] | None  # column, row on the tile map
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class Cluster:
    id: str
    name: Text


@dataclass(frozen=True)
class AgencyPlace:
    """Where a reporting agency belongs and when it exists; its name is in ``Agency``."""

    id: str
    kind: str  # department | board | office | central
    parent: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True)
class OrgUnits:
    """The province's organisation units in official order (GSO code)."""

    units: Mapping[str, OrgUnit]
    clusters: Mapping[str, Cluster]
    agencies: Mapping[str, AgencyPlace] = field(default_factory=dict)

    @property
    def province(self) -> OrgUnit:
        return next(u for u in self.units.values() if u.level is Level.PROVINCE)

    def districts(self, on: date) -> tuple[OrgUnit, ...]:
        """District-level units that exist on a day."""
        return tuple(
            u
            for u in self.units.values()
            if u.level is Level.DISTRICT
            and u.valid_from <= on
            and (u.valid_to is None or on <= u.valid_to)
        )


@dataclass(frozen=True)
class DueRule:
    """When the report of a quarter is due: a day of a month, ``years`` after its year."""

    month: int
    day: int
    years: int = 0

    def date_for(self, period: Period) -> date:
        return date(period.year + self.years, self.month, self.day)


@dataclass(frozen=True)
class Commitment:
    """A commitment without a number: followed as a milestone."""

    id: str
    name: Text
    decree: Decree
    owner: str  # an agency's id, or "" where none of them is in charge
    owner_name: Text | None = None  # always set by the loader


@dataclass(frozen=True)
class Demo:
    """What a fresh installation shows."""

    period: Period


@dataclass(frozen=True)
class Definitions:
    """Everything ``kpi_definitions.yaml`` says, checked."""

    version: str
    plan_year: int
    document: Text  # name of the decree
    sectors: Mapping[str, Sector]
    agencies: Mapping[str, Agency]
    indicators: Mapping[str, Indicator]
    commitments: Mapping[str, Commitment]
    targets: tuple[Target, ...]  # the decree's, for the province
    due: Mapping[int, DueRule]  # by quarter
    approval: Mapping[str, str]  # form "A"/"B" -> "automatic" | "manual"
    demo: Demo
    checks: tuple[CheckRule, ...] = ()  # what a submission is asked, in this order
    bases: Mapping[str, Basis] = field(default_factory=dict)
    calendar: Mapping[str, FormCalendar] = field(default_factory=dict)  # by form
    in_force_from: date = date.min
    form_version: str = ""
    # Which days are holidays is not known here; ``bootstrap`` hands in Viet Nam's.
    working_days: AddWorkingDays = field(default=add_weekdays, repr=False, compare=False)

    @property
    def reconcile_tolerance(self) -> Decimal:
        """How far reported and computed may be apart, as a part of the reported figure."""
        declared = (one.tolerance for one in self.checks if isinstance(one, Reconcile))
        return next(declared, Reconcile().tolerance)

    @property
    def template_version(self) -> str:
        """What a form says it was made from: it changes only when the forms do."""
        return self.form_version or self.version

    def of(self, _period: Period | str) -> Definitions:
        """The only definitions there are hold for every period (``kpi.plan_years``)."""
        return self

    def window(self, form: str, period: Period) -> Window:
        """The days of a form at a period: the one source of every due day and lock."""
        rules = self.calendar.get(form, FormCalendar())
        named = self.due[period.quarter or 4].date_for(period)
        return window(rules, period, named, self.working_days)

    def due_date(self, period: Period, form: str) -> date:
        """The day the report for ``period`` is due."""
        return self.window(form, period).due

    def deadline(self, period: Period, indicator: Indicator, level: Level) -> date:
        """The last day on which a figure comes in time: the due day and its grace."""
        return self.window(self.form_asking(indicator, level), period).in_time_until

    def form_asking(self, indicator: Indicator, level: Level) -> str:
        """The form a figure comes in; of a computed one, the form of its parts."""
        rule = indicator.levels.get(level)
        if rule is None or rule.reporter is not None:
            return FORM_A if rule is not None and rule.reporter == OWN_UNIT else FORM_B
        if indicator.numerator is not None:
            return self.form_asking(self.indicators[indicator.numerator], level)
        return FORM_B if level is Level.DISTRICT else self.form_asking(indicator, Level.DISTRICT)

    def reported_by_unit(self) -> tuple[Indicator, ...]:
        """The indicators of form A: what each district reports about itself."""
        return tuple(
            i
            for i in self.indicators.values()
            if (rule := i.levels.get(Level.DISTRICT)) and rule.reporter == OWN_UNIT
        )

    def reported_by_agency(self, agency: str) -> tuple[tuple[Indicator, Level], ...]:
        """The indicators of an agency's form B, with the level it reports them at."""
        return tuple(
            (indicator, level)
            for indicator in self.indicators.values()
            for level, rule in indicator.levels.items()
            if rule.reporter == agency
        )

    def numbered(self) -> tuple[Indicator, ...]:
        """The indicators the decree sets a number for, in its order."""
        return tuple(i for i in self.indicators.values() if i.role is Role.TARGET)


__all__ = [
    "OWN_UNIT",
    "Across",
    "Agency",
    "AgencyPlace",
    "Basis",
    "Cluster",
    "Commitment",
    "Conversion",
    "Decree",
    "Definitions",
    "Demo",
    "Direction",
    "DueRule",
    "Indicator",
    "Level",
    "LevelRule",
    "Measure",
    "OrgUnit",
    "OrgUnits",
    "Role",
    "Sector",
    "Target",
    "TargetKind",
    "Text",
    "Thresholds",
    "UnitOfMeasure",
]
