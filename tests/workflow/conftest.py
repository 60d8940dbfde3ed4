"""A database of its own for every test, and workbooks made from the shipped template.

A workbook that several tests ask for is written once. What they send is read in this process:
the reader's own process is what ``tests/loaders`` tries, and what the screens' tests go through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import Answers
from kpi.forms import rows_of
from kpi.periods import Period
from loaders.reading_apart import reading_here
from loaders.template import write_form
from store.engine import Session, SessionFactory, make_engine, make_session_factory
from workflow.actors import LOCAL_USER
from workflow.submissions import Receipt, submit

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)

Form = Callable[..., bytes]
Send = Callable[..., Receipt]


@pytest.fixture
def factory(database_url: str) -> Iterator[SessionFactory]:
    engine = make_engine(database_url)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with factory() as session:
        yield session


@pytest.fixture(scope="session")
def form(definitions: Definitions, org_units: OrgUnits) -> Form:
    """A filled-in workbook: ``every`` in all cells, or ``figures`` by indicator."""

    @lru_cache(maxsize=None, typed=True)
    def make(
        reporter: str = "183",
        period: str = "2018-Q3",
        *,
        every: object = None,
        **figures: object,
    ) -> bytes:
        wanted = Period.parse(period)
        rows = rows_of(definitions, org_units, reporter, wanted)
        values = {
            (row.indicator.id, row.org_unit.code): value
            for row in rows
            if (value := figures.get(row.indicator.id, every)) is not None
        }
        return write_form(
            definitions, org_units, reporter, wanted, targets={}, previous={}, values=values
        )

    return make


@pytest.fixture
def send(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> Send:
    """Submit a workbook as the local user, with the shipped definitions."""

    def make(data: bytes, **changed: object) -> Receipt:
        arguments = {
            "actor": LOCAL_USER,
            "file_name": "Cao Lộc.xlsx",
            "at": NOON,
            "definitions": definitions,
            "org_units": org_units,
            "data": data,
            "answers": Answers("đã rà soát"),
        }
        with reading_here():
            return submit(factory, **{**arguments, **changed})  # type: ignore[arg-type]

    return make
