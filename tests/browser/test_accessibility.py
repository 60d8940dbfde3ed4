"""What axe does not see: motion, forced colours, the language of the document.

Every screen by axe itself: ``test_screens``, which has opened it anyway.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from bench.serving import Server
from tests.browser.test_screens import open_screen

MOVING = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(e => getComputedStyle(e).transitionDuration.split(', ').some(d => d !== '0s')
    || getComputedStyle(e).animationName !== 'none')
  .map(e => e.className)"""
COLOURS_OF_MARKS = """() => ['.bu .bu-bar', '.chip .g'].map(name =>
  getComputedStyle(document.querySelector(`[data-testid=stMain] ${name}`)).backgroundColor)"""


def test_the_document_speaks_the_readers_language(examined: Page, server: Server) -> None:
    examined.goto(f"{server.url}/?lang=en")

    expect(examined.locator("html")).to_have_attribute("lang", "en")
    expect(examined.get_by_test_id("stSkipToContent")).to_have_text("Skip to main content")


def test_nothing_moves_for_those_who_want_no_motion(
    examined: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    open_screen(examined, server, "/", settled)
    examined.emulate_media(reduced_motion="reduce")

    assert examined.evaluate(MOVING) == []


def test_marks_keep_their_colours_where_colours_are_forced(
    examined: Page, server: Server, settled: Callable[[Page], None]
) -> None:
    open_screen(examined, server, "/?tinh-trang=at_risk", settled)
    own = examined.evaluate(COLOURS_OF_MARKS)
    examined.emulate_media(forced_colors="active")

    assert examined.evaluate(COLOURS_OF_MARKS) == own
    chosen = examined.locator(".strip .cell[aria-pressed=true]")
    assert chosen.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
