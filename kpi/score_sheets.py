"""A unit's own score and the secretary's, criterion by criterion, beside the computed points.

The points of METHOD 11 are computed from figures and reports, and they alone make the rank. What a
unit claims and what the emulation secretary has verified stand beside them, each with its
ground where it differs: the table proposes, people decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kpi.emulation import Rules
from kpi.scoring import Ground, Line, Score

BONUS = "bonus"
_OF_BONUS = (Ground.EXCEEDED, Ground.BONUS_CAP)


class Voice(StrEnum):
    SELF = "self"  # tự chấm
    VERIFIED = "verified"  # thẩm định


class Mistake(StrEnum):
    """Why points cannot stand; also the code of its sentence (``refused.<code>``)."""

    CRITERION = "score_criterion"  # the rules have none such
    NOT_COUNTED = "score_not_counted"  # it does not count for this unit now
    POINTS = "score_points"  # outside 0 and the most, or too many decimals
    NOTE = "score_note"  # it differs and does not say why


@dataclass(frozen=True)
class Criterion:
    """What is scored; ``computed`` None: it does not count for this unit at this period."""

    id: str  # of an item, of the reporting group, or "bonus"
    group: str  # "" for the bonus
    most: Decimal
    computed: Decimal | None


@dataclass(frozen=True)
class Given:
    """Points somebody gave one criterion of one unit at one period."""

    period: str
    org_unit: str
    criterion: str
    voice: Voice
    points: Decimal
    note: str = ""
    said_by: str = ""
    said_at: datetime | None = None


@dataclass(frozen=True)
class Sheet:
    """What was given last to each criterion of one unit at one period."""

    own: Mapping[str, Given] = field(default_factory=dict)
    verified: Mapping[str, Given] = field(default_factory=dict)

    def of(self, voice: Voice) -> Mapping[str, Given]:
        return self.own if voice is Voice.SELF else self.verified

    def total(self, voice: Voice) -> Decimal | None:
        """Of the criteria that were given points; None where there are none."""
        given = self.of(voice).values()
        return sum((one.points for one in given), Decimal(0)) if given else None


EMPTY = Sheet()


def said(one: Given) -> str:
    """Points and their reason as the audit log has them."""
    return " · ".join(filter(None, (f"{one.points:f}", one.note)))


def criterion_of(line: Line, rules: Rules) -> str:
    """Which criterion a line of the score belongs to; "" for the cap on the whole."""
    if line.item is not None:
        return line.item.id
    if line.ground in _OF_BONUS:
        return BONUS
    return line.group if line.group == rules.reporting.group else ""


def criteria(rules: Rules, score: Score) -> dict[str, Criterion]:
    """Every criterion of the rules with what was computed for a unit, in the rules' order."""
    computed: dict[str, Decimal | None] = {}
    most: dict[str, Decimal] = {id_: item.most for id_, item in rules.items.items()}
    for line in score.lines:
        id_ = criterion_of(line, rules)
        if line.points is None:
            computed[id_] = None
        else:
            computed[id_] = (computed.get(id_) or Decimal(0)) + line.points
        if line.item is not None and line.most is not None:
            most[id_] = line.most
    discipline, found = rules.reporting.group, {}
    for group in rules.groups.values():
        for id_, item in rules.items.items():
            if item.group == group.id:
                found[id_] = Criterion(id_, group.id, most[id_], computed.get(id_))
        if group.id == discipline:
            found[discipline] = Criterion(
                discipline, group.id, group.most, computed.get(discipline)
            )
    bonus = computed.get(BONUS) or Decimal(0)
    return {**found, BONUS: Criterion(BONUS, "", rules.bonus.most, bonus)}


def sheet(given: Sequence[Given]) -> Sheet:
    """The newest points of each criterion; ``given`` is in the order it came."""
    own = {one.criterion: one for one in given if one.voice is Voice.SELF}
    return Sheet(own, {one.criterion: one for one in given if one.voice is Voice.VERIFIED})


def mistake(
    one: Given, known: Mapping[str, Criterion], own: Given | None, decimals: int
) -> Mistake | None:
    """What is wrong with points; ``own`` is what the unit gave itself, for a verified score."""
    criterion = known.get(one.criterion)
    if criterion is None:
        return Mistake.CRITERION
    if criterion.computed is None:
        return Mistake.NOT_COUNTED
    exponent = one.points.as_tuple().exponent
    too_fine = not isinstance(exponent, int) or -exponent > decimals
    if too_fine or not 0 <= one.points <= criterion.most:
        return Mistake.POINTS
    differs = one.points != criterion.computed
    if one.voice is Voice.VERIFIED and own is not None:
        differs = differs or one.points != own.points
    return Mistake.NOTE if differs and not one.note.strip() else None
