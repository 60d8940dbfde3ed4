"""What came in for some periods: each submission as it stood at a moment, and what it answers.

Rows only; what they mean for completeness and timeliness is said in ``kpi.completeness``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kpi.completeness import Cell, Filed, Stage
from kpi.observations import ObsStatus
from store.schema import observation, submission
from store.submissions import APPROVED, RETURNED, WITHDRAWN

Pair = tuple[str, str]  # reporter, period code


def filed(
    session: Session,
    periods: Sequence[str],
    day_of: Callable[[datetime], date],
    as_of: datetime | None = None,
) -> Mapping[Pair, list[Filed]]:
    """Everything sent for some periods by (reporter, period code).

    Args:
        day_of: the date in the province at a moment.
        as_of: what had been sent by that moment, as it stood then; None: now.
    """
    one = submission.c
    query = select(
        one.id, one.reporter, one.period, one.revision, one.state, one.submitted_at,
        one.decided_at, one.withdrawn_at,
    ).where(one.period.in_(periods))  # fmt: skip
    if as_of is not None:
        query = query.where(one.submitted_at <= as_of)
    stated = _stated(session, periods)
    found: dict[Pair, list[Filed]] = defaultdict(list)
    for row in session.execute(query.order_by(one.id)):
        found[row.reporter, row.period].append(
            Filed(
                submission=row.id,
                revision=row.revision,
                received_on=day_of(row.submitted_at),
                stage=_stage(row, as_of),
                stated=stated.get(row.id, {}),
            )
        )
    return found


def _stated(session: Session, periods: Sequence[str]) -> Mapping[int, dict[Cell, bool]]:
    said = observation.c
    query = (
        select(said.submission_id, said.indicator, said.org_unit, said.period, said.status)
        .join(submission, submission.c.id == said.submission_id)
        .where(submission.c.period.in_(periods))
    )
    found: dict[int, dict[Cell, bool]] = defaultdict(dict)
    for row in session.execute(query):
        cell = (row.indicator, row.org_unit, row.period)
        found[row.submission_id][cell] = row.status != ObsStatus.MISSING.value
    return found


def _stage(row: Any, as_of: datetime | None) -> Stage:
    """A decision that came later was not known then."""

    def by_then(at: datetime | None) -> bool:
        return at is not None and (as_of is None or at <= as_of)

    if row.state == WITHDRAWN and by_then(row.withdrawn_at):
        return Stage.TAKEN_BACK if by_then(row.decided_at) else Stage.WITHDRAWN
    if row.state == RETURNED and by_then(row.decided_at):
        return Stage.RETURNED
    if row.state in (APPROVED, WITHDRAWN) and by_then(row.decided_at):
        return Stage.APPROVED
    return Stage.WAITING
