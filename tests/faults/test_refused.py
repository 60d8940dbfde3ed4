"""A disk that may only be read, a database that somebody keeps locked: a sentence, and no more."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import KpiError
from loaders.samples import Sample
from store import submissions
from store.engine import (
    Session,
    SessionFactory,
    StoreBusy,
    StoreUnavailable,
    make_engine,
    make_session_factory,
    writing,
)
from tests.faults.conftest import mount
from tests.faults.worker import Office
from texts.errors import error_sentence

Opened = Callable[[str], Office]
of_a_file = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def office_at(manual: Definitions, org_units: OrgUnits) -> Iterator[Opened]:
    """An office with an engine of its own."""
    engines = []

    def office(url: str) -> Office:
        engines.append(make_engine(url))
        return Office(make_session_factory(engines[-1]), manual, org_units)

    yield office
    for engine in engines:
        engine.dispose()


def count(factory: SessionFactory) -> int:
    with factory() as session:
        return submissions.count(session)


@of_a_file
def test_a_file_that_may_only_be_read(
    database_url: str, factory: SessionFactory, office_at: Opened, samples: tuple[Sample, ...]
) -> None:
    writable = office_at(database_url)
    writable.send(samples[0])
    reading = office_at(f"{database_url.replace(':///', ':///file:')}?mode=ro&uri=true")

    with pytest.raises(StoreUnavailable, match="readonly"):
        reading.send(samples[1])

    assert count(reading.factory) == 1
    assert writable.send(samples[1]).submission == 2


@of_a_file
def test_a_disk_that_may_only_be_read(
    small_disk: Path, database_url: str, office_at: Opened, samples: tuple[Sample, ...]
) -> None:
    shutil.copy(database_url.removeprefix("sqlite:///"), small_disk / "kpi.sqlite")
    office = office_at(f"sqlite:///{small_disk}/kpi.sqlite")
    office.send(samples[0])
    engine = office.factory.kw["bind"]
    engine.dispose()

    mount("-o", "remount,ro", small_disk)
    with pytest.raises(StoreUnavailable) as refused:
        office.send(samples[1])
    engine.dispose()
    mount("-o", "remount,rw", small_disk)

    assert "chưa có gì thay đổi" in error_sentence(refused.value, "vi")
    assert count(office.factory) == 1
    assert office.send(samples[1]).submission == 2
    engine.dispose()


def test_a_database_that_somebody_keeps_locked(
    database_url: str,
    factory: SessionFactory,
    office_at: Opened,
    samples: tuple[Sample, ...],
    sound: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.engine._BUSY_MILLISECONDS", 50)
    office = office_at(database_url)

    def locked(_session: Session) -> KpiError:
        with pytest.raises(StoreBusy) as busy:
            office.send(samples[0])
        return busy.value

    assert "đang bận" in error_sentence(writing(factory, locked), "vi")
    assert count(factory) == 0
    assert office.send(samples[0]).revision == 1
    sound()
