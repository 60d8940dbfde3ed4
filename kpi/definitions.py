"""The decree as objects: everything ``kpi_definitions.yaml`` says, checked and together.

Indicators and organisation units have modules of their own; whoever works with the decree
as a whole finds them here as well. Names are bilingual (``Text``); every number is Decimal
in the indicator's unit of measure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpi.bilingual import Text
from kpi.calendar import AddWorkingDays, FormCalendar, Window, add_weekdays, window
from kpi.check_rules import CheckRule, Reconcile
from kpi.indicators import (
    OWN_UNIT,
    Across,
    Basis,
    Conversion,
    Decree,
    Indicator,
    LevelRule,
    Measure,
    Role,
    Thresholds,
    UnitOfMeasure,
)
from kpi.org_units import AgencyPlace, Cluster, Level, OrgUnit, OrgUnits
from kpi.periods import Period
from kpi.targets import Direction, Target, TargetKind

FORM_A, FORM_B = "A", "B"  # a unit's report about itself, an agency's about its units


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
