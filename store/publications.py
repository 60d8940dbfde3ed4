"""What was published: of each publication the very bytes, by number, newest last.

A publication is never changed and never taken away; the digest is of its archive, to be held
against (``store.verification``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from store.publication_schema import publication


@dataclass(frozen=True)
class Publication:
    """One frozen snapshot, without its bytes."""

    id: int
    period: str
    known_at: datetime
    data_version: int
    mark: str  # of the figures, short: "7F3A-21C9"
    digest: str  # SHA-256 of the archive
    published_by: str


_FACTS = [column for column in publication.c if column.name != "archive"]


def add(
    session: Session, *, period: str, known_at: datetime, data_version: int, mark: str,
    digest: str, archive: bytes, published_by: str,
) -> Publication:  # fmt: skip
    """Keep a publication for good."""
    facts = {
        "period": period, "known_at": known_at, "data_version": data_version, "mark": mark,
        "digest": digest, "published_by": published_by,
    }  # fmt: skip
    added = insert(publication).values(**facts, archive=archive).returning(*_FACTS)
    return Publication(**session.execute(added).one()._mapping)


def newest(session: Session, period: str | None = None) -> Publication | None:
    """The last one, of a period or of all."""
    query = select(*_FACTS).order_by(publication.c.id.desc()).limit(1)
    if period is not None:
        query = query.where(publication.c.period == period)
    row = session.execute(query).one_or_none()
    return None if row is None else Publication(**row._mapping)


def archive(session: Session, number: int) -> bytes:
    """The bytes of a publication that is there."""
    found = select(publication.c.archive).where(publication.c.id == number)
    return bytes(session.execute(found).scalar_one())
