"""What came in for some periods: each submission as it stood at a moment, and what it answers.

Rows only; what they mean for completeness and timeliness is said in ``kpi.completeness``. Which
figures a submission answers never changes and is kept, so that a look counts only what is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from kpi.completeness import Answers, Cell, Filed, Stage
from kpi.local_time import local_date
from kpi.observations import ObsStatus
from store.kept import Kept
from store.schema import observation, submission
from store.submissions import APPROVED, RETURNED, WITHDRAWN

Pair = tuple[str, str]  # reporter, period code
_said = observation.c
_STATED = select(
    _said.submission_id, _said.indicator, _said.org_unit, _said.period, _said.status
).where(_said.submission_id.in_(bindparam("numbers", expanding=True)))


def filed(
    session: Session,
    periods: Sequence[str],
    as_of: datetime | None = None,
) -> Mapping[Pair, list[Filed]]:
    """Everything sent for some periods by (reporter, period code).

    Args:
        as_of: what had been sent by that moment, as it stood then; None: now.
    """
    one = submission.c
    query = select(
        one.id, one.reporter, one.period, one.revision, one.state, one.submitted_at,
        one.decided_at, one.withdrawn_at,
    ).where(one.period.in_(periods))  # fmt: skip
    if as_of is not None:
        query = query.where(one.submitted_at <= as_of)
    rows = session.execute(query.order_by(one.id)).all()
    answers = _ANSWERS.of(session.connection(), [row.id for row in rows])
    found: dict[Pair, list[Filed]] = defaultdict(list)
    for row in rows:
        found[row.reporter, row.period].append(
            Filed(
                submission=row.id,
                revision=row.revision,
                received_on=local_date(row.submitted_at),
                stage=_stage(row, as_of),
                answers=answers[row.id],
            )
        )
    return found


def _answered(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Answers]]:
    given: dict[int, set[Cell]] = {number: set() for number in numbers}
    blank: dict[int, set[Cell]] = {number: set() for number in numbers}
    words: dict[str, str] = {}  # each code is kept once, in however many cells it stands
    for number, *cell, status in connection.execute(_STATED, {"numbers": numbers}):
        indicator, org_unit, period = (words.setdefault(code, code) for code in cell)
        said = blank if status == ObsStatus.MISSING.value else given
        said[number].add((indicator, org_unit, period))
    for number in numbers:
        yield number, Answers(frozenset(given[number]), frozenset(blank[number]))


_ANSWERS = Kept(_answered, most=2_500)  # of 300 figures each about 100 MB, of 40 a tenth


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
