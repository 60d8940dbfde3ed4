"""What an installation remembers about itself, by key.

``data_version`` counts every change to the data: whoever keeps a judged slice keeps it
under that number, and needs no other word to know that it is stale.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import Session

from store.schema import setting

DATA_VERSION = "data_version"


def read_all(session: Session | Connection) -> dict[str, str]:
    """Every setting that was ever put."""
    return {row.key: row.value for row in session.execute(select(setting))}


def put(session: Session, key: str, value: str) -> None:
    """Set ``key``, whether or not it was set before."""
    changed = session.connection().execute(
        update(setting).where(setting.c.key == key).values(value=value)
    )
    if changed.rowcount == 0:
        session.execute(insert(setting).values(key=key, value=value))


def data_version(session: Session | Connection) -> int:
    """How many changes the data have seen; 0 before the first."""
    value = session.scalar(select(setting.c.value).where(setting.c.key == DATA_VERSION))
    return int(value) if value else 0


def count_change(session: Session) -> int:
    """Say that the data have changed; the caller holds the write lock."""
    version = data_version(session) + 1
    put(session, DATA_VERSION, str(version))
    return version
