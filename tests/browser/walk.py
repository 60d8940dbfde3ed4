"""Every screen there is, with whoever sees most of it: the list a walk goes along.

It is made of ``pages.addresses``, so that no screen can be forgotten; a kind of screen that
nobody looks at fails.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from bench.serving import Server
from kpi.permissions import View
from pages.addresses import SCREENS
from tests.pages.raw_browser import browser as raw_browser
from workflow.people import DEMO_PASSWORD

# Who looks at the screens of a kind: whoever may do most on them sees most of them.
AS = {
    View.READING: "thi-dua",
    View.EXPLANATIONS: "thi-dua",
    View.SUBMITTING: "cao-loc",
    View.DECIDING: "duyet",
    View.ADMINISTRATION: "quan-tri",
    View.OWN_ACCOUNT: "quan-tri",
}
# With what in its address a screen shows most; one that is not here is opened with the period.
PERIOD = "?ky=2018-Q3"
SECTIONS = ("nguoi-dung", "ma-truy-cap", "tinh-trang", "nhat-ky")  # of the administration
SHOWN_WITH = {
    "chi-tieu": (f"{PERIOD}&ma=road_hardening_rate", f"{PERIOD}&ma=budget_revenue"),
    "huyen-tp": (f"{PERIOD}&don-vi=183",),
    "thi-dua": (PERIOD, "?ky=2018-Q4"),
    "giai-trinh": ("", "?so=1", f"?hoi=1&ma=road_hardening_rate&don-vi=183&{PERIOD[1:]}"),
    "tinh-hinh-nop": (PERIOD, f"{PERIOD}&bieu=B"),
    "nop-bao-cao": (f"{PERIOD}&don-vi=183",),
    "thay-doi": ("?tu=2018-01-01",),
    "quan-tri": ("", *(f"?muc={section}" for section in SECTIONS)),
}


def screens(database: Path) -> dict[str, list[str]]:
    """The addresses to look at, by the account that looks."""
    found: dict[str, list[str]] = {name: [] for name in AS.values()}
    for one in SCREENS:
        queries = (cell_there_is(database),) if one.path == "nguon" else shown_with(one.path)
        found[AS[one.view]] += [f"/{one.path}{query}" for query in queries]
    return found


def shown_with(path: str) -> tuple[str, ...]:
    return SHOWN_WITH.get(path, (PERIOD,))


def cell_there_is(database: Path) -> str:
    """What the screen of sources is asked for: a cell that a figure was read from."""
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT submission_id, sheet, cell FROM observation WHERE org_unit = '183'"
        number, sheet, cell = connection.execute(f"{query} ORDER BY id DESC").fetchone()
    return f"?{urlencode({'ban': number, 'o': f'{sheet}!{cell}'})}"


def wait_until_ready(server: Server) -> None:
    """Until the accounts are made: a run of the first screen ends when all is there."""
    with raw_browser(server.url) as somebody:
        somebody.open("")


def come_in(page: Page, server: Server, name: str, path: str) -> None:
    page.goto(f"{server.url}/dang-nhap?{urlencode({'tiep': path})}")
    page.locator("#ten").fill(name)
    page.locator("#mat-khau").fill(DEMO_PASSWORD)
    page.locator("button[type=submit]").click()
    page.locator("[data-testid=stApp] h1").first.wait_for(timeout=60_000)
