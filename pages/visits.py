"""What a look at a screen leaves behind: that a login is in use, that somebody was turned away.

A screen must not wait for the write lock, and must work on a database that may only be
read; so the note is taken by a thread of its own, and one that fails is no loss: the next
visit takes it again. What a login is worth is decided in ``workflow.logins``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Lock, Thread

import bootstrap
from kpi.findings import KpiError
from kpi.permissions import Actor
from pages.logs import NAME
from workflow import gate, sign_in
from workflow.logins import SEEN_EVERY

_LOG = logging.getLogger(f"{NAME}.visits")
_lock = Lock()
_noted: dict[tuple[str, str], datetime] = {}


def note(number: int, at: datetime) -> Thread | None:
    """Keep a login from ending for want of visits; None if that was done a short while ago."""
    factory = bootstrap.session_factory()
    return _aside(f"login {number}", at, lambda: sign_in.seen(factory, number, at=at))


def turned_away(person: Actor, path: str, at: datetime) -> Thread | None:
    """Log that somebody asked for a screen that is not theirs; once in a while, not each time."""
    factory = bootstrap.session_factory()
    return _aside(
        f"{person.id} at {path}", at, lambda: gate.turned_away(factory, person, path, at=at)
    )


def forget() -> None:
    """Note everything anew; for tests that change the settings."""
    with _lock:
        _noted.clear()


def _aside(what: str, at: datetime, write: Callable[[], None]) -> Thread | None:
    key = (bootstrap.settings().database_url, what)
    with _lock:
        for old in [one for one, when in _noted.items() if at - when >= SEEN_EVERY]:
            del _noted[old]
        if key in _noted:
            return None
        _noted[key] = at
    thread = Thread(target=_try, args=(what, write), name="visit", daemon=True)
    thread.start()
    return thread


def _try(what: str, write: Callable[[], None]) -> None:
    try:
        write()
    except KpiError as error:
        _LOG.info("not_noted", extra={"what": what, "why": str(error)})
