"""A step of an inquiry is told by e-mail: handed over after it was kept, so that none is lost.

As with reminders nobody gets the same mail twice (``workflow.handing_over``). What the step said
stands whatever becomes of the mail.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi.findings import NotAllowed
from kpi.inquiries import Inquiry, Step
from kpi.notices import QUESTION, Notice, to_tell, to_try
from kpi.permissions import Act, Actor
from kpi.sendings import Outcome
from store import accounts, inquiries, notices
from store.engine import Session, SessionFactory
from workflow.actors import POSTMAN
from workflow.gate import Entry
from workflow.handing_over import Kind, hand_over, told
from workflow.post import Letter
from workflow.reminders import addresses
from workflow.settings import Mail

LetterOf = Callable[[Inquiry], Letter]


@dataclass(frozen=True)
class Telling:
    """By which server, and in what words."""

    mail: Mail
    letter: LetterOf


def tell(
    factory: SessionFactory,
    telling: Telling,
    number: int,
    *,
    now: Callable[[], datetime],
    actor: Actor = POSTMAN,
) -> Notice | None:
    """Tell whom it concerns of the newest step; the program does so itself, or a person again.

    Returns:
        What became of it; None where nobody is to be told, or nobody has an address.

    Raises:
        NotAllowed: if the actor may not, or the mail was sent already, or may have been.
    """
    with factory() as session:
        known = inquiries.get(session, number)
        place = None if known is None else to_tell(known)
        if known is None or place is None or not receivers(session, known, place):
            return None
    return hand_over(
        factory, actor, _MAILS, lambda s, at: _begun(s, actor, known, place, at),
        telling.letter(known), telling.mail, now=now,
    )  # fmt: skip


def receivers(session: Session, one: Inquiry, place: int) -> Sequence[str]:
    """Whoever reports the figure of a question and of what was sent back; who asked of an answer.

    Whoever asked hears of it too when somebody else sent the answer back.
    """
    step = None if place == QUESTION else one.steps[place - 1]
    found: list[str] = []
    if step is None or step.step is Step.RETURN:
        found += addresses(session, one.owner)
    if step is not None and step.by != one.asked_by:
        asking = accounts.named(session, one.asked_by)
        if asking is not None and asking.active and asking.email:
            found.append(asking.email)
    return list(dict.fromkeys(found))


def _begun(session: Session, actor: Actor, one: Inquiry, place: int, at: datetime) -> Notice:
    attempt = to_try(notices.of_inquiry(session, one.id), place)
    if attempt is None:
        raise NotAllowed("already_told", subject=str(one.id))
    to = ", ".join(receivers(session, one, place))
    if not to:
        raise NotAllowed("no_address", subject=one.owner)
    return Notice(one.id, place, Outcome.BEGUN, to, actor.id, at, attempt)


def _keep(session: Session, entry: Entry, one: Notice) -> None:
    notices.add(session, one)
    entry.subject = str(one.inquiry)
    entry.details = {"step": str(one.place), **told(one)}


def _mark(one: Notice) -> str:
    return f"giai-trinh.{one.inquiry}.{one.place}.{one.attempt}"


_MAILS = Kind(Act.NOTIFY, _keep, _mark)
