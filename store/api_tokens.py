"""Tokens by which programs read: each with its scope, its end, and who made it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from store.adding import added
from store.json_text import dump
from store.people_schema import api_token


@dataclass(frozen=True)
class ApiToken:
    """``org_units`` empty: the program may read of all of them."""

    id: int
    name: str
    org_units: frozenset[str]
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None

    def reads(self, org_unit: str) -> bool:
        return not self.org_units or org_unit in self.org_units


def add(
    session: Session,
    name: str,
    digest: str,
    org_units: Iterable[str],
    *,
    by: str,
    at: datetime,
    ends_at: datetime,
) -> int:
    values = {
        "name": name,
        "digest": digest,
        "org_units": dump(sorted(org_units)),
        "made_by": by,
        "made_at": at,
        "ends_at": ends_at,
    }
    return added(session, api_token, values)


def valid(session: Session, digest: str, at: datetime) -> ApiToken | None:
    """The token that a program shows; None if it is unknown, over or revoked."""
    row = session.execute(
        select(api_token).where(
            api_token.c.digest == digest,
            api_token.c.ended_at.is_(None),
            api_token.c.ends_at > at,
        )
    ).one_or_none()
    return None if row is None else _token(row)


def listed(session: Session) -> list[ApiToken]:
    """Every token there has been, newest first."""
    return [_token(r) for r in session.execute(select(api_token).order_by(api_token.c.id.desc()))]


def revoke(session: Session, number: int, at: datetime) -> bool:
    """End a token; False if there is none that goes on."""
    open_one = (api_token.c.id == number) & api_token.c.ended_at.is_(None)
    ended = update(api_token).where(open_one).values(ended_at=at).returning(api_token.c.id)
    return session.execute(ended).one_or_none() is not None


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(
        id=row.id,
        name=row.name,
        org_units=frozenset(json.loads(row.org_units)),
        made_by=row.made_by,
        made_at=row.made_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
    )
