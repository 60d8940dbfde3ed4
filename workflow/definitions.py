"""The definitions that were kept, read again: which plan years are open, as of a moment.

Only reads. A text never changes once it is kept, so that each is understood once per
process. The first version of a plan year is public from its day, whenever it was kept
here; an amendment is known from the moment it was.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kpi.definitions import Definitions
from kpi.findings import DefinitionsError
from kpi.local_time import local_date
from kpi.plan_years import PlanYear, PlanYears
from loaders.definitions import parse_definitions
from workflow.working_days import add_working_days

if TYPE_CHECKING:
    from store.engine import Session
    from store.plan_years import StoredVersion

_LOG = logging.getLogger(__name__)
_understood: dict[str, Definitions] = {}  # by digest


def digest_of(content: str) -> str:
    """By which one text of definitions is told from another."""
    return hashlib.sha256(content.encode()).hexdigest()


def parsed(content: str, name: str) -> Definitions:
    """Definitions out of their YAML, with the working days of Viet Nam.

    Raises:
        DefinitionsError: listing every mistake.
    """
    return replace(parse_definitions(content, name), working_days=add_working_days)


def kept_years(
    session: Session, at_hand: Mapping[str, Definitions], as_of: datetime | None = None
) -> PlanYears | None:
    """The plan years that were open at a moment (None: now); None if nothing was kept.

    Args:
        at_hand: definitions that need not be read again, by digest.
    """
    # A file can be checked before there is a database; half a second is then saved.
    from store import plan_years

    kept: dict[int, list[StoredVersion]] = {}
    for version in plan_years.versions(session):
        kept.setdefault(version.plan_year, []).append(version)
    if not kept:
        return None
    years = sorted(kept)
    known = {year: _known(kept[year], as_of) for year in years}
    # Whoever looks farther back than the first plan year looks at it all the same.
    known[years[0]] = known[years[0]] or kept[years[0]][:1]
    return PlanYears(
        tuple(
            PlanYear(_newest(session, known[year], at_hand), kept[year][0].opened_at)
            for year in years
            if known[year]
        )
    )


def _known(kept: list[StoredVersion], as_of: datetime | None) -> list[StoredVersion]:
    if as_of is None:
        return kept
    known = [one for one in kept if one.opened_at <= as_of]
    return known or [one for one in kept[:1] if one.in_force_from <= local_date(as_of)]


def _newest(
    session: Session, known: list[StoredVersion], at_hand: Mapping[str, Definitions]
) -> Definitions:
    """The newest version; one that an older program kept may not be understood any more."""
    for version in reversed(known[1:]):
        try:
            return _read(session, version, at_hand)
        except DefinitionsError as error:
            _LOG.warning("definitions %s are passed over: %s", version.version, error)
    return _read(session, known[0], at_hand)


def _read(
    session: Session, version: StoredVersion, at_hand: Mapping[str, Definitions]
) -> Definitions:
    from store import plan_years

    found = at_hand.get(version.digest) or _understood.get(version.digest)
    if found is None:
        found = parsed(plan_years.content(session, version.id), f"definitions {version.version}")
        _understood[version.digest] = found
    return found
