"""One figure as whoever asks about it sees it: judged as it was known on a day.

The screen judges what it shows; the command line and the demonstration ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kpi.definitions import OrgUnits
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.plan_years import PlanYears
from store.engine import SessionFactory


@dataclass(frozen=True)
class Seeing:
    """What a judgement needs beside the figure that is looked at."""

    factory: SessionFactory
    years: PlanYears
    org_units: OrgUnits

    def figure(
        self,
        indicator: str,
        org_unit: str,
        period: Period,
        *,
        today: date,
        as_of: datetime | None = None,
    ) -> Assessment | None:
        """None where there is no such indicator or unit, or it does not exist at its level."""
        from reports.slices import judged  # with its frames; most commands need none

        year = self.years.at(period)
        if indicator not in year.definitions.indicators or org_unit not in self.org_units.units:
            return None
        with self.factory() as session:
            found = judged(
                session, year.definitions, self.org_units, period=period, units=[org_unit],
                indicators=[indicator], history_fixed_at=year.history_fixed_at,
                as_of=as_of, today=today,
            )  # fmt: skip
        return found[0] if found else None
