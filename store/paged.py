"""Observations a page at a time, for programs that read all of them.

``store.series`` gives the slice a screen shows; here a reader goes on after the last key it
has seen, so that no answer grows with the database. The order is that of the key:
indicator, organisation unit, period, submission. Only what was approved is ever given.
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
    tuple_,
)
from sqlalchemy.orm import Session

from store.lookups import DESCRIBED, counted_at
from store.schema import current_observation, observation, submission
from store.submissions import APPROVED

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
    if as_of is not None:
        then = _stated(wanted, as_of).where(not_(_superseded(as_of)))
        return session.execute(_page(then, observation, _CELL, after, limit)).all()
    current = current_observation.c
    query: Select[Any] = (
        select(*DESCRIBED, false().label("superseded"))
        .select_from(current_observation)
        .join(observation, observation.c.id == current.observation_id)
        .join(submission, submission.c.id == current.submission_id)
        .where(*_only(current_observation, wanted))
    )
    return session.execute(_page(query, current_observation, _CELL, after, limit)).all()


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


def _stated(wanted: Wanted, moment: datetime | None) -> Select[Any]:
    return (
        select(*DESCRIBED, _superseded(moment).label("superseded"))
        .select_from(observation)
        .join(submission, submission.c.id == observation.c.submission_id)
        .where(_counts(submission, moment), *_only(observation, wanted))
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
            _counts(sent, moment),
        )
        .correlate(observation)
    )


def _counts(sent: FromClause, moment: datetime | None) -> ColumnElement[bool]:
    return sent.c.state == APPROVED if moment is None else counted_at(moment, sent)


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
