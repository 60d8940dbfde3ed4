"""Every screen by axe-core against WCAG 2.2 AA, and what axe cannot see.

Each screen is opened once. In the dark theme only what depends on colour is asked again.
Words that belong to Streamlit's frame are looked for in English where the screen is
Vietnamese. What axe does not know: zoom, reduced motion, forced colours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bench.serving import Server
from pages.addresses import SCREENS
from reports.html.frame_words import frame_words
from reports.html.sign_in import SIGN_IN
from tests.browser.walk import SECTIONS

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL_RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# What Streamlit itself breaks: (rule, part of the element) and why nothing of ours helps.
STREAMLITS: dict[tuple[str, str], str] = {}
PATHS = [
    *(f"/{entry.path}" for entry in SCREENS),
    *(f"/quan-tri?muc={section}" for section in SECTIONS),
    SIGN_IN,
]
ZOOMED = {"width": 720, "height": 450}  # 1440 × 900 at 200 %
USUAL = {"width": 1440, "height": 900}

OVERFLOW = """() => {
  const main = document.querySelector('[data-testid=stMain]') ?? document.documentElement;
  return main.scrollWidth - main.clientWidth;
}"""
MOVING = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => getComputedStyle(e).transitionDuration.split(', ').some(d => d !== '0s')
    || getComputedStyle(e).animationName !== 'none')
  .map(e => e.className)"""
FRAME_SAYS = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('[data-testid=stHtml]'))
  .flatMap(e => [
    ...['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'].map(
      name => e.getAttribute(name)),
    ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data),
  ]).filter(Boolean).map(text => text.trim())"""
COLOURS_OF_MARKS = """() => ['.bu .bu-bar', '.chip .g'].map(name =>
  getComputedStyle(document.querySelector(`[data-testid=stMain] ${name}`)).backgroundColor)"""


@pytest.fixture(scope="module")
def looked_at(browser: Browser, server: Server) -> Iterator[Page]:
    """One tab for all screens; axe is put into the page, which our policy would not allow."""
    context = browser.new_context(bypass_csp=True, locale="vi-VN", viewport=USUAL)
    yield context.new_page()
    context.close()


def open_screen(page: Page, server: Server, path: str, settled: Callable[[Page], None]) -> None:
    page.set_viewport_size(USUAL)
    page.emulate_media(color_scheme="light", reduced_motion="null", forced_colors="null")
    page.goto(f"{server.url}{path}")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    if path != SIGN_IN:
        page.locator("[data-testid=stMain] h1").wait_for()
        settled(page)


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds, without Streamlit's own."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
        if not any(one["id"] == rule and part in node["html"] for rule, part in STREAMLITS)
    ]


@pytest.mark.parametrize("path", PATHS)
def test_a_screen_is_accessible(
    looked_at: Page, server: Server, settled: Callable[[Page], None], path: str
) -> None:
    page = looked_at
    open_screen(page, server, path, settled)

    assert violations(page, ALL_RULES) == []
    assert page.get_by_role("heading", level=1).count() == 1
    if path != SIGN_IN:
        assert sorted(set(page.evaluate(FRAME_SAYS)) & set(frame_words("vi"))) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    page.set_viewport_size(ZOOMED)
    assert page.evaluate(OVERFLOW) <= 0


def test_every_screen_has_a_title_of_its_own(
    looked_at: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    titles = []
    for path in ("/", "/huyen-tp", "/thay-doi"):
        open_screen(looked_at, server, path, settled)
        titles.append(looked_at.title().split(" – ")[0])

    assert titles == ["Tổng quan", "Huyện, TP", "Số liệu tại ngày"]


def test_the_document_speaks_the_readers_language(looked_at: Page, server: Server) -> None:
    looked_at.goto(f"{server.url}/?lang=en")

    expect(looked_at.locator("html")).to_have_attribute("lang", "en")
    expect(looked_at.get_by_test_id("stSkipToContent")).to_have_text("Skip to main content")


def test_nothing_moves_for_those_who_want_no_motion(
    looked_at: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    open_screen(looked_at, server, "/", settled)
    looked_at.emulate_media(reduced_motion="reduce")

    assert looked_at.evaluate(MOVING) == []


def test_marks_keep_their_colours_where_colours_are_forced(
    looked_at: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    open_screen(looked_at, server, "/?tinh-trang=at_risk", settled)
    own = looked_at.evaluate(COLOURS_OF_MARKS)
    looked_at.emulate_media(forced_colors="active")

    assert looked_at.evaluate(COLOURS_OF_MARKS) == own
    chosen = looked_at.locator(".strip .cell[aria-pressed=true]")
    assert chosen.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
