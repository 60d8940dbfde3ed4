"""Connections, and the one way to write: one writer at a time.

A writing transaction takes the write lock before it reads (SQLite: BEGIN IMMEDIATE,
PostgreSQL: an advisory lock), so that what it read is still true when it writes: no
two revisions with the same number, no two audit events after the same one. Readers
never wait. A loser of the race for the lock is tried once more, then told. A COMMIT whose
answer never came is not tried again: nobody here knows whether it happened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from kpi.findings import KpiError
from store.same_file import watch

SessionFactory = sessionmaker[Session]
T = TypeVar("T")

__all__ = [
    "CANNOT_BE_READ",
    "Engine",
    "Session",
    "SessionFactory",
    "StoreBusy",
    "StoreUnavailable",
    "StoreUncertain",
    "as_ours",
    "file_of",
    "make_engine",
    "make_session_factory",
    "writing",
]

_BUSY_MILLISECONDS = 10_000
_PAGES_KEPT = -16_000  # of an SQLite file, kB a connection: a read of 700 cells touches 3 MB
# PostgreSQL believes in disks that turn: for the 700 submissions of an indicator's cells it
# would rather read all there are. A plan for any unit whatever is worse than one for this unit.
_IN_MEMORY = "-c random_page_cost=1.1 -c plan_cache_mode=force_custom_plan"
_WRITE_LOCK = 20_180_111  # any fixed number, the same in every process
_LOCK = text("SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:key)")
_BUSY_SQLSTATES = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock timeout
_LOST_SQLSTATES = ("08", "57P")  # the connection, or the server under it, went away
# A standby or a server set to refuse changes; a role that may not make them.
_REFUSED_SQLSTATES = {"25006", "42501"}
_MISTAKES = ("no such ", "near ")  # in the SQL; SQLite calls these operational as well
_BROKEN_FILE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class StoreBusy(KpiError):
    """Somebody else kept the database locked for too long; nothing was changed."""

    code = "store_busy"


class StoreUnavailable(KpiError):
    """The database cannot be read or written: no such server, disk full, not a database."""

    code = "store_unavailable"


# Reading does not work just now, whatever the cause: what was read before is still there.
CANNOT_BE_READ = (StoreUnavailable, StoreBusy)


class StoreUncertain(KpiError):
    """The connection was lost while the answer to COMMIT was on its way: done, or not at all.

    Doing it again is safe where the act looks first: a file that is stored already is
    known by its digest, a decision by the submission's state.
    """

    code = "store_uncertain"


def make_engine(url: str) -> Engine:
    """An engine for ``url``, with SQLite set up to lose nothing that was acknowledged.

    Raises:
        StoreUnavailable: if ``url`` names neither an SQLite nor a PostgreSQL database.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        options = f"{address.query.get('options', '')} {_IN_MEMORY}".strip()
        engine = create_engine(address, pool_pre_ping=True, connect_args={"options": options})
        event.listen(engine, "handle_error", _translate, retval=True)
        return engine
    file = file_of(address)
    if file is None:
        engine = create_engine(
            address, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = create_engine(address)
    event.listen(engine, "handle_error", _translate, retval=True)
    event.listen(engine, "connect", _set_up_sqlite)
    if file is not None:
        watch(engine, file)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def file_of(address: URL) -> Path | None:
    """The file of an SQLite database, also where it is named as ``file:…``; None for any other."""
    name = address.database
    if address.get_backend_name() != "sqlite" or not name:
        return None
    if name.startswith("file:") and "uri" in address.query:
        name = unquote(urlsplit(name).path)
    return None if name == ":memory:" else Path(name)


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreUnavailable(str(error)) from error
    if address.drivername == "postgresql":  # the library would look for an older driver
        return address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise StoreUnavailable(f"{address.drivername}: use sqlite:///… or postgresql+psycopg://…")
    return address


def make_session_factory(engine: Engine) -> SessionFactory:
    return sessionmaker(engine, expire_on_commit=False)


def writing(factory: SessionFactory, work: Callable[[Session], T]) -> T:
    """Do ``work`` in one transaction that holds the write lock; all of it or nothing.

    Raises:
        StoreBusy: if the lock could not be had, twice.
        StoreUncertain: if the connection was lost in the last moment.
    """
    try:
        return _write_once(factory, work)
    except StoreBusy:
        pass
    except IntegrityError as error:
        if "UNIQUE" not in str(error.orig).upper():
            raise
    return _write_once(factory, work)


def _write_once(factory: SessionFactory, work: Callable[[Session], T]) -> T:
    with factory() as session:  # rolls back what was not committed
        connection = session.connection(execution_options={"writes": True})
        if connection.dialect.name == "postgresql":
            connection.execute(_LOCK, {"key": _WRITE_LOCK, "wait": f"{_BUSY_MILLISECONDS}ms"})
        result = work(session)
        _commit(session)
        return result


def _commit(session: Session) -> None:
    try:
        session.commit()
    except StoreUnavailable as error:
        if session.get_bind().dialect.name == "postgresql" and _lost(error.__cause__):
            raise StoreUncertain(str(error)) from error
        raise


def _lost(error: BaseException | None) -> bool:
    """Did the connection go, rather than the server refuse?"""
    state = getattr(error, "sqlstate", None)
    return state is None or state.startswith(_LOST_SQLSTATES)


def _translate(context: ExceptionContext) -> KpiError | None:
    # The pool looks whether its connection still lives, and must see the driver's own
    # error to make a new one.
    return None if context.is_pre_ping else as_ours(context.original_exception)


def as_ours(error: BaseException) -> KpiError | None:
    """What users cannot help becomes one of our own errors; mistakes in SQL stay as they are."""
    state = getattr(error, "sqlstate", None)
    if state in _BUSY_SQLSTATES or (
        isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
    ):
        return StoreBusy(str(error))
    # By name: the driver of PostgreSQL is not loaded for SQLite. It has a class for each
    # kind of trouble (DiskFull, AdminShutdown ...), all of them operational; what its own
    # files refuse to it for another reason it calls internal.
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if (
        # the last eight bits; those before say where it was found
        getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN_FILE
        or state in _REFUSED_SQLSTATES
        or "InternalError" in kinds
        or ("OperationalError" in kinds and not str(error).startswith(_MISTAKES))
    ):
        return StoreUnavailable(str(error))
    return None


def _set_up_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late (at the first change) and end at
    # the first DDL; ``_begin_sqlite`` says BEGIN instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"cache_size = {_PAGES_KEPT}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
