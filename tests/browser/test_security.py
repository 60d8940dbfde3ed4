"""What a browser makes of harmful text, and of the policy it is given, on every screen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from bench.serving import Server, copy_database, serve
from kpi.permissions import View
from tests.browser.poison import HARMFUL, poison
from tests.browser.test_submitting import NOTES, SAMPLE, VALUES, rows
from tests.browser.walk import AS, come_in, screens, wait_until_ready
from texts import say

Settled = Callable[[Page], None]
BROKEN = "Trang gặp lỗi và chưa hiển thị được"
# Where words are shown that others typed; the name of whoever looks stands above every screen.
SHOWS_WORDS = {
    "/chi-tieu", "/huyen-tp", "/thi-dua", "/dien-hinh", "/nhiem-vu", "/giai-trinh", "/nguon",
    "/duyet", "/quan-tri", "/nop-bao-cao",
}  # fmt: skip


@pytest.fixture(scope="module")
def office(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("office")
    database = copy_database(filled, folder / "kpi.sqlite")
    with serve(folder / "log", database=database, sign_in=True) as running:
        wait_until_ready(running)
        yield running


@pytest.fixture(scope="module")
def poisoned(office: Server) -> Server:
    """The same office once every free text of its database is harmful: for the last tests."""
    poison(database_of(office))
    return office


@pytest.fixture(scope="module")
def without_policy(browser: Browser) -> Iterator[Page]:
    """A browser that takes no notice of the policy, so that the escaping alone must hold."""
    context = browser.new_context(bypass_csp=True, locale="vi-VN", user_agent=HARMFUL)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def with_policy(browser: Browser) -> Iterator[Page]:
    """A browser that keeps to the policy, and gives a harmful name for itself."""
    context = browser.new_context(locale="vi-VN", user_agent=HARMFUL)
    yield context.new_page()
    context.close()


def database_of(server: Server) -> Path:
    return server.log.parent / "kpi.sqlite"


def look_at(page: Page, path: str, settled: Settled) -> None:
    """Until what is loaded late is there too: the parts of a screen, and its charts."""
    page.locator("h1").first.wait_for()
    settled(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    for chart in page.get_by_test_id("stPlotlyChart").all():
        chart.locator(".main-svg").first.wait_for(state="attached")
    assert page.get_by_text(BROKEN).count() == 0, path


def nothing_ran(page: Page, where: str) -> None:
    assert page.evaluate("window.pwned") is None, where
    assert page.locator('img[src="x"]').count() == 0, where


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


def test_a_harmful_file_name_is_shown_as_text(
    office: Server, without_policy: Page, settled: Settled
) -> None:
    page = without_policy
    page.context.clear_cookies()
    come_in(page, office, "cao-loc", "/nop-bao-cao?don-vi=183")
    settled(page)
    name = "<img src=x onerror=window.pwned=1>.xlsx"
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": b"not a workbook"}
    )
    page.get_by_text(name).first.wait_for()
    settled(page)
    page.wait_for_timeout(500)
    nothing_ran(page, "the file's name")


def test_harmful_words_that_came_in_by_the_front_door_are_shown_as_text(
    office: Server, without_policy: Page, settled: Settled, tmp_path: Path, root: Path
) -> None:
    """In a cell, in a file's name, in what its sender explains, in the name of a person."""
    page = without_policy
    page.context.clear_cookies()
    come_in(page, office, "cao-loc", "/nop-bao-cao?don-vi=183&ky=2018-Q3")
    send_harmful(page, tmp_path, root)
    settled(page)
    page.wait_for_timeout(500)
    nothing_ran(page, "the receipt")
    come_in(page, office, "quan-tri", "/quan-tri?muc=nguoi-dung")
    make_harmful_account(page)
    settled(page)
    page.wait_for_timeout(500)
    nothing_ran(page, "the table of accounts")
    newest = newest_submission(database_of(office))
    cell = screens(database_of(office))[AS[View.READING]]
    source = next(path for path in cell if path.startswith("/nguon"))
    assert f"ban={newest}" in source
    page.goto(office.url + source)
    look_at(page, source, settled)
    nothing_ran(page, source)
    expect(page.get_by_test_id("stMain")).to_contain_text(HARMFUL)


def send_harmful(page: Page, folder: Path, root: Path) -> None:
    """Cao Lộc's report with one more commune and harmful notes, under a harmful name."""
    book = load_workbook(root / SAMPLE)
    sheet = book.worksheets[0]
    for code, row in rows(sheet):
        sheet[f"{NOTES}{row}"] = HARMFUL
        if code == "communes_hardened_road":
            sheet[f"{VALUES}{row}"] = 19
    book.save(folder / "x.xlsx")
    book.close()
    page.locator("input[type=file]").first.set_input_files(
        {
            "name": "<img src=x onerror=window.pwned=1>.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": (folder / "x.xlsx").read_bytes(),
        }
    )
    button = page.get_by_test_id("stMain").get_by_role("button", name="Nộp báo cáo")
    expect(button).to_be_visible()
    for field in page.get_by_test_id("stMain").get_by_role("textbox").all():
        field.fill(HARMFUL)
        field.press("Tab")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Đã nộp. Biên nhận").first).to_be_visible()


def make_harmful_account(page: Page) -> None:
    page.get_by_role("button", name="Thêm người dùng…").click()
    page.get_by_label("Tên đăng nhập").fill("ke-la")
    page.get_by_label("Họ và tên").fill(HARMFUL)
    page.get_by_role("combobox", name="Vai trò", exact=True).click()
    page.get_by_role("option", name=say("admin.roles.reader", "vi")).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Thêm và tạo đường dẫn").click()
    expect(page.get_by_test_id("stMain").get_by_text("onerror=").first).to_be_visible()


def newest_submission(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT max(id) FROM submission").fetchone()[0])


@pytest.mark.parametrize("name", sorted(set(AS.values())))
def test_no_screen_runs_harmful_text_or_breaks_the_policy(
    poisoned: Server, with_policy: Page, settled: Settled, name: str
) -> None:
    """One look for both: what the policy would have to stop, the browser complains about."""
    page = with_policy
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "CSP" in message.text:
            said.append(message.text)

    page.on("console", hear)
    page.context.clear_cookies()
    paths = screens(database_of(poisoned))[name]
    come_in(page, poisoned, name, paths[0])
    shown = set()
    for number, path in enumerate(paths):
        if number:  # whoever has come in is at the first
            page.goto(poisoned.url + path)
        look_at(page, path, settled)
        nothing_ran(page, path)
        if page.locator("body").inner_text().count("onerror=") > 1:
            shown.add(urlsplit(path).path)
    page.remove_listener("console", hear)
    assert said == []
    assert {urlsplit(path).path for path in paths} & SHOWS_WORDS <= shown
