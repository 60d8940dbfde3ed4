"""Values in force as plain rows, for the checks of a workbook.

``store.series`` gives the same rows as a DataFrame. This module keeps pandas out, since
``manage.py check`` should not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import Session

from kpi.observations import CellAddress, Known, ObsStatus, Source
from kpi.periods import Period
from store.schema import current_observation, observation, submission

COLUMNS = (
    "indicator",
    "org_unit",
    "period",
    "value",
    "status",
    "basis",
    "note",
    "submission",
    "revision",
    "reporter",
    "file_name",
    "file_digest",
    "sheet",
    "cell",
    "received_at",
    "raw",
)
DESCRIBED = (
    observation.c.indicator,
    observation.c.org_unit,
    observation.c.period,
    observation.c.value,
    observation.c.status,
    observation.c.basis,
    observation.c.note,
    submission.c.id.label("submission"),
    submission.c.revision,
    submission.c.reporter,
    submission.c.file_name,
    submission.c.file_digest,
    observation.c.sheet,
    observation.c.cell,
    submission.c.submitted_at.label("received_at"),
    observation.c.raw,
)


def known(
    session: Session | Connection,
    *,
    org_units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
    indicators: Iterable[str] | None = None,
) -> dict[tuple[str, str, str], Known]:
    """Values in force by (indicator, organisation unit, period code)."""
    rows = session.execute(in_force(indicators, org_units, periods))
    return {(row.indicator, row.org_unit, row.period): as_known(row) for row in rows}


def in_force(
    indicators: Iterable[str] | None = None,
    org_units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
) -> Select[Any]:
    """The query for values in force with all that leads back to their cells.

    None means all. Sorted by indicator, organisation unit, period.
    """
    current = current_observation.c
    query = (
        select(*DESCRIBED)
        .select_from(current_observation)
        .join(observation, observation.c.id == current.observation_id)
        .join(submission, submission.c.id == current.submission_id)
        .order_by(current.indicator, current.org_unit, current.period)
    )
    for column, wanted in (
        (current.indicator, indicators),
        (current.org_unit, org_units),
        (current.period, periods),
    ):
        if wanted is not None:
            query = query.where(column.in_(list(wanted)))
    return query


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
        ),
    )
