"""Observations a page at a time, for programs that read all of them.

``store.series`` gives the slice a screen shows; here a reader goes on after the last key it
has seen, so that no answer grows with the database. The order is that of the key:
indicator, organisation unit, period, submission. What nobody has decided on yet is given
to who asks for it, and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    false,
    literal,
    not_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from store import pending
from store.lookups import DESCRIBED, counted_at
from store.schema import current_observation, observation, submission

Wanted = Mapping[str, Collection[str]]  # by column; a column that is not named: all of it
_CELL = ("indicator", "org_unit", "period")


def in_force(
    session: Session,
    wanted: Wanted,
    *,
    after: Sequence[str] = (),
    limit: int,
    as_of: datetime | None = None,
) -> Sequence[Row[Any]]:
    """Values in force, each with its cell and ``superseded`` false.

    Args:
        wanted: values of ``indicator``, ``org_unit`` and ``period`` that are asked for.
        after: the key of the last row seen, or the first parts of a key.
        as_of: those in force at that moment, as they were known then; None: now.
    """
    query, table = _in_force(wanted, as_of)
    return session.execute(_page(query, table, _CELL, after, limit)).all()


def vintages(
    session: Session,
    wanted: Wanted,
    *,
    after: Sequence[str | int] = (),
    limit: int,
    as_of: datetime | None = None,
) -> Sequence[Row[Any]]:
    """Every approved value there has been, with ``superseded``: a newer one counts."""
    query = _stated(wanted, as_of)
    key = (*_CELL, "submission_id")
    return session.execute(_page(query, observation, key, after, limit)).all()


def with_waiting(
    session: Session,
    wanted: Wanted,
    *,
    after: Sequence[str | int] = (),
    limit: int,
    as_of: datetime | None = None,
    every: bool = False,
) -> list[Row[Any]]:
    """Values in force, or ``every`` approved one, and the newest of what waits, with ``approved``.

    A value that waits covers an older one in force; beside versions it stands as one of them.
    """
    key = (*_CELL, "submission_id") if every else _CELL
    query, table = _in_force(wanted, as_of) if not every else (_stated(wanted, as_of), observation)
    approved = _page(query.add_columns(true().label("approved")), table, key, after, limit)
    sent = pending.subquery(as_of, wanted)
    waits = select(sent, false().label("superseded"), false().label("approved"))
    own_key = (*_CELL, "submission") if every else _CELL
    pages = (approved.subquery(), _page(waits, sent, own_key, after, limit).subquery())
    both = union_all(*map(select, pages)).subquery()
    order = [both.c[name] for name in (*_CELL, "submission")]
    rows = session.execute(select(both).order_by(*order)).all()
    if every:
        return list(rows[:limit])
    newest = {(row.indicator, row.org_unit, row.period): row for row in rows}
    return list(newest.values())[:limit]


def _in_force(wanted: Wanted, as_of: datetime | None) -> tuple[Select[Any], FromClause]:
    """The query, and the table whose columns its pages are cut by."""
    if as_of is not None:
        return _stated(wanted, as_of).where(not_(_superseded(as_of))), observation
    query: Select[Any] = (
        select(*DESCRIBED, false().label("superseded"))
        .select_from(current_observation)
        .join(observation, observation.c.id == current_observation.c.observation_id)
        .join(submission, submission.c.id == current_observation.c.submission_id)
        .where(*_only(current_observation, wanted))
    )
    return query, current_observation


def _stated(wanted: Wanted, moment: datetime | None) -> Select[Any]:
    return (
        select(*DESCRIBED, _superseded(moment).label("superseded"))
        .select_from(observation)
        .join(submission, submission.c.id == observation.c.submission_id)
        .where(counted_at(moment), *_only(observation, wanted))
    )


def _superseded(moment: datetime | None) -> ColumnElement[bool]:
    """Does a newer submission state the same figure?"""
    newer, sent = observation.alias("newer"), submission.alias("newer_submission")
    same = (newer.c[name] == observation.c[name] for name in _CELL)
    return exists(
        select(newer.c.id)
        .join(sent, sent.c.id == newer.c.submission_id)
        .where(
            *same,
            newer.c.submission_id > observation.c.submission_id,
            counted_at(moment, sent),
        )
        .correlate(observation)
    )


def _only(table: FromClause, wanted: Wanted) -> list[ColumnElement[bool]]:
    return [table.c[name].in_(sorted(some)) for name, some in wanted.items()]


def _page(
    query: Select[Any],
    table: FromClause,
    key: Sequence[str],
    after: Sequence[str | int],
    limit: int,
) -> Select[Any]:
    columns = [table.c[name] for name in key]
    seen = [literal(part) for part in after[: len(columns)]]
    beyond = tuple_(*columns[: len(seen)]) > tuple_(*seen) if seen else and_(True)
    return query.where(beyond).order_by(*columns).limit(limit)
