"""Start a real Streamlit server in a process of its own, wait until it is healthy, stop it.

Each server gets a free port and, where it is ours, a database of its own. Used by the
measurements and by the browser tests; knows nothing of what the pages show.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
CHROMIUM = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}
PATIENCE = 90  # seconds; a first start takes the sample workbooks in


@dataclass(frozen=True)
class Server:
    """A running server: its address, how long it took to answer, what it printed, its process."""

    url: str
    seconds_to_healthy: float
    log: Path
    pid: int


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def url_of(database: Path) -> str:
    return f"sqlite:///{database}"


def copy_database(source: Path, target: Path) -> Path:
    """A consistent copy, also while somebody writes: SQLite's own backup."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target


def fill_database(database: Path) -> Path:
    """A database with the sample workbooks taken in, as a first start leaves it."""
    subprocess.run(
        [sys.executable, "manage.py", "init"],
        cwd=ROOT,
        env={**os.environ, "KPI_DATABASE_URL": url_of(database)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return database


@contextmanager
def serve(
    log: Path,
    *,
    script: Path = ROOT / "dashboard.py",
    database: Path | None = None,
    sign_in: bool = False,
) -> Iterator[Server]:
    """``streamlit run script`` until the block ends.

    Args:
        sign_in: False: whoever opens a page may do everything, as at a single desk.

    Raises:
        RuntimeError: if the server ends or is not healthy in time; with its output.
    """
    port = free_port()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "KPI_SIGN_IN": "on" if sign_in else "off"}
    if database is not None:
        environment["KPI_DATABASE_URL"] = url_of(database)
    options = ["--server.port", str(port), "--server.headless", "true"]
    options += ["--server.address", "127.0.0.1"]
    start = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script.name, *options],
            cwd=script.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(process, f"http://127.0.0.1:{port}/_stcore/health", log)
            yield Server(f"http://127.0.0.1:{port}", time.monotonic() - start, log, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"{url} is not healthy:\n{log.read_text(encoding='utf-8')}")
