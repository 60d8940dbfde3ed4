"""The definitions of each plan year, as they were opened; never changed, never deleted.

The newest row of a plan year holds for it; what held on an earlier day is the newest one
of that day. The YAML is kept letter by letter, since an installation outlives its files.
What it says is the loaders' business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from store.schema import definitions_version

_DESCRIBED = [column for column in definitions_version.c if column.name != "content"]


@dataclass(frozen=True)
class StoredVersion:
    """One version of one plan year's definitions, without its text."""

    id: int
    version: str
    plan_year: int
    digest: str
    in_force_from: date
    opened_by: str
    opened_at: datetime


def versions(session: Session) -> list[StoredVersion]:
    """Every version there has been, oldest first."""
    rows = session.execute(select(*_DESCRIBED).order_by(definitions_version.c.id))
    return [StoredVersion(**row._mapping) for row in rows]


def content(session: Session, number: int) -> str:
    """The YAML of one version.

    Raises:
        LookupError: if there is no such version.
    """
    query = select(definitions_version.c.content).where(definitions_version.c.id == number)
    found: str | None = session.scalar(query)
    if found is None:
        raise LookupError(f"there is no definitions version {number}")
    return found


def add(
    session: Session,
    *,
    version: str,
    plan_year: int,
    content: str,
    digest: str,
    in_force_from: date,
    by: str,
    at: datetime,
) -> None:
    session.execute(
        insert(definitions_version).values(
            version=version,
            plan_year=plan_year,
            content=content,
            digest=digest,
            in_force_from=in_force_from,
            opened_by=by,
            opened_at=at,
        )
    )
