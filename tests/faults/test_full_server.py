"""PostgreSQL's disk is full: a sentence, no half state, and the next upload works.

Once on a disk that is full in earnest, where a small one may be mounted; and everywhere with
a server whose files may grow no further.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpi.definitions import Definitions, OrgUnits
from loaders.samples import Sample
from store import migrate, submissions
from store.engine import (
    Session,
    StoreUnavailable,
    make_engine,
    make_session_factory,
    writing,
)
from tests.conftest import required_here
from tests.faults.worker import Office
from tests.postgres_server import PostgresServer, programs
from texts.errors import error_sentence
from workflow.verification import verify

_LOG_FILE = 16 * 2**20  # of the server: no file may be shorter
Send = Callable[[str], Office]


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """Not the one of the run: this one is made to fail."""
    server = PostgresServer(required_here("PostgreSQL's server", *programs(), "postgres"))
    yield server
    server.remove()


@pytest.fixture
def office_at(
    own_server: PostgresServer, manual: Definitions, org_units: OrgUnits
) -> Iterator[Send]:
    """An office at a database of the server."""
    engines = []

    def office(url: str) -> Office:
        engine = make_engine(url)
        engines.append(engine)
        migrate.upgrade(engine)
        return Office(make_session_factory(engine), manual, org_units)

    yield office
    for engine in engines:
        engine.dispose()


def test_a_disk_that_is_full(
    small_disk: Path,
    own_server: PostgresServer,
    office_at: Send,
    samples: tuple[Sample, ...],
) -> None:
    (small_disk / "tables").mkdir()
    if os.geteuid() == 0:
        shutil.chown(small_disk / "tables", "postgres")
    own_server.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}/tables'")
    own_server.execute("CREATE DATABASE small TABLESPACE small")
    office = office_at(own_server.url("small"))
    office.send(samples[0])

    refused = refused_then_sent(office, samples[1:], filled(small_disk))

    assert "No space left" in error_sentence(refused, "vi")


def test_files_that_may_grow_no_further(
    own_server: PostgresServer, office_at: Send, samples: tuple[Sample, ...]
) -> None:
    office = office_at(own_server.create("limited"))
    office.send(samples[0])
    content = os.urandom(_LOG_FILE)
    writing(office.factory, lambda session: keep(session, content))

    refused = refused_then_sent(office, samples[1:], limited(own_server))

    assert "File too large" in error_sentence(refused, "vi")


def refused_then_sent(
    office: Office, samples: tuple[Sample, ...], trouble: AbstractContextManager[None]
) -> StoreUnavailable:
    """Send in trouble until it is refused, then that one again: nothing was half there."""
    sent = 1
    with trouble, pytest.raises(StoreUnavailable) as refused:
        for sample in samples:
            office.send(sample)
            sent += 1
    assert stored(office) == sent
    assert not office.send(samples[sent - 1]).duplicate
    assert stored(office) == sent + 1
    return refused.value


def stored(office: Office) -> int:
    """How many reports there are, all of them whole."""
    with office.factory() as session:
        assert verify(session, office.definitions, office.units) == ()
        return submissions.count(session)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass
    yield
    ballast.unlink()


@contextmanager
def limited(server: PostgresServer) -> Iterator[None]:
    """No file may grow longer than the longest there is."""
    files = (server.folder / "data").rglob("*")
    longest = max(file.stat().st_size for file in files if file.is_file())
    server.stop("fast")
    server.start(longest_file=longest)
    yield
    server.stop("fast")
    server.start()


def keep(session: Session, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    submissions.keep_file(session, digest, content, datetime(2018, 10, 5, tzinfo=UTC))
