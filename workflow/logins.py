"""Who is behind a browser: the account of a login that has not come to an end.

A login ends when the person signs out, when somebody revokes it, after a time without a
visit, and in any case after a working week. What the browser shows is an opaque secret;
the database knows its digest.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from kpi.permissions import Actor
from store import accounts, logins
from store.engine import Session
from store.logins import Login

IDLE = timedelta(hours=8)
ABSOLUTE = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=5)  # one write per visit would lock the database


def digest_of(secret: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signed_in(session: Session, number: int, at: datetime) -> Actor | None:
    """The person behind a login, with the rights of this moment; None if it is over."""
    login = logins.get(session, number)
    return None if login is None else _actor(session, login, at)


def of_cookie(session: Session, secret: str, at: datetime) -> Actor | None:
    """The person whose browser shows this cookie; None if nobody's does."""
    login = logins.by_digest(session, digest_of(secret))
    return None if login is None else _actor(session, login, at)


def behind(session: Session, secret: str) -> Actor | None:
    """Whose browser this is or was, also after the login's end: no right follows from it.

    An act asked for by somebody whose login is over is refused by name.
    """
    login = logins.by_digest(session, digest_of(secret))
    account = accounts.get(session, login.account_id) if login is not None else None
    return account.actor(login.id) if account is not None and login is not None else None


def is_over(login: Login, at: datetime) -> bool:
    return login.ended_at is not None or at >= login.ends_at or at - login.seen_at >= IDLE


def _actor(session: Session, login: Login, at: datetime) -> Actor | None:
    if is_over(login, at):
        return None
    account = accounts.get(session, login.account_id)
    return account.actor(login.id) if account is not None and account.active else None
