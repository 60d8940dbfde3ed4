"""The registers of exemplars and awards; rows are only added, and only a name is ever taken out.

What is in force among them is said in ``kpi.honours``. The *seal* of a row is a digest of all it
says with a random salt: the audit log keeps it, and ``verify`` holds the row against it. When a
name is erased, the salt goes with it, and nobody can try names against the old seal.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from kpi.honours import Entry, Honour, Recipient, Register
from store.adding import added
from store.emulation_schema import honour
from store.json_text import dump

_OF_HONOUR = (
    "register", "year", "org_unit", "kind", "recipient_kind", "recipient", "direct_worker",
    "border_commune", "decision", "decided_on", "decided_by", "reason",
)  # fmt: skip
_OF_ENTRY = ("replaces", "taken_back", "why", "recorded_by", "recorded_at")


def add(
    session: Session,
    one: Honour,
    *,
    by: str,
    at: datetime,
    salt: str = "",
    replaces: int | None = None,
    taken_back: bool = False,
    why: str = "",
) -> int:
    """Store an entry and return its number.

    Raises:
        StoreBusy, StoreUnavailable: as any other statement.
    """
    values = {
        **vars(one), "replaces": replaces, "taken_back": taken_back, "why": why,
        "recorded_by": by, "recorded_at": at, "salt": salt,
    }  # fmt: skip
    return added(session, honour, values)


def get(session: Session, number: int) -> Entry | None:
    row = session.execute(select(honour).where(honour.c.id == number)).one_or_none()
    return None if row is None else _entry(row)


def chain(session: Session, number: int) -> list[Entry]:
    """An entry with all it replaced and all that replaced it, oldest first."""
    found = {number}
    links = session.execute(select(honour.c.id, honour.c.replaces).order_by(honour.c.id)).all()
    for id_, replaces in (*links, *reversed(links)):  # one row has one successor
        if replaces is not None and (id_ in found or replaces in found):
            found |= {id_, replaces}
    query = select(honour).where(honour.c.id.in_(found)).order_by(honour.c.id)
    return [_entry(row) for row in session.execute(query)]


def rewrite(
    session: Session, number: int, *, recipient: str, reason: str, why: str, salt: str
) -> None:
    """Put other words in place of those that name a person; the old salt goes."""
    if session.get_bind().dialect.name == "sqlite":  # the old bytes leave the file as well
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
    words = {"recipient": recipient, "reason": reason, "why": why, "salt": salt}
    session.execute(update(honour).where(honour.c.id == number).values(words))


def seal(session: Session, number: int) -> str:
    """The digest of all that a row says, by its salt."""
    return _seal(session.execute(select(honour).where(honour.c.id == number)).one())


def sealed(session: Session) -> dict[int, tuple[Entry, str]]:
    """Every row with its seal, by its number."""
    rows = session.execute(select(honour).order_by(honour.c.id))
    return {row.id: (_entry(row), _seal(row)) for row in rows}


def _seal(row: Row[Any]) -> str:
    kept = row._mapping
    said = {name: str(kept[name]) for name in (*_OF_HONOUR, "replaces", "taken_back", "why")}
    return hashlib.sha256(dump({**said, "salt": row.salt}).encode()).hexdigest()


def successor(session: Session, number: int) -> int | None:
    """The entry that has taken this one's place; None if it stands."""
    return session.scalar(select(honour.c.id).where(honour.c.replaces == number))


def every(session: Session, as_of: datetime | None = None) -> list[Entry]:
    """All entries of all years, oldest first, as far as they had been recorded."""
    query = select(honour).order_by(honour.c.id)
    if as_of is not None:
        query = query.where(honour.c.recorded_at <= as_of)
    return [_entry(row) for row in session.execute(query)]


def _entry(row: Row[Any]) -> Entry:
    kept = row._mapping
    fields = {name: kept[name] for name in _OF_HONOUR}
    fields["register"] = Register(kept["register"])
    fields["recipient_kind"] = Recipient(kept["recipient_kind"])
    return Entry(
        number=kept["id"], honour=Honour(**fields), **{name: kept[name] for name in _OF_ENTRY}
    )
