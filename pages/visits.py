"""A login lives on by visits: noted now and then, behind the screen's back.

A screen must not wait for the write lock, and must work on a database that may only be
read; so the note is taken by a thread of its own, and one that fails is no loss: the next
visit takes it again. What a login is worth is decided in ``workflow.logins``.
"""

from __future__ import annotations

import logging
from datetime import datetime
from threading import Lock, Thread

import bootstrap
from kpi.findings import KpiError
from pages.logs import NAME
from store.engine import SessionFactory
from workflow import sign_in
from workflow.logins import SEEN_EVERY

_LOG = logging.getLogger(f"{NAME}.visits")
_lock = Lock()
_noted: dict[tuple[str, int], datetime] = {}


def note(number: int, at: datetime) -> Thread | None:
    """Note that a login was used; None if that was done a short while ago."""
    key = (bootstrap.settings().database_url, number)
    with _lock:
        last = _noted.get(key)
        if last is not None and at - last < SEEN_EVERY:
            return None
        for old in [one for one, when in _noted.items() if at - when >= SEEN_EVERY]:
            del _noted[old]
        _noted[key] = at
    thread = Thread(
        target=_write, args=(bootstrap.session_factory(), number, at), name="visit", daemon=True
    )
    thread.start()
    return thread


def _write(factory: SessionFactory, number: int, at: datetime) -> None:
    try:
        sign_in.seen(factory, number, at=at)
    except KpiError as error:
        _LOG.info("not_noted", extra={"login": number, "why": str(error)})
