"""The demonstration's registers and points: taken in through the acts of people.

What is there already is passed over, so that a start that was killed half-way goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kpi.definitions import OrgUnits
from kpi.findings import NotAllowed
from kpi.honours import Honour
from kpi.score_sheets import Voice
from loaders.sample_emulation import SampleEmulation, read_sample_emulation
from store import criterion_scores, honours
from store.engine import SessionFactory
from workflow.actors import SAMPLE_SECRETARY, SAMPLE_SENDER
from workflow.honours import register
from workflow.scores import give
from workflow.standings import Ground

_LOG = logging.getLogger(__name__)
_ACTORS = {Voice.SELF: SAMPLE_SENDER, Voice.VERIFIED: SAMPLE_SECRETARY}


def take_in_emulation(
    factory: SessionFactory, folder: Path, org_units: OrgUnits, ground: Callable[[int], Ground]
) -> None:
    """Register the sample entries and give the sample points that are not there yet.

    With other definitions or rules than the shipped ones some may not fit; the installation must
    start all the same.

    Raises:
        DefinitionsError: if the file of the samples cannot be read.
    """
    found = read_sample_emulation(folder)
    try:
        _register(factory, org_units, found)
        _give(factory, ground, found)
    except NotAllowed as error:
        _LOG.warning("a sample of emulation was not accepted: %s", error)


def _register(factory: SessionFactory, org_units: OrgUnits, found: SampleEmulation) -> None:
    with factory() as session:
        entries = honours.every(session)
    known = {one.honour for one in entries}
    erased = {_nameless(one.honour) for one in entries if one.honour.erased}
    for at, one in found.honours:
        if one not in known and _nameless(one) not in erased:
            register(factory, SAMPLE_SECRETARY, org_units, one, at=at)


def _nameless(one: Honour) -> Honour:
    """What stays of an entry whose name was erased, which must not come again."""
    return replace(one, recipient="", reason="")


def _give(factory: SessionFactory, ground: Callable[[int], Ground], found: SampleEmulation) -> None:
    for at, given in found.scores:
        first = given[0]
        with factory() as session:
            known = criterion_scores.every(session, first.period)
        if not any((one.org_unit, one.said_at) == (first.org_unit, at) for one in known):
            year = int(first.period[:4])
            give(factory, _ACTORS[first.voice], ground(year), given, at=at)
