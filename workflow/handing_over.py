"""A mail is handed over, and kept twice: that it begins, before, and what became of it, after.

Whoever comes between the two sees the first and sends none; so nobody gets the same mail twice,
whatever breaks. Which mail it is, and where its words are kept, the callers know: reminders of
reports (``workflow.reminders``) and notices of inquiries (``workflow.notices``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from kpi.notices import Notice
from kpi.permissions import Act, Actor
from kpi.reminders import Reminder
from kpi.sendings import Outcome, Sending
from store.engine import Session, SessionFactory
from workflow import post
from workflow.gate import Entry, perform
from workflow.post import Letter, MailFailed
from workflow.settings import Mail

M = TypeVar("M", Reminder, Notice)


@dataclass(frozen=True)
class Kind(Generic[M]):
    """One kind of mail: the act that sends it, where a word is kept, and its mark.

    Args:
        mark: names the attempt for the mail servers on the way.
    """

    act: Act
    keep: Callable[[Session, Entry, M], None]
    mark: Callable[[M], str]


def hand_over(
    factory: SessionFactory,
    actor: Actor,
    kind: Kind[M],
    begin: Callable[[Session, datetime], M],
    letter: Letter,
    mail: Mail,
    *,
    now: Callable[[], datetime],
) -> M:
    """Send one mail; returns what became of it: sent, or failed with the reason.

    Args:
        begin: the first word, or ``NotAllowed`` if none may be sent.

    Raises:
        NotAllowed: if the actor may not, or ``begin`` says so.
    """
    at = now()

    def starting(session: Session, entry: Entry) -> M:
        begun = begin(session, at)
        kind.keep(session, entry, begun)
        return begun

    begun = perform(factory, actor, kind.act, starting, at=at)
    try:
        receivers = begun.receivers.split(", ")
        refused = post.send(mail, receivers, letter, mark=kind.mark(begun), at=begun.at)
    except MailFailed as failure:
        ended = replace(begun, outcome=Outcome.FAILED, detail=str(failure), at=now())
    else:
        ended = replace(begun, outcome=Outcome.SENT, detail=refused, at=now())
    perform(factory, actor, kind.act, lambda s, e: kind.keep(s, e, ended), at=ended.at)
    return ended


def told(one: Sending) -> dict[str, str]:
    """What the log says of a word, beside what it is about."""
    return {
        "outcome": one.outcome,
        "by": one.receivers,
        "detail": one.detail,
        "attempt": str(one.attempt),
    }
