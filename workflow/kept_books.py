"""Workbooks that are kept as they came and named in the log, whatever act they belong to.

A plan and a sheet of scores are confirmed by one act each and have no table of their own: the
log says who brought which file when, by its digest, and the bytes lie with those of the reports.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from kpi.permissions import Act

if TYPE_CHECKING:
    from store.audit import Event
    from store.engine import Session
    from workflow.gate import Entry

_FILE, _NAME = "file", "file_name"
NAMES = frozenset({_FILE, _NAME})  # of an event's details
_LONGEST_NAME = 255


@dataclass(frozen=True)
class Book:
    """A workbook that somebody brings."""

    named: str
    data: bytes

    @property
    def file_name(self) -> str:
        return self.named[-_LONGEST_NAME:]

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def keep(self, session: Session, entry: Entry, at: datetime) -> None:
        """Keep the bytes, and say in the act's event which they are."""
        from store import submissions

        submissions.keep_file(session, self.digest, self.data, at)
        entry.details |= {_FILE: self.digest, _NAME: self.file_name}


@dataclass(frozen=True)
class KeptBook:
    """One that was kept; ``subject`` is what its act was about."""

    file_name: str
    digest: str
    act: Act
    subject: str
    by: str
    at: datetime


def kept(session: Session, act: Act) -> Iterator[tuple[KeptBook, Event]]:
    """The workbooks of an act that was done, newest first, each with its event."""
    from store import audit

    for event in audit.listed(session, audit.Wanted(act=str(act))):
        if event.outcome == audit.DONE and event.details.keys() >= NAMES:
            name, digest = event.details[_NAME], event.details[_FILE]
            yield KeptBook(name, digest, act, event.subject, event.actor, event.at), event
