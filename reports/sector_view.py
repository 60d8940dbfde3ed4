"""Everything the page of one sector shows, judged once.

Every indicator of the sector with its course and its districts, and where the sector has
them: the structure over the years, and what each part brought to growth. Wording, drawing and
HTML take it from here; what an indicator page would say of the same figure is what stands
here, because it is made by the same function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpi.case import without_taxes
from kpi.contributions import Contributions, contributions
from kpi.definitions import Definitions, Indicator, Level, OrgUnits, Role, Sector
from kpi.judgement import Assessment
from kpi.observations import Known
from kpi.periods import Period
from kpi.shares import ShareMix, share_mixes
from kpi.targets import Target
from reports import tables
from reports.indicator_view import IndicatorView, indicator_view, inputs_of
from reports.tables import History
from store.series import known

YEARS_BEFORE = 2  # a structure changes slowly: the year and the two before it


@dataclass(frozen=True)
class Shares:
    """The structure at one period: as published, and on the plan's basis."""

    period: Period
    published: tuple[Known | None, ...]  # product taxes last
    converted: tuple[Known | None, ...]  # without them

    @property
    def complete(self) -> bool:
        return all(share is not None and share.value is not None for share in self.converted)


@dataclass(frozen=True)
class Structure:
    """The shares of one whole that the plan sets, over the years."""

    members: tuple[IndicatorView, ...]
    taxes: Indicator | None  # the published part that the plan does not know
    years: tuple[Shares, ...]  # oldest first; the last is the period looked at
    mix: ShareMix | None  # the plan's edges added up


@dataclass(frozen=True)
class Growth:
    """A growth rate and the parts it is made of."""

    total: IndicatorView
    parts: tuple[IndicatorView, ...]
    found: Contributions | None  # None where a figure is missing


@dataclass(frozen=True)
class SectorView:
    """One sector of the province at one period."""

    sector: Sector
    period: Period
    panels: tuple[IndicatorView, ...]  # what the province has, in the decree's order
    districts: Mapping[str, tuple[Assessment, ...]]  # by indicator that exists there
    structure: Structure | None
    growth: Growth | None

    @property
    def judged(self) -> tuple[Assessment, ...]:
        return tuple(panel.judged for panel in self.panels)


@dataclass(frozen=True)
class _Source:
    """Where the figures of a view come from."""

    values: pd.DataFrame
    targets: Sequence[Target]
    definitions: Definitions
    org_units: OrgUnits
    period: Period
    today: date
    opening: pd.DataFrame | None = None

    def view(self, indicator: Indicator) -> IndicatorView | None:
        return indicator_view(
            self._of(inputs_of(indicator)),
            self.targets,
            self.definitions,
            self.org_units,
            indicator=indicator,
            org_unit=self.org_units.province,
            period=self.period,
            today=self.today,
            opening=self.opening,
        )

    def at_districts(self, indicator: Indicator) -> tuple[Assessment, ...]:
        units = [unit.code for unit in self.org_units.districts(self.period.end)]
        found = tables.assessments(
            self._of(inputs_of(indicator)),
            self.targets,
            self.definitions,
            self.org_units,
            period=self.period,
            org_units_wanted=units,
            indicators=[indicator.id],
            today=self.today,
            opening=self.opening,
        )
        return tuple(found)

    def reported(self, indicator: str) -> History:
        """What was reported of the province, by period."""
        own = self.values["org_unit"] == self.org_units.province.code
        rows = self.values[own & (self.values["indicator"] == indicator)]
        return {period: value for (_, _, period), value in known(rows).items()}

    def _of(self, indicators: Sequence[str]) -> pd.DataFrame:
        return self.values[self.values["indicator"].isin(list(indicators))]


def sector_view(
    values: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    *,
    sector: Sector,
    period: Period,
    today: date,
    opening: pd.DataFrame | None = None,
) -> SectorView:
    """Judge what the page of a sector shows.

    Args:
        values: as ``store.series.values`` gives them, of all organisation units.
        targets: those in force at the period's end.
    """
    source = _Source(values, targets, definitions, org_units, period, today, opening)
    members = [i for i in definitions.indicators.values() if i.sector == sector.id]
    shown = [i for i in members if i.role is not Role.INPUT]
    views = {i.id: view for i in shown if (view := source.view(i)) is not None}
    districts = {
        i.id: views[i.id].districts if i.id in views else source.at_districts(i)
        for i in shown
        if i.exists_at(Level.DISTRICT)
    }
    return SectorView(
        sector=sector,
        period=period,
        panels=tuple(views.values()),
        districts=districts,
        structure=_structure(source, tuple(views.values())),
        growth=_growth(source, views),
    )


# --- structure ---------------------------------------------------------------------------


def _structure(source: _Source, views: Sequence[IndicatorView]) -> Structure | None:
    members = tuple(v for v in views if v.indicator.share_group and v.judged.target)
    if len(members) < 2:
        return None
    first = members[0].indicator
    taxes = None
    if first.conversion is not None:
        taxes = source.definitions.indicators[first.conversion.product_taxes]
    names = [*(v.indicator.id for v in members), *([taxes.id] if taxes else [])]
    histories = [source.reported(name) for name in names]
    period = source.period
    years = [period.year - back for back in range(YEARS_BEFORE, -1, -1)]
    return Structure(
        members=members,
        taxes=taxes,
        years=tuple(_shares(Period(y, period.quarter), histories, members) for y in years),
        mix=_mix(source, first),
    )


def _shares(
    period: Period, histories: Sequence[History], members: Sequence[IndicatorView]
) -> Shares:
    published = tuple(history.get(period) for history in histories)
    taxes = published[len(members)] if len(published) > len(members) else None
    pairs = zip(published, members, strict=False)  # the taxes have no member
    return Shares(period, published, tuple(_as_planned(share, taxes, m) for share, m in pairs))


def _as_planned(share: Known | None, taxes: Known | None, member: IndicatorView) -> Known | None:
    """The share on the basis the plan is meant in, or None where that cannot be had."""
    target = member.judged.target
    if share is None or target is None or share.basis == target.basis:
        return share
    return without_taxes(share, taxes, target.basis)


def _mix(source: _Source, member: Indicator) -> ShareMix | None:
    province = source.org_units.province.code
    wanted = [t for t in source.targets if t.org_unit == province]
    mixes = share_mixes(source.definitions, wanted)
    return next((mix for mix in mixes if mix.group == member.share_group), None)


# --- growth ------------------------------------------------------------------------------


def _growth(source: _Source, views: Mapping[str, IndicatorView]) -> Growth | None:
    parts = tuple(v for v in views.values() if v.indicator.contribution_weight)
    parents = {v.indicator.parent for v in parts}
    total = views.get(next(iter(parents)) or "") if len(parents) == 1 else None
    if total is None:
        return None
    before = source.period.same_period_last_year()
    pairs = [
        (part.judged.known, source.reported(part.indicator.contribution_weight or "").get(before))
        for part in parts
    ]
    return Growth(total, parts, contributions(total.judged.known, pairs))
