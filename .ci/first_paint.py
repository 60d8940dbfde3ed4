"""Open the overview of a running server in Chromium and wait until it is painted.

    python .ci/first_paint.py http://127.0.0.1:8501/

Prints how long it took. Fails after two minutes, with what the page showed instead. On a
first start that includes taking in the sample workbooks, with their progress on screen.
"""

import sys
import time

from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import sync_playwright

ROWS = "[data-testid=stMain] tr[data-number]"


def main(url: str) -> int:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(locale="vi-VN")
        start = time.monotonic()
        page.goto(url)
        try:
            page.locator(ROWS).first.wait_for(timeout=120_000)
        except Late:
            print("no overview after two minutes; the page shows:")
            print(page.locator("body").inner_text())
            return 1
        print(f"overview painted after {time.monotonic() - start:.1f} s")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
