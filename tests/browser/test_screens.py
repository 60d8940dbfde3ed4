"""Every screen by axe-core, at three widths, in both themes, on paper; and the wall.

A screen is opened once for all of this and then only resized and recoloured, as a reader
would. By axe against WCAG 2.2 AA; in the dark theme only what depends on colour is asked
again. Words that belong to Streamlit's frame are looked for in English where the screen is
Vietnamese. What must hold everywhere: nothing scrolls sideways, nothing covers the menu, no
card covers another, the theme moves nothing, and no width loses a heading or a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect

from bench.serving import Server
from pages.addresses import SCREENS
from reports.html.frame_words import frame_words
from reports.html.sign_in import SIGN_IN
from tests.browser.walk import SECTIONS

Settled = Callable[[Page], None]
WIDTHS = {1440: 900, 1024: 768, 390: 844}
USUAL = {"width": 1440, "height": 900}
HALVED = {"width": 720, "height": 450}  # the usual at 200 %
ZOOMED = (900, 720)  # what 160 and 200 % of magnification leave of a wide screen
# The indicator's own choice when its address names none is this one.
SHOWN = {"chi-tieu": "chi-tieu?ma=grdp_growth"}
PATHS = [f"/{SHOWN.get(entry.path, entry.path)}" for entry in SCREENS]
ALL_PATHS = [*PATHS, *(f"/quan-tri?muc={section}" for section in SECTIONS), SIGN_IN]
ON_ONE_SHEET = [
    "/", "/chi-tieu?ma=grdp_growth", "/huyen-tp", "/linh-vuc", "/tinh-hinh-nop",
    "/linh-vuc?linh-vuc=structure",
]  # fmt: skip
TITLES = {"/": "Tổng quan", "/huyen-tp": "Huyện, TP", "/thay-doi": "Số liệu tại ngày"}
# It costs a second that seventeen bullets do not need.
WITHOUT_PLOTLY = ["/", "/thi-dua", "/tinh-hinh-nop", "/nhiem-vu", "/nguon"]

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALL_RULES = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
# What Streamlit itself breaks: (rule, part of the element) and why nothing of ours helps.
STREAMLITS: dict[tuple[str, str], str] = {}

OVERFLOW = """() => {
  const main = document.querySelector('[data-testid=stMain]') ?? document.documentElement;
  return main.scrollWidth - main.clientWidth;
}"""
FRAME_SAYS = """() => [...document.querySelectorAll('body *')]
  .filter(e => !e.closest('[data-testid=stHtml]'))
  .flatMap(e => [
    ...['aria-label', 'aria-valuetext', 'alt', 'title', 'placeholder'].map(
      name => e.getAttribute(name)),
    ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data),
  ]).filter(Boolean).map(text => text.trim())"""
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


@dataclass
class Opened:
    """A screen in the tab, and what the browser asked for until it was drawn."""

    path: str
    page: Page
    asked: list[str] = field(default_factory=list)

    def hear(self, request: Request) -> None:
        self.asked.append(request.url)


@pytest.fixture(scope="module")
def screen(
    request: pytest.FixtureRequest, examined: Page, server: Server, settled: Settled
) -> Opened:
    """One screen, opened once for every test that looks at it."""
    opened = Opened(request.param, examined)
    examined.on("request", opened.hear)
    open_screen(examined, server, opened.path, settled)
    examined.remove_listener("request", opened.hear)
    return opened


def open_screen(page: Page, server: Server, path: str, settled: Settled) -> None:
    as_at_first(page)
    page.goto(f"{server.url}{path}")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    if path != SIGN_IN:
        page.locator("[data-testid=stMain] h1").wait_for()
        settled(page)


def as_at_first(page: Page) -> None:
    page.set_viewport_size(USUAL)
    page.emulate_media(
        media="null", color_scheme="light", reduced_motion="null", forced_colors="null"
    )


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """What axe finds, without Streamlit's own."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
        if not any(one["id"] == rule and part in node["html"] for rule, part in STREAMLITS)
    ]


@pytest.mark.parametrize("screen", ON_ONE_SHEET, indirect=True)
def test_a_screen_is_one_sheet_of_paper_that_names_itself(screen: Opened) -> None:
    page = screen.page
    sheets = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) == 1
    page.emulate_media(media="print")
    said = page.locator("p.print-only")
    expect(said).to_be_visible()
    expect(said).to_have_text(re.compile(r"^In lúc .+ · kỳ Quý III/2018 · số liệu đến \d\d/"))
    expect(page.get_by_test_id("stHeader")).to_be_hidden()


@pytest.mark.parametrize("screen", ALL_PATHS, indirect=True)
def test_a_screen_is_accessible(screen: Opened) -> None:
    page = screen.page
    as_at_first(page)

    assert violations(page, ALL_RULES) == []
    assert page.get_by_role("heading", level=1).count() == 1
    if screen.path != SIGN_IN:
        assert sorted(set(page.evaluate(FRAME_SAYS)) & set(frame_words("vi"))) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOURS) == []
    page.set_viewport_size(HALVED)
    assert page.evaluate(OVERFLOW) <= 0


def still(page: Page, settled: Settled) -> dict[str, Any]:
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


@pytest.mark.parametrize("screen", PATHS, indirect=True)
def test_a_screen_keeps_its_structure_at_every_width_and_in_both_themes(
    screen: Opened, settled: Settled
) -> None:
    page = screen.page
    page.emulate_media(reduced_motion="reduce")
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


@pytest.mark.parametrize("screen", [*WITHOUT_PLOTLY, "/huyen-tp"], indirect=True)
def test_plotly_is_loaded_only_where_something_is_drawn_by_it(screen: Opened) -> None:
    asked = any("plotly" in url.lower() for url in screen.asked)

    assert asked is (screen.path not in WITHOUT_PLOTLY)


@pytest.mark.parametrize("screen", TITLES, indirect=True)
def test_a_screen_has_a_title_of_its_own(screen: Opened) -> None:
    assert screen.page.title().split(" – ")[0] == TITLES[screen.path]


def test_the_wall_shows_slides_without_the_frame(
    examined: Page, server: Server, settled: Settled
) -> None:
    page = examined
    open_screen(page, server, "/?che-do=tuong", settled)
    page.emulate_media(reduced_motion="reduce")
    for width, height in ((1920, 1080), (1440, 900), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        found = still(page, settled)

        assert (found["beyond"], found["menu"]) == (0, []), width
        main = page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollHeight - e.clientHeight") <= 0, width
        slide = page.locator(".wall .on")
        assert slide.evaluate("e => e.scrollHeight - e.clientHeight") <= 0, width
    expect(page.get_by_test_id("stTopNavLink")).to_have_count(0)
