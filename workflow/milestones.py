"""Saying how a commitment of the decree stands; one act with its audit event."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from kpi.definitions import Definitions
from kpi.findings import NotAllowed
from kpi.milestones import Word, mistake
from kpi.permissions import Act, Actor
from store import milestones
from store.engine import Session, SessionFactory
from store.evidence import Place
from workflow.evidence import NOTHING, Enclosed, keep, sound
from workflow.gate import Entry, perform


def record(
    factory: SessionFactory,
    actor: Actor,
    definitions: Definitions,
    word: Word,
    *,
    at: datetime,
    enclosed: Enclosed = NOTHING,
) -> Word:
    """Add a word on a commitment of the definitions' plan year, with the files it rests on.

    Raises:
        NotAllowed: if the actor may not, there is no such commitment, the word
            contradicts itself, or a file cannot be kept.
    """
    said = replace(word, evidence=word.evidence.strip(), said_by=actor.id, said_at=at)

    def work(session: Session, entry: Entry) -> Word:
        entry.subject = said.commitment
        if said.commitment not in definitions.commitments:
            raise NotAllowed("no_commitment", subject=said.commitment)
        files = sound(enclosed)
        wrong = mistake(said, len(files))
        if wrong is not None:
            raise NotAllowed(wrong, subject=said.commitment)
        place = Place(milestone=milestones.add(session, definitions.plan_year, said))
        entry.details = _told(definitions.plan_year, said)
        keep(session, entry, files, place, by=actor.id, at=at)
        return said

    return perform(factory, actor, Act.RECORD_MILESTONE, work, at=at)


def _told(year: int, said: Word) -> dict[str, str]:
    """The word as the log tells it, and ``verify`` holds it against."""
    return {
        "year": str(year),
        "state": said.state,
        "progress": str(said.progress),
        "due": said.due.isoformat() if said.due else "",
        "evidence": said.evidence,
    }
