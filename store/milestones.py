"""What was said of the decree's commitments; rows are only ever added."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kpi.milestones import State, Word
from store import evidence
from store.adding import added
from store.schema import milestone


def add(session: Session, year: int, word: Word) -> int:
    """Keep a word; returns its number. Files that came with it: ``store.evidence``."""
    said = {name: value for name, value in vars(word).items() if name != "files"}
    return added(session, milestone, {"year": year, **said})


def newest(session: Session, year: int, as_of: datetime | None = None) -> dict[str, Word]:
    """The newest word of each commitment of a plan year, by its id, with all files kept so far."""
    found: dict[str, Word] = {}
    for word in every(session, year, as_of):
        before = found[word.commitment].files if word.commitment in found else ()
        found[word.commitment] = replace(word, files=(*reversed(word.files), *before))
    return found


def every(session: Session, year: int, as_of: datetime | None = None) -> list[Word]:
    """All that was said, oldest first, each with the files that came with it."""
    kept = milestone.c
    query = select(milestone).where(kept.year == year).order_by(kept.id)
    if as_of is not None:
        query = query.where(kept.said_at <= as_of)
    files = evidence.of_milestones(session, year)
    return [
        Word(
            commitment=row.commitment,
            state=State(row.state),
            progress=row.progress,
            due=row.due,
            evidence=row.evidence,
            said_by=row.said_by,
            said_at=row.said_at,
            files=files.get(row.id, ()),
        )
        for row in session.execute(query)
    ]
