"""The standing of all clusters at a period: figures and reports read, points and ranks made.

Every door asks here, so that a point on the screen, in the document of the command line and in
a meeting's papers is the same point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from kpi.completeness import Report
from kpi.definitions import Cluster, OrgUnits
from kpi.emulation import Rules
from kpi.honours import Entry, decided_by_then, in_force
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.placing import Move, Placed, moves, placed
from kpi.plan_years import PlanYears
from kpi.score_sheets import EMPTY, Given, Sheet, sheet
from kpi.scoring import Score, score
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
    basis = _Basis(session, years, org_units, rules, period, history_fixed_at, as_of, today)
    scores = basis.scores([unit.code for unit in units])
    members = {unit.code: unit.cluster for unit in units}
    clusters = _ranked(rules, org_units, members, scores, basis.revised(members))
    sheets = _sheets(criterion_scores.every(session, period.code, as_of))
    return Standing(rules, period, clusters, sheets=sheets)


@dataclass(frozen=True)
class _Basis:
    """What is asked of the database for a standing, and as it was known when."""

    session: Session
    years: PlanYears
    org_units: OrgUnits
    rules: Rules
    period: Period
    history_fixed_at: datetime
    as_of: datetime | None
    today: date

    def scores(self, codes: Sequence[str]) -> list[Score]:
        judged = slices.judged(
            self.session, self.years.of(self.period), self.org_units, period=self.period,
            units=codes, indicators=self.rules.indicators,
            history_fixed_at=self.history_fixed_at, as_of=self.as_of, today=self.today,
        )  # fmt: skip
        quarters = range(1, (self.period.quarter or 4) + 1)
        reports = completeness.reports(
            self.session, self.years, self.org_units,
            [self.period.at_quarter(quarter) for quarter in quarters],
            today=self.today, as_of=self.as_of,
        )  # fmt: skip
        entries = decided_by_then(in_force(honours.every(self.session, self.as_of)), self.period)
        return [score(self.rules, code, *_of(code, judged, reports, entries)) for code in codes]

    def revised(self, codes: Collection[str]) -> Mapping[str, Decimal]:
        """Each unit's usual correction: those of this year and the one before tell it."""
        years = (self.period.year - 1, self.period.year)
        periods = [Period(year, quarter).code for year in years for quarter in range(5)]
        least = self.rules.revisions_least
        return revisions.usual(self.session, codes, periods, self.as_of, least=least)


def _of(
    code: str, judged: Sequence[Assessment], reports: Sequence[Report], entries: Sequence[Entry]
) -> tuple[dict[str, Assessment], list[Report], list[Entry]]:
    """What one unit's score is made from."""
    return (
        {one.indicator: one for one in judged if one.org_unit == code},
        [one for one in reports if one.asked.reporter == code],
        [one for one in entries if one.honour.org_unit == code],
    )


def _ranked(
    rules: Rules,
    org_units: OrgUnits,
    members: Mapping[str, str | None],
    scores: Sequence[Score],
    revised: Mapping[str, Decimal],
) -> tuple[ClusterStanding, ...]:
    """The clusters that have units, each with its units placed.

    Args:
        members: the cluster of each unit.
    """
    every = (
        ClusterStanding(
            cluster,
            placed(rules, [o for o in scores if members[o.org_unit] == cluster.id], revised),
        )
        for cluster in org_units.clusters.values()
    )
    return tuple(one for one in every if one.placed)


def _sheets(given: Sequence[Given]) -> dict[str, Sheet]:
    by_unit: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_unit[one.org_unit].append(one)
    return {unit: sheet(found) for unit, found in by_unit.items()}
