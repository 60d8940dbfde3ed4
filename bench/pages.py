"""From navigation to a painted overview, beside "hello" and beside twelve Plotly charts.

    python -m bench.pages

All servers are warm; each visit has a browser context of its own, hence an empty cache; the
pages take turns within each round, so that a busy minute hits both. *Painted* is the
second animation frame after the last expected element is in the document, by the page's
own clock, from the start of the navigation. The overview is in the document twice: first as the
first page carries it, then as the frame has drawn it. The goals are about the first, which a
reader waits for; the second, when all of it can be used, stands beside it.

Then periods are switched on one open overview, from the choice to the second frame after the
table shows the other period; in turns with a bare page that has a select and one line of
HTML. On the same page rows are opened, from the click to the second frame after the
indicator's head is there, each followed by the way back.

Goals: overview at most 1.25 × hello and half of the twelve charts; a switch and a row in under
200 ms; the overview's own HTML with its style sheet at most 120 kB after compression.
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from bench.measuring import print_table, summary, verdict
from bench.serving import CHROMIUM, fill_database, serve
from bench.start import HELLO

ROUNDS = 9
SWITCHES = 9
ROWS = 9
GOAL_RATIO = 1.25
GOAL_CHARTS = 0.5
GOAL_SWITCH_MS = 200.0
GOAL_ROW_MS = 200.0
GOAL_HTML_KB = 120.0
SIZE = {"width": 1440, "height": 900}

BARE_SELECT = """
import streamlit as st

names = {"2018-Q2": "Quý II/2018", "2018-Q3": "Quý III/2018"}
period = st.selectbox("period", list(names), index=1, format_func=names.get)
st.html(f'<p data-period="{period}">{period}</p>')
"""
# The same content as charts: a bar and its plan for each target.
CHARTS = """
import plotly.graph_objects as go
import streamlit as st

st.title("12 charts")
for number in range(12):
    figure = go.Figure(go.Bar(x=[4482 + number], y=["thực hiện"], orientation="h"))
    figure.add_vline(x=6296)
    figure.update_layout(height=120, separators=",.")
    st.plotly_chart(figure, key=f"chart-{number}")
"""
CHARTS_THERE = "document.querySelectorAll('.stPlotlyChart .bars path').length >= 12"
OWN_HTML = """async () => {
  const style = await fetch(document.querySelector('link[rel=stylesheet][href*="/kpi."]').href);
  const blocks = [...document.querySelectorAll('[data-testid=stHtml]')];
  return await style.text() + blocks.map(block => block.innerHTML).join('');
}"""
TURNS = [("Quý II/2018", "2018-Q2"), ("Quý III/2018", "2018-Q3")]

HELLO_THERE = "!!document.querySelector('[data-testid=stMain] h1')"
NUMBERED = "[data-testid=stMain] tr[data-number]"
READ_THERE = "document.querySelectorAll('tr[data-number]').length >= 17"
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

# Started by the reader's own event, so that nothing of the driver's own time is counted.
REACT = """
([event, wanted]) => {
  window.reactedAfter = null;
  document.addEventListener(event, () => {
    const start = performance.now();
    const look = () => {
      if (!document.querySelector(wanted)) { requestAnimationFrame(look); return; }
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.reactedAfter = performance.now() - start;
      }));
    };
    look();
  }, {once: true, capture: true});
}
"""
INDICATOR_THERE = "[data-testid=stMain] nav.crumb"


def painted_ms(browser: Browser, url: str, there: str) -> float:
    context = browser.new_context(viewport=SIZE, locale="vi-VN", bypass_csp=True)
    page = context.new_page()
    page.add_init_script(WATCH % there)
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.paintedAt", timeout=60_000)
    milliseconds = float(page.evaluate("window.paintedAt"))
    context.close()
    return milliseconds


def reaction_ms(page: Page, event: str, wanted: str, act: Callable[[], object]) -> float:
    page.evaluate(REACT, [event, wanted])
    act()
    page.wait_for_function("window.reactedAfter !== null", timeout=30_000)
    return float(page.evaluate("window.reactedAfter"))


def switch_ms(page: Page, name: str, wanted: str) -> float:
    shows = f"[data-testid=stMain] [data-period='{wanted}']"
    ours = page.locator("select[name=ky]")
    if ours.count():
        return reaction_ms(page, "change", shows, lambda: ours.select_option(wanted))
    page.get_by_test_id("stSelectbox").first.locator("input").click()
    option = page.get_by_role("option", name=name)
    option.wait_for()
    return reaction_ms(page, "pointerdown", shows, option.click)


def measure_rows(browser: Browser, ours: str) -> list[float]:
    """Rows one after the other; the first fetches what the indicator's screen is drawn by."""
    page = browser.new_context(viewport=SIZE, locale="vi-VN", bypass_csp=True).new_page()
    page.goto(ours)
    taken = []
    for number in range(ROWS + 1):
        row = page.locator(NUMBERED).nth(number).locator(".nm a")
        row.wait_for()
        page.wait_for_timeout(300)
        taken.append(reaction_ms(page, "click", INDICATOR_THERE, row.click))
        page.wait_for_timeout(300)
        page.go_back()
    page.context.close()
    return taken[1:]


