"""People come in and go out.

A wrong password is answered the same way as an unknown name, and each failure makes the
next attempt wait longer: for the name and for the address it came from. Nobody is locked
out, because then anybody could lock everybody out.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from kpi.findings import NotAllowed
from kpi.permissions import Act, Actor, Scope
from store import accounts, logins, seals
from store.accounts import Account
from store.engine import Session, SessionFactory, writing
from workflow import passwords, patience
from workflow.gate import Entry, perform
from workflow.logins import ABSOLUTE, digest_of

_LONGEST_CLIENT = 255


@dataclass(frozen=True)
class SignedIn:
    """``secret`` goes into the cookie and is kept nowhere else."""

    actor: Actor
    secret: str
    ends_at: datetime


def sign_in(
    factory: SessionFactory,
    name: str,
    password: str,
    *,
    at: datetime,
    address: str = "",
    client: str = "",
) -> SignedIn:
    """Begin a login of the account with this name and password.

    Raises:
        NotAllowed: ``wrong_sign_in``, or ``slow_down`` with the seconds to wait.
    """
    keys = (patience.key_of("name", name.strip().lower()), patience.key_of("address", address))
    with factory() as session:
        patience.require(session, keys, at)
        account = accounts.named(session, name)
    kept = account.password if account is not None and account.active else None
    if not passwords.matches(kept, password) or account is None or kept is None:
        patience.failed(factory, keys, at)
        raise NotAllowed("wrong_sign_in", subject="")

    def begin(session: Session, entry: Entry) -> SignedIn:
        for key in keys:
            logins.succeeded(session, key)
        if passwords.is_outdated(kept):
            accounts.set_password(session, account.id, passwords.hashed(password))
            seals.note(session, seals.ACCOUNTS, (account.id,), entry.details)
        return _begun(session, entry, account, client, at)

    return perform(factory, account.actor(), Act.SIGN_IN, begin, at=at)


def sign_in_by_email(
    factory: SessionFactory, email: str, *, at: datetime, client: str = ""
) -> SignedIn:
    """Begin a login of whoever the identity provider says it is.

    Raises:
        NotAllowed: ``no_account`` where nobody here has this e-mail.
    """
    with factory() as session:
        account = accounts.with_email(session, email)
    if account is None or not account.active:
        raise NotAllowed("no_account", subject=email)
    found = account
    return perform(
        factory,
        found.actor(),
        Act.SIGN_IN,
        lambda session, entry: _begun(session, entry, found, client, at),
        at=at,
    )


def sign_out(factory: SessionFactory, actor: Actor, *, at: datetime) -> None:
    """End the login the person acts with; over already: nothing happens."""
    number = actor.login
    if number is None:
        return

    def end(session: Session, entry: Entry) -> None:
        logins.end(session, number, at)
        entry.subject = actor.id

    try:
        scope = Scope(account=actor.id)
        perform(factory, actor, Act.SIGN_OUT, end, at=at, scope_of=lambda _session: scope)
    except NotAllowed as refused:
        if refused.reason != "signed_out":
            raise


def sign_out_browser(factory: SessionFactory, actor: Actor, number: int, *, at: datetime) -> None:
    """End one login of one's own, on another machine say.

    Raises:
        NotAllowed: if it is somebody else's and the actor no administrator.
    """

    def scope_of(session: Session) -> Scope:
        login = logins.get(session, number)
        owner = accounts.get(session, login.account_id) if login is not None else None
        return Scope(account=owner.name if owner is not None else None)

    def end(session: Session, entry: Entry) -> None:
        logins.end(session, number, at)
        entry.subject = scope_of(session).account or ""

    perform(factory, actor, Act.SIGN_OUT, end, at=at, scope_of=scope_of)


def seen(factory: SessionFactory, number: int, *, at: datetime) -> None:
    """Keep a login from ending for want of visits. No act: nothing a person decides."""
    writing(factory, lambda session: logins.seen(session, number, at))


def _begun(session: Session, entry: Entry, account: Account, client: str, at: datetime) -> SignedIn:
    secret = secrets.token_urlsafe(32)
    ends_at = at + ABSOLUTE
    number = logins.begin(
        session, account.id, digest_of(secret), client[:_LONGEST_CLIENT], at=at, ends_at=ends_at
    )
    entry.subject = account.name
    return SignedIn(account.actor(number), secret, ends_at)
