"""Explanations that were asked for, and the steps that followed; rows are only ever added."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from kpi.inquiries import Inquiry, Question, Step, Taken
from kpi.judgement import Status
from kpi.periods import Period
from store import evidence
from store.adding import added
from store.urging_schema import inquiry, inquiry_step


def add(session: Session, asked: Question, owner: str, *, by: str, at: datetime) -> int:
    """Keep a question; returns its number."""
    values = {
        "indicator": asked.indicator,
        "org_unit": asked.org_unit,
        "period": asked.period.code,
        "owner": owner,
        "question": asked.text,
        "due": asked.due,
        "status": asked.status.value,
        "value": asked.value,
        "asked_by": by,
        "asked_at": at,
    }
    return added(session, inquiry, values)


def add_step(session: Session, number: int, taken: Taken) -> int:
    """Keep the next step of an inquiry; two can never have the same place, which it returns."""
    before = select(func.count()).where(inquiry_step.c.inquiry_id == number)
    place = (session.scalar(before) or 0) + 1
    session.execute(
        insert(inquiry_step).values(
            inquiry_id=number,
            number=place,
            step=taken.step.value,
            said=taken.said,
            submission_id=taken.submission,
            taken_by=taken.by,
            taken_at=taken.at,
        )
    )
    return place


def get(session: Session, number: int, as_of: datetime | None = None) -> Inquiry | None:
    """One inquiry with its steps; None if there is none such, or was none at the moment."""
    found = _read(session, select(inquiry).where(inquiry.c.id == number), as_of)
    return found[0] if found else None


def every(session: Session, as_of: datetime | None = None) -> list[Inquiry]:
    """All that was asked, newest first, as it was known at a moment."""
    return _read(session, select(inquiry).order_by(inquiry.c.id.desc()), as_of)


def about(session: Session, indicator: str, org_unit: str, period: str) -> list[Inquiry]:
    """What was asked of one figure, newest first."""
    kept = inquiry.c
    query = select(inquiry).order_by(kept.id.desc())
    of_figure = (kept.indicator == indicator, kept.org_unit == org_unit, kept.period == period)
    return _read(session, query.where(*of_figure), None)


def _read(
    session: Session, query: Select[tuple[object, ...]], as_of: datetime | None
) -> list[Inquiry]:
    if as_of is not None:
        query = query.where(inquiry.c.asked_at <= as_of)
    rows = session.execute(query).all()
    steps = _steps(session, [row.id for row in rows], as_of)
    return [
        Inquiry(
            id=row.id,
            question=Question(
                indicator=row.indicator,
                org_unit=row.org_unit,
                period=Period.parse(row.period),
                text=row.question,
                due=row.due,
                status=Status(row.status),
                value=row.value,
            ),
            owner=row.owner,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            steps=tuple(steps[row.id]),
        )
        for row in rows
    ]


def _steps(session: Session, numbers: list[int], as_of: datetime | None) -> dict[int, list[Taken]]:
    kept = inquiry_step.c
    query = select(inquiry_step).order_by(kept.inquiry_id, kept.number)
    if len(numbers) == 1:
        query = query.where(kept.inquiry_id == numbers[0])
    if as_of is not None:
        query = query.where(kept.taken_at <= as_of)
    files = evidence.of_steps(session)
    found: dict[int, list[Taken]] = defaultdict(list)
    for row in session.execute(query):
        found[row.inquiry_id].append(
            Taken(
                Step(row.step),
                row.said,
                row.taken_by,
                row.taken_at,
                row.submission_id,
                files.get((row.inquiry_id, row.number), ()),
            )
        )
    return found
