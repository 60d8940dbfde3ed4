"""From navigation to a painted overview, beside a bare "hello" page of the same Streamlit.

    python -m bench.pages

Both servers are warm; each visit has a browser context of its own, hence an empty cache; the
two pages take turns within each round, so that a busy minute hits both. *Painted* is the
second animation frame after the last expected element is in the document, by the page's
own clock, from the start of the navigation.

Then periods are switched on one open overview, from the click on the option to the second
frame after the table shows the other period; in turns with a bare page that has the same
select and one line of HTML.

Goals: overview at most 1.3 × hello; a switch in under 300 ms.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.measuring import print_table, summary, verdict
from bench.serving import CHROMIUM, fill_database, serve
from bench.start import HELLO

ROUNDS = 12
SWITCHES = 12
GOAL_RATIO = 1.3
GOAL_SWITCH_MS = 300.0
SIZE = {"width": 1440, "height": 900}

BARE_SELECT = """
import streamlit as st

names = {"2018-Q2": "Quý II/2018", "2018-Q3": "Quý III/2018"}
period = st.selectbox("period", list(names), index=1, format_func=names.get)
st.html(f'<p data-period="{period}">{period}</p>')
"""
TURNS = [("Quý II/2018", "2018-Q2"), ("Quý III/2018", "2018-Q3")]

HELLO_THERE = "!!document.querySelector('[data-testid=stMain] h1')"
NUMBERED = "[data-testid=stMain] tr[data-number]"
OVERVIEW_THERE = f"document.querySelectorAll('{NUMBERED}').length >= 17"

# Runs before the page's own scripts; looks at every change of the document.
WATCH = """
(() => {
  const there = () => %s;
  const look = () => {
    if (!there()) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.paintedAt = performance.now();
    }));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, {childList: true, subtree: true});
})();
"""

# Started by the click itself, so that nothing of the driver's own time is counted.
SWITCH = """
([wanted]) => {
  window.switchedAfter = null;
  document.addEventListener('pointerdown', () => {
    const start = performance.now();
    const shown = () => !!document.querySelector(`[data-testid=stMain] [data-period="${wanted}"]`);
    const look = () => {
      if (!shown()) { requestAnimationFrame(look); return; }
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.switchedAfter = performance.now() - start;
      }));
    };
    look();
  }, {once: true, capture: true});
}
"""


def painted_ms(browser: Browser, url: str, there: str) -> float:
    context = browser.new_context(viewport=SIZE, locale="vi-VN", bypass_csp=True)
    page = context.new_page()
    page.add_init_script(WATCH % there)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.paintedAt", timeout=60_000)
    milliseconds = float(page.evaluate("window.paintedAt"))
    context.close()
    return milliseconds


def switch_ms(page: Page, name: str, wanted: str) -> float:
    page.get_by_test_id("stSelectbox").first.locator("input").click()
    option = page.get_by_role("option", name=name)
    option.wait_for()
    page.evaluate(SWITCH, [wanted])
    option.click()
    page.wait_for_function("window.switchedAfter !== null", timeout=30_000)
    return float(page.evaluate("window.switchedAfter"))


def measure_visits(browser: Browser, hello: str, overview: str) -> tuple[list[float], list[float]]:
    pages = ((hello, HELLO_THERE), (overview, OVERVIEW_THERE))
    for url, there in pages:  # both servers have served somebody before
        for _ in range(2):
            painted_ms(browser, url, there)
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for values, (url, there) in zip(taken, pages, strict=True):
            values.append(painted_ms(browser, url, there))
    return taken


def measure_switches(browser: Browser, bare: str, ours: str) -> tuple[list[float], list[float]]:
    pages = []
    for url in (bare, ours):
        page = browser.new_context(viewport=SIZE, locale="vi-VN", bypass_csp=True).new_page()
        page.goto(url)
        page.locator("[data-testid=stMain] [data-period='2018-Q3']").first.wait_for()
        pages.append(page)
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(SWITCHES + 2):
        name, wanted = TURNS[number % 2]
        for values, page in zip(taken, pages, strict=True):
            page.bring_to_front()
            page.wait_for_timeout(300)  # Streamlit tidies up after a run; not this run's cost
            milliseconds = switch_ms(page, name, wanted)
            if number >= 2:  # the first of each period reads what the others find ready
                values.append(milliseconds)
    for page in pages:
        page.context.close()
    return taken


def main() -> int:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = Path(folder)
        database = fill_database(work / "kpi.sqlite")
        (work / "hello.py").write_text(HELLO, encoding="utf-8")
        (work / "bare_select.py").write_text(BARE_SELECT, encoding="utf-8")
        browser = playwright.chromium.launch(**CHROMIUM)
        with (
            serve(work / "hello.log", script=work / "hello.py") as bare,
            serve(work / "select.log", script=work / "bare_select.py") as select,
            serve(work / "ours.log", database=database) as ours,
        ):
            hello, overview = measure_visits(browser, f"{bare.url}/", f"{ours.url}/")
            least, switches = measure_switches(browser, f"{select.url}/", f"{ours.url}/")
        browser.close()
    columns = ["median", "least", "greatest"]
    print_table(
        "Navigation to painted, ms, empty browser cache",
        columns,
        {"bare hello": summary(hello), "overview": summary(overview)},
    )
    print_table(
        "Switch of the period, ms, click to repainted",
        columns,
        {"bare select": summary(least), "overview": summary(switches)},
    )
    goals = [
        verdict("Overview / hello", median(overview) / median(hello), GOAL_RATIO),
        verdict("Switch of the period", median(switches), GOAL_SWITCH_MS, " ms"),
    ]
    return 0 if all(goals) else 1


if __name__ == "__main__":
    sys.exit(main())
