"""The earlier values of one indicator and unit, rounded, like compared with like.

A value counts only in the basis asked for; a year gives shares only when its four
to-date values rest on the same organisation units, because a district that is missing
in June and present in December would look like a strong second half. The caller
chooses: the values in force, or (for shares) those of the plan year's opening.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Measure
from kpi.observations import Known
from kpi.periods import Period
from kpi.rounding import half_away

QUARTERS = (1, 2, 3, 4)
YEARS_BACK = 5


@dataclass(frozen=True)
class Past:
    """All known values by period; what is asked of them is always before a period."""

    known: Mapping[Period, Known]
    decimals: int
    basis: str

    def at(self, period: Period) -> Known | None:
        """The value in force at a period in this basis; None where there is none."""
        known = self.known.get(period)
        if known is None or known.value is None or known.basis != self.basis:
            return None
        return known

    def value(self, period: Period) -> Decimal | None:
        known = self.at(period)
        if known is None or known.value is None:
            return None
        return half_away(known.value, self.decimals)

    def to_date(self, year: int) -> tuple[Decimal, ...] | None:
        """The four to-date values of a year, if all are there and comparable."""
        found = [self.at(Period(year, quarter)) for quarter in QUARTERS]
        known = [k for k in found if k is not None]
        if len(known) < len(QUARTERS) or len({k.units for k in known}) > 1:
            return None
        return tuple(half_away(k.value, self.decimals) for k in known if k.value is not None)

    def shares(self, plan_year: int) -> dict[int, tuple[Decimal, ...]]:
        """By year, the parts of the total reached at Q1 to Q4, of qualifying years."""
        found: dict[int, tuple[Decimal, ...]] = {}
        for year in range(plan_year - YEARS_BACK, plan_year):
            values = self.to_date(year)
            if values is None or values[-1] <= 0:
                continue
            if all(0 <= value <= values[-1] for value in values):
                found[year] = tuple(value / values[-1] for value in values)
        return found

    def single_quarters(self, measure: Measure, until: Period) -> dict[Period, Decimal]:
        """What each quarter up to a period added by itself; for a stock, its change."""
        quarters = (p for p in self.known if p.quarter and p <= until)
        amounts = ((p, self._added(p, measure)) for p in sorted(quarters))
        return {period: amount for period, amount in amounts if amount is not None}

    def _added(self, period: Period, measure: Measure) -> Decimal | None:
        now, earlier = self.at(period), self.at(period.previous())
        value = self.value(period)
        if now is None or value is None:
            return None
        if measure is Measure.FLOW and period.quarter == 1:
            return value
        start = self.value(period.previous())
        if earlier is None or start is None or earlier.units != now.units:
            return None
        return value - start
