"""What a printed sheet says about itself: one line, above everything else of the screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from kpi.periods import Period
from reports.html import overview

LINE = re.compile(r'<p class="print-only" lang="vi">([^<]*)</p>')
OF_FIGURES = ("pages/overview.py", "pages/indicator.py", "pages/district.py", "pages/sector.py")


def printed(app: AppTest) -> str:
    blocks = [element.proto.body for element in app.get("html")]
    (found,) = LINE.findall("\n".join(blocks))
    heading = next(i for i, block in enumerate(blocks) if "<h1" in block)
    assert LINE.search("\n".join(blocks[:heading])), "above the heading"
    return str(found)


@pytest.mark.parametrize("page", OF_FIGURES)
def test_a_sheet_of_figures_says_when_of_which_period_and_how_new(
    open_page: Callable[..., AppTest], page: str
) -> None:
    found = printed(open_page(None if page == "pages/overview.py" else page))

    assert re.fullmatch(
        r"In lúc \d\d/\d\d/\d{4} \d\d:\d\d · kỳ Quý III/2018 · số liệu đến \d\d/10/2018", found
    )


def test_another_sheet_does_not_carry_the_period_of_the_screen_before(
    open_page: Callable[..., AppTest],
) -> None:
    found = printed(open_page("pages/changes.py"))

    assert re.fullmatch(r"In lúc \d\d/\d\d/\d{4} \d\d:\d\d", found)


def test_whoever_has_signed_in_is_named() -> None:
    moment = datetime(2018, 10, 9, 2, 12, tzinfo=UTC)

    said = overview.printed(Period(2018, 3), date(2018, 10, 9), moment, "Lê <Thu>", "vi")

    assert "In lúc 09/10/2018 09:12 · người in Lê &lt;Thu&gt; · kỳ Quý III/2018" in said
