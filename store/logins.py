"""Signed-in browsers, and failed attempts to become one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from store.adding import added
from store.people_schema import login, sign_in_failure


@dataclass(frozen=True)
class Login:
    """One browser that somebody signed in with."""

    id: int
    account_id: int
    client: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    ended_at: datetime | None


def begin(
    session: Session, account_id: int, digest: str, client: str, *, at: datetime, ends_at: datetime
) -> int:
    """Remember a browser by the digest of its cookie; returns its number."""
    values = {
        "account_id": account_id,
        "digest": digest,
        "client": client,
        "began_at": at,
        "seen_at": at,
        "ends_at": ends_at,
    }
    return added(session, login, values)


def by_digest(session: Session, digest: str) -> Login | None:
    return _one(session, login.c.digest == digest)


def get(session: Session, number: int) -> Login | None:
    return _one(session, login.c.id == number)


def of(session: Session, account_id: int) -> list[Login]:
    """The browsers of one account, newest first."""
    rows = session.execute(
        select(login).where(login.c.account_id == account_id).order_by(login.c.id.desc())
    )
    return [_login(row) for row in rows]


def last_seen(session: Session) -> dict[int, datetime]:
    """When each account's owner was last here, whatever has become of the login since."""
    query = select(login.c.account_id, func.max(login.c.seen_at)).group_by(login.c.account_id)
    return {row[0]: row[1] for row in session.execute(query)}


def seen(session: Session, number: int, at: datetime) -> None:
    session.execute(update(login).where(login.c.id == number).values(seen_at=at))


def end(session: Session, number: int, at: datetime) -> None:
    open_one = (login.c.id == number) & login.c.ended_at.is_(None)
    session.execute(update(login).where(open_one).values(ended_at=at))


def end_all(session: Session, account_id: int, at: datetime) -> None:
    """End every browser of an account: its password or its rights have changed hands."""
    open_ones = (login.c.account_id == account_id) & login.c.ended_at.is_(None)
    session.execute(update(login).where(open_ones).values(ended_at=at))


# --- failures


def failures(session: Session, key: str) -> tuple[int, datetime | None]:
    """How often in a row it went wrong under a key, and when last."""
    found = session.execute(
        select(sign_in_failure.c.count, sign_in_failure.c.last_at).where(
            sign_in_failure.c.key == key
        )
    ).one_or_none()
    return (found.count, found.last_at) if found else (0, None)  # type: ignore[return-value]


def failed(session: Session, key: str, at: datetime) -> None:
    count, _ = failures(session, key)
    if count:
        session.execute(
            update(sign_in_failure)
            .where(sign_in_failure.c.key == key)
            .values(count=count + 1, last_at=at)
        )
    else:
        session.execute(insert(sign_in_failure).values(key=key, count=1, last_at=at))


def succeeded(session: Session, key: str) -> None:
    session.execute(delete(sign_in_failure).where(sign_in_failure.c.key == key))


def _one(session: Session, condition: Any) -> Login | None:
    row = session.execute(select(login).where(condition)).one_or_none()
    return None if row is None else _login(row)


def _login(row: Row[Any]) -> Login:
    return Login(
        id=row.id,
        account_id=row.account_id,
        client=row.client,
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
    )
