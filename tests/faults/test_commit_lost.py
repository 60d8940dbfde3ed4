"""The answer to COMMIT never comes: nobody says "failed", and doing it again is safe."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from loaders.samples import Sample
from store import submissions
from store.engine import SessionFactory, StoreUncertain, make_engine, make_session_factory
from tests.faults.cut_line import Line
from tests.faults.worker import Office
from texts.errors import error_sentence

pytestmark = pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
THE_SERVER_HEARD_IT = pytest.mark.parametrize("cut", ["before", "after"])


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's: the name of a socket may be a hundred characters long."""
    made = Path(tempfile.mkdtemp(prefix="kpi-line-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def line(database_url: str, folder: Path) -> Iterator[Line]:
    line = Line(Path(str(make_url(database_url).query["host"])), folder)
    yield line
    line.close()


@pytest.fixture
def office(
    line: Line, database_url: str, folder: Path, manual: Definitions, org_units: OrgUnits
) -> Iterator[Office]:
    """An office at the other end of the line."""
    engine = make_engine(str(make_url(database_url).set(query={"host": str(folder)})))
    yield Office(make_session_factory(engine), manual, org_units)
    engine.dispose()


@THE_SERVER_HEARD_IT
def test_a_file_whose_receipt_was_lost_is_stored_once(
    cut: str,
    line: Line,
    office: Office,
    factory: SessionFactory,
    samples: tuple[Sample, ...],
    sound: Callable[[], None],
) -> None:
    office.send(samples[0])
    line.cut = cut

    with pytest.raises(StoreUncertain) as lost:
        office.send(samples[1])

    assert "không rõ đã lưu hay chưa" in error_sentence(lost.value, "vi")
    assert "chưa có gì thay đổi" not in error_sentence(lost.value, "vi")
    assert count(factory) == (1 if cut == "before" else 2)  # it was tried once, not twice
    again = office.send(samples[1])
    assert again.duplicate is (cut == "after")
    assert again.revision == 1
    assert count(factory) == 2
    sound()


@THE_SERVER_HEARD_IT
def test_an_approval_whose_answer_was_lost_is_made_once(
    cut: str,
    line: Line,
    office: Office,
    factory: SessionFactory,
    samples: tuple[Sample, ...],
    sound: Callable[[], None],
) -> None:
    number = office.send(samples[0]).submission
    line.cut = cut

    with pytest.raises(StoreUncertain):
        office.approve(number, samples[0])

    if cut == "before":
        office.approve(number, samples[0])
    else:
        with pytest.raises(NotAllowed, match="already_decided"):
            office.approve(number, samples[0])
    with factory() as session:
        assert [one.state for one in submissions.listed(session)] == ["approved"]
    sound()


def count(factory: SessionFactory) -> int:
    with factory() as session:
        return submissions.count(session)
