"""The district's page in a real browser: no width scrolls sideways, arrow keys go on."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from bench.serving import Server

MINUTE = 60_000
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollWidth - main.clientWidth;
}"""


def visit(page: Page, server: Server, query: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/huyen-tp?{query}")
    expect(page.locator("tr[data-number]").first).to_be_visible(timeout=MINUTE)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=MINUTE)


def test_no_width_scrolls_sideways_and_arrow_keys_go_to_the_next_district_and_back(
    page: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    visit(page, server, "don-vi=183")
    for width in (1440, 1024, 900, 720, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        assert page.evaluate(OVERFLOW) == 0, width
        expect(page.locator(".pk").first).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    settled(page)
    heading = page.locator("h1")

    page.keyboard.press("ArrowRight")
    expect(heading).to_have_text("Huyện Văn Quan", timeout=MINUTE)
    expect(page).to_have_url(re.compile("don-vi=184"))

    settled(page)
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text("Huyện Cao Lộc", timeout=MINUTE)
