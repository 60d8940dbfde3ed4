"""A shared link opens one indicator at one period, on a server that never showed it before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bench.serving import Server, copy_database, serve

LINK = "/chi-tieu?ma=road_hardening_rate&ky=2018-Q3"
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollWidth - main.clientWidth;
}"""


@pytest.fixture(scope="module")
def untouched(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A process whose first visitor comes by a deep link."""
    folder: Path = tmp_path_factory.mktemp("untouched")
    database = copy_database(filled, folder / "kpi.sqlite")
    with serve(folder / "log", database=database) as running:
        yield running


def test_a_deep_link_shows_the_indicator_with_its_cells_and_no_width_scrolls_sideways(
    page: Page, untouched: Server, complaints: Any, settled: Callable[[Page], None]
) -> None:
    page.goto(untouched.url + LINK)

    expect(page.get_by_role("heading", level=1)).to_contain_text("cứng hóa")
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
    settled(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Quý III/2018")
    # every figure names its file and its cell: the districts' communes behind the ratio
    expect(main).to_contain_text("CaoLoc_Q3_2018.xlsx")
    expect(main).to_contain_text("G21")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert complaints.lines == []
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        settled(page)
        assert page.evaluate(OVERFLOW) <= 0, width


@pytest.mark.parametrize("query", ["ma=no_such_indicator", "ma=road_hardening_rate&ky=2018-Q9"])
def test_a_link_with_a_mistake_is_answered_with_a_sentence(
    page: Page, untouched: Server, settled: Callable[[Page], None], query: str
) -> None:
    page.goto(f"{untouched.url}/chi-tieu?{query}")

    expect(page.locator("section.say").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_row_of_the_overview_leads_to_its_indicator(page: Page, untouched: Server) -> None:
    page.goto(untouched.url)
    row = page.locator("tr[data-number='12']")
    name = row.locator(".nm a")
    href = name.get_attribute("href") or ""

    assert href.startswith("/chi-tieu?") and "ma=road_hardening_rate" in href
    name.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("cứng hóa")
