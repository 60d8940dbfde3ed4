"""Values as tables: in force, with what waits for a decision, and as vintages.

Every row names its submission, file, sheet and cell. Columns hold plain objects
(Decimal, str, int, aware datetime): a figure is exact until a chart draws it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kpi.observations import Known
from kpi.periods import Period
from store import opening, pending
from store.lookups import COLUMNS, DESCRIBED, Described, as_known, in_force
from store.schema import current_observation, observation, submission
from store.submissions import APPROVED

VINTAGE_COLUMNS = (*COLUMNS, "superseded")


def values(
    session: Session,
    *,
    indicators: Iterable[str] | None = None,
    org_units: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> pd.DataFrame:
    """The values in force; None means all.

    Args:
        as_of: those in force at that moment, as they were known then; None: now.

    Returns:
        Columns ``COLUMNS`` of ``store.lookups``; ``value`` is Decimal in the indicator's
        unit of measure, or None where the cell said that there is no figure
        (``status`` O or M); ``period`` is a code. Sorted by indicator, organisation
        unit, period. Empty, with the same columns, if nothing has been reported.
    """
    rows = in_force(session, indicators, org_units, periods, as_of)
    rows.sort()  # no two have the same indicator, organisation unit and period
    return _table(rows, COLUMNS)


def with_pending(
    session: Session,
    as_of: datetime | None = None,
    *,
    indicators: Iterable[str] | None = None,
    periods: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The values in force, and over them what was sent and is not decided yet; None means all.

    Returns:
        Columns of ``values`` and ``approved`` (bool).
    """
    asked = {"indicator": indicators, "period": periods}
    wanted = {name: set(some) for name, some in asked.items() if some is not None}
    stated = map(
        Described._make,
        in_force(session, wanted.get("indicator"), None, wanted.get("period"), as_of),
    )
    rows = pending.overlaid(stated, pending.newest(session, as_of, wanted))
    return pd.DataFrame(rows, columns=[*COLUMNS, "approved"], dtype=object)


def at_opening(
    session: Session, periods: Iterable[str], moment: datetime, until: datetime | None = None
) -> pd.DataFrame:
    """The values of some periods that stood otherwise when a plan year opened.

    Returns:
        Columns of ``values``; almost always empty.
    """
    rows = opening.otherwise_then(session, periods, moment, until)
    described = [tuple(row)[: len(COLUMNS)] for row in rows]
    return pd.DataFrame(described, columns=list(COLUMNS), dtype=object)


def known(frame: pd.DataFrame) -> dict[tuple[str, str, Period], Known]:
    """The rows of ``values`` by (indicator, organisation unit, period)."""
    found = (as_known(row) for row in frame.itertuples(index=False))
    return {(one.indicator, one.org_unit, one.period): one for one in found}


def vintages(
    session: Session, indicator: str, period: str, org_unit: str | None = None
) -> pd.DataFrame:
    """Every approved value there has been for one indicator and period, oldest first.

    Returns:
        Columns of ``values`` and ``superseded`` (bool): a newer one is in force.
    """
    current = current_observation.c
    query = (
        select(*DESCRIBED, current.observation_id.is_(None).label("superseded"))
        .select_from(observation)
        .join(submission, submission.c.id == observation.c.submission_id)
        .outerjoin(current_observation, current.observation_id == observation.c.id)
        .where(
            observation.c.indicator == indicator,
            observation.c.period == period,
            submission.c.state == APPROVED,
        )
        .order_by(observation.c.org_unit, observation.c.submission_id)
    )
    if org_unit is not None:
        query = query.where(observation.c.org_unit == org_unit)
    return _frame(session, query, VINTAGE_COLUMNS)


def _frame(session: Session, query: Select[Any], columns: tuple[str, ...]) -> pd.DataFrame:
    return _table(list(map(tuple, session.connection().execute(query).all())), columns)


def _table(rows: list[tuple[object, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Of plain tuples: pandas takes a Row for something slower."""
    # dtype object: pandas would turn None into NaN and aware datetimes into its own
    return pd.DataFrame(rows, columns=list(columns), dtype=object)
