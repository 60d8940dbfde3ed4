"""Values in force as plain rows, for the checks of a workbook.

``store.series`` gives the same rows as a DataFrame. This module keeps pandas out, since
``manage.py check`` should not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from kpi.observations import CellAddress, Known, ObsStatus, Source
from kpi.periods import Period
from store.origins import origins
from store.schema import current_observation, observation, submission
from store.submissions import APPROVED, WITHDRAWN
from store.types import Instant


class Described(NamedTuple):
    """A value with all that leads back to its cell."""

    indicator: str
    org_unit: str
    period: str  # its code
    value: Decimal | None
    status: str
    basis: str
    note: str
    raw: str
    sheet: str
    cell: str
    submission: int
    revision: int
    reporter: str
    file_name: str
    file_digest: str
    received_at: datetime


COLUMNS = Described._fields
_STATED = tuple(observation.c[name] for name in COLUMNS[:10])
DESCRIBED = (
    *_STATED,
    submission.c.id.label("submission"),
    submission.c.revision,
    submission.c.reporter,
    submission.c.file_name,
    submission.c.file_digest,
    submission.c.submitted_at.label("received_at"),
)


def known(
    session: Session,
    *,
    org_units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
    indicators: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> dict[tuple[str, str, str], Known]:
    """Values in force by (indicator, organisation unit, period code)."""
    rows = map(Described._make, in_force(session, indicators, org_units, periods, as_of))
    return {(row.indicator, row.org_unit, row.period): as_known(row) for row in rows}


def in_force(
    session: Session,
    indicators: Iterable[str] | None = None,
    org_units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> list[tuple[Any, ...]]:
    """The values in force with all that leads back to their cells, as ``Described`` has it.

    None means all. Plain, as giving each row its names takes longer than fetching it. In no
    order: an office's server may sort by the rules of a language, which takes it longer than
    finding the rows; whoever wants them sorted does it with Python.

    Args:
        as_of: what was in force at that moment, as it was known then; None: now.
    """
    asked = {"indicator": indicators, "org_unit": org_units, "period": periods}
    wanted: dict[str, Any] = {name: list(some) for name, some in asked.items() if some is not None}
    connection = session.connection()
    if as_of is not None:
        query = _in_force_at(tuple(wanted))
        return [*map(tuple, connection.execute(query, {**wanted, "moment": as_of}))]
    rows = connection.execute(_in_force_now(tuple(wanted)), wanted).all()
    sent = origins(connection, {row[-1] for row in rows})
    return [(*row, *sent[row[-1]]) for row in rows]


# Kept, since building such a query costs as much as fetching two hundred rows.
@cache
def _in_force_now(chosen: tuple[str, ...]) -> Select[Any]:
    current = current_observation.c
    return (
        select(*_STATED, current.submission_id)
        .select_from(current_observation)
        .join(observation, observation.c.id == current.observation_id)
        .where(*_only(current_observation, chosen))
    )


@cache
def _in_force_at(chosen: tuple[str, ...]) -> Select[Any]:
    """The same out of the history: the newest submission that counted at a moment."""
    cell = (observation.c.indicator, observation.c.org_unit, observation.c.period)
    newest_first = func.row_number().over(
        partition_by=cell, order_by=observation.c.submission_id.desc()
    )
    moment: ColumnElement[datetime] = bindparam("moment", type_=Instant())
    described = (
        select(*DESCRIBED, newest_first.label("place"))
        .select_from(observation)
        .join(submission, submission.c.id == observation.c.submission_id)
        .where(counted_at(moment), *_only(observation, chosen))
    )
    if chosen and "indicator" not in chosen:
        described = described.where(observation.c.indicator.in_(_every_indicator()))
    ranked = described.subquery()
    return select(*(ranked.c[name] for name in COLUMNS)).where(ranked.c.place == 1)


def _every_indicator() -> Select[Any]:
    """Each indicator that was ever reported, by jumping from one to the next in the index.

    With them the history of a unit's figures is found by their cells. Without, at ten million
    observations, it is looked for among all of them: 2 s instead of 15 ms.
    """
    name = observation.c.indicator
    one = select(func.min(name).label("indicator")).cte("one", recursive=True)
    following = select(func.min(name)).where(name > one.c.indicator).scalar_subquery()
    every = one.union_all(select(following).where(one.c.indicator.is_not(None)))
    return select(every.c.indicator)


def counted_at(
    moment: datetime | ColumnElement[datetime] | None, sent: FromClause = submission
) -> ColumnElement[bool]:
    """Was a submission approved by then, and not yet withdrawn? None: is it in force now?"""
    if moment is None:
        return sent.c.state == APPROVED
    withdrawn = sent.c.withdrawn_at
    return and_(
        sent.c.state.in_((APPROVED, WITHDRAWN)),
        sent.c.decided_at <= moment,
        or_(withdrawn.is_(None), withdrawn > moment),
    )


def _only(table: Table, chosen: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [table.c[name].in_(bindparam(name, expanding=True)) for name in chosen]


def as_known(row: Row[Any] | Any) -> Known:
    """A described row, of a query or of a frame's ``itertuples``, as ``Known``."""
    return Known(
        indicator=row.indicator,
        org_unit=row.org_unit,
        period=Period.parse(row.period),
        value=row.value,
        status=ObsStatus(row.status),
        basis=row.basis,
        note=row.note,
        source=Source(
            submission=row.submission,
            revision=row.revision,
            reporter=row.reporter,
            file_name=row.file_name,
            file_digest=row.file_digest,
            at=CellAddress(row.sheet, row.cell),
            received_at=row.received_at,
            approved=getattr(row, "approved", True),  # asked of what waits only
        ),
    )
