"""A value on its way from the cell to the judgement.

``Reading`` is a cell as it was found, before any rule has looked at it.
``Observation`` has passed the checks. ``Known`` is an observation in force, with all
that is needed to find its cell again; sums and ratios are Known with their parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kpi.periods import Period


@dataclass(frozen=True)
class CellAddress:
    """Where a value stands in the file a statistician sent."""

    sheet: str
    cell: str  # as Excel writes it: "E14"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


class CellKind(StrEnum):
    """What Excel says a cell holds; it decides which rule of METHOD 12 reads it."""

    EMPTY = "empty"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"
    UNCALCULATED = "uncalculated"  # a formula that no program has ever computed


@dataclass(frozen=True)
class Reading:
    """One value cell of one row of a form, as it was found.

    ``raw`` is the cell's own object (float, int, str, bool, datetime) or None when
    empty; for an error cell its text ("#REF!"). ``unit_of_measure`` is the text that
    stands in the row. ``formula`` is the formula's text where the cell has one.
    """

    indicator: str
    org_unit: str
    period: str
    raw: object
    kind: CellKind
    at: CellAddress
    number_format: str = "General"
    formula: str | None = None
    unit_of_measure: str = ""
    note: str = ""


class ObsStatus(StrEnum):
    """SDMX observation status (CL_OBS_STATUS), the part of it that is used."""

    NORMAL = "A"
    ESTIMATE = "E"
    PROVISIONAL = "P"
    NOT_APPLICABLE = "M"  # the cell said x: the figure cannot exist
    MISSING = "O"  # the cell said … : it exists but is not available


@dataclass(frozen=True)
class Observation:
    """A reading that has passed every check; ``value`` is in the indicator's unit."""

    indicator: str
    org_unit: str
    period: Period
    value: Decimal | None
    status: ObsStatus
    basis: str
    raw: str
    at: CellAddress
    note: str = ""

    def as_known(self) -> Known:
        """What will be known once this is in force; it has no submission yet."""
        return Known(
            indicator=self.indicator,
            org_unit=self.org_unit,
            period=self.period,
            value=self.value,
            status=self.status,
            basis=self.basis,
            note=self.note,
        )


@dataclass(frozen=True)
class Source:
    """Which cell of which version of which file said so."""

    submission: int
    revision: int
    reporter: str
    file_name: str
    file_digest: str
    at: CellAddress
    received_at: datetime
    approved: bool = True  # False: sent, and nobody has decided on it yet


@dataclass(frozen=True)
class Coverage:
    """How many organisation units a computed figure rests on."""

    present: tuple[str, ...]
    expected: tuple[str, ...]
    missing_weight: Decimal = Decimal(0)  # 0..1, the missing units' part of the plan

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(unit for unit in self.expected if unit not in self.present)

    @property
    def complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Known:
    """A value in force: reported (``source``) or computed from ``parts``."""

    indicator: str
    org_unit: str
    period: Period
    value: Decimal | None
    status: ObsStatus = ObsStatus.NORMAL
    basis: str = ""
    source: Source | None = None
    note: str = ""
    coverage: Coverage | None = None
    parts: tuple[Known, ...] = field(default=(), repr=False)

    @property
    def units(self) -> frozenset[str]:
        """The organisation units the figure rests on, to compare like with like."""
        if self.coverage is not None:
            return frozenset(self.coverage.present)
        return frozenset((self.org_unit,))

    @property
    def unapproved(self) -> bool:
        """Does the figure rest on anything that nobody has decided on yet?"""
        return any(not source.approved for source in self.sources)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every cell behind the figure, its parts' included."""
        own = (self.source,) if self.source else ()
        return own + tuple(source for part in self.parts for source in part.sources)
