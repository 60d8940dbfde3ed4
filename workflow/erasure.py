"""Taking a person's name out of the registers: an act of the administrator, with its reason.

Decision, unit and everything that is counted stay. The name goes from the entry, from those it
replaced and those that replaced it, and from what they say in words. The log says that it was
done and never whose name it was. What the program cannot reach is told to whoever asks: older
events of the log that hold the name, since taking one out would break its chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.findings import NotAllowed
from kpi.honours import Entry as Honoured
from kpi.honours import Register, names_in, without
from kpi.permissions import Act, Actor
from store import audit, honours
from store.engine import Session, SessionFactory
from workflow.gate import Entry, perform
from workflow.honours import about, new_salt


@dataclass(frozen=True)
class Erased:
    """``entries``: whose name went; ``logged``: how many older events of the log hold it."""

    entries: tuple[int, ...]
    logged: int


def erase_name(
    factory: SessionFactory,
    actor: Actor,
    register: Register,
    number: int,
    *,
    why: str,
    at: datetime,
) -> Erased:
    """Take the name of a person out of an entry and its history.

    Raises:
        NotAllowed: if the actor may not, gives no reason or names the person in it, or the
            entry names no person (any more).
    """

    def work(session: Session, entry: Entry) -> Erased:
        found = honours.chain(session, number)
        named = next((one for one in found if one.number == number), None)
        if named is None or named.honour.register is not register:
            raise NotAllowed("no_honour", subject=str(number))
        names = names_in(found)
        if not names:
            raise NotAllowed("no_name", subject=str(number))
        if not why.strip():
            raise NotAllowed("honour_why", subject=str(number))
        if without(names, why) != why:
            raise NotAllowed("name_in_reason", subject=str(number))
        for one in found:
            _rewrite(session, one, names)
        seals = {f"seal {one.number}": honours.seal(session, one.number) for one in found}
        entry.subject = str(number)
        entry.details = {**about(named.honour), "reason": why.strip(), **seals}
        return Erased(tuple(one.number for one in found), _logged(session, names))

    return perform(factory, actor, Act.ERASE_NAME, work, at=at)


def _rewrite(session: Session, one: Honoured, names: Sequence[str]) -> None:
    kept = one.honour
    honours.rewrite(
        session, one.number,
        recipient="" if kept.recipient in names else kept.recipient,
        reason=without(names, kept.reason), why=without(names, one.why), salt=new_salt(),
    )  # fmt: skip


def _logged(session: Session, names: Sequence[str]) -> int:
    """Events whose words hold one of the names."""
    events = audit.listed(session, audit.Wanted())
    said = (" ".join((event.subject, *event.details.values())) for event in events)
    return sum(without(names, words) != words for words in said)
