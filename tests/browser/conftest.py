"""The real server in Chromium, on databases of its own.

A newcomer's server starts on no database at all; every other has a copy of the filled one.
Debian's Chromium is used; nothing is downloaded. The tests share one tab: a new one reads and
compiles Streamlit's scripts anew, which takes three times as long as opening a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect

from bench.serving import Server, copy_database, serve

# A busy machine is no fault of the page; speed is measured in bench/, in ratios.
expect.set_options(timeout=30_000)

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
def tab(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """The tab of all tests that need none of their own."""
    context = browser.new_context(**browser_context_args)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, browser_context_args: dict[str, Any]) -> Page:
    """That tab without a cookie, as wide and as bright as at first."""
    tab.context.clear_cookies()
    tab.set_viewport_size(browser_context_args["viewport"])
    tab.emulate_media(color_scheme="light")
    return tab


@pytest.fixture(scope="session")
def examined(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Page]:
    """A tab into whose page a test may put a script of its own, which our policy forbids."""
    context = browser.new_context(**browser_context_args, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def server(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For tests that only look."""
    folder = tmp_path_factory.mktemp("server")
    database = copy_database(filled, folder / "kpi.sqlite")
    with serve(folder / "log", database=database) as running:
        yield running


@pytest.fixture
def own_server(filled: Path, tmp_path: Path) -> Iterator[Server]:
    """For a test that changes something."""
    database = copy_database(filled, tmp_path / "kpi.sqlite")
    with serve(tmp_path / "log", database=database) as running:
        yield running


@dataclass
class Complaints:
    """What the browser itself found wrong: errors of scripts and of requests."""

    lines: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location.get("url", "").endswith(HARMLESS):
            self.lines.append(f"{message.text} ({message.location.get('url')})")

    def hear_error(self, error: Error) -> None:
        self.lines.append(str(error))


@pytest.fixture
def complaints(page: Page) -> Iterator[Complaints]:
    heard = Complaints()
    page.on("console", heard.hear)
    page.on("pageerror", heard.hear_error)
    yield heard
    page.remove_listener("console", heard.hear)
    page.remove_listener("pageerror", heard.hear_error)


@pytest.fixture(scope="session")
def settled() -> Callable[[Page], None]:
    """Wait until Streamlit has nothing left to draw."""

    def wait(page: Page) -> None:
        # Not by a function of the page's own: its policy lets nothing be evaluated.
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    return wait
