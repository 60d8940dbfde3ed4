"""The demonstration's registers, points and milestones: taken in through the acts of people.

What is there already is passed over, so that a start that was killed half-way goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.honours import Honour
from kpi.milestones import Word
from kpi.score_sheets import Voice
from loaders.sample_emulation import Honours, Scores, read_sample_emulation
from store import criterion_scores, honours, milestones
from store.engine import SessionFactory
from workflow.actors import SAMPLE_SECRETARY, SAMPLE_SENDER
from workflow.honours import register
from workflow.milestones import record
from workflow.scores import give
from workflow.standings import Ground

_LOG = logging.getLogger(__name__)
_ACTORS = {Voice.SELF: SAMPLE_SENDER, Voice.VERIFIED: SAMPLE_SECRETARY}


def take_in_emulation(
    factory: SessionFactory,
    folder: Path,
    definitions: Definitions,
    org_units: OrgUnits,
    ground: Callable[[int], Ground],
) -> None:
    """Register the sample entries, give the points and say the words that are not there yet.

    With other definitions or rules than the shipped ones some may not fit; the installation must
    start all the same.

    Raises:
        DefinitionsError: if the file of the samples cannot be read.
    """
    found = read_sample_emulation(folder)
    parts = (
        partial(_register, factory, org_units, found.honours),
        partial(_give, factory, ground, found.scores),
        partial(_say, factory, definitions, found.words),
    )
    for take_in in parts:
        try:
            take_in()
        except NotAllowed as error:
            _LOG.warning("a sample of emulation was not accepted: %s", error)


def _register(factory: SessionFactory, org_units: OrgUnits, found: Honours) -> None:
    with factory() as session:
        entries = honours.every(session)
    known = {one.honour for one in entries}
    erased = {_nameless(one.honour) for one in entries if one.honour.erased}
    for at, one in found:
        if one not in known and _nameless(one) not in erased:
            register(factory, SAMPLE_SECRETARY, org_units, one, at=at)


def _nameless(one: Honour) -> Honour:
    """What stays of an entry whose name was erased, which must not come again."""
    return replace(one, recipient="", reason="")


def _give(factory: SessionFactory, ground: Callable[[int], Ground], found: Scores) -> None:
    for at, given in found:
        first = given[0]
        with factory() as session:
            known = criterion_scores.every(session, first.period)
        if not any((one.org_unit, one.said_at) == (first.org_unit, at) for one in known):
            year = int(first.period[:4])
            give(factory, _ACTORS[first.voice], ground(year), given, at=at)


def _say(factory: SessionFactory, definitions: Definitions, words: Sequence[Word]) -> None:
    """Of what somebody who tried the product spoke of, nothing is said over their word."""
    with factory() as session:
        known = milestones.every(session, definitions.plan_year)
    said = {(one.commitment, one.said_at) for one in known}
    others = {one.commitment for one in known if one.said_by != SAMPLE_SECRETARY.id}
    for word in words:
        if word.commitment not in others and (word.commitment, word.said_at) not in said:
            assert word.said_at is not None  # every sample has its day
            record(factory, SAMPLE_SECRETARY, definitions, word, at=word.said_at)
