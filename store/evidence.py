"""Files kept as evidence, and what each belongs to; rows are only ever added.

The bytes lie where those of the workbooks lie, by digest: the same file is kept once, in every
backup, and held against its digest by ``verify``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from kpi.evidence import Evidence, Kind
from store.schema import milestone
from store.submissions import file_content, keep_file
from store.urging_schema import evidence


@dataclass(frozen=True)
class NewEvidence:
    """A file that was found good to be kept."""

    name: str
    kind: Kind
    data: bytes
    digest: str


@dataclass(frozen=True)
class Place:
    """What a file belongs to: a step of an inquiry, or a word on a milestone."""

    inquiry: int | None = None
    step: int | None = None
    milestone: int | None = None


def add(session: Session, new: NewEvidence, place: Place, *, by: str, at: datetime) -> None:
    keep_file(session, new.digest, new.data, at)
    session.execute(
        insert(evidence).values(
            inquiry_id=place.inquiry,
            step_number=place.step,
            milestone_id=place.milestone,
            file_digest=new.digest,
            file_name=new.name,
            kind=new.kind.value,
            size=len(new.data),
            kept_by=by,
            kept_at=at,
        )
    )


def get(session: Session, number: int) -> Evidence | None:
    row = session.execute(select(evidence).where(evidence.c.id == number)).one_or_none()
    return None if row is None else _evidence(row)


def content(session: Session, one: Evidence) -> bytes | None:
    """The bytes as they came."""
    return file_content(session, one.digest)


def of_steps(session: Session) -> Mapping[tuple[int, int], tuple[Evidence, ...]]:
    """The files of every answer, by inquiry and number of the step, in the order they came."""
    kept = evidence.c
    found: dict[tuple[int, int], list[Evidence]] = defaultdict(list)
    query = select(evidence).where(kept.inquiry_id.is_not(None)).order_by(kept.id)
    for row in session.execute(query):
        found[row.inquiry_id, row.step_number].append(_evidence(row))
    return {place: tuple(files) for place, files in found.items()}


def of_milestones(session: Session, year: int) -> Mapping[int, tuple[Evidence, ...]]:
    """The files of every word on the year's milestones, by the word's number."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    query = (
        select(evidence)
        .where(evidence.c.milestone_id == milestone.c.id, milestone.c.year == year)
        .order_by(evidence.c.id)
    )
    for row in session.execute(query):
        found[row.milestone_id].append(_evidence(row))
    return {number: tuple(files) for number, files in found.items()}


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(
        id=row.id,
        name=row.file_name,
        kind=Kind(row.kind),
        size=row.size,
        digest=row.file_digest,
        kept_by=row.kept_by,
        kept_at=row.kept_at,
    )
