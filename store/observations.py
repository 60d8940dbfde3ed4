"""Observations, the ones in force, and the counts of how complete they are.

``add`` only ever appends. ``put_in_force`` goes cell by cell: a figure that a newer
submission leaves out keeps its earlier value, and an older submission that is approved
late never covers a newer one. ``take_out_of_force`` is its opposite, for a withdrawal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from store import bulk
from store.schema import current_observation, observation

_PUT_IN_FORCE = text(
    """
    INSERT INTO current_observation
        (indicator, org_unit, period, observation_id, submission_id, value, status)
    SELECT indicator, org_unit, period, id, submission_id, value, status
    FROM observation
    WHERE submission_id = :submission
    ON CONFLICT (indicator, org_unit, period) DO UPDATE SET
        observation_id = excluded.observation_id,
        submission_id = excluded.submission_id,
        value = excluded.value,
        status = excluded.status
    WHERE current_observation.submission_id < excluded.submission_id
    """
)
_STAND_IN = text(
    """
    INSERT INTO current_observation
        (indicator, org_unit, period, observation_id, submission_id, value, status)
    SELECT o.indicator, o.org_unit, o.period, o.id, o.submission_id, o.value, o.status
    FROM observation gone
    JOIN observation o ON o.indicator = gone.indicator
        AND o.org_unit = gone.org_unit AND o.period = gone.period
    WHERE gone.submission_id = :submission
        AND o.submission_id = (
            SELECT max(other.submission_id)
            FROM observation other
            JOIN submission s ON s.id = other.submission_id AND s.state = 'approved'
            WHERE other.indicator = gone.indicator
                AND other.org_unit = gone.org_unit AND other.period = gone.period
        )
        AND NOT EXISTS (
            SELECT 1
            FROM current_observation c
            WHERE c.indicator = gone.indicator
                AND c.org_unit = gone.org_unit AND c.period = gone.period
        )
    """
)
_COUNT = text(
    """
    INSERT INTO completeness (org_unit, period, expected, filled)
    VALUES (:org_unit, :period, :expected, :filled)
    ON CONFLICT (org_unit, period) DO UPDATE SET
        expected = excluded.expected, filled = excluded.filled
    """
)
# In the order of ``add``'s rows; ``id`` is counted by the database.
STATED = (
    "submission_id",
    "indicator",
    "org_unit",
    "period",
    "value",
    "status",
    "basis",
    "raw",
    "sheet",
    "cell",
    "note",
)


def add(session: Session, submission: int, observations: Sequence[Observation]) -> None:
    """Append what a submission states."""
    rows = (
        (
            submission,
            o.indicator,
            o.org_unit,
            o.period.code,
            o.value,
            o.status.value,
            o.basis,
            o.raw,
            o.at.sheet,
            o.at.cell,
            o.note,
        )
        for o in observations
    )
    bulk.append(session.connection(), observation, STATED, rows)


def stated_by(session: Session, submission: int) -> tuple[Observation, ...]:
    """What a submission stated, in the order of its workbook."""
    rows = session.execute(
        select(observation)
        .where(observation.c.submission_id == submission)
        .order_by(observation.c.id)
    )
    return tuple(
        Observation(
            indicator=row.indicator,
            org_unit=row.org_unit,
            period=Period.parse(row.period),
            value=row.value,
            status=ObsStatus(row.status),
            basis=row.basis,
            raw=row.raw,
            at=CellAddress(row.sheet, row.cell),
            note=row.note,
        )
        for row in rows
    )


def put_in_force(session: Session, submission: int) -> None:
    """Make a submission's observations the ones in force, cell by cell."""
    session.execute(_PUT_IN_FORCE, {"submission": submission})


def take_out_of_force(session: Session, submission: int) -> None:
    """Put in force again, cell by cell, what a submission that no longer counts covered.

    The newest approved submission that states a figure gives it; a figure that no other
    states is in force no more. The state of ``submission`` must have changed before.
    """
    session.execute(
        delete(current_observation).where(current_observation.c.submission_id == submission)
    )
    session.execute(_STAND_IN, {"submission": submission})


def count_complete(session: Session, expected: Mapping[tuple[str, str], int]) -> None:
    """Count anew how many of the expected figures are there.

    Args:
        expected: by (organisation unit, period code), how many figures all reporters
            together are asked for. "Not available" (…) is no figure yet; "not
            applicable" (x) is an answer.
    """
    filled = _filled(session, expected)
    rows = [
        {"org_unit": unit, "period": period, "expected": number, "filled": filled[unit, period]}
        for (unit, period), number in expected.items()
    ]
    if rows:
        session.execute(_COUNT, rows)


def _filled(session: Session, pairs: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    current = current_observation.c
    rows = session.execute(
        select(current.org_unit, current.period, func.count().label("filled"))
        .where(
            current.org_unit.in_({unit for unit, _ in pairs}),
            current.period.in_({period for _, period in pairs}),
            current.status != ObsStatus.MISSING.value,
        )
        .group_by(current.org_unit, current.period)
    )
    counted = {(row.org_unit, row.period): row.filled for row in rows}
    return {pair: counted.get(pair, 0) for pair in pairs}
