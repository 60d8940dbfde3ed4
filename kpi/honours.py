"""Exemplars and awards: what is registered of each, and whom they reach (decree 3 and 4).

Every entry rests on a decision: its number, its day, who decided (METHOD 11). Nothing is
overwritten: a correction is an entry of its own that takes another's place and says why; one
that should not stand is taken back the same way. An entry may hold the name of a person; who
sees it is said in ``kpi.permissions``. The name alone can be erased: then ``recipient`` is empty,
and everything that is counted stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from unicodedata import normalize

from kpi.org_units import OrgUnits
from kpi.periods import Period

NO_NAME = "(…)"  # stands where a name stood


class Register(StrEnum):
    EXEMPLAR = "exemplar"  # điển hình tiên tiến
    AWARD = "award"  # khen thưởng


class Recipient(StrEnum):
    PERSON = "person"
    SMALL_COLLECTIVE = "small_collective"  # a team, a hamlet, a division: tập thể nhỏ
    COLLECTIVE = "collective"


KINDS: Mapping[Register, tuple[str, ...]] = {
    Register.EXEMPLAR: ("exemplar", "good_deed", "new_model"),
    Register.AWARD: ("merit", "praise", "flag", "title", "other_award"),
}


class Tally(StrEnum):
    """What the rules of emulation may count in the registers."""

    EXEMPLARS = "exemplars"  # how many
    AWARDS = "awards"
    DIRECT_WORKERS = "direct_workers"  # per cent of the awards
    SMALL_COLLECTIVES = "small_collectives"
    BORDER_COMMUNES = "border_communes"

    @property
    def is_share(self) -> bool:
        return self not in (Tally.EXEMPLARS, Tally.AWARDS)


class Mistake(StrEnum):
    """Why an entry cannot stand; also the code of its sentence (``refused.<code>``)."""

    UNIT = "honour_unit"  # no district of that day
    KIND = "honour_kind"  # not one of the register's
    RECIPIENT = "honour_recipient"
    DECISION = "honour_decision"  # number and who decided
    REASON = "honour_reason"
    WORKER = "honour_worker"  # only a person works directly
    BORDER = "honour_border"  # the unit has no border
    YEAR = "honour_year"  # decided before the plan year, or after the next one


@dataclass(frozen=True)
class Honour:
    """One recognition, as the decision says."""

    register: Register
    year: int  # the plan year it belongs to; the decision may come after it
    org_unit: str
    kind: str
    recipient_kind: Recipient
    recipient: str
    decision: str
    decided_on: date
    decided_by: str
    reason: str
    direct_worker: bool = False
    border_commune: bool = False

    @property
    def erased(self) -> bool:
        """Has the name been taken out?"""
        return not self.recipient


@dataclass(frozen=True)
class Entry:
    """An honour as it stands in the register; ``why`` belongs to what it replaces."""

    number: int
    honour: Honour
    recorded_by: str
    recorded_at: datetime
    replaces: int | None = None
    taken_back: bool = False
    why: str = ""


def mistake(one: Honour, org_units: OrgUnits) -> Mistake | None:
    """What contradicts itself in an entry; None if nothing does."""
    units = {unit.code: unit for unit in org_units.districts(one.decided_on)}
    unit = units.get(one.org_unit)
    wrong = {
        Mistake.UNIT: unit is None,
        Mistake.KIND: one.kind not in KINDS[one.register],
        Mistake.RECIPIENT: not one.recipient.strip(),
        Mistake.DECISION: not (one.decision.strip() and one.decided_by.strip()),
        Mistake.REASON: not one.reason.strip(),
        Mistake.WORKER: one.direct_worker and one.recipient_kind is not Recipient.PERSON,
        Mistake.BORDER: one.border_commune and unit is not None and not unit.border,
        Mistake.YEAR: not one.year <= one.decided_on.year <= one.year + 1,
    }
    return next((code for code, holds in wrong.items() if holds), None)


def names_in(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The names of people that entries hold, the longest first."""
    people = {
        one.honour.recipient
        for one in entries
        if one.honour.recipient_kind is Recipient.PERSON and not one.honour.erased
    }
    return tuple(sorted(people, key=lambda name: (-len(name), name)))


def without(names: Iterable[str], text: str) -> str:
    """A text in which no name of ``names`` stands, however it was typed: in other capitals,
    with its marks apart or with other spaces. A text without one stays as it is.

    >>> without(["Nguyễn Văn A"], "NGUYỄN VĂN A giữ rừng")
    '(…) giữ rừng'
    """
    whole = normalize("NFC", text)
    left = whole
    for name in names:
        parts = (re.escape(part) for part in normalize("NFC", name).split())
        left = re.sub(r"\s+".join(parts), NO_NAME, left, flags=re.IGNORECASE)
    return text if left == whole else left


def in_force(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those that nothing has taken the place of, in the order they came."""
    every = list(entries)
    replaced = {one.replaces for one in every}
    return tuple(one for one in every if one.number not in replaced and not one.taken_back)


def decided_by_then(entries: Iterable[Entry], period: Period) -> tuple[Entry, ...]:
    """Those of the period's year that were decided by its end; at the year's end all of them."""
    return tuple(
        one
        for one in entries
        if one.honour.year == period.year
        and (period.is_final or one.honour.decided_on <= period.end)
    )


# --- counted -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Shares:
    """How many entries, and how many of them reach whom the decree names."""

    count: int
    direct_workers: int
    small_collectives: int
    border_communes: int

    def percent(self, part: int) -> Decimal | None:
        """Of all entries; None where there is none."""
        return Decimal(100) * part / self.count if self.count else None


def shares(entries: Sequence[Entry]) -> Shares:
    every = [one.honour for one in entries]
    return Shares(
        count=len(every),
        direct_workers=sum(one.direct_worker for one in every),
        small_collectives=sum(o.recipient_kind is Recipient.SMALL_COLLECTIVE for o in every),
        border_communes=sum(one.border_commune for one in every),
    )


def of_tally(tally: Tally, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries a tally looks at."""
    wanted = Register.EXEMPLAR if tally is Tally.EXEMPLARS else Register.AWARD
    return tuple(one for one in entries if one.honour.register is wanted)


def tallied(tally: Tally, entries: Sequence[Entry]) -> Decimal | None:
    """The figure of a tally; a share of nothing is None."""
    found = shares(of_tally(tally, entries))
    if not tally.is_share:
        return Decimal(found.count)
    return found.percent(getattr(found, tally.value))
