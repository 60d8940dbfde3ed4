"""Opening a plan year: new definitions beside the old ones, with their targets.

``adopt_definitions`` keeps what the installation's own file says, at its start;
``open_plan_year`` is the act of a person for the next year. Both only ever add a row: what
earlier periods were asked and judged by stays readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from kpi.definitions import Definitions
from kpi.findings import NotAllowed
from kpi.permissions import Act, Actor
from kpi.targets import Target
from store import plan_years, settings
from store.engine import Session, SessionFactory
from store.plan_years import StoredVersion
from workflow.definitions import digest_of
from workflow.gate import Entry, perform
from workflow.targets import Adoption, lay_down

_SOURCE = "definitions_from"


def adopt_definitions(
    factory: SessionFactory, actor: Actor, definitions: Definitions, content: str, *, at: datetime
) -> None:
    """Keep the definitions of the installation's file, unless they are the newest kept.

    Raises:
        NotAllowed: if the actor may not.
    """

    def work(session: Session, entry: Entry) -> None:
        newest = _newest(session, definitions.plan_year)
        entry.nothing_changed = newest is not None and newest.digest == digest_of(content)
        if not entry.nothing_changed:
            _keep(session, entry, definitions, content, actor, at)
        settings.put(session, _SOURCE, digest_of(content))

    perform(factory, actor, Act.ADOPT_DEFINITIONS, work, at=at)


def adopted_from(kept: Mapping[str, str]) -> str | None:
    """The digest of the file that was kept last; None: never yet."""
    return kept.get(_SOURCE)


def open_plan_year(
    factory: SessionFactory,
    actor: Actor,
    definitions: Definitions,
    content: str,
    *,
    targets: Iterable[Target] = (),
    at: datetime,
    on: date,
) -> Adoption:
    """Lay the definitions of a plan year beside the others, and its targets with them.

    Doing so again with a new version amends the year; with the same text nothing changes.

    Args:
        content: the YAML that ``definitions`` was read from, letter by letter.
        targets: those assigned to the districts; the decree's are in the definitions.
        on: the day from which a target is in force that an amendment changes.

    Raises:
        NotAllowed: if the actor may not, the year is that of the installation's own file,
            its version is taken by another text, or a target is of another year.
    """
    year = definitions.plan_year
    wanted = (*definitions.targets, *targets)
    if any(target.year != year for target in wanted):
        raise NotAllowed("targets_of_another_year", subject=str(year))

    def work(session: Session, entry: Entry) -> Adoption:
        stored = plan_years.versions(session)
        _require_free(stored, definitions, digest_of(content), settings.read_all(session))
        newest = _newest(session, year)
        known = newest is not None and newest.digest == digest_of(content)
        if not known:
            _keep(session, entry, definitions, content, actor, at)
        done = lay_down(session, {year: wanted}, by=actor.id, at=at, on=on)
        entry.subject = str(year)
        entry.nothing_changed = known and not done.changed
        done.tell(session, entry)
        return done

    return perform(factory, actor, Act.OPEN_PLAN_YEAR, work, at=at)


def _require_free(
    stored: list[StoredVersion], new: Definitions, digest: str, kept: Mapping[str, str]
) -> None:
    year = str(new.plan_year)
    own = {one.plan_year for one in stored if one.digest == adopted_from(kept)}
    if new.plan_year in own and all(one.digest != digest for one in stored):
        raise NotAllowed("plan_year_of_the_file", subject=year)
    if any(one.version == new.version and one.digest != digest for one in stored):
        raise NotAllowed("version_is_taken", subject=year, version=new.version)


def _newest(session: Session, year: int) -> StoredVersion | None:
    of_year = [one for one in plan_years.versions(session) if one.plan_year == year]
    return of_year[-1] if of_year else None


def _keep(
    session: Session, entry: Entry, new: Definitions, content: str, actor: Actor, at: datetime
) -> None:
    digest = digest_of(content)
    plan_years.add(
        session,
        version=new.version,
        plan_year=new.plan_year,
        content=content,
        digest=digest,
        in_force_from=new.in_force_from,
        by=actor.id,
        at=at,
    )
    entry.subject = str(new.plan_year)
    entry.details = {"version": new.version, "digest": digest}
