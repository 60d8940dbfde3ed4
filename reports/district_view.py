"""Everything the scorecard of one district shows: its figures among those of its peers.

All districts are judged at once, because a median and a rank need them all; the views of
all of them come from that one judgement. What is strong and what needs direction follows
UI 8.3. Wording and drawing take it from here; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Definitions, OrgUnit
from kpi.judgement import Assessment, Status
from kpi.periods import Period
from reports.ranking import HUNDRED, By, Rank, compared_by, falling, level, median, ordered

SHOWN = 3  # lines of each card
# The groups of the card "needs direction", the most urgent first.
_URGENT = (
    (Status.OFF_TRACK, Status.MISSED),
    (Status.AT_RISK,),
    (Status.INCOMPLETE,),
)
_GOOD = (Status.MET, Status.EXCEEDED, Status.ON_TRACK)


@dataclass(frozen=True)
class Standing:
    """One indicator of one district, and where the others stand.

    ``level`` and ``others`` are figures of ``reports.ranking.level``; ``others`` leaves out
    this district and those without a figure, ``median`` counts this one in.
    """

    own: Assessment
    by: By
    falls: bool  # less is better: matters where values themselves are compared
    level: Decimal | None
    others: tuple[Decimal, ...]
    median: Decimal | None
    rank: Rank | None
    ranked: int  # how many have a rank
    districts: int  # how many there are
    waiting: frozenset[int] = frozenset()  # which of ``others``, by place, nobody has decided on

    @property
    def gap(self) -> Decimal | None:
        """How far from the median, more is better; in per cent, whatever is compared.

        None where there is no figure, or no median that anything could be a per cent of.
        """
        if self.level is None or self.median is None:
            return None
        if self.by is not By.VALUE:
            return self.level - self.median
        distance = (self.median - self.level) if self.falls else (self.level - self.median)
        if distance == 0:
            return distance
        return None if self.median == 0 else HUNDRED * distance / abs(self.median)


@dataclass(frozen=True)
class DistrictView:
    """The scorecard of one district at one period."""

    org_unit: OrgUnit
    period: Period
    standings: tuple[Standing, ...]  # in the definitions' order

    @property
    def judged(self) -> tuple[Assessment, ...]:
        return tuple(one.own for one in self.standings)

    @property
    def targeted(self) -> tuple[Standing, ...]:
        """Those with a target of this district."""
        return tuple(s for s in self.standings if s.own.status is not Status.FOLLOWED)

    @property
    def followed(self) -> tuple[Standing, ...]:
        """Those without a number to reach."""
        return tuple(s for s in self.standings if s.own.status is Status.FOLLOWED)

    @property
    def above(self) -> tuple[Standing, ...]:
        """Those better than the median."""
        return tuple(s for s in self.targeted if s.gap is not None and s.gap > 0)

    @property
    def strong(self) -> tuple[Standing, ...]:
        """What is met or on track and most above the median; at most three."""
        found = [s for s in self.above if s.own.status in _GOOD]
        return tuple(sorted(found, key=lambda s: -_known(s.gap))[:SHOWN])

    @property
    def weak(self) -> tuple[Standing, ...]:
        """What is behind, at risk, without a figure, or most below the median, in this
        order; within a group the one that is most below comes first. At most three."""
        found = [s for s in self.targeted if _urgency(s) is not None]
        return tuple(sorted(found, key=lambda s: (_urgency(s), _known(s.gap)))[:SHOWN])

    def standing(self, indicator: str) -> Standing | None:
        return next((s for s in self.standings if s.own.indicator == indicator), None)


def _known(gap: Decimal | None) -> Decimal:
    return Decimal(0) if gap is None else gap


def _urgency(standing: Standing) -> int | None:
    """The place of its group; None where nothing has to be done."""
    for place, statuses in enumerate(_URGENT):
        if standing.own.status in statuses:
            return place
    return len(_URGENT) if standing.gap is not None and standing.gap < 0 else None


def district_views(
    assessed: Sequence[Assessment],
    definitions: Definitions,
    districts: Sequence[OrgUnit],
    period: Period,
) -> dict[str, DistrictView]:
    """The scorecards of all districts by code.

    Args:
        assessed: as ``tables.judge`` gives them, of all ``districts`` at ``period``.
    """
    by_indicator: dict[str, list[Assessment]] = {}
    for one in assessed:
        by_indicator.setdefault(one.indicator, []).append(one)
    found: dict[str, list[Standing]] = {unit.code: [] for unit in districts}
    for id_, members in by_indicator.items():
        indicator = definitions.indicators[id_]
        ranks = {a.org_unit: rank for a, rank in ordered(members, indicator)}
        by = compared_by(members)
        levels = {a.org_unit: level(a, by) for a in members}
        falls = {a.org_unit: falling(a, indicator) for a in members}
        for one in members:
            found[one.org_unit].append(_standing(one, members, by, falls, levels, ranks))
    return {unit.code: DistrictView(unit, period, tuple(found[unit.code])) for unit in districts}


def _standing(
    own: Assessment,
    members: Sequence[Assessment],
    by: By,
    falls: Mapping[str, bool],
    levels: Mapping[str, Decimal | None],
    ranks: Mapping[str, Rank | None],
) -> Standing:
    known = {code: figure for code, figure in levels.items() if figure is not None}
    others = [a for a in members if a.org_unit in known and a.org_unit != own.org_unit]
    return Standing(
        own=own,
        by=by,
        falls=falls[own.org_unit],
        level=levels[own.org_unit],
        others=tuple(known[a.org_unit] for a in others),
        median=median(list(known.values())),
        rank=ranks[own.org_unit],
        ranked=sum(1 for rank in ranks.values() if rank is not None),
        districts=len(levels),
        waiting=frozenset(place for place, a in enumerate(others) if a.unapproved),
    )
