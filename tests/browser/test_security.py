"""What a browser makes of harmful text, and of the policy it is given, on every screen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from bench.serving import Server, copy_database, serve
from tests.browser.conftest import FirstStart
from tests.pages.raw_browser import browser as raw_browser
from workflow.people import DEMO_PASSWORD

Settled = Callable[[Page], None]
HARMFUL = 'Ghi<script>window.pwned=1</script><img src=x onerror="window.pwned=1">'
SCREENS = {
    "quan-tri": ("/quan-tri", "/tai-khoan"),
    "cao-loc": ("/nop-bao-cao?don-vi=183", "/nguon?don-vi=183&ky=2018-Q3"),
    "duyet": ("/duyet",),
    "lanh-dao": (
        "/",
        "/chi-tieu?ma=road_hardening_rate&ky=2018-Q3",
        "/chi-tieu?ma=budget_revenue&ky=2018-Q3",
        "/huyen-tp?don-vi=183&ky=2018-Q3",
        "/linh-vuc?ky=2018-Q3",
        "/thay-doi?tu=2018-01-01",
    ),
}
# Every column of free text that a person, a workbook or a browser fills.
COLUMNS = {
    "submission": ("file_name", "note", "reason", "withdrawn_reason", "submitted_by"),
    "observation": ("sheet", "note", "raw"),
    "target": ("document", "decision", "assigned_by"),
    "layout_mapping": ("file_name", "confirmed_by"),
    "period_state": ("reason", "decided_by"),
    "period_exception": ("reason", "granted_by"),
    "account": ("full_name", "email", "made_by"),
    "login": ("client",),
    "api_token": ("name", "made_by"),
    "audit_event": ("subject",),
}


@pytest.fixture(scope="module")
def office(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("office")
    database = copy_database(first_start.database, folder / "kpi.sqlite")
    with serve(folder / "log", database=database, sign_in=True) as running:
        wait_until_ready(running)
        yield running


@pytest.fixture(scope="module")
def poisoned(first_start: FirstStart, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a database where every free text is harmful."""
    folder = tmp_path_factory.mktemp("poisoned")
    database = copy_database(first_start.database, folder / "kpi.sqlite")
    with serve(folder / "log", database=database, sign_in=True) as running:
        wait_until_ready(running)
        yield running


def wait_until_ready(server: Server) -> None:
    """Until the accounts are made: a run of the first screen ends when all is there."""
    with raw_browser(server.url) as somebody:
        somebody.open("")


def poison(database: Path) -> None:
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        connection.execute(
            "INSERT INTO period_state VALUES ('A','2018-Q4','open',?,'a','2018-10-01 00:00:00')",
            (HARMFUL,),
        )
        connection.execute(
            "INSERT INTO period_exception VALUES (1,'183','2018-Q3','2030-01-01',?,'a',"
            "'2018-10-01 00:00:00')",
            (HARMFUL,),
        )
        connection.execute(
            "INSERT INTO api_token VALUES (1,'p','d','[]','a','2018-10-01 00:00:00',"
            "'2030-10-01 00:00:00',NULL)"
        )
        # One that waits, so that there is something to decide on.
        connection.execute(
            "UPDATE submission SET state = 'submitted', decided_by = NULL, decided_at = NULL "
            "WHERE reporter = '182' AND period = '2018-Q3'"
        )
        for table, columns in COLUMNS.items():
            for column in columns:
                number = "|| id" if column == "email" else ""
                connection.execute(f"UPDATE {table} SET {column} = ? {number}", (HARMFUL,))
        details = json.dumps({"reason": HARMFUL})
        connection.execute("UPDATE audit_event SET details = ?", (details,))
        connection.execute("UPDATE setting SET value = value + 1 WHERE key = 'data_version'")


def come_in(page: Page, server: Server, name: str, path: str) -> None:
    page.goto(f"{server.url}/dang-nhap?{urlencode({'tiep': path})}")
    page.locator("#ten").fill(name)
    page.locator("#mat-khau").fill(DEMO_PASSWORD)
    page.locator("button[type=submit]").click()
    page.locator("[data-testid=stApp] h1").first.wait_for(timeout=60_000)


@pytest.mark.parametrize("name", SCREENS)
def test_no_screen_breaks_the_policy(
    office: Server, page: Page, name: str, settled: Settled
) -> None:
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "CSP" in message.text:
            said.append(message.text)

    page.on("console", hear)
    first, *others = SCREENS[name]
    come_in(page, office, name, first)
    settled(page)
    for path in others:
        page.goto(office.url + path)
        page.locator("h1").first.wait_for()
        settled(page)
        page.wait_for_timeout(1500)  # what is loaded late: charts
    assert said == []


def test_the_policy_lets_no_strange_script_run(office: Server, page: Page) -> None:
    page.goto(office.url)
    page.locator("h1").first.wait_for()
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.pwned = 1';
            document.body.append(script);
            const picture = document.createElement('div');
            picture.innerHTML = '<img src="data:," onerror="window.pwned = 1">';
            document.body.append(picture);
        }"""
    )
    page.wait_for_timeout(500)
    assert page.evaluate("window.pwned") is None
    policy = page.request.get(office.url).headers["content-security-policy"]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts


def test_harmful_text_is_shown_as_text(
    poisoned: Server, browser: Browser, settled: Settled
) -> None:
    """Without the policy, so that the escaping alone must hold."""
    poison(poisoned.log.parent / "kpi.sqlite")
    shown = 0
    for name, paths in SCREENS.items():
        context = browser.new_context(bypass_csp=True, locale="vi-VN")
        page = context.new_page()
        come_in(page, poisoned, name, paths[0])
        for path in paths:
            page.goto(poisoned.url + path)
            page.locator("h1").first.wait_for()
            settled(page)
            page.wait_for_timeout(500)
            assert page.evaluate("window.pwned") is None, path
            assert page.locator('img[src="x"]').count() == 0, path
            shown += "onerror=" in page.locator("body").inner_text()
        context.close()
    assert shown >= 5  # the harmful texts were on the screens


def test_a_harmful_file_name_is_shown_as_text(
    office: Server, browser: Browser, settled: Settled
) -> None:
    context = browser.new_context(bypass_csp=True, locale="vi-VN")
    page = context.new_page()
    come_in(page, office, "cao-loc", "/nop-bao-cao?don-vi=183")
    settled(page)
    name = "<img src=x onerror=window.pwned=1>.xlsx"
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": b"not a workbook"}
    )
    page.get_by_text(name).first.wait_for()
    settled(page)
    assert page.evaluate("window.pwned") is None
    assert page.locator('img[src="x"]').count() == 0
    context.close()
