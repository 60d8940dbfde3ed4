"""Permission, transaction and audit event of every act, in one place.

``perform`` opens the transaction; ``within`` does one more act inside it (an automatic
approval belongs to the submission it approves: both happen or neither). The act
itself is a function that gets the session and its *entry*, into which it writes what
the audit log should say. A refusal changes nothing and is logged as well. Whoever acts
is looked up anew each time: rights that were taken away are gone at the next act.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from kpi.findings import NotAllowed
from kpi.permissions import Act, Actor, Refusal, Scope, refusal
from store import audit, settings
from store.engine import Session, SessionFactory, writing
from workflow.logins import signed_in

T = TypeVar("T")
OPEN_SCREEN = "screen.open"  # no act: it changes nothing, and is logged where it is refused
_LOG = logging.getLogger("kpi.gate")


@dataclass
class Entry:
    """What the audit log will say of an act; the act fills it in."""

    subject: str = ""
    details: dict[str, str] = field(default_factory=dict)
    nothing_changed: bool = False  # then the log says nothing


Doing = Callable[[Session, Entry], T]
ScopeOf = Callable[[Session], Scope]


def perform(
    factory: SessionFactory,
    actor: Actor,
    act: Act,
    doing: Doing[T],
    *,
    at: datetime,
    scope_of: ScopeOf = lambda _session: Scope(),
) -> T:
    """Do one act in a transaction of its own.

    Raises:
        NotAllowed: if the actor may not; nothing was changed, the refusal is logged.
        StoreBusy: if the database stayed locked.
    """
    return perform_all(factory, actor, act, [(doing, scope_of)], at=at)[0]


def perform_all(
    factory: SessionFactory,
    actor: Actor,
    act: Act,
    doings: Sequence[tuple[Doing[T], ScopeOf]],
    *,
    at: datetime,
) -> list[T]:
    """Do the same act several times over, each with its own scope and event: all or none.

    Raises:
        NotAllowed: as ``perform``.
        StoreBusy: as ``perform``.
    """

    def work(session: Session) -> list[T]:
        return [
            within(session, actor, act, doing, at=at, scope_of=scope_of)
            for doing, scope_of in doings
        ]

    try:
        return writing(factory, work)
    except NotAllowed as refused:
        details = {**refused.facts, "reason": refused.reason}
        event = audit.Event(at, actor.id, act, details.get("subject", ""), audit.REFUSED, details)
        writing(factory, lambda session: audit.append(session, event))
        _LOG.info("refused", extra={"actor": actor.id, "act": str(act), "reason": refused.reason})
        raise


def within(
    session: Session,
    actor: Actor,
    act: Act,
    doing: Doing[T],
    *,
    at: datetime,
    scope_of: ScopeOf = lambda _session: Scope(),
) -> T:
    """Do one act as part of a transaction that is already open.

    Raises:
        NotAllowed: if the actor may not.
    """
    scope = scope_of(session)
    actor = _as_of_now(session, actor, at)
    reason = refusal(actor, act, scope)
    if reason is not None:
        raise NotAllowed(reason, subject=scope.reporter or "")
    entry = Entry()
    result = doing(session, entry)
    if not entry.nothing_changed:
        audit.append(
            session, audit.Event(at, actor.id, act, entry.subject, audit.DONE, entry.details)
        )
        settings.count_change(session)
    return result


def turned_away(factory: SessionFactory, actor: Actor, subject: str, *, at: datetime) -> None:
    """Log that somebody asked for a screen that is not theirs. Nothing else changes."""
    details = {"reason": str(Refusal.NOT_YOUR_ROLE)}
    event = audit.Event(at, actor.id, OPEN_SCREEN, subject, audit.REFUSED, details)
    writing(factory, lambda session: audit.append(session, event))
    extra = {"actor": actor.id, "act": OPEN_SCREEN, "subject": subject}
    _LOG.info("refused", extra=extra)


def _as_of_now(session: Session, actor: Actor, at: datetime) -> Actor:
    """The person with the rights the database gives them at this moment.

    A page that has been open since morning knows the rights of the morning.

    Raises:
        NotAllowed: if the person has been signed out, or the account closed.
    """
    if actor.login is None:
        return actor  # no person behind a browser: the machine, or whoever sits at it
    now = signed_in(session, actor.login, at)
    if now is None:
        raise NotAllowed("signed_out", subject=actor.id)
    return now
