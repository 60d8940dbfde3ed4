"""What an installation is for: the demonstration with sample reports, or real use.

The choice is kept with the data. A new database becomes the demonstration unless
``empty`` was chosen first; samples never come into a database that has real reports.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from kpi.definitions import OrgUnits
from kpi.explanations import ALL, Answers
from kpi.findings import NotAllowed, SubmissionRejected, UnreadableWorkbook
from kpi.permissions import Act, Actor
from kpi.plan_years import DefinitionsOf
from loaders.reading_apart import reading_here
from loaders.samples import MANIFEST, Sample, read_manifest
from store import settings, submissions
from store.engine import Session, SessionFactory
from texts import say
from workflow.actors import SAMPLE_SENDER, START_UP
from workflow.gate import Entry, perform
from workflow.submissions import submit

Progress = Callable[[int, int], None]  # samples taken in, of how many

_LOG = logging.getLogger(__name__)
_KEY = "demo"


class Demo(StrEnum):
    UNDECIDED = "undecided"  # a new database
    WANTED = "wanted"  # chosen, and not all samples are in
    DONE = "done"
    NONE = "none"  # real use

    @property
    def is_open(self) -> bool:
        """Are there samples still to be taken in?"""
        return self in (Demo.UNDECIDED, Demo.WANTED)

    @property
    def is_demo(self) -> bool:
        return self in (Demo.WANTED, Demo.DONE)

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Demo:
        """The choice among an installation's settings."""
        return cls(kept.get(_KEY, Demo.UNDECIDED))


def choose_empty(factory: SessionFactory, actor: Actor, *, at: datetime) -> None:
    """Real use from now on.

    Raises:
        NotAllowed: if there are reports already, or the actor is not an administrator.
    """
    _choose(factory, actor, Act.CHOOSE_EMPTY, Demo.NONE, at)


def choose_demo(factory: SessionFactory, actor: Actor, *, at: datetime) -> None:
    """The demonstration, even if ``empty`` was chosen before.

    Raises:
        NotAllowed: if there are real reports, or the actor is not an administrator.
    """
    _choose(factory, actor, Act.CHOOSE_DEMO, Demo.WANTED, at)


def complete_demo(factory: SessionFactory, actor: Actor, *, at: datetime) -> None:
    """Let the demonstration of an earlier version be looked through for what it lacks.

    A database for real use is left as it is.

    Raises:
        NotAllowed: if the actor is not an administrator.
    """

    def work(session: Session, entry: Entry) -> None:
        if Demo.of(settings.read_all(session)) is Demo.DONE:
            _keep(session, entry, Demo.WANTED)
        else:
            entry.nothing_changed = True

    perform(factory, actor, Act.CHOOSE_DEMO, work, at=at)


def samples_in(folder: Path) -> tuple[Sample, ...]:
    """The samples of a folder in the order they were received; none without a manifest."""
    return read_manifest(folder) if (folder / MANIFEST).exists() else ()


def take_in_samples(
    factory: SessionFactory,
    folder: Path,
    *,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
    at: datetime,
    progress: Progress,
    others: Callable[[], None],
) -> None:
    """Send every sample that is not in yet, in order; then take in what is no report.

    Each goes through ``submit`` in its own transaction, received when the manifest
    says. Stopped half-way, the next call goes on where this one stopped.

    Args:
        others: takes in what is no report.
    """
    samples = samples_in(folder)
    with factory() as session:
        stored = submissions.stored_digests(session)
    for number, sample in enumerate(samples):
        progress(number, len(samples))
        content = (folder / sample.file).read_bytes()
        if hashlib.sha256(content).hexdigest() in stored:
            continue
        try:
            _send(factory, sample, content, definitions, org_units)
        except (SubmissionRejected, UnreadableWorkbook, NotAllowed) as error:
            # With other definitions than the shipped ones a sample may not fit, or somebody
            # has locked its period; the installation must start all the same.
            _LOG.warning("sample %s was not accepted: %s", sample.file, error)
    others()
    progress(len(samples), len(samples))
    perform(factory, START_UP, Act.CHOOSE_DEMO, lambda s, e: _keep(s, e, Demo.DONE), at=at)


def _send(
    factory: SessionFactory,
    sample: Sample,
    content: bytes,
    definitions: DefinitionsOf,
    org_units: OrgUnits,
) -> None:
    with reading_here():  # our own files
        submit(
            factory,
            SAMPLE_SENDER,
            content,
            Path(sample.file).name,
            at=sample.received_at,
            definitions=definitions,
            org_units=org_units,
            reporter=sample.reporter,
            answers=Answers(sample.note, {ALL: say("sample.explanation", "vi")}),
        )


def _choose(factory: SessionFactory, actor: Actor, act: Act, choice: Demo, at: datetime) -> None:
    def work(session: Session, entry: Entry) -> None:
        now = Demo.of(settings.read_all(session))
        if now is choice or (choice is Demo.WANTED and now is Demo.DONE):
            entry.nothing_changed = True
        elif submissions.count(session):
            raise NotAllowed("has_reports", subject=choice)
        else:
            _keep(session, entry, choice)

    perform(factory, actor, act, work, at=at)


def _keep(session: Session, entry: Entry, choice: Demo) -> None:
    settings.put(session, _KEY, choice)
    entry.subject = choice
