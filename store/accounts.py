"""Accounts, and the one-time links by which their owners choose a password."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.orm import Session

from kpi.permissions import Actor, ActorRole
from store.adding import added
from store.json_text import dump
from store.people_schema import account, one_time_link


@dataclass(frozen=True)
class NewAccount:
    """A person who may sign in, and what they may do; ``email`` None: no single sign-on."""

    name: str
    full_name: str
    roles: frozenset[ActorRole]
    reporters: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    email: str | None = None


@dataclass(frozen=True)
class Account(NewAccount):
    id: int = 0
    password: str | None = None  # its hash
    active: bool = True
    made_by: str = ""
    made_at: datetime | None = None

    def actor(self, login: int | None = None) -> Actor:
        """The person as an actor, with what they may do at this moment."""
        return Actor(
            self.name, self.full_name, self.roles, self.reporters, forms=self.forms, login=login
        )


def add(session: Session, new: NewAccount, *, by: str, at: datetime) -> int:
    """Make an account without a password; returns its number."""
    values = _values(new) | {"name": new.name, "active": True, "made_by": by, "made_at": at}
    return added(session, account, values)


def change(session: Session, number: int, new: NewAccount, *, active: bool) -> None:
    """Let the account say what ``new`` says; its name stays what it was."""
    values = _values(new) | {"active": active}
    session.execute(update(account).where(account.c.id == number).values(values))


def set_password(session: Session, number: int, hashed: str) -> None:
    session.execute(update(account).where(account.c.id == number).values(password=hashed))


def get(session: Session, number: int) -> Account | None:
    return _one(session, account.c.id == number)


def named(session: Session, name: str) -> Account | None:
    """The account one signs in to by this name, however it is written."""
    return _one(session, account.c.name == name.strip().lower())


def with_email(session: Session, email: str) -> Account | None:
    return _one(session, account.c.email == email.strip().lower())


def listed(session: Session) -> list[Account]:
    """Every account, by name."""
    return [_account(row) for row in session.execute(select(account).order_by(account.c.name))]


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(account)) or 0


# --- one-time links


def add_link(
    session: Session, number: int, digest: str, *, by: str, at: datetime, ends_at: datetime
) -> None:
    """Let whoever shows what ``digest`` is made of choose the account's password, once."""
    session.execute(
        insert(one_time_link).values(
            digest=digest, account_id=number, made_by=by, made_at=at, ends_at=ends_at
        )
    )


def use_link(session: Session, digest: str, *, at: datetime) -> int | None:
    """The account a link is for, once and in time; None for any other link."""
    number = linked(session, digest, at=at)
    if number is not None:
        session.execute(
            update(one_time_link)
            .where(one_time_link.c.account_id == number, one_time_link.c.used_at.is_(None))
            .values(used_at=at)  # older links to the same account go with it
        )
    return number


def linked(session: Session, digest: str, *, at: datetime) -> int | None:
    """The account a link is for, without using it up."""
    return session.scalar(
        select(one_time_link.c.account_id).where(
            one_time_link.c.digest == digest,
            one_time_link.c.used_at.is_(None),
            one_time_link.c.ends_at > at,
        )
    )


def _values(new: NewAccount) -> dict[str, Any]:
    return {
        "full_name": new.full_name,
        "email": new.email.strip().lower() if new.email else None,
        "roles": _list(new.roles),
        "reporters": _list(new.reporters),
        "forms": _list(new.forms),
    }


def _list(values: Iterable[str]) -> str:
    return dump(sorted(str(value) for value in values))


def _one(session: Session, condition: Any) -> Account | None:
    row = session.execute(select(account).where(condition)).one_or_none()
    return None if row is None else _account(row)


def _account(row: Row[Any]) -> Account:
    fields = dict(row._mapping)
    fields["roles"] = frozenset(ActorRole(role) for role in json.loads(fields["roles"]))
    fields["reporters"] = frozenset(json.loads(fields["reporters"]))
    fields["forms"] = frozenset(json.loads(fields["forms"]))
    return Account(**fields)
