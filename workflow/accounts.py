"""Accounts are made, changed and closed; people choose their own passwords.

An administrator never knows a password: a new account gets a one-time link, and so does
whoever has forgotten theirs. When rights or a password change, every browser of the
account is signed out. The last administrator cannot be closed or lose the role.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from kpi.findings import NotAllowed
from kpi.passwords import weakness
from kpi.permissions import GRANTED, Act, Actor, ActorRole, Scope
from store import accounts, api_tokens, logins, seals
from store.accounts import Account, NewAccount
from store.engine import Session, SessionFactory
from workflow import passwords, patience
from workflow.gate import Entry, perform
from workflow.logins import digest_of

LINK_LASTS = timedelta(days=3)
TOKEN_LASTS = timedelta(days=365)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def make(factory: SessionFactory, actor: Actor, new: NewAccount, *, at: datetime) -> int:
    """Make an account; returns its number. It has no password yet: ``invite``.

    Raises:
        NotAllowed: if the actor may not, or the name is taken or cannot be one.
    """

    def work(session: Session, entry: Entry) -> int:
        _require_sound(new)
        if accounts.named(session, new.name) is not None:
            raise NotAllowed("name_taken", subject=new.name)
        _require_own_email(session, new, None)
        entry.subject, entry.details = new.name, _described(new)
        number = accounts.add(session, new, by=actor.id, at=at)
        seals.note(session, seals.ACCOUNTS, (number,), entry.details)
        return number

    return perform(factory, actor, Act.MAKE_ACCOUNT, work, at=at)


def change(
    factory: SessionFactory,
    actor: Actor,
    number: int,
    new: NewAccount,
    *,
    active: bool = True,
    at: datetime,
) -> None:
    """Give an account other rights, or close it; its browsers are signed out.

    Raises:
        NotAllowed: if the actor may not, or nobody would be left to administer.
    """

    def work(session: Session, entry: Entry) -> None:
        known = _require(session, number)
        _require_sound(new)
        _require_own_email(session, new, number)
        if not active or ActorRole.ADMINISTRATOR not in new.roles:
            _require_another_administrator(session, known)
        accounts.change(session, number, new, active=active)
        logins.end_all(session, number, at)
        entry.subject = known.name
        entry.details = _described(new) | {"active": str(active).lower()}
        seals.note(session, seals.ACCOUNTS, (number,), entry.details)

    perform(factory, actor, Act.CHANGE_ACCOUNT, work, at=at)


def invite(factory: SessionFactory, actor: Actor, number: int, *, at: datetime) -> str:
    """The secret of a link by which the account's owner chooses a password, once.

    Raises:
        NotAllowed: if the actor may not.
    """
    secret = secrets.token_urlsafe(32)

    def work(session: Session, entry: Entry) -> None:
        entry.subject = _require(session, number).name
        accounts.add_link(
            session, number, digest_of(secret), by=actor.id, at=at, ends_at=at + LINK_LASTS
        )

    perform(factory, actor, Act.INVITE, work, at=at)
    return secret


def choose_password(factory: SessionFactory, link: str, password: str, *, at: datetime) -> str:
    """Set the password of the account that a one-time link is for; returns its name.

    Raises:
        NotAllowed: if the link is used up or over, or the password too easy to guess.
    """
    with factory() as session:
        number = accounts.linked(session, digest_of(link), at=at)
        account = accounts.get(session, number) if number is not None else None
    if account is None or not account.active:
        raise NotAllowed("link_over", subject="")
    _require_strong(account, password)
    kept = passwords.hashed(password)  # takes its time, so not inside the transaction
    owner = account

    def work(session: Session, entry: Entry) -> None:
        if accounts.use_link(session, digest_of(link), at=at) is None:
            raise NotAllowed("link_over", subject=owner.name)
        _keep_password(session, entry, owner, kept, at)

    scope = Scope(account=owner.name)
    perform(
        factory, owner.actor(), Act.CHOOSE_PASSWORD, work, at=at, scope_of=lambda _session: scope
    )
    return owner.name


def change_password(
    factory: SessionFactory, actor: Actor, old: str, password: str, *, at: datetime
) -> None:
    """A signed-in person chooses another password; all their browsers are signed out.

    Raises:
        NotAllowed: if the old one is wrong or the new one too easy to guess; ``slow_down``
            for somebody who sits at another's browser and guesses.
    """
    keys = (patience.key_of("own", actor.id),)
    with factory() as session:
        patience.require(session, keys, at)
        account = accounts.named(session, actor.id)
    if account is None or not passwords.matches(account.password, old):
        patience.failed(factory, keys, at)
        raise NotAllowed("wrong_old_password", subject=actor.id)
    _require_strong(account, password)
    owner, kept = account, passwords.hashed(password)
    scope = Scope(account=owner.name)
    perform(
        factory,
        actor,
        Act.CHOOSE_PASSWORD,
        lambda session, entry: _keep_password(session, entry, owner, kept, at),
        at=at,
        scope_of=lambda _session: scope,
    )


def revoke_logins(factory: SessionFactory, actor: Actor, name: str, *, at: datetime) -> None:
    """Sign an account out of every browser.

    Raises:
        NotAllowed: if it is somebody else's and the actor no administrator.
    """

    def work(session: Session, entry: Entry) -> None:
        account = accounts.named(session, name)
        if account is None:
            raise NotAllowed("no_account", subject=name)
        logins.end_all(session, account.id, at)
        entry.subject = account.name

    scope = Scope(account=name)
    perform(factory, actor, Act.REVOKE_LOGINS, work, at=at, scope_of=lambda _session: scope)


def make_token(
    factory: SessionFactory,
    actor: Actor,
    name: str,
    org_units: Iterable[str] = (),
    *,
    at: datetime,
    lasts: timedelta = TOKEN_LASTS,
) -> str:
    """A secret by which a program may read; of some organisation units, or of all.

    Raises:
        NotAllowed: if the actor may not.
    """
    secret = secrets.token_urlsafe(32)
    units = tuple(org_units)

    def work(session: Session, entry: Entry) -> None:
        number = api_tokens.add(
            session, name, digest_of(secret), units, by=actor.id, at=at, ends_at=at + lasts
        )
        entry.subject = str(number)
        entry.details = {"name": name, "org_units": ", ".join(units)}

    perform(factory, actor, Act.MAKE_TOKEN, work, at=at)
    return secret


def revoke_token(factory: SessionFactory, actor: Actor, number: int, *, at: datetime) -> None:
    """Let a program read no more.

    Raises:
        NotAllowed: if the actor may not; ``no_token`` if there is none to revoke.
    """

    def work(session: Session, entry: Entry) -> None:
        entry.subject = str(number)
        if not api_tokens.revoke(session, number, at):
            raise NotAllowed("no_token", subject=str(number))

    perform(factory, actor, Act.REVOKE_TOKEN, work, at=at)


# --- what an account must be


def _require(session: Session, number: int) -> Account:
    account = accounts.get(session, number)
    if account is None:
        raise NotAllowed("no_account", subject=str(number))
    return account


def _require_sound(new: NewAccount) -> None:
    if not _NAME.fullmatch(new.name):
        raise NotAllowed("unusable_name", subject=new.name)
    if not new.roles or not new.roles <= set(GRANTED):
        raise NotAllowed("no_role", subject=new.name)


def _require_own_email(session: Session, new: NewAccount, number: int | None) -> None:
    other = accounts.with_email(session, new.email) if new.email else None
    if other is not None and other.id != number:
        raise NotAllowed("email_taken", subject=new.email or "")


def _require_another_administrator(session: Session, account: Account) -> None:
    others = (one for one in accounts.listed(session) if one.id != account.id and one.active)
    if ActorRole.ADMINISTRATOR in account.roles and not any(
        ActorRole.ADMINISTRATOR in one.roles for one in others
    ):
        raise NotAllowed("last_administrator", subject=account.name)


def _require_strong(account: Account, password: str) -> None:
    weak = weakness(password, account.name, account.full_name, account.email or "")
    if weak is not None:
        raise NotAllowed(f"password_{weak}", subject=account.name)


def _keep_password(session: Session, entry: Entry, owner: Account, kept: str, at: datetime) -> None:
    accounts.set_password(session, owner.id, kept)
    logins.end_all(session, owner.id, at)
    entry.subject = owner.name
    seals.note(session, seals.ACCOUNTS, (owner.id,), entry.details)


def _described(new: NewAccount) -> dict[str, str]:
    return {
        "roles": ", ".join(sorted(new.roles)),
        "reporters": ", ".join(sorted(new.reporters)),
        "forms": ", ".join(sorted(new.forms)),
    }
