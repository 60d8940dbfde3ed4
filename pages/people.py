"""Who is looking: the person behind this browser session, asked anew at every rerun.

The cookie was set by the sign-in route (``pages.sign_in``); its bearer's rights are read
from the database each time, so a page that is still open after a sign-out shows nothing
more. What a person may *do* is decided again inside each act (``workflow.gate``).
"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

import bootstrap
from kpi.findings import NotAllowed
from kpi.permissions import Actor, View, may_see
from pages import last_known, startup, visits
from store.engine import CANNOT_BE_READ
from workflow.actors import LOCAL_APPROVER, LOCAL_SECRETARY, LOCAL_USER
from workflow.logins import IDLE, behind, digest_of, of_cookie

COOKIE = "kpi_login"
_MOST = 1000  # people remembered; there are a few dozen
_seen: dict[str, tuple[Actor, datetime]] = {}  # by the cookie's digest: who it was, and when


def actor() -> Actor | None:
    """The person; None if nobody has signed in. Without sign-in: whoever sits here."""
    if not bootstrap.settings().sign_in:
        return LOCAL_USER
    secret = st.context.cookies.get(COOKIE)
    if not secret:
        return None
    at = bootstrap.now()
    try:
        with bootstrap.session_factory()() as session:
            person = of_cookie(session, secret, at)
    except CANNOT_BE_READ:
        return _seen_before(secret, at)
    _remember(secret, person, at)
    if person is not None and person.login is not None:
        visits.note(person.login, at)
    return person


def _remember(secret: str, person: Actor | None, at: datetime) -> None:
    _seen.pop(digest_of(secret), None)
    if person is not None:
        _seen[digest_of(secret)] = person, at
    while len(_seen) > _MOST:
        _seen.pop(next(iter(_seen)), None)


def _seen_before(secret: str, at: datetime) -> Actor | None:
    """Whoever was here a while ago may go on looking while the database is away, also after the
    page was loaded anew; nothing can be done without it."""
    person, seen_at = _seen.get(digest_of(secret), (None, at))
    return person if at - seen_at < IDLE else None


def is_unknown() -> bool:
    """Has somebody signed in, and the database cannot say who?"""
    return bool(st.context.cookies.get(COOKIE)) and last_known.data().away


def acting() -> Actor:
    """The person who does something on a screen.

    One whose login has come to an end is named all the same: the act refuses them, and the
    audit log says whom.

    Raises:
        NotAllowed: if nobody has signed in.
    """
    person = actor() or _was_here()
    if person is None:
        raise NotAllowed("signed_out", subject="")
    return person


def _was_here() -> Actor | None:
    secret = st.context.cookies.get(COOKIE)
    if not secret:
        return None
    with bootstrap.session_factory()() as session:
        return behind(session, secret)


def deciding() -> Actor:
    """The same for a decision: without sign-in it is another hat on the same chair.

    Raises:
        NotAllowed: if nobody has signed in.
    """
    return acting() if bootstrap.settings().sign_in else LOCAL_APPROVER


def verifying(person: Actor) -> Actor:
    """Who verifies points: the person, or without sign-in another hat on the same chair."""
    return LOCAL_SECRETARY if person == LOCAL_USER else person


def sees(person: Actor | None, view: View) -> bool:
    """May this person look at it?"""
    if not bootstrap.settings().sign_in:
        return True
    public = bootstrap.settings().reading_is_open(startup.preparation().demo)
    return may_see(person, view, public=public)
