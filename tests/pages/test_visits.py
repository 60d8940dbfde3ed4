"""A login lives on by visits, and a visit never waits for the database."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import bootstrap
from kpi.permissions import Actor, ActorRole
from pages import visits
from store import accounts, audit, logins
from store.accounts import NewAccount
from store.engine import Session, writing
from workflow.logins import IDLE, SEEN_EVERY, digest_of, of_cookie

SECRET = "một bí mật"


@pytest.fixture
def login(database: Path) -> Iterator[int]:
    """Somebody who signed in just now."""
    at = bootstrap.now()
    new = NewAccount("hoa", "Nguyễn Thị Hoa", frozenset({ActorRole.READER}))

    def begin(session: Session) -> int:
        number = accounts.add(session, new, by="local", at=at)
        return logins.begin(
            session, number, digest_of(SECRET), "Firefox", at=at, ends_at=at + timedelta(days=7)
        )

    visits.forget()
    yield writing(bootstrap.session_factory(), begin)
    visits.forget()


def visit(number: int, at: datetime) -> bool:
    """Visit, and wait until it is noted; was it noted?"""
    thread = visits.note(number, at)
    if thread is not None:
        thread.join(30)
    return thread is not None


def test_a_login_that_is_used_does_not_end_for_want_of_visits(login: int) -> None:
    start = bootstrap.now()
    later = start + IDLE - timedelta(minutes=1)
    assert visit(login, later)
    with bootstrap.session_factory()() as session:
        assert of_cookie(session, SECRET, later + IDLE - timedelta(minutes=1)) is not None
        assert of_cookie(session, SECRET, later + IDLE) is None


def test_it_is_noted_once_in_a_while(login: int) -> None:
    start = bootstrap.now()
    assert visit(login, start)
    assert not visit(login, start + SEEN_EVERY - timedelta(seconds=1))
    assert visit(login, start + SEEN_EVERY)


def test_a_locked_database_holds_no_visit_up(login: int, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        thread = visits.note(login, bootstrap.now())
        assert time.monotonic() - start < 1
        assert thread is not None and thread.daemon
        other.execute("ROLLBACK")
    thread.join(30)
    assert not thread.is_alive()


def test_a_database_that_may_only_be_read_is_no_trouble(
    login: int, monkeypatch: pytest.MonkeyPatch, database: Path
) -> None:
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///file:{database}?mode=ro&uri=true")
    bootstrap.forget()
    failed: list[object] = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    assert visit(login, bootstrap.now())
    assert failed == []


def test_who_is_turned_away_is_in_the_audit_log_once(database: Path) -> None:
    visits.forget()
    person = Actor("lanh-dao", "Lãnh đạo", frozenset({ActorRole.READER}))
    for _ in range(3):
        thread = visits.turned_away(person, "/quan-tri", bootstrap.now())
        if thread is not None:
            thread.join(30)
    wanted = audit.Wanted(act="screen.open", actor="lanh-dao", since=None, until=None)
    with bootstrap.session_factory()() as session:
        (event,) = audit.listed(session, wanted)
        assert list(audit.faults(session)) == []
    assert (event.outcome, event.subject) == (audit.REFUSED, "/quan-tri")
    visits.forget()