def measure_visits(browser: Browser, hello: str, overview: str, charts: str) -> list[list[float]]:
    pages = (
        (hello, HELLO_THERE),
        (overview, READ_THERE),
        (overview, OVERVIEW_THERE),
        (charts, CHARTS_THERE),
    )
    for url, there in pages:  # all servers have served somebody before
        for _ in range(2):
            painted_ms(browser, url, there)
    taken: list[list[float]] = [[] for _ in pages]
    for _ in range(ROUNDS):
        for values, (url, there) in zip(taken, pages, strict=True):
            values.append(painted_ms(browser, url, there))
    return taken


def html_kb(browser: Browser, url: str) -> float:
    """Our own blocks with the style sheet, compressed as a proxy would."""
    context = browser.new_context(viewport=SIZE, locale="vi-VN")
    page = context.new_page()
    page.goto(url)
    page.locator(NUMBERED).last.wait_for()
    html = str(page.evaluate(OWN_HTML))
    context.close()
    return len(gzip.compress(html.encode())) / 1000


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
        (work / "charts.py").write_text(CHARTS, encoding="utf-8")
        (work / "bare_select.py").write_text(BARE_SELECT, encoding="utf-8")
        browser = playwright.chromium.launch(**CHROMIUM)
        with (
            serve(work / "hello.log", script=work / "hello.py") as bare,
            serve(work / "select.log", script=work / "bare_select.py") as select,
            serve(work / "charts.log", script=work / "charts.py") as charts,
            serve(work / "ours.log", database=database) as ours,
        ):
            hello, overview, drawn, plotly = measure_visits(
                browser, f"{bare.url}/", f"{ours.url}/", f"{charts.url}/"
            )
            kilobytes = html_kb(browser, f"{ours.url}/")
            least, switches = measure_switches(browser, f"{select.url}/", f"{ours.url}/")
            rows = measure_rows(browser, f"{ours.url}/")
        browser.close()
    columns = ["median", "least", "greatest"]
    print_table(
        "Navigation to painted, ms, empty browser cache",
        columns,
        {
            "bare hello": summary(hello),
            "overview, to be read": summary(overview),
            "overview, drawn by the frame": summary(drawn),
            "12 Plotly charts": summary(plotly),
        },
    )
    print_table(
        "Without loading the page anew, ms, choice or click to repainted",
        columns,
        {
            "bare select": summary(least),
            "switch of the period": summary(switches),
            "opening a row": summary(rows),
        },
    )
    print(f"\nDrawn by the frame / hello: {median(drawn) / median(hello):.2f}")
    goals = [
        verdict("Overview / hello", median(overview) / median(hello), GOAL_RATIO),
        verdict("Overview / 12 Plotly charts", median(overview) / median(plotly), GOAL_CHARTS),
        verdict("HTML of the overview, compressed", kilobytes, GOAL_HTML_KB, " kB"),
        verdict("Switch of the period", median(switches), GOAL_SWITCH_MS, " ms"),
        verdict("Opening a row", median(rows), GOAL_ROW_MS, " ms"),
    ]
    return 0 if all(goals) else 1


if __name__ == "__main__":
    sys.exit(main())
