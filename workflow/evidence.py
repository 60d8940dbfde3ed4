"""Files that come with an answer or with a word on a milestone: looked at, then kept with it.

Part of the act they belong to: both are kept or neither. What a file is, its bytes say. The audit
event names each with its digest, which ``verify`` holds against what is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from kpi.evidence import MOST_FILES, Mistake, plain_name
from kpi.findings import NotAllowed
from loaders.evidence import kind_of
from store import evidence
from store.engine import Session
from store.evidence import NewEvidence, Place
from workflow.gate import Entry

_MIB = 1024 * 1024


@dataclass(frozen=True)
class Brought:
    """A file as it came."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Enclosed:
    """The files of one act, and how large each may be."""

    files: tuple[Brought, ...] = ()
    megabytes: int = 0


NOTHING = Enclosed()


def sound(enclosed: Enclosed) -> list[NewEvidence]:
    """The files, each once, good to be kept.

    Raises:
        NotAllowed: if there are too many, or one is too large or of a kind that is not kept.
    """
    if len(enclosed.files) > MOST_FILES:
        raise NotAllowed(Mistake.MANY, subject="", most=str(MOST_FILES))
    found: dict[str, NewEvidence] = {}
    for one in enclosed.files:
        name = plain_name(one.name)
        if len(one.data) > enclosed.megabytes * _MIB:
            raise NotAllowed(Mistake.SIZE, subject=name, most=str(enclosed.megabytes))
        kind = kind_of(one.data)
        if kind is None:
            raise NotAllowed(Mistake.KIND, subject=name)
        digest = hashlib.sha256(one.data).hexdigest()
        found.setdefault(digest, NewEvidence(name or kind.value, kind, one.data, digest))
    return list(found.values())


def keep(
    session: Session,
    entry: Entry,
    files: Iterable[NewEvidence],
    place: Place,
    *,
    by: str,
    at: datetime,
) -> None:
    """Keep files where they belong, and say so in the act's entry."""
    kept = list(files)
    for one in kept:
        evidence.add(session, one, place, by=by, at=at)
    if kept:
        entry.details["files"] = " ".join(one.digest for one in kept)
        entry.details["file_names"] = "; ".join(one.name for one in kept)
