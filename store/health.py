"""What can be said of the database itself: where it is, how big, when last backed up."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from store import settings

_LAST_BACKUP = "last_backup_at"
_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def address(engine: Engine) -> str:
    """Where the database is, without its password."""
    return engine.url.render_as_string(hide_password=True)


def size(session: Session) -> int:
    """Bytes on disk; SQLite's log that is not yet folded in is not counted."""
    statement = _SIZE[session.get_bind().dialect.name]
    return int(session.scalar(text(statement)) or 0)


def note_backup(session: Session, at: datetime) -> None:
    settings.put(session, _LAST_BACKUP, at.isoformat(timespec="seconds"))


def last_backup(session: Session) -> datetime | None:
    """When ``manage.py backup`` last wrote a file; None: never, or with other tools."""
    kept = settings.read_all(session).get(_LAST_BACKUP)
    return datetime.fromisoformat(kept) if kept else None
