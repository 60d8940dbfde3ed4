"""Reporters are reminded: a letter written, or an e-mail sent; each kept with its outcome.

No reporter gets the same step twice, whatever breaks (``workflow.handing_over``). One that failed
may be tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kpi.completeness import Report
from kpi.findings import NotAllowed
from kpi.permissions import Act, Actor, ActorRole
from kpi.reminders import Channel, Reminder, Rung, rung_of, to_try
from kpi.sendings import Outcome
from store import accounts, reminders
from store.engine import Session, SessionFactory
from workflow.gate import Entry, perform
from workflow.handing_over import Kind, hand_over, told
from workflow.post import Letter
from workflow.settings import Mail


def record(
    factory: SessionFactory,
    actor: Actor,
    report: Report,
    step: int,
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep that a letter was written; the same step's is kept once, however often it is made.

    Raises:
        NotAllowed: if the actor may not.
    """
    written = Reminder(rung_of(report, step), Channel.LETTER, Outcome.WRITTEN, by, actor.id, at)

    def work(session: Session, entry: Entry) -> None:
        known = reminders.of_periods(session, [written.rung.period.code])
        if to_try(known, written.rung, Channel.LETTER) is None:
            entry.nothing_changed = True
            return
        _keep(session, entry, written)

    perform(factory, actor, Act.REMIND, work, at=at)


def send(
    factory: SessionFactory,
    actor: Actor,
    report: Report,
    step: int,
    letter: Letter,
    mail: Mail,
    *,
    now: Callable[[], datetime],
) -> Reminder:
    """Send the e-mail of a step to everybody who reports for the reporter.

    Returns:
        What became of it: sent, or failed with the reason.

    Raises:
        NotAllowed: if the actor may not, nobody has an address, or the step's mail was
            sent already, or may have been.
    """
    rung = rung_of(report, step)
    return hand_over(
        factory, actor, _MAILS, lambda s, at: _begun(s, actor, rung, at), letter, mail, now=now
    )


def addresses(session: Session, reporter: str) -> tuple[str, ...]:
    """The e-mail addresses of the people who send a reporter's forms."""
    return tuple(
        one.email
        for one in accounts.listed(session)
        if one.active
        and one.email
        and ActorRole.REPORTER in one.roles
        and reporter in one.reporters
    )


def _begun(session: Session, actor: Actor, rung: Rung, at: datetime) -> Reminder:
    known = reminders.of_periods(session, [rung.period.code])
    attempt = to_try(known, rung, Channel.MAIL)
    if attempt is None:
        raise NotAllowed("already_reminded", subject=rung.reporter, rung=rung.name)
    receivers = ", ".join(addresses(session, rung.reporter))
    if not receivers:
        raise NotAllowed("no_address", subject=rung.reporter)
    return Reminder(rung, Channel.MAIL, Outcome.BEGUN, receivers, actor.id, at, attempt)


def _keep(session: Session, entry: Entry, one: Reminder) -> None:
    reminders.add(session, one)
    entry.subject = one.rung.reporter
    entry.details = {
        "period": one.rung.period.code,
        "rung": f"T{one.rung.step:+d}",
        "due": one.rung.due.isoformat(),
        "channel": one.channel,
        **told(one),
    }


def _mark(one: Reminder) -> str:
    rung = one.rung
    return f"{rung.reporter}.{rung.period.code}.{rung.due.isoformat()}.{rung.step:+d}"


_MAILS = Kind(Act.REMIND, _keep, _mark)
