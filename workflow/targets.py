"""Laying down targets: the table is the truth, definitions and decisions only feed it.

``adopt`` brings the decree's targets and those assigned to the districts into the
table. Doing so twice changes nothing. A target that has changed becomes a new row; the
old one says until when it was in force, so that last spring can still be judged by it.
``revise`` records a decision taken within the year; it outlives the files, which ``adopt``
no longer listens to for that target; ``hand_down`` does so for all that one decision
names, as part of ``workflow.plan_books``' act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from kpi.findings import NotAllowed
from kpi.permissions import Act, Actor
from kpi.plans import asks_otherwise
from kpi.targets import Target
from store import seals, settings, targets
from store.engine import Session, SessionFactory
from store.targets import StoredTarget
from workflow.gate import Entry, perform

Key = tuple[str, str]  # indicator, organisation unit
_SOURCE = "targets_from"


@dataclass(frozen=True)
class Adoption:
    """How many targets were laid down, replaced by another, and dropped; and which rows."""

    added: int
    replaced: int
    dropped: int
    rows: tuple[int, ...] = field(default=(), compare=False)

    @property
    def changed(self) -> bool:
        return bool(self.added or self.replaced or self.dropped)

    def tell(self, session: Session, entry: Entry) -> None:
        """Say in an event how many, and seal the rows."""
        counts = {"added": self.added, "replaced": self.replaced, "dropped": self.dropped}
        entry.details |= {name: str(number) for name, number in counts.items()}
        self.seal(session, entry)

    def seal(self, session: Session, entry: Entry) -> None:
        seals.note(session, seals.TARGETS, self.rows, entry.details)


def adopt(
    factory: SessionFactory,
    actor: Actor,
    wanted: Iterable[Target],
    *,
    at: datetime,
    on: date,
    source: str = "",
) -> Adoption:
    """Make the table say what ``wanted`` says, for the years that occur in it.

    Args:
        source: the digest of the files ``wanted`` was read from, kept for ``adopted_from``.
        on: the day from which a *changed* target is in force; a first one is in force
            from the day it names itself.

    Raises:
        NotAllowed: if the actor may not lay down targets.
    """
    by_year: dict[int, list[Target]] = {}
    for target in wanted:
        by_year.setdefault(target.year, []).append(target)

    def work(session: Session, entry: Entry) -> Adoption:
        total = lay_down(session, by_year, by=actor.id, at=at, on=on)
        settings.put(session, _SOURCE, source)
        entry.nothing_changed = not total.changed
        entry.subject = ", ".join(str(year) for year in sorted(by_year))
        total.tell(session, entry)
        return total

    return perform(factory, actor, Act.ADOPT_TARGETS, work, at=at)


def lay_down(
    session: Session,
    by_year: Mapping[int, Iterable[Target]],
    *,
    by: str,
    at: datetime,
    on: date,
) -> Adoption:
    """Make the table say what is wanted for each of the years; part of an act."""
    done = []
    for year, targets_of_year in by_year.items():
        wanted = {(one.indicator, one.org_unit): one for one in targets_of_year}
        done.append(_adopt_year(session, year, wanted, by, at, on))
    return Adoption(
        added=sum(one.added for one in done),
        replaced=sum(one.replaced for one in done),
        dropped=sum(one.dropped for one in done),
        rows=tuple(number for one in done for number in one.rows),
    )


def revise(
    factory: SessionFactory, actor: Actor, new: Target, *, decision: str, on: date, at: datetime
) -> None:
    """Replace the target of one indicator, unit and year by a decision.

    Args:
        new: the revised target; it keeps no quarterly path of the old one.
        decision: its number and date, as it is to be cited.
        on: the day from which it is in force; assessments of earlier periods stay.

    Raises:
        LookupError: if there is no target to revise.
        NotAllowed: if the actor may not, or names no decision.
    """

    def work(session: Session, entry: Entry) -> None:
        key = (new.indicator, new.org_unit)
        if not decision.strip():
            raise NotAllowed("no_decision", subject=new.indicator)
        standing = {
            (stored.target.indicator, stored.target.org_unit): stored
            for stored in targets.not_replaced(session, new.year)
        }
        if key not in standing:
            raise LookupError(f"{new.indicator} of {new.org_unit} has no target in {new.year}")
        targets.replace(session, standing[key].id, on, at=at)
        laid_down = replace(new, document=decision.strip(), in_force_from=on)
        made = targets.add(session, laid_down, by=actor.id, at=at, decision=decision.strip())
        entry.subject = f"{new.indicator} {new.org_unit} {new.year}"
        entry.details = {"decision": decision.strip(), "on": on.isoformat()}
        seals.note(session, seals.TARGETS, (standing[key].id, made), entry.details)

    perform(factory, actor, Act.REVISE_TARGET, work, at=at)


def hand_down(
    session: Session,
    wanted: Iterable[Target],
    *,
    decision: str,
    on: date,
    by: str,
    at: datetime,
) -> Adoption:
    """Lay down what one decision hands to the units, all of it or nothing; part of an act.

    What the decision does not name stays as it is. Like ``revise``, it outlives the files.

    Args:
        on: the day from which it is in force; a made-up target gives way from its start.

    Raises:
        NotAllowed: if no decision is named, or if a target of a later decision is in force.
    """
    if not decision.strip():
        raise NotAllowed("no_decision", subject="")
    added = replaced = 0
    rows: list[int] = []
    for new, stored in _beside_standing(session, list(wanted)):
        if stored is not None and not asks_otherwise(stored.target, new):
            continue
        since = _since(stored, new, on)
        if stored is not None:
            targets.replace(session, stored.id, since, at=at)
            rows.append(stored.id)
        laid_down = replace(new, document=decision.strip(), in_force_from=since)
        rows.append(targets.add(session, laid_down, by=by, at=at, decision=decision.strip()))
        added, replaced = added + (stored is None), replaced + (stored is not None)
    return Adoption(added, replaced, 0, tuple(rows))


def _beside_standing(
    session: Session, wanted: list[Target]
) -> Iterator[tuple[Target, StoredTarget | None]]:
    for year in sorted({new.year for new in wanted}):
        standing = {
            (stored.target.indicator, stored.target.org_unit): stored
            for stored in targets.not_replaced(session, year)
        }
        for new in (one for one in wanted if one.year == year):
            yield new, standing.get((new.indicator, new.org_unit))


def _since(stored: StoredTarget | None, new: Target, on: date) -> date:
    if stored is None or stored.target.in_force_from <= on:
        return on
    if stored.target.illustrative:
        return stored.target.in_force_from
    raise NotAllowed("decision_older", subject=f"{new.indicator} {new.org_unit}")


def _adopt_year(
    session: Session, year: int, wanted: Mapping[Key, Target], by: str, at: datetime, on: date
) -> Adoption:
    old = {
        (stored.target.indicator, stored.target.org_unit): stored
        for stored in targets.not_replaced(session, year)
    }
    decided = {key for key, stored in old.items() if stored.decision}
    wanted = {key: new for key, new in wanted.items() if key not in decided}
    dropped = [stored for key, stored in old.items() if key not in {*wanted, *decided}]
    for stored in dropped:
        targets.replace(session, stored.id, on, at=at)
    added = replaced = 0
    rows = [stored.id for stored in dropped]
    for key, new in wanted.items():
        if key not in old:
            rows.append(targets.add(session, new, by=by, at=at))
            added += 1
        elif _differs(old[key], new):
            since = max(on, new.in_force_from)
            targets.replace(session, old[key].id, since, at=at)
            made = targets.add(session, replace(new, in_force_from=since), by=by, at=at)
            rows += (old[key].id, made)
            replaced += 1
    return Adoption(added, replaced, len(dropped), tuple(rows))


def _differs(old: StoredTarget, new: Target) -> bool:
    return replace(old.target, in_force_from=date.min) != replace(new, in_force_from=date.min)


def adopted_from(kept: Mapping[str, str]) -> str | None:
    """The digest of the files the table was last fed from; None: never yet."""
    return kept.get(_SOURCE)
