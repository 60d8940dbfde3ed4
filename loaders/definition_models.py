"""What an entry of the definition files may look like: the shape, field by field.

Rules that need a second entry, or that should name a certain field, are in
``definition_rules``; what a field may be made of is in ``model_types``, the questions
asked of a submission in ``check_models``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr, StringConstraints

from kpi.calendar import CutOff, FormCalendar
from kpi.definitions import Across, Level, Measure, Role, Text
from kpi.targets import Direction, TargetKind
from loaders.check_models import AnyCheckEntry
from loaders.model_types import (
    Day,
    Decimals,
    Identifier,
    Number,
    Quarter,
    Quarterly,
    Strict,
    Words,
)


class TextEntry(Strict):
    vi: Words
    en: Words

    def to_text(self) -> Text:
        return Text(self.vi, self.en)


class EdgesEntry(Strict):
    """Figures of a target: ``value`` for at_least and at_most, else ``low`` and ``high``."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None


class TargetEntry(EdgesEntry):
    kind: TargetKind
    basis: Identifier | None = None  # the province's own basis if not said
    by_quarter: Mapping[Quarter, EdgesEntry] = Field(default_factory=dict)
    baseline: Number | None = None


class DecreeEntry(Strict):
    clause: Words
    quote: Words
    words: Words


class LevelEntry(Strict):
    reporter: Identifier | None
    basis: Identifier
    decimals: Decimals | None = None  # the indicator's own if not said


class BoundsEntry(Strict):
    low: Number | None = None
    high: Number | None = None


class ConversionEntry(Strict):
    from_basis: Identifier
    to_basis: Identifier
    product_taxes: Identifier


class ThresholdsEntry(Strict):
    """Every field optional: what is absent keeps the default."""

    on_track_from: Number | None = None
    at_risk_from: Number | None = None
    previous_tolerance: Number | None = None
    exceed_margin: Number | None = None
    missing_weight: Number | None = None
    min_history_years: StrictInt | None = None
    near_miss: Number | None = None
    small_count: Number | None = None
    min_forecast_share: Number | None = None


class IndicatorEntry(Strict):
    id: Identifier
    name: TextEntry
    short: TextEntry
    sector: Identifier
    role: Role
    decree: DecreeEntry | None = None
    unit_of_measure: Identifier
    decimals: Decimals
    measure: Measure
    direction: Direction | None = None
    growth: StrictBool = False
    asked_at: tuple[Quarter, ...] | None = None
    annual: StrictBool = False
    levels: Mapping[Level, LevelEntry]
    across_units: Across
    numerator: Identifier | None = None
    denominator: Identifier | None = None
    weight_indicator: Identifier | None = None
    reconcile_with: Across | None = None
    contribution_weight: Identifier | None = None
    parent: Identifier | None = None
    group: Identifier | None = None
    status_by_quarter: Mapping[Quarter, Literal["A", "E", "P"]] = Field(default_factory=dict)
    pace: Mapping[Quarter, Number] | None = None
    linear: StrictBool = True
    forecast: Literal["latest"] | None = None
    target: TargetEntry | None = None
    bounds: BoundsEntry
    good_side: Literal["below", "above"] | None = None
    share_group: Identifier | None = None
    conversion: ConversionEntry | None = None
    weight: Number = Decimal(1)
    thresholds: ThresholdsEntry | None = None
    aliases: tuple[Words, ...] = ()
    notes: tuple[TextEntry, ...] = ()


class SectorEntry(Strict):
    id: Identifier
    number: Annotated[StrictStr, StringConstraints(pattern=r"^[IVX]+$")]
    name: TextEntry


class AgencyEntry(Strict):
    id: Identifier
    name: TextEntry
    short: TextEntry


class UnitOfMeasureEntry(Strict):
    id: Identifier
    name: TextEntry
    short: TextEntry | None = None
    one: TextEntry | None = None
    is_percent: StrictBool = False
    is_count: StrictBool = False
    aliases: tuple[Words, ...] = ()


class BasisEntry(Strict):
    id: Identifier
    name: TextEntry


class CommitmentEntry(Strict):
    id: Identifier
    name: TextEntry
    decree: DecreeEntry
    owner: Identifier | None = None  # an agency of this file
    owner_name: TextEntry | None = None  # any other office


class DueEntry(Strict):
    day: Annotated[StrictInt, Field(ge=1, le=31)]
    month: Annotated[StrictInt, Field(ge=1, le=12)]
    years: Annotated[StrictInt, Field(ge=0, le=1)] = 0


class DemoEntry(Strict):
    period: Quarterly


class CalendarEntry(Strict):
    """Working days; ``opens`` and ``due`` count from the cut-off, ``opens`` may be before it."""

    period: Literal["quarter"] = "quarter"
    cut_off: CutOff
    opens: StrictInt | None = None
    due: Annotated[StrictInt, Field(ge=0)] | None = None
    grace: Annotated[StrictInt, Field(ge=0)] = 0
    lock: Literal["none"] | Annotated[StrictInt, Field(ge=0)] = "none"
    after_approval: Literal["open", "locked"] = "open"

    def to_calendar(self) -> FormCalendar:
        return FormCalendar(
            cut_off=self.cut_off,
            opens=self.opens,
            due=self.due,
            grace=self.grace,
            lock=None if self.lock == "none" else self.lock,
            locked_by_approval=self.after_approval == "locked",
        )


class HeadEntry(Strict):
    """The file without its lists of entries."""

    version: Words
    form_version: Words | None = None  # of the forms, where it differs from ``version``
    plan_year: Annotated[StrictInt, Field(ge=2000, le=2100)]
    in_force_from: Day
    document: TextEntry
    demo: DemoEntry
    due: Mapping[Quarter, DueEntry]
    approval: Mapping[Literal["A", "B"], Literal["automatic", "manual"]]
    calendar: Mapping[Literal["A", "B"], CalendarEntry] = Field(default_factory=dict)
    thresholds: ThresholdsEntry
    checks: tuple[AnyCheckEntry, ...] = ()
