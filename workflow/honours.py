"""Registering exemplars and awards, correcting an entry, taking one back: acts of the secretary.

The log names decision and unit, never the person: it is kept for good and read by others. It
holds the entry's seal, so that ``verify`` finds an entry that was altered past the program; the
reason of a correction stands in the register, where a name in it can be erased
(``workflow.erasure``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from kpi.definitions import OrgUnits
from kpi.findings import NotAllowed
from kpi.honours import Entry as Honoured
from kpi.honours import Honour, Register, mistake
from kpi.permissions import Act, Actor
from store import honours
from store.engine import Session, SessionFactory
from workflow.gate import Entry, perform


def register(
    factory: SessionFactory, actor: Actor, org_units: OrgUnits, one: Honour, *, at: datetime
) -> int:
    """Add an entry; returns its number.

    Raises:
        NotAllowed: if the actor may not, or the entry contradicts itself.
    """
    kept = _tidy(one)

    def work(session: Session, entry: Entry) -> int:
        _require_sound(kept, org_units)
        number = honours.add(session, kept, by=actor.id, at=at, salt=new_salt())
        _note(session, entry, number, kept)
        return number

    return perform(factory, actor, Act.REGISTER_HONOUR, work, at=at)


def correct(
    factory: SessionFactory,
    actor: Actor,
    org_units: OrgUnits,
    number: int,
    one: Honour,
    *,
    why: str,
    at: datetime,
) -> int:
    """Let another entry take this one's place; returns its number.

    Raises:
        NotAllowed: as ``register``, or if no reason is given, or the entry no longer stands.
    """
    kept = _tidy(one)

    def work(session: Session, entry: Entry) -> int:
        _standing(session, number, kept.register, why)
        _require_sound(kept, org_units)
        new = honours.add(
            session, kept, by=actor.id, at=at, salt=new_salt(), replaces=number, why=why.strip()
        )
        _note(session, entry, new, kept, replaces=str(number))
        return new

    return perform(factory, actor, Act.CORRECT_HONOUR, work, at=at)


def take_back(
    factory: SessionFactory,
    actor: Actor,
    register: Register,
    number: int,
    *,
    why: str,
    at: datetime,
) -> None:
    """Say that an entry should not stand; it stays readable in the history.

    Raises:
        NotAllowed: if the actor may not, no reason is given, or the entry no longer stands.
    """

    def work(session: Session, entry: Entry) -> None:
        one = _standing(session, number, register, why).honour
        new = honours.add(
            session, one, by=actor.id, at=at, salt=new_salt(), replaces=number, taken_back=True,
            why=why.strip(),
        )  # fmt: skip
        _note(session, entry, new, one, replaces=str(number), taken_back="yes")

    perform(factory, actor, Act.CORRECT_HONOUR, work, at=at)


def _tidy(one: Honour) -> Honour:
    texts = ("recipient", "decision", "decided_by", "reason")
    return replace(one, **{name: getattr(one, name).strip() for name in texts})


def _require_sound(one: Honour, org_units: OrgUnits) -> None:
    wrong = mistake(one, org_units)
    if wrong is not None:
        raise NotAllowed(wrong, subject=one.org_unit)


def _standing(session: Session, number: int, register: Register, why: str) -> Honoured:
    if not why.strip():
        raise NotAllowed("honour_why", subject=str(number))
    found = honours.get(session, number)
    if found is None or found.honour.register is not register:
        raise NotAllowed("no_honour", subject=str(number))
    if found.taken_back or honours.successor(session, number) is not None:
        raise NotAllowed("honour_replaced", subject=str(number))
    return found


def new_salt() -> str:
    return token_hex(16)


def about(one: Honour) -> dict[str, str]:
    """Which entry it is, in the audit log; whoever it honours is not named."""
    return {
        "register": one.register,
        "org_unit": one.org_unit,
        "decision": one.decision,
        "decided_on": one.decided_on.isoformat(),
    }


def _note(session: Session, entry: Entry, number: int, one: Honour, **more: str) -> None:
    entry.subject = str(number)
    entry.details = {**about(one), **more, "seal": honours.seal(session, number)}
