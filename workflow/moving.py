"""An installation is restored from a backup, or moved to another database.

Both fill an empty database and compare it with what was read, in one transaction: tables,
rows, the comparison and the audit event are there together, or the database is as empty as
before. A backup itself changes nothing and is no act.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from kpi.permissions import Act, Actor
from store import backups, health, migrate, transfer
from store.engine import Session, SessionFactory, StoreBusy, StoreUnavailable, writing
from store.transfer import Sums
from workflow.gate import Entry, perform

Fill = Callable[[Session], Sums]


def restore(factory: SessionFactory, actor: Actor, file: Path, *, at: datetime) -> int:
    """Fill the empty database with a backup; returns how many rows that were.

    Raises:
        NotEmpty: if there is anything in the database.
        BackupDamaged, BackupNewer: if the file cannot be used.
        NotTheSame: if what was written differs from the backup; nothing is kept.
        NotAllowed: if the actor is not an administrator.
    """
    with backups.opened(file) as source:

        def fill(session: Session) -> Sums:
            return transfer.copy_all(source, session.connection())

        return _fill(factory, actor, Act.RESTORE, fill, file.name, at)


def copy_to(source: SessionFactory, target: SessionFactory, actor: Actor, *, at: datetime) -> int:
    """Copy everything into another, empty database; returns how many rows that were.

    Nobody can write to the first one meanwhile, so nothing is left behind.

    Raises:
        NotEmpty, NotTheSame, NotAllowed: as ``restore``.
        StoreBusy: if somebody else is writing.
    """

    def work(reading: Session) -> int:
        def fill(session: Session) -> Sums:
            return transfer.copy_all(reading.connection(), session.connection())

        return _fill(target, actor, Act.COPY, fill, "", at)

    return writing(source, work)


def note_backup(factory: SessionFactory, *, at: datetime) -> None:
    """Remember that there is a new backup. No act, and no loss where nothing can be written."""
    with suppress(StoreBusy, StoreUnavailable):
        writing(factory, lambda session: health.note_backup(session, at))


def _fill(
    factory: SessionFactory, actor: Actor, act: Act, fill: Fill, subject: str, at: datetime
) -> int:
    def work(session: Session, entry: Entry) -> int:
        transfer.require_empty(session.connection())
        migrate.upgrade_within(session.connection())
        read = fill(session)
        transfer.require_same(read, transfer.sums_of(session.connection()))
        rows = sum(one.rows for one in read.values())
        entry.subject, entry.details = subject, {"rows": str(rows)}
        return rows

    return perform(factory, actor, act, work, at=at)
