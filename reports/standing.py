"""The standing of all clusters at a period: figures and reports read, points and ranks made.

Every door asks here, so that a point on the screen, in the document of the command line and in
a meeting's papers is the same point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from kpi.definitions import Cluster, OrgUnits
from kpi.emulation import Rules
from kpi.honours import decided_by_then, in_force
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.placing import Move, Placed, moves, placed
from kpi.plan_years import PlanYears
from kpi.score_sheets import EMPTY, Given, Sheet, sheet
from kpi.scoring import score
from reports import completeness, slices
from store import criterion_scores, honours, revisions
from store.engine import Session
from store.standings import ClosedStanding


@dataclass(frozen=True)
class ClusterStanding:
    cluster: Cluster
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Standing:
    """``closed``: of a year that is closed; then it is the result, else it is provisional."""

    rules: Rules
    period: Period
    clusters: tuple[ClusterStanding, ...]
    closed: ClosedStanding | None = None
    sheets: Mapping[str, Sheet] = field(default_factory=dict)  # by unit

    def placed(self, org_unit: str) -> Placed | None:
        every = (one for cluster in self.clusters for one in cluster.placed)
        return next((one for one in every if one.org_unit == org_unit), None)

    def sheet(self, org_unit: str) -> Sheet:
        """What the unit gave itself and what was verified, beside the computed points."""
        return self.sheets.get(org_unit, EMPTY)


def moved(now: Standing, other: Standing) -> list[tuple[Cluster, Move]]:
    """Every unit under the rules in force and under others, in today's order."""
    then = {one.cluster.id: one.placed for one in other.clusters}
    return [
        (one.cluster, move)
        for one in now.clusters
        for move in moves(one.placed, then[one.cluster.id])
    ]


def standing(
    session: Session,
    years: PlanYears,
    org_units: OrgUnits,
    rules: Rules,
    *,
    period: Period,
    history_fixed_at: datetime,
    as_of: datetime | None,
    today: date,
) -> Standing:
    """Score and rank every unit that belongs to a cluster at the period.

    Args:
        years: the definitions as they were known.
        as_of: what was known at that moment; None: now.
    """
    units = [unit for unit in org_units.districts(period.end) if unit.cluster is not None]
    codes = [unit.code for unit in units]
    judged = slices.judged(
        session, years.of(period), org_units, period=period, units=codes,
        indicators=rules.indicators, history_fixed_at=history_fixed_at, as_of=as_of, today=today,
    )  # fmt: skip
    quarters = [period.at_quarter(quarter) for quarter in range(1, (period.quarter or 4) + 1)]
    reports = completeness.reports(session, years, org_units, quarters, today=today, as_of=as_of)
    revised = revisions.usual(
        session, codes, _revised_in(period), as_of, least=rules.revisions_least
    )
    entries = decided_by_then(in_force(honours.every(session, as_of)), period)
    scores = {
        code: score(
            rules,
            code,
            _of(judged, code),
            [one for one in reports if one.asked.reporter == code],
            [one for one in entries if one.honour.org_unit == code],
        )
        for code in codes
    }
    clusters = [
        ClusterStanding(
            cluster,
            placed(rules, [scores[u.code] for u in units if u.cluster == cluster.id], revised),
        )
        for cluster in org_units.clusters.values()
    ]
    given = criterion_scores.every(session, period.code, as_of)
    ranked = tuple(one for one in clusters if one.placed)
    return Standing(rules, period, ranked, sheets=_sheets(given))


def _sheets(given: Sequence[Given]) -> dict[str, Sheet]:
    by_unit: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_unit[one.org_unit].append(one)
    return {unit: sheet(found) for unit, found in by_unit.items()}


def _of(judged: Sequence[Assessment], org_unit: str) -> dict[str, Assessment]:
    return {one.indicator: one for one in judged if one.org_unit == org_unit}


def _revised_in(period: Period) -> list[str]:
    """Corrections of this year and the one before tell what is usual."""
    years = (period.year - 1, period.year)
    return [Period(year, quarter).code for year in years for quarter in range(5)]
