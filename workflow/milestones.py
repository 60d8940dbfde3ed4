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
from workflow.gate import Entry, perform


def record(
    factory: SessionFactory,
    actor: Actor,
    definitions: Definitions,
    word: Word,
    *,
    at: datetime,
) -> Word:
    """Add a word on a commitment of the definitions' plan year.

    Raises:
        NotAllowed: if the actor may not, there is no such commitment, or the word
            contradicts itself.
    """
    said = replace(word, evidence=word.evidence.strip(), said_by=actor.id, said_at=at)

    def work(session: Session, entry: Entry) -> Word:
        entry.subject = said.commitment
        if said.commitment not in definitions.commitments:
            raise NotAllowed("no_commitment", subject=said.commitment)
        wrong = mistake(said)
        if wrong is not None:
            raise NotAllowed(wrong, subject=said.commitment)
        milestones.add(session, definitions.plan_year, said)
        entry.details = {
            "state": said.state,
            "progress": str(said.progress),
            "due": said.due.isoformat() if said.due else "",
            "evidence": said.evidence,
        }
        return said

    return perform(factory, actor, Act.RECORD_MILESTONE, work, at=at)
