"""The rules of the emulation score, as data: groups, items, deductions, bonus, knock-outs.

``data/emulation/<year>.yaml`` fills these (``loaders.emulation``); ``kpi.scoring`` applies
them. Points and figures are Decimal. A version belongs to one plan year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpi.bilingual import Text
from kpi.honours import Tally


@dataclass(frozen=True)
class Step:
    """From this attainment on, so many points."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True)
class Item:
    """One scored indicator; by attainment, in steps of it, or by the figure itself.

    With a ``tally`` the figure is counted in the registers of exemplars and awards.
    """

    id: str  # the indicator's, or the tally's
    group: str
    most: Decimal
    full_at: Decimal | None = None
    steps: tuple[Step, ...] = ()  # highest first
    tally: Tally | None = None

    def part(self, level: Decimal) -> Decimal:
        """The part of the points for a level in per cent: 0 to 1, never beyond."""
        if self.steps:
            reached = (step.points for step in self.steps if level >= step.at_least)
            return next(reached, Decimal(0)) / self.most
        return max(Decimal(0), min(level, Decimal(100))) / 100


@dataclass(frozen=True)
class Group:
    id: str
    name: Text
    short: Text
    most: Decimal


@dataclass(frozen=True)
class Reporting:
    """What a report costs that came late, not at all, or had to be sent back."""

    group: str
    late_per_day: Decimal
    late_most: Decimal
    missing: Decimal
    returned: Decimal


@dataclass(frozen=True)
class Bonus:
    exceeded: Decimal
    most: Decimal


@dataclass(frozen=True)
class KnockOut:
    """No rank below this attainment at the year's end."""

    indicator: str
    attainment_below: Decimal


@dataclass(frozen=True)
class Rules:
    version: str
    year: int
    document: Text
    clause: str
    illustrative: bool
    total: Decimal
    decimals: int
    min_data: Decimal
    weights_vary: Decimal  # per cent
    groups: Mapping[str, Group]
    items: Mapping[str, Item]  # by id
    reporting: Reporting
    bonus: Bonus
    knock_outs: tuple[KnockOut, ...] = ()
    revisions_least: int = 1  # so many corrected reports make a revision usual

    @property
    def indicators(self) -> list[str]:
        """What must be judged to score by these rules."""
        return [id_ for id_, item in self.items.items() if item.tally is None]
