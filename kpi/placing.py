"""Ranks inside a cluster, and how firm they are.

Equal totals share a rank (1, 2, 2, 4); who has too few figures, or is knocked out, has none.
A rank is *firm* as far as it survives what nobody knows exactly: the weight of every group
and every item is varied up and down, and the figures of every unit by its usual revision.
One thing is varied at a time for the weights and one unit at a time for the figures, all
combinations of the two are tried, and the best and the worst rank of each unit are kept. No
chance is involved: the same figures always give the same interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.emulation import Rules
from kpi.rounding import half_away
from kpi.scoring import Line, Score

_ONE = Decimal(1)


@dataclass(frozen=True)
class Placed:
    """One unit in its cluster; ``rank`` None: not ranked, and ``score.unranked`` says why."""

    score: Score
    rank: int | None
    shared: bool = False
    best: int | None = None
    worst: int | None = None
    unclear: tuple[str, ...] = ()  # units whose interval overlaps this one's
    revision: Decimal | None = None  # the unit's usual one, a part; None: too few to be usual

    @property
    def org_unit(self) -> str:
        return self.score.org_unit


def placed(
    rules: Rules, scores: Sequence[Score], revisions: Mapping[str, Decimal]
) -> tuple[Placed, ...]:
    """A cluster in order: by rank, then those without one; equal ones as they came."""
    ranked = [one for one in scores if one.unranked is None]
    rank = ranks({one.org_unit: one.total for one in ranked})
    spans = _spans(rules, ranked, revisions)
    found = []
    for one in scores:
        unit, own = one.org_unit, rank.get(one.org_unit)
        best, worst = spans.get(unit, (None, None))
        others = (
            other for other, (low, high) in spans.items()
            if other != unit and best is not None and worst is not None
            and low <= worst and best <= high
        )  # fmt: skip
        shared = own is not None and list(rank.values()).count(own) > 1
        found.append(Placed(one, own, shared, best, worst, tuple(others), revisions.get(unit)))
    return tuple(sorted(found, key=lambda one: (one.rank is None, one.rank or 0)))


def ranks(totals: Mapping[str, Decimal]) -> dict[str, int]:
    """1, 2, 2, 4: one more than the number of better ones."""
    every = list(totals.values())
    return {unit: 1 + sum(other > own for other in every) for unit, own in totals.items()}


# --- how firm ----------------------------------------------------------------------------


def _spans(
    rules: Rules, scores: Sequence[Score], revisions: Mapping[str, Decimal]
) -> dict[str, tuple[int, int]]:
    spans: dict[str, tuple[int, int]] = {}
    for factors in _weights(rules):
        plain = {one.org_unit: _total(rules, one, factors, _ONE) for one in scores}
        trials = [plain]
        for one in scores:
            off = revisions.get(one.org_unit, Decimal(0))
            if off:
                trials += [
                    {**plain, one.org_unit: _total(rules, one, factors, _ONE + side * off)}
                    for side in (1, -1)
                ]
        for totals in trials:
            for unit, rank in ranks(totals).items():
                best, worst = spans.get(unit, (rank, rank))
                spans[unit] = (min(best, rank), max(worst, rank))
    return spans


def _weights(rules: Rules) -> Iterator[Mapping[str, Decimal]]:
    """The weights as they are, then each group and each item up and down."""
    yield {}
    for name in (*rules.groups, *rules.items):
        for side in (1, -1):
            yield {name: _ONE + side * rules.weights_vary / 100}


def _total(rules: Rules, score: Score, factors: Mapping[str, Decimal], figures: Decimal) -> Decimal:
    """The total under other weights and with all figures off by a factor."""
    total = sum((_points(line, factors, figures) for line in score.lines), Decimal(0))
    return half_away(total, rules.decimals)


def _points(line: Line, factors: Mapping[str, Decimal], figures: Decimal) -> Decimal:
    if line.points is None:
        return Decimal(0)
    points = line.points
    if line.item is None:
        return points * factors.get(line.group, _ONE)
    reported = line.item.tally is None  # what a register counts is not reported by the unit
    if figures != _ONE and reported and line.level is not None and line.most is not None:
        points = line.most * line.item.part(line.level * figures)
    return points * factors.get(line.group, _ONE) * factors.get(line.item.id, _ONE)


# --- rehearsal ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Move:
    """One unit under the rules in force and under others."""

    org_unit: str
    rank: int | None
    other_rank: int | None
    total: Decimal
    other_total: Decimal

    @property
    def moves(self) -> bool:
        return self.rank != self.other_rank


def moves(now: Sequence[Placed], other: Sequence[Placed]) -> list[Move]:
    """Whose rank changes under other rules; everybody is listed, in today's order."""
    then = {one.org_unit: one for one in other}
    return [
        Move(
            one.org_unit,
            one.rank,
            then[one.org_unit].rank,
            one.score.total,
            then[one.org_unit].score.total,
        )
        for one in now
    ]
