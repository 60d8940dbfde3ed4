"""Every screen at three widths and in both themes, compared by structure; on paper; on a wall.

A screen is opened once and then only resized and recoloured, as a reader would. What must
hold everywhere: nothing scrolls sideways, nothing covers the menu, no card covers another,
the theme moves nothing, and no width loses a heading or a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bench.serving import Server
from pages.addresses import SCREENS

WIDTHS = {1440: 900, 1024: 768, 390: 844}
ZOOMED = (900, 720)  # what 160 and 200 % of magnification leave of a wide screen
PATHS = [f"/{entry.path}" for entry in SCREENS]
ON_ONE_SHEET = [
    "/", "/chi-tieu?ma=grdp_growth", "/huyen-tp", "/linh-vuc", "/linh-vuc?linh-vuc=structure",
    "/tinh-hinh-nop",
]  # fmt: skip

# Cards by what they are called and where they stand; rows by table; what lies over what.
STRUCTURE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const box = (e) => { const b = e.getBoundingClientRect();
    return [b.left, b.top, b.right, b.bottom].map(Math.round); };
  const meet = (a, b) => Math.min(a[2], b[2]) - Math.max(a[0], b[0]) > 1
    && Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 1;
  const seen = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 0;
  const cards = [...main.querySelectorAll('[data-testid=stHtml] .card')]
    .filter((e) => seen(e) && !e.parentElement.closest('.card'));
  const boxes = cards.map(box);
  const shell = document.querySelector('.shell');
  const menu = [...document.querySelectorAll('[data-testid=stTopNavLink]')].filter(seen);
  return {
    beyond: main.scrollWidth - main.clientWidth,
    covered: boxes.flatMap((a, n) => boxes.slice(n + 1).filter((b) => meet(a, b))).length,
    menu: shell ? menu.filter((e) => meet(box(e), box(shell))).map((e) => e.innerText) : [],
    headings: [...main.querySelectorAll('h1, h2')].filter(seen).map((e) => e.innerText.trim()),
    rows: [...main.querySelectorAll('[data-testid=stHtml] table:not(.twin)')].filter(seen)
      .map((e) => e.querySelectorAll('tbody tr').length),
    places: boxes,
    background: getComputedStyle(document.querySelector('.stApp')).backgroundColor,
  };
}"""
BACKGROUNDS = {"light": "rgb(246, 247, 249)", "dark": "rgb(16, 22, 29)"}


@pytest.fixture(scope="module")
def looked_at(browser: Browser, server: Server) -> Iterator[Page]:
    """One tab for all screens; our policy lets no test evaluate, so it is set aside here."""
    context = browser.new_context(bypass_csp=True, locale="vi-VN", reduced_motion="reduce")
    yield context.new_page()
    context.close()


def opened(page: Page, server: Server, path: str, settled: Callable[[Page], None]) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="light", media="null")
    page.goto(f"{server.url}{path}")
    page.locator("[data-testid=stMain] h1").wait_for()
    settled(page)


def still(page: Page, settled: Callable[[Page], None]) -> dict[str, Any]:
    """The structure once two looks at it agree; a figure takes its new width a little later."""
    settled(page)
    before: dict[str, Any] = {}
    for _ in range(20):
        now: dict[str, Any] = page.evaluate(STRUCTURE)
        if now == before:
            return now
        before = now
        page.wait_for_timeout(100)
    raise AssertionError("the screen does not come to rest")


@pytest.mark.parametrize("path", PATHS)
def test_a_screen_keeps_its_structure_at_every_width_and_in_both_themes(
    looked_at: Page, server: Server, settled: Callable[[Page], None], path: str
) -> None:
    page = looked_at
    opened(page, server, path, settled)
    wide: dict[str, Any] | None = None
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        found = {}
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            expect(page.locator(".stApp")).to_have_css("background-color", BACKGROUNDS[theme])
            found[theme] = still(page, settled)
        light, dark = found["light"], found["dark"]
        wide = wide or light

        assert (light["beyond"], light["covered"], light["menu"]) == (0, 0, []), width
        assert {**dark, "background": ""} == {**light, "background": ""}, width
        assert light["headings"] == wide["headings"], width
        assert light["rows"] == wide["rows"], width
    for width in ZOOMED:
        page.set_viewport_size({"width": width, "height": 800})
        settled(page)
        assert page.evaluate(STRUCTURE)["beyond"] == 0, width


@pytest.mark.parametrize("path", ON_ONE_SHEET)
def test_a_screen_is_one_sheet_of_paper_that_names_itself(
    looked_at: Page, server: Server, settled: Callable[[Page], None], path: str
) -> None:
    opened(looked_at, server, path, settled)

    sheets = looked_at.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) == 1
    looked_at.emulate_media(media="print")
    said = looked_at.locator("p.print-only")
    expect(said).to_be_visible()
    expect(said).to_have_text(re.compile(r"^In lúc .+ · kỳ Quý III/2018 · số liệu đến \d\d/"))
    expect(looked_at.get_by_test_id("stHeader")).to_be_hidden()


def test_the_wall_shows_slides_without_the_frame(
    looked_at: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    opened(looked_at, server, "/?che-do=tuong", settled)
    for width, height in ((1920, 1080), (1440, 900), (1366, 768)):
        looked_at.set_viewport_size({"width": width, "height": height})
        found = still(looked_at, settled)

        assert (found["beyond"], found["menu"]) == (0, []), width
        main = looked_at.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollHeight - e.clientHeight") <= 0, width
        slide = looked_at.locator(".wall .on")
        assert slide.evaluate("e => e.scrollHeight - e.clientHeight") <= 0, width
    expect(looked_at.get_by_test_id("stTopNavLink")).to_have_count(0)
