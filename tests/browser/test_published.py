"""The published pages in Chromium without a script: on the server, on a telephone, on paper."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bench.serving import ROOT, Server, copy_database, serve, url_of


@pytest.fixture(scope="module")
def published(filled: Path, tmp_path_factory: pytest.TempPathFactory):
    """A server whose figures have been published, and the folder."""
    work = tmp_path_factory.mktemp("cong_bo")
    database = copy_database(filled, work / "kpi.sqlite")
    subprocess.run(
        [sys.executable, "manage.py", "publish", "-o", str(work / "folder")],
        cwd=ROOT, check=True, capture_output=True,
        env={**os.environ, "KPI_DATABASE_URL": url_of(database)},
    )  # fmt: skip
    with serve(work / "log", database=database) as running:
        yield running, work / "folder"


@pytest.fixture
def plain(browser: Browser):
    """A page where no script runs, as wide as a telephone, in the dark."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    yield context.new_page()
    context.close()


def read(page: Page, url: str) -> None:
    """Open a page, waiting for a server that has just been started."""
    for _ in range(300):
        answer = page.goto(url)
        if answer is None or answer.status != 503:
            return
        page.wait_for_timeout(200)


def test_on_a_telephone_without_a_script(published: tuple[Server, Path], plain: Page) -> None:
    server, _ = published
    read(plain, f"{server.url}/cong-bo/")
    assert plain.title().startswith("Chỉ tiêu thi đua năm 2018")
    assert plain.locator("tr[data-indicator]").count() == 17
    for row in plain.locator("tr[data-indicator] .va").all()[:17]:
        box = row.bounding_box()
        assert box is not None and box["x"] + box["width"] <= 390
    plain.get_by_role("link", name="Thu ngân sách nhà nước").click()
    assert plain.locator("h1").inner_text() == "Thu ngân sách nhà nước"
    plain.get_by_role("link", name="English").click()
    assert plain.locator("html").get_attribute("lang") == "en"
    assert "State budget revenue" in plain.title()


def test_the_folder_opens_from_a_disk(published: tuple[Server, Path], browser: Browser) -> None:
    _, folder = published
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in ("index.html", "linh-vuc/structure.html", "huyen-tp/183.html", "tep.html",
                 "cach-danh-gia.html", "chi-tieu/budget_revenue.html"):  # fmt: skip
        page.goto((folder / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
    assert all(url.startswith("file:") for url in asked)
    page.close()


def test_the_overview_is_two_sheets_of_paper_at_most(
    published: tuple[Server, Path], browser: Browser
) -> None:
    _, folder = published
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2
