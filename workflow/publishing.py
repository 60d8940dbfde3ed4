"""Publishing the figures of a period: one act, kept with its very bytes.

What is published is frozen: the snapshot as it is known at the moment of the act, made into
files and stored with their digest. Publishing again when nothing has changed gives the same
publication, to the byte, and leaves no trace; a correction makes another one beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kpi.definitions import OrgUnits
from kpi.findings import NotAllowed
from kpi.periods import Period
from kpi.permissions import Act, Actor
from kpi.plan_years import PlanYears
from reports.published.folder import folder
from reports.published.packing import FIGURES, archive, unpacked
from reports.published.snapshot import Snapshot, Stamp, snapshot
from reports.published.table import mark
from store import publications, settings
from store.engine import Session, SessionFactory
from store.publications import Publication
from workflow.gate import Entry, perform


@dataclass(frozen=True)
class Ground:
    """What a snapshot is made from, besides the database: all of it from ``bootstrap``."""

    years_at: Callable[[Session, datetime | None], PlanYears]
    org_units: OrgUnits
    illustrative: bool  # the demonstration: every page says that its figures are made up


@dataclass(frozen=True)
class Published:
    """``new`` False: nothing had changed since this publication."""

    publication: Publication
    archive: bytes
    new: bool


def publish(
    factory: SessionFactory, actor: Actor, ground: Ground, period: Period, *, at: datetime
) -> Published:
    """Freeze the approved figures of a period as they are known now.

    Raises:
        NotAllowed: if the actor may not, or the province has no approved figure.
    """

    def work(session: Session, entry: Entry) -> Published:
        entry.subject = period.code
        last = publications.newest(session, period.code)
        if last is not None:
            kept = publications.archive(session, last.id)
            if _files(session, ground, _stamp_of(last, ground), at) == unpacked(kept):
                entry.nothing_changed = True
                return Published(last, kept, new=False)
        version = settings.data_version(session)
        stamp = Stamp(period, at, version, ground.illustrative)
        made = _keep(session, actor, stamp, _files(session, ground, stamp, at))
        entry.details = {
            "publication": str(made.publication.id),
            "mark": made.publication.mark,
            "digest": made.publication.digest,
            "data_version": str(version),
        }
        return made

    return perform(factory, actor, Act.PUBLISH, work, at=at)


def _stamp_of(one: Publication, ground: Ground) -> Stamp:
    return Stamp(Period.parse(one.period), one.known_at, one.data_version, ground.illustrative)


def _files(session: Session, ground: Ground, stamp: Stamp, at: datetime) -> dict[str, bytes]:
    """The folder with this stamp, of what is known at ``at``."""
    year = ground.years_at(session, at).at(stamp.period)
    found = snapshot(
        session, year.definitions, ground.org_units, stamp,
        history_fixed_at=year.history_fixed_at, as_of=at,
    )  # fmt: skip
    _require_figures(found)
    return folder(found)


def _require_figures(found: Snapshot) -> None:
    if all(one.value is None for one in found.province):
        raise NotAllowed("nothing_to_publish", subject=found.stamp.period.code)


def _keep(session: Session, actor: Actor, stamp: Stamp, files: dict[str, bytes]) -> Published:
    content = archive(files)
    one = publications.add(
        session,
        period=stamp.period.code,
        known_at=stamp.known_at,
        data_version=stamp.data_version,
        mark=mark(files[FIGURES]),
        digest=sha256(content).hexdigest(),
        archive=content,
        published_by=actor.id,
    )
    return Published(one, content, new=True)
