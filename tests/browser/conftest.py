"""The real server in Chromium: each test module may have a database of its own to change.

The sample workbooks are taken in once per run; every server works on a copy of that
database. Debian's Chromium is used; nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from bench.serving import Server, copy_database, fill_database, serve

# Streamlit asks for these beside a deep link and goes on without them.
HARMLESS = ("_stcore/health", "_stcore/host-config")


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], chromium: str
) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Path:
    """A database with the sample workbooks; never opened by a server, only copied."""
    return fill_database(tmp_path_factory.mktemp("filled") / "kpi.sqlite")


@pytest.fixture(scope="session")
def server(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For tests that only look."""
    folder = tmp_path_factory.mktemp("server")
    with serve(folder / "log", database=copy_database(filled, folder / "kpi.sqlite")) as running:
        yield running


@pytest.fixture
def own_server(filled: Path, tmp_path: Path) -> Iterator[Server]:
    """For a test that changes something."""
    with serve(tmp_path / "log", database=copy_database(filled, tmp_path / "kpi.sqlite")) as own:
        yield own


@dataclass
class Complaints:
    """What the browser itself found wrong: errors of scripts and of requests."""

    lines: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(HARMLESS):
            self.lines.append(f"{message.text} ({message.location.get('url')})")


@pytest.fixture
def complaints(page: Page) -> Complaints:
    heard = Complaints()
    page.on("console", heard.hear)
    page.on("pageerror", lambda error: heard.lines.append(str(error)))
    return heard


@pytest.fixture
def settled() -> Callable[[Page], None]:
    """Wait until Streamlit has nothing left to draw."""

    def wait(page: Page) -> None:
        page.wait_for_function(
            "document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'"
        )

    return wait
