"""The published overview beside a bare HTML page with twelve charts as SVG, to painted.

    python -m bench.published

The bare page is what a person would write by hand: a heading and twelve bar charts of one
series with its plan, no style sheet, handed out by Python's own file server. Ours is
``/cong-bo/`` of the product's server, with what it always does. Both warm, each visit with an
empty browser cache, in turns. *Painted* as in ``bench.pages``.

Goal: at most 1.5 × the bare page.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from bench.measuring import print_table, summary, verdict
from bench.pages import painted_ms
from bench.serving import CHROMIUM, PATIENCE, ROOT, fill_database, serve, url_of

ROUNDS = 9
GOAL_RATIO = 1.5
THERE = "document.querySelectorAll('svg').length >= 12"  # the bare page has nothing after it
ALL_THERE = "!!document.querySelector('footer')"
_QUARTERS = 12
_WIDE, _HIGH, _BAR = 320, 120, 18


def bare_page() -> str:
    """Twelve charts of twelve bars, a plan line and labels each."""
    charts = "".join(_chart(number) for number in range(12))
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>12</title></head>'
        f"<body><h1>12 biểu đồ</h1>{charts}</body></html>"
    )


def _chart(number: int) -> str:
    heights = [20 + (number * 7 + quarter * 5) % 70 for quarter in range(_QUARTERS)]
    bars = "".join(
        f'<rect x="{n * 26 + 4}" y="{_HIGH - 20 - h}" width="{_BAR}" height="{h}" fill="#2b3948"/>'
        f'<text x="{n * 26 + 13}" y="{_HIGH - 6}" font-size="9" text-anchor="middle">{h}</text>'
        for n, h in enumerate(heights)
    )
    plan = f'<path d="M0 30H{_WIDE}" stroke="#4f78b3" stroke-width="2"/>'
    return f'<svg width="{_WIDE}" height="{_HIGH}" role="img">{bars}{plan}</svg>'


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


@contextmanager
def hand_out(folder: Path) -> Iterator[str]:
    """The address of a folder while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def publish(database: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "publish", "-o", str(folder)],
        cwd=ROOT,
        env={**os.environ, "KPI_DATABASE_URL": url_of(database)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def wait_until_ready(url: str) -> None:
    """The server answers at once, with a sentence until its database is ready."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(url, timeout=5):
                return
        except HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} is not ready")


def main() -> int:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = Path(folder)
        database = fill_database(work / "kpi.sqlite")
        publish(database, work / "cong-bo")
        (work / "bare").mkdir()
        (work / "bare" / "index.html").write_text(bare_page(), encoding="utf-8")
        browser = playwright.chromium.launch(**CHROMIUM)
        with (
            hand_out(work / "bare") as bare,
            hand_out(work / "cong-bo") as copied,
            serve(work / "ours.log", database=database) as ours,
        ):
            wait_until_ready(f"{ours.url}/cong-bo/")
            visits = (
                (f"{bare}/", THERE),
                (f"{ours.url}/cong-bo/", ALL_THERE),
                (f"{copied}/", ALL_THERE),
            )
            taken: tuple[list[float], ...] = ([], [], [])
            for number in range(ROUNDS + 2):
                for values, (url, there) in zip(taken, visits, strict=True):
                    milliseconds = painted_ms(browser, url, there)
                    if number >= 2:  # everybody has served somebody before
                        values.append(milliseconds)
        browser.close()
    plain, served, from_folder = taken
    print_table(
        "Navigation to painted, ms, empty browser cache",
        ["median", "least", "greatest"],
        {
            "bare page, 12 SVG charts": summary(plain),
            "/cong-bo/ of the server": summary(served),
            "the same page out of the folder": summary(from_folder),
        },
    )
    ratio = median(served) / median(plain)
    return 0 if verdict("Published overview / bare page", ratio, GOAL_RATIO) else 1


if __name__ == "__main__":
    sys.exit(main())
