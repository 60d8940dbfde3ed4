"""Links inside our blocks: quick where the script runs, and Back shows what it should."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bench.serving import Server

ROWS = "[data-testid=stMain] tr[data-number]"


def open_overview(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(server.url)
    expect(page.locator(ROWS)).to_have_count(17)
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.evaluate("window.sameDocument = true")


def test_a_filter_and_a_row_do_not_load_the_page_anew(page: Page, server: Server) -> None:
    open_overview(page, server)

    page.locator(".strip .cell").nth(1).click()
    expect(page.locator(".filtering")).to_be_visible()
    assert "tinh-trang=on_track" in page.url
    page.locator(f"{ROWS} .nm a").first.click()
    page.wait_for_url("**/chi-tieu?ma=*")
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()

    assert page.evaluate("window.sameDocument")


def test_back_shows_what_its_address_says(page: Page, server: Server) -> None:
    open_overview(page, server)
    page.locator(".strip .cell").nth(1).click()
    expect(page.locator(".filtering")).to_be_visible()
    filtered, rows = page.url, page.locator(ROWS).count()
    page.locator(f"{ROWS} .nm a").first.click()
    page.wait_for_url("**/chi-tieu?ma=*")
    # the figure, not the heading: the overview has one too, and it stays until the end
    expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()

    page.go_back()

    expect(page.locator(ROWS)).to_have_count(rows)
    assert page.url == filtered


def test_a_screen_reached_by_the_menu_is_one_step_for_back(page: Page, server: Server) -> None:
    """It takes the chosen period into its address by itself; that is no step of its own."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{server.url}/?ky=2018-Q2")
    expect(page.locator(ROWS)).to_have_count(17)
    page.get_by_test_id("stTopNavLink").nth(2).click()
    page.wait_for_url("**/huyen-tp?ky=2018-Q2")

    page.go_back()

    expect(page.locator(ROWS)).to_have_count(17)
    assert page.url.endswith("/?ky=2018-Q2")


@pytest.mark.parametrize("pause", [0, 60, 120, 240])
def test_back_before_the_next_screen_is_drawn(page: Page, server: Server, pause: int) -> None:
    """Between two screens nothing of ours is drawn, and Back must be ours all the same."""
    open_overview(page, server)
    page.locator(".strip .cell").nth(1).click()
    expect(page.locator(".filtering")).to_be_visible()
    filtered, rows = page.url, page.locator(ROWS).count()
    page.locator(f"{ROWS} .nm a").first.click()
    page.wait_for_url("**/chi-tieu?ma=*", wait_until="commit")
    page.wait_for_timeout(pause)

    page.go_back(wait_until="commit")

    expect(page.locator(".filtering")).to_be_visible()
    expect(page.locator(ROWS)).to_have_count(rows)
    assert page.url == filtered


def test_the_space_bar_presses_a_light_as_it_presses_a_button(page: Page, server: Server) -> None:
    open_overview(page, server)
    light = page.locator(".strip .cell").nth(2)
    light.focus()

    page.keyboard.press("Space")
    expect(page.locator(".filtering")).to_be_visible()

    expect(light).to_have_attribute("aria-pressed", "true")


def test_the_figures_take_on_the_readers_other_theme(page: Page, server: Server) -> None:
    """They are drawn in colours that the server has to choose."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{server.url}/chi-tieu?ma=budget_revenue&ky=2018-Q3")
    done = page.get_by_test_id("stPlotlyChart").first.locator(".scatterlayer path.js-line").last
    expect(done).to_have_css("stroke", "rgb(43, 57, 72)")

    page.emulate_media(color_scheme="dark")

    expect(done).to_have_css("stroke", "rgb(211, 219, 227)", timeout=15_000)


def test_one_quote_at_a_time_and_none_after_escape(page: Page, server: Server) -> None:
    open_overview(page, server)
    opened = page.locator("details.q[open]")

    page.locator(f"{ROWS} details.q summary").nth(0).click()
    expect(opened).to_have_count(1)
    page.locator(f"{ROWS} details.q summary").nth(16).click()
    expect(opened).to_have_count(1)
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    page.locator(f"{ROWS} details.q summary").nth(0).click()
    expect(opened).to_have_count(1)
    page.locator("[data-testid=stMain] h1").click()

    expect(opened).to_have_count(0)


def test_the_overview_is_read_before_the_frame_runs_and_stays_as_its_reader_left_it(
    page: Page, browser: Browser, server: Server
) -> None:
    """The frame's script is held back; then it takes over what was opened and scrolled to."""
    open_overview(page, server)  # the server has got ready
    page = browser.new_page(viewport={"width": 1440, "height": 600})
    held: list[Route] = []
    page.route("**/static/js/index.*.js", lambda route: held.append(route))
    page.goto(server.url, wait_until="commit")
    early = page.locator("#first tr[data-number]")
    expect(early).to_have_count(17)
    place = early.nth(16).bounding_box()
    early.nth(16).locator("summary").click()  # scrolls to it
    before = page.evaluate("document.querySelector('#first').scrollTop")

    for route in held:
        route.continue_()

    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator(f"{ROWS} details.q[open]")).to_have_count(1)
    expect(page.locator(ROWS).nth(16).locator("summary")).to_be_focused()
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == before > 0
    page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop = 0")
    assert page.locator(ROWS).nth(16).bounding_box() == place
    page.close()


def test_the_other_language_keeps_the_view(page: Page, server: Server) -> None:
    open_overview(page, server)
    page.goto(f"{server.url}/?ky=2018-Q2")
    expect(page.locator("table.sum[data-period='2018-Q2']")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "vi")

    page.locator("a.language[hreflang]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("table.sum[data-period='2018-Q2']")).to_be_visible()
    expect(page.locator(".choices option:checked").first).to_have_text("Q2 2018 (6 months to date)")
