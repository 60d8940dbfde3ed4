"""The real server in Chromium, on databases of its own.

The first server of a run starts on no database at all, as a newcomer's does; what it took
in is then copied for every other server. Debian's Chromium is used; nothing is downloaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from bench.serving import Server, copy_database, serve

# A busy machine is no fault of the page; speed is measured in bench/, in ratios.
expect.set_options(timeout=30_000)

NUMBERED = "[data-testid=stMain] tr[data-number]"
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


@dataclass(frozen=True)
class FirstStart:
    """What a newcomer saw between the command and the overview."""

    database: Path
    seconds_to_healthy: float
    seconds_to_overview: float
    progress_shown: bool
    banner: str


@pytest.fixture(scope="session")
def first_start(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> FirstStart:
    folder = tmp_path_factory.mktemp("first_start")
    database = folder / "kpi.sqlite"
    with serve(folder / "log", database=database) as running:
        page = browser.new_page(locale="vi-VN")
        start = time.monotonic()
        page.goto(running.url)
        first = page.locator(f"[role=progressbar], {NUMBERED}").first
        first.wait_for(timeout=30_000)
        progress_shown = first.get_attribute("role") == "progressbar"
        page.locator(NUMBERED).last.wait_for(timeout=120_000)
        seconds = time.monotonic() - start
        banner = page.locator(".demo").inner_text()
        page.close()
    return FirstStart(database, running.seconds_to_healthy, seconds, progress_shown, banner)


@pytest.fixture(scope="session")
def server(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For tests that only look."""
    folder = tmp_path_factory.mktemp("server")
    database = copy_database(first_start.database, folder / "kpi.sqlite")
    with serve(folder / "log", database=database) as running:
        yield running


@pytest.fixture
def own_server(first_start: FirstStart, tmp_path: Path) -> Iterator[Server]:
    """For a test that changes something."""
    database = copy_database(first_start.database, tmp_path / "kpi.sqlite")
    with serve(tmp_path / "log", database=database) as running:
        yield running


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
        # Not by a function of the page's own: its policy lets nothing be evaluated.
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    return wait
