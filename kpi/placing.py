"""Ranks inside a cluster, and how firm they are.

Equal totals share a rank (1, 2, 2, 4); who has too few figures, or is knocked out, has none.
A rank is *firm* as far as it survives what nobody knows exactly: every weight may be off, all of
them at once and each in its own direction, and so may the figures of a unit by its usual
revision. Who can overtake whom then is told pair by pair by the weights that favour the one most,
which are known without trying: so the interval of ranks is never too narrow, no chance is
involved, and the same figures always give the same interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kpi.emulation import Rules
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
    spans = _spans(rules, ranked, rank, revisions)
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


Weight = tuple[str, str]  # a group, and one of its items or none
Points = Mapping[Weight, Decimal]
_FIXED: Weight = ("", "")  # bonus and cap: no weight of theirs


def _spans(
    rules: Rules,
    scores: Sequence[Score],
    rank: Mapping[str, int],
    revisions: Mapping[str, Decimal],
) -> dict[str, tuple[int, int]]:
    vary = rules.weights_vary / 100
    known = {one.org_unit: _figures(one, revisions.get(one.org_unit)) for one in scores}
    spans = {}
    for unit, own in known.items():
        others = [other for name, other in known.items() if name != unit]
        above = sum(_most(own, other, vary) < 0 for other in others)
        below = sum(_most(other, own, vary) <= 0 for other in others)
        worst = len(others) + 1 - below
        # to the last digit of the totals, by which ranks are given
        spans[unit] = min(1 + above, rank[unit]), max(worst, rank[unit])
    return spans


def _most(one: Sequence[Points], other: Sequence[Points], vary: Decimal) -> Decimal:
    """By how much one can be ahead of the other: each weight as it suits the one best."""
    return max(_ahead(mine, theirs, vary) for mine in one for theirs in other)


def _ahead(mine: Points, theirs: Points, vary: Decimal) -> Decimal:
    most = Decimal(0)
    for weight in mine.keys() | theirs.keys():
        apart = mine.get(weight, Decimal(0)) - theirs.get(weight, Decimal(0))
        most += apart if weight == _FIXED else apart + vary * abs(apart)
    return most


def _figures(score: Score, revision: Decimal | None) -> list[Points]:
    """A unit's points by weight: as they are, and with all its figures off either way."""
    off = (Decimal(0), revision, -revision) if revision else (Decimal(0),)
    return [_by_weight(score, _ONE + one) for one in off]


def _by_weight(score: Score, figures: Decimal) -> Points:
    found: dict[Weight, Decimal] = defaultdict(Decimal)
    for line in score.lines:
        found[line.group, line.item.id if line.item else ""] += _points(line, figures)
    return found


def _points(line: Line, figures: Decimal) -> Decimal:
    """The points of a line with the figures off by a factor."""
    item = line.item
    if line.points is None or item is None or figures == _ONE:
        return line.points or Decimal(0)
    if item.tally is not None or line.level is None or line.most is None:
        return line.points  # what a register counts is not reported by the unit
    return line.most * item.part(line.level * figures)


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
