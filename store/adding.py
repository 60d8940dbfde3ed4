"""A new row, and the number that the database gives it; the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session


def added(session: Session, table: Table, values: Mapping[str, Any]) -> int:
    """Add a row to a table that numbers its rows by ``id``; returns the number."""
    number: int = session.execute(insert(table).values(values).returning(table.c.id)).scalar_one()
    return number
