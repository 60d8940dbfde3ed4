"""A process that sends and approves reports, to be killed: ``python -m tests.faults.worker URL``.

It loads the definitions once and forks a child for every job of a line on standard input
(``send 3``, ``many a 200``, ``full 5``; several with ``;`` between run at once), so that a
kill costs no new start. A child prints a line for every act that was acknowledged.
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

from kpi.definitions import Definitions, OrgUnits
from kpi.explanations import Answers
from kpi.findings import KpiError
from kpi.permissions import Actor, ActorRole
from loaders.definitions import load_definitions
from loaders.org_units import load_org_units
from loaders.reading_apart import reading_here
from loaders.samples import Sample, read_manifest
from store.engine import SessionFactory, make_engine, make_session_factory
from workflow.actors import LOCAL_USER
from workflow.decisions import approve
from workflow.submissions import Receipt, inspect, submit

ROOT = Path(__file__).parent.parent.parent
APPROVER = Actor("an", "Nguyễn Thị An", frozenset({ActorRole.APPROVER}))


def by_hand(definitions: Definitions) -> Definitions:
    """Every form waits for an approver: two acts instead of one."""
    return replace(definitions, approval={form: "manual" for form in definitions.approval})


class Office:
    """What a child needs to send and approve."""

    def __init__(self, factory: SessionFactory, definitions: Definitions, units: OrgUnits) -> None:
        self.factory, self.definitions, self.units = factory, definitions, units

    def send(self, sample: Sample, comment: str = "") -> Receipt:
        with reading_here():  # storing is what is to break, not the reader's process
            return submit(
                self.factory,
                LOCAL_USER,
                commented(content(sample), comment),
                Path(sample.file).name,
                at=sample.received_at,
                definitions=self.definitions,
                org_units=self.units,
                answers=Answers("đã rà soát"),
            )

    def approve(self, number: int, sample: Sample) -> None:
        approve(
            self.factory,
            APPROVER,
            number,
            at=sample.received_at,
            definitions=self.definitions,
            org_units=self.units,
        )


def content(sample: Sample) -> bytes:
    return (ROOT / "data" / "samples" / sample.file).read_bytes()


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def commented(data: bytes, comment: str) -> bytes:
    """The same workbook with other bytes."""
    if not comment:
        return data
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as package:
        package.comment = comment.encode()
    return file.getvalue()


def say(*words: object) -> None:
    print(*words, flush=True)


def do(job: str, office: Office, samples: tuple[Sample, ...], url: str) -> None:
    kind, *arguments = job.split()
    if kind == "send":
        sample = samples[int(arguments[0])]
        receipt = office.send(sample)
        say("sent", arguments[0], receipt.submission)
        office.approve(receipt.submission, sample)
        say("approved", arguments[0], receipt.submission)
    elif kind == "many":
        name, times = arguments
        for number in range(int(times)):
            receipt = office.send(samples[number % 3], f"{name} {number}")
            say("sent", name, receipt.submission)
    elif kind == "full":
        say("sent", "-", office.send(samples[-1]).submission)  # now there is a WAL file
        file = Path(url.removeprefix("sqlite:///"))
        largest = max(file.stat().st_size, Path(f"{file}-wal").stat().st_size) + 20_000
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, hard))
        for number in range(20):
            try:
                say("sent", number, office.send(samples[number]).submission)
            except KpiError as error:
                say("refused", number, getattr(error, "code", ""))
                break
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        say("sent", number, office.send(samples[number]).submission)


def main(url: str) -> None:
    definitions = by_hand(load_definitions(ROOT / "kpi_definitions.yaml"))
    units = load_org_units(ROOT / "data" / "org_units.yaml")
    samples = read_manifest(ROOT / "data" / "samples")
    # Load here what a child would otherwise load each time.
    with reading_here():
        inspect(None, definitions, units, content(samples[0]), "warm.xlsx")
    make_engine(url).dispose()
    say("ready")
    for line in sys.stdin:
        children = []
        for job in line.strip().split(";"):
            child = os.fork()
            if not child:
                engine = make_engine(url)
                do(job, Office(make_session_factory(engine), definitions, units), samples, url)
                os._exit(0)
            children.append(child)
        say("children", *children)
        for child in children:
            os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main(sys.argv[1])
