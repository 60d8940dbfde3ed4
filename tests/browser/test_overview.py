"""The overview in a real browser: the same rows at every width and in both themes.

Compared by structure, not by pixels: the numbered rows, their words and marks, what
overflows, what the browser complains about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from playwright.sync_api import Page, expect

from bench.serving import Server

Theme = Literal["light", "dark"]
NUMBERED = "[data-testid=stMain] tr[data-number]"
WIDTHS = {1440: 900, 1024: 768, 390: 844}
BACKGROUNDS: dict[Theme, str] = {"light": "rgb(246, 247, 249)", "dark": "rgb(16, 22, 29)"}

READ_ROWS = """
rows => rows.map(row => ({
  number: row.dataset.number,
  name: row.querySelector('.nm a').textContent.trim(),
  status: row.dataset.status,
  chip: row.querySelector('.st .chip')?.textContent.trim() ?? '',
  value: row.querySelector('.va b').textContent.trim(),
}))
"""
READ_CHIPS = """
chips => chips.map(chip => {
  const glyph = chip.querySelector('.g');
  const box = glyph ? glyph.getBoundingClientRect() : {width: 0, height: 0};
  const style = glyph ? getComputedStyle(glyph) : null;
  const mask = style ? (style.maskImage || style.webkitMaskImage) : '';
  const said = [...chip.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('');
  return {
    words: said.trim(), wide: box.width, high: box.height, masked: mask.includes('svg'),
    seen: chip.checkVisibility(),
  };
})
"""
ALONE = """
quotes => quotes.filter(quote => quote.checkVisibility()).filter(quote => {
  const line = [...quote.previousElementSibling.getClientRects()].pop();
  return quote.querySelector('summary').getBoundingClientRect().top >= line.bottom - 4;
}).length
"""
NAME_BESIDE = "mark => getComputedStyle(mark.parentElement, '::before').content"
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollWidth - main.clientWidth;
}"""


def open_overview(page: Page, server: Server, width: int, theme: Theme) -> list[dict[str, str]]:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.emulate_media(color_scheme=theme)
    page.goto(server.url)
    expect(page.locator(NUMBERED)).to_have_count(17)
    rows: list[dict[str, str]] = page.locator(NUMBERED).evaluate_all(READ_ROWS)
    return rows


def test_every_view_has_the_same_rows_and_none_scrolls_sideways(
    page: Page, server: Server, complaints: Any, settled: Callable[[Page], None]
) -> None:
    """In the theme a reader prefers, which may change while the page is open."""
    expected = open_overview(page, server, 1440, "light")
    assert [row["number"] for row in expected] == [str(number) for number in range(1, 18)]
    last = page.locator(NUMBERED).last.bounding_box()
    assert last is not None and last["y"] + last["height"] <= 900  # above the fold
    assert "LẠNG SƠN" in page.get_by_test_id("stHeaderLogo").evaluate(NAME_BESIDE)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in BACKGROUNDS:
            page.emulate_media(color_scheme=theme)
            expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUNDS[theme])
            settled(page)

            assert page.locator(NUMBERED).evaluate_all(READ_ROWS) == expected
            assert page.evaluate(OVERFLOW) <= 0
            are_shapes_and_words(page.locator(f"{NUMBERED} .chip").evaluate_all(READ_CHIPS))
    assert complaints.lines == []


def are_shapes_and_words(chips: list[dict[str, Any]]) -> None:
    """Never a colour alone."""
    assert len(chips) == 17
    for chip in chips:
        assert chip["seen"] and chip["words"]
        assert chip["masked"] and chip["wide"] >= 10 and chip["high"] >= 10


def test_a_quote_mark_stays_with_its_names_last_word_and_opens_a_sheet_on_a_phone(
    page: Page, server: Server
) -> None:
    open_overview(page, server, 390, "light")
    quotes = page.locator(f"{NUMBERED} details.q")

    for width in range(360, 450, 10):
        page.set_viewport_size({"width": width, "height": 844})
        assert quotes.evaluate_all(ALONE) == 0, width
    page.set_viewport_size({"width": 390, "height": 844})
    quotes.first.locator("summary").click()
    sheet = quotes.first.locator(".qp").bounding_box()
    assert sheet is not None
    assert (sheet["x"], sheet["width"]) == (12, 366)
    assert sheet["y"] + sheet["height"] == 832


def test_a_chosen_period_repaints_the_table_and_goes_into_the_address(
    page: Page, server: Server
) -> None:
    open_overview(page, server, 1440, "light")
    page.locator("select[name=ky]").select_option("2018-Q2")

    expect(page.locator("table.sum[data-period='2018-Q2']")).to_be_visible()
    assert "ky=2018-Q2" in page.url


def test_whoever_chooses_by_keyboard_stays_where_they_were(page: Page, server: Server) -> None:
    """The block is drawn anew with the select in it."""
    open_overview(page, server, 1440, "light")
    page.locator("select[name=linh-vuc]").focus()
    page.keyboard.press("ArrowDown")

    expect(page.locator(NUMBERED)).to_have_count(4)
    expect(page.locator("select[name=linh-vuc]")).to_be_focused()


def test_a_status_in_the_strip_shows_its_rows_only(page: Page, server: Server) -> None:
    rows = open_overview(page, server, 1440, "light")
    at_risk = [row["number"] for row in rows if row["status"] == "at_risk"]
    page.goto(f"{server.url}/?tinh-trang=at_risk")

    expect(page.locator(NUMBERED)).to_have_count(len(at_risk))
    shown = page.locator(NUMBERED).evaluate_all(READ_ROWS)
    assert [row["number"] for row in shown] == at_risk
