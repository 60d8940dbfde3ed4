"""Reading everything a page at a time: each row once, in order, and only what counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store import paged, submissions
from store.engine import Session, SessionFactory, writing
from store.observations import take_out_of_force

Send = Callable[..., submissions.Submission]
Observed = Callable[..., Any]
NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def told(rows: Any) -> list[tuple[str, str, str, str, bool]]:
    return [(r.indicator, r.org_unit, r.period, str(r.value), r.superseded) for r in rows]


@pytest.fixture
def three_versions(send: Send, observed: Observed) -> list[submissions.Submission]:
    """Two indicators of two units; one figure corrected, one correction not approved."""
    first = send(
        observed("road", "70"), observed("road", "60", org_unit="184"), observed("crop", "1.5")
    )
    second = send(observed("road", "71"), at=NOON + HOUR, content=b"2")
    third = send(observed("road", "99"), at=NOON + 2 * HOUR, content=b"3", approved=False)
    return [first, second, third]


@pytest.mark.usefixtures("three_versions")
def test_what_is_in_force_is_in_order(session: Session) -> None:
    assert told(paged.in_force(session, {}, limit=10)) == [
        ("crop", "183", "2018-Q3", "1.5", False),
        ("road", "183", "2018-Q3", "71", False),
        ("road", "184", "2018-Q3", "60", False),
    ]


@pytest.mark.usefixtures("three_versions")
def test_every_approved_version_is_told_and_what_covers_it(session: Session) -> None:
    assert told(paged.vintages(session, {"indicator": ["road"]}, limit=10)) == [
        ("road", "183", "2018-Q3", "70", True),
        ("road", "183", "2018-Q3", "71", False),
        ("road", "184", "2018-Q3", "60", False),
    ]


@pytest.mark.usefixtures("three_versions")
def test_the_past_knows_nothing_of_later(session: Session) -> None:
    then = NOON + HOUR / 2
    in_force = paged.in_force(session, {"org_unit": ["183"]}, limit=10, as_of=then)
    every = paged.vintages(session, {"org_unit": ["183"]}, limit=10, as_of=then)

    assert [(row.indicator, str(row.value)) for row in in_force] == [
        ("crop", "1.5"),
        ("road", "70"),
    ]
    assert told(in_force) == told(every)
    assert paged.in_force(session, {}, limit=10, as_of=NOON - HOUR) == []


def test_what_was_withdrawn_is_gone_and_known_of_before(
    session: Session, factory: SessionFactory, three_versions: list[submissions.Submission]
) -> None:
    second = three_versions[1]

    def withdraw(session: Session) -> None:
        submissions.withdraw(session, second.id, by="x", at=NOON + 3 * HOUR, reason="x")
        take_out_of_force(session, second.id)

    writing(factory, withdraw)
    road = {"indicator": ["road"], "org_unit": ["183"]}

    assert [str(row.value) for row in paged.in_force(session, road, limit=9)] == ["70"]
    assert [str(row.value) for row in paged.vintages(session, road, limit=9)] == ["70"]
    before = paged.vintages(session, road, limit=9, as_of=NOON + 2 * HOUR)
    assert [(str(row.value), row.superseded) for row in before] == [("70", True), ("71", False)]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("as_of", [None, NOON + 5 * HOUR])
def test_pages_give_every_row_once(
    session: Session, send: Send, observed: Observed, size: int, as_of: datetime | None
) -> None:
    cells = [
        observed(indicator, "1", org_unit=unit, period=period)
        for indicator in ("b_road", "a-crop", "grdp")
        for unit in ("183", "20", "184")
        for period in ("2018", "2018-Q1", "2017-Q4")
    ]
    send(*cells)
    send(*cells[::2], at=NOON + HOUR, content=b"2")

    def pages(read: Any, key: tuple[str, ...]) -> list[Any]:
        rows: list[Any] = []
        while True:
            after = tuple(getattr(rows[-1], name) for name in key) if rows else ()
            page = read(session, {}, after=after, limit=size, as_of=as_of)
            rows += page
            if len(page) < size:
                return rows

    cell = ("indicator", "org_unit", "period")
    assert pages(paged.in_force, cell) == paged.in_force(session, {}, limit=99, as_of=as_of)
    every = pages(paged.vintages, (*cell, "submission"))
    assert every == paged.vintages(session, {}, limit=99, as_of=as_of)
    assert len(every) == len(cells) + len(cells[::2])


@pytest.mark.usefixtures("three_versions")
def test_the_first_part_of_a_key_leads_beyond_all_that_begins_with_it(session: Session) -> None:
    after = paged.in_force(session, {}, after=("crop", "183"), limit=1)

    assert [row.indicator for row in after] == ["road"]
    assert paged.in_force(session, {}, after=("z",), limit=5) == []
    assert paged.in_force(session, {"org_unit": []}, limit=5) == []
