"""Guessing grows slow: each failure makes the next attempt wait longer, and nobody is locked out.

What is counted is a digest of a name or of an address, whether or not there is such an
account: so nothing is learnt, and nothing of what somebody typed is kept.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from kpi.findings import NotAllowed
from store import logins
from store.engine import Session, SessionFactory, writing

_FREE = 3  # failures that cost nothing: people mistype
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN = timedelta(hours=24)  # after that failures no longer count


def key_of(kind: str, value: str) -> str:
    """Under which failures of a name, say, are counted."""
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()


def require(session: Session, keys: tuple[str, ...], at: datetime) -> None:
    """Look at no attempt that comes too soon.

    Raises:
        NotAllowed: ``slow_down``, with the seconds to wait.
    """
    wait = max(_wait(session, key, at) for key in keys)
    if wait:
        raise NotAllowed("slow_down", subject="", seconds=str(wait))


def failed(factory: SessionFactory, keys: tuple[str, ...], at: datetime) -> None:
    """Count a failure under each key."""

    def work(session: Session) -> None:
        for key in keys:
            logins.failed(session, key, at)

    writing(factory, work)


def _wait(session: Session, key: str, at: datetime) -> int:
    """Whole seconds until the next attempt is looked at."""
    count, last_at = logins.failures(session, key)
    if last_at is None or count < _FREE or at - last_at > _FORGOTTEN:
        return 0
    pause = min(timedelta(seconds=2 ** min(count - _FREE + 1, 20)), _LONGEST_WAIT)
    left = (last_at + pause - at).total_seconds()
    return max(0, -int(-left // 1))
