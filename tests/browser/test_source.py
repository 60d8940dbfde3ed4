"""One click from a figure to its arithmetic's cell, one more to the row as it was sent."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from bench.serving import Server

LINK = "/chi-tieu?ma=budget_revenue&ky=2018-Q3"
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollWidth - main.clientWidth;
}"""


def test_from_the_figure_to_its_cell_at_every_width_to_the_file_and_back(
    page: Page, server: Server, complaints: Any
) -> None:
    page.goto(server.url + LINK)
    page.locator(".how .to-cell").first.click()

    marked = page.locator(".excerpt td.marked")
    expect(marked).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ô ")
    assert "/nguon?" in page.url
    for width in (390, 720, 900, 1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(150)
        assert page.evaluate(OVERFLOW) == 0, width
    assert page.locator("[data-testid=stTopNavLink]").filter(has_text="Nguồn").count() == 0
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải tệp SoTaiChinh").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.locator(".crumb a").first.click()
    expect(page.locator(".how")).to_be_visible()
    assert "ma=budget_revenue" in page.url
    assert complaints.lines == []
