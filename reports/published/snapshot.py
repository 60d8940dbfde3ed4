"""What is published of a period: every judged figure, as it was known at one moment.

Only approved figures are read, and only what had come in by the moment of the stamp, so that
the same stamp gives the same snapshot whenever it is asked for. No person is in it: of where
a figure comes from, the office and the day are kept, not the file and not who sent it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from kpi.coherence import Gap
from kpi.definitions import Definitions, Indicator, OrgUnits, Role
from kpi.judgement import Assessment, Status
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.targets import Target
from reports import tables
from reports.coherence import coherence
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from store import series, targets
from store.engine import Session


@dataclass(frozen=True)
class Stamp:
    """Which snapshot it is: of what period, known when, at which state of the data."""

    period: Period
    known_at: datetime
    data_version: int
    illustrative: bool  # the figures are made up, and every page says so


@dataclass(frozen=True)
class Snapshot:
    """Everything the files are made of."""

    stamp: Stamp
    definitions: Definitions
    org_units: OrgUnits
    province: tuple[Assessment, ...]  # in the decree's order
    districts: Mapping[str, tuple[Assessment, ...]]  # by unit
    views: Mapping[str, IndicatorView]  # of the province, by indicator
    gaps: tuple[Gap, ...]

    @property
    def every(self) -> tuple[Assessment, ...]:
        """The province's figures, then district by district."""
        return (*self.province, *(one for found in self.districts.values() for one in found))

    def of_indicator(self, indicator: str) -> tuple[Assessment, ...]:
        """The districts' figures of one indicator."""
        return tuple(
            one for found in self.districts.values() for one in found if one.indicator == indicator
        )

    @property
    def shown(self) -> tuple[Indicator, ...]:
        """The indicators that have a page: all that are judged or followed."""
        judged = {one.indicator for one in self.every}
        return tuple(one for one in self.definitions.indicators.values() if one.id in judged)


def snapshot(
    session: Session,
    definitions: Definitions,
    org_units: OrgUnits,
    stamp: Stamp,
    *,
    history_fixed_at: datetime,
    as_of: datetime | None = None,
) -> Snapshot:
    """Read and judge everything as it was known at the stamp's moment.

    Args:
        as_of: another moment, to see whether anything has changed since the stamp's.
    """
    read = _Read(
        session, definitions, org_units, stamp.period, as_of or stamp.known_at, history_fixed_at
    )
    units = [org_units.province, *org_units.districts(stamp.period.end)]
    judged = tables.assessments(
        read.values, read.planned, definitions, org_units, period=stamp.period,
        org_units_wanted=[unit.code for unit in units], today=read.today, opening=read.opening,
    )  # fmt: skip
    by_unit = {unit.code: tuple(a for a in judged if a.org_unit == unit.code) for unit in units}
    province = by_unit.pop(org_units.province.code)
    return Snapshot(
        stamp=stamp,
        definitions=definitions,
        org_units=org_units,
        province=province,
        districts=by_unit,
        views=read.views([one for one in province if one.status is not Status.FOLLOWED]),
        gaps=coherence(read.values, definitions, org_units, stamp.period),
    )


class _Read:
    """The rows behind a snapshot, read once."""

    def __init__(
        self, session: Session, definitions: Definitions, org_units: OrgUnits, period: Period,
        known_at: datetime, history_fixed_at: datetime,
    ) -> None:  # fmt: skip
        periods = tables.periods_needed(period)
        earlier = [one.code for one in periods if one.year < period.year]
        self._definitions, self._org_units, self._period = definitions, org_units, period
        self.today = local_date(known_at)
        codes = [one.code for one in periods]
        self.values: pd.DataFrame = series.values(session, periods=codes, as_of=known_at)
        self.planned: list[Target] = targets.in_force(session, period.year, period.end, known_at)
        self.opening: pd.DataFrame = series.at_opening(session, earlier, history_fixed_at, known_at)

    def views(self, judged: list[Assessment]) -> dict[str, IndicatorView]:
        found = (self._view(self._definitions.indicators[one.indicator]) for one in judged)
        return {view.indicator.id: view for view in found if view is not None}

    def _view(self, indicator: Indicator) -> IndicatorView | None:
        if indicator.role is Role.INPUT:
            return None
        needed = inputs_of(indicator)
        return indicator_view(
            self.values[self.values["indicator"].isin(needed)],
            self.planned,
            self._definitions,
            self._org_units,
            indicator=indicator,
            org_unit=self._org_units.province,
            period=self._period,
            today=self.today,
            opening=self.opening[self.opening["indicator"].isin(needed)],
        )
