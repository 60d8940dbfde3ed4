"""Connections, and the one way to write: one writer at a time.

A writing transaction takes the write lock before it reads (SQLite: BEGIN IMMEDIATE,
PostgreSQL: an advisory lock), so that what it read is still true when it writes: no
two revisions with the same number, no two audit events after the same one. Readers
never wait. A loser of the race for the lock is tried once more, then told.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from kpi.findings import KpiError

SessionFactory = sessionmaker[Session]
T = TypeVar("T")

__all__ = [
    "Session",
    "SessionFactory",
    "StoreBusy",
    "make_engine",
    "make_session_factory",
    "writing",
]

_BUSY_MILLISECONDS = 10_000
_WRITE_LOCK = 20_180_111  # any fixed number, the same in every process
_RETRIED_SQLSTATES = {"40001", "40P01"}  # serialization failure, deadlock


class StoreBusy(KpiError):
    """Somebody else kept the database locked for too long; nothing was changed."""


def make_engine(url: str) -> Engine:
    """An engine for ``url``, with SQLite set up to lose nothing that was acknowledged."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True)
    if address.database in (None, "", ":memory:"):
        engine = create_engine(
            address, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(address)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def make_session_factory(engine: Engine) -> SessionFactory:
    return sessionmaker(engine, expire_on_commit=False)


def writing(factory: SessionFactory, work: Callable[[Session], T]) -> T:
    """Do ``work`` in one transaction that holds the write lock; all of it or nothing.

    Raises:
        StoreBusy: if the lock could not be had, twice.
    """
    try:
        return _write_once(factory, work)
    except (OperationalError, IntegrityError) as error:
        if not _worth_a_retry(error):
            raise
    try:
        return _write_once(factory, work)
    except OperationalError as error:
        if _worth_a_retry(error):
            raise StoreBusy("the database is locked") from error
        raise


def _write_once(factory: SessionFactory, work: Callable[[Session], T]) -> T:
    with factory() as session, session.begin():
        connection = session.connection(execution_options={"writes": True})
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})
        return work(session)


def _worth_a_retry(error: OperationalError | IntegrityError) -> bool:
    if isinstance(error, IntegrityError):
        return "UNIQUE" in str(error.orig).upper()
    if isinstance(error.orig, sqlite3.OperationalError):
        return "locked" in str(error.orig)
    return getattr(error.orig, "sqlstate", None) in _RETRIED_SQLSTATES


def _set_up_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late (at the first change) and end at
    # the first DDL; ``_begin_sqlite`` says BEGIN instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
