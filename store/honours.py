"""The registers of exemplars and awards; rows are only ever added.

What is in force among them is said in ``kpi.honours``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from kpi.honours import Entry, Honour, Recipient, Register
from store.emulation_schema import honour

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
        "recorded_by": by, "recorded_at": at,
    }  # fmt: skip
    query = insert(honour).values(values).returning(honour.c.id)
    number: int = session.execute(query).scalar_one()
    return number


def get(session: Session, number: int) -> Entry | None:
    row = session.execute(select(honour).where(honour.c.id == number)).one_or_none()
    return None if row is None else _entry(row)


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
