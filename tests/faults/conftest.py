"""A worker that can be killed, and the question whether anything was lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kpi.definitions import Definitions, OrgUnits
from loaders.samples import Sample, read_manifest
from store.engine import SessionFactory, make_engine, make_session_factory
from tests.faults.worker import by_hand
from workflow.verification import verify

Lines = list[list[str]]


class Worker:
    """``tests.faults.worker`` in a process of its own."""

    def __init__(self, root: Path, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker", url],
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._read() == ["ready"]

    def run(self, jobs: str, kill_after: float | None = None) -> Lines:
        """What the children acknowledged; with ``kill_after`` they are killed then."""
        assert self._process.stdin is not None
        self._process.stdin.write(jobs + "\n")
        self._process.stdin.flush()
        said: Lines = []
        while (words := self._read()) != ["end"]:
            if words[0] != "children":
                said.append(words)
            elif kill_after is not None:
                time.sleep(kill_after)
                for child in words[1:]:
                    self._kill(int(child))
        return said

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait(30)

    def _read(self) -> list[str]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the worker ended"
        return line.split()

    @staticmethod
    def _kill(child: int) -> None:
        with suppress(ProcessLookupError):  # it had done its work
            os.kill(child, signal.SIGKILL)


@pytest.fixture
def worker(root: Path, database_url: str) -> Iterator[Worker]:
    worker = Worker(root, database_url)
    yield worker
    worker.close()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 40 MB, where one may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="kpi-small-"))
    options = f"size={40 * 2**20},mode=755"
    try:
        mount("-t", "tmpfs", "-o", options, "tmpfs", folder)
    except subprocess.CalledProcessError as refused:
        folder.rmdir()
        pytest.skip(f"no disk may be mounted here: {refused.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@pytest.fixture
def factory(database_url: str) -> Iterator[SessionFactory]:
    engine = make_engine(database_url)
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def manual(definitions: Definitions) -> Definitions:
    return by_hand(definitions)


@pytest.fixture
def sound(factory: SessionFactory, manual: Definitions, org_units: OrgUnits) -> Callable[[], None]:
    """Nothing is half there: chain, files, values in force and completeness agree."""

    def hold() -> None:
        with factory() as session:
            assert verify(session, manual, org_units) == ()

    return hold


@pytest.fixture(scope="session")
def samples(root: Path) -> tuple[Sample, ...]:
    return read_manifest(root / "data" / "samples")
