"""The questions a submission is asked beyond form and number (METHOD 10), as data.

Which of them are asked, with what parameters and how severely, is declared in
``kpi_definitions.yaml``; what each means is a function of ``kpi.plausibility``. A rule
that is not declared is not asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from kpi.findings import Severity


@dataclass(frozen=True)
class FallsWithinYear:
    """A to-date figure below the one of an earlier quarter: a correction or a slip."""

    severity: Severity = Severity.WARNING


@dataclass(frozen=True)
class SingleQuarters:
    """Most to-date figures fall at once: the quarter's own figures stand in the form."""

    severity: Severity = Severity.WARNING
    at_least: int = 3  # figures that fall
    share: Decimal = Decimal("0.5")  # of those that could


@dataclass(frozen=True)
class ShareSum:
    """The shares of one group sum to 100, within ``tolerance`` percentage points."""

    severity: Severity = Severity.WARNING
    tolerance: Decimal = Decimal("0.1")


@dataclass(frozen=True)
class BetweenParts:
    """A total lies between its parts' least and greatest figure."""

    total: str
    parts: tuple[str, ...]
    severity: Severity = Severity.WARNING


@dataclass(frozen=True)
class Scale:
    """``low`` to ``high`` times another figure, or the other way round: tỷ for triệu."""

    severity: Severity = Severity.WARNING
    low: Decimal = Decimal(900)
    high: Decimal = Decimal(1100)


@dataclass(frozen=True)
class Outlier:
    """The change on last year stands apart: modified z-score beyond ``limit``.

    ``least_part`` (of last year's figure) and ``least_points`` (of a percentage) are how
    far from the usual change nobody is asked, however even the comparators are.
    """

    severity: Severity = Severity.WARNING
    limit: Decimal = Decimal("3.5")
    comparators: int = 5
    least_part: Decimal = Decimal(0)
    least_points: Decimal = Decimal(0)


@dataclass(frozen=True)
class Reconcile:
    """The province's reported figure differs from the districts' by more than a part."""

    severity: Severity = Severity.WARNING
    tolerance: Decimal = Decimal("0.005")


CheckRule: TypeAlias = (
    FallsWithinYear | SingleQuarters | ShareSum | BetweenParts | Scale | Outlier | Reconcile
)
