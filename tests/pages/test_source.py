"""From a cell's address to the row as it was sent, and what a broken link is told."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

import bootstrap
from store import submissions
from texts import say

SHEET = "Quý III-2018"


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


@pytest.fixture
def number(database: Path) -> str:
    """The submission of Cao Lộc's report for quý III."""
    with bootstrap.session_factory()() as session:
        found = submissions.listed(session, reporter="183", period="2018-Q3")
    return str(found[-1].id)


def test_the_cell_is_marked_in_its_row(open_page, number):
    app = open_page("pages/source.py", ban=number, o=f"{SHEET}!G19", ma="budget_revenue")

    html = blocks(app)
    assert not app.exception
    assert "<h1>Ô G19, trang Quý III-2018</h1>" in html
    assert re.search(r'<td class="num marked" aria-current="true">269,1<span class="sr">', html)
    assert "CaoLoc_Q3_2018.xlsx" in html
    assert 'href="/chi-tieu?ma=budget_revenue' in html
    labels = [one.label for one in app.get("download_button")]
    assert labels == ["Tải Excel", "Tải CSV", "Tải tệp CaoLoc_Q3_2018.xlsx"]


def test_every_cell_of_the_indicators_table_leads_there(open_page):
    page = open_page("pages/indicator.py", ma="budget_revenue", ky="2018-Q3")
    links = [unescape(href) for href in re.findall(r'href="(/nguon\?[^"]*)"', blocks(page))]

    assert len(links) >= 11
    query = dict(parse_qsl(urlsplit(links[-1]).query))
    html = blocks(
        open_page("pages/source.py", **{k.replace("-", "_"): v for k, v in query.items()})
    )
    assert 'class="num marked"' in html


@pytest.mark.parametrize("found", ["999999", "abc", "-1", "²", "9" * 40, "<b>"])
def test_an_unknown_submission_is_answered_with_a_sentence(open_page, found):
    app = open_page("pages/source.py", ban=found, o=f"{SHEET}!G19")

    assert not app.exception
    assert "Không có lần nộp" in blocks(app)
    assert "<b>”" not in blocks(app)


def test_without_a_submission_it_says_where_such_a_link_stands(open_page):
    app = open_page("pages/source.py")

    assert not app.exception
    assert say("source.no_submission", "vi") in blocks(app)


@pytest.mark.parametrize("address", ["Trang khác!G19", f"{SHEET}!G1900", "G19!", f"{SHEET}!<i>"])
def test_an_unknown_cell_still_offers_the_file(open_page, number, address):
    app = open_page("pages/source.py", ban=number, o=address)

    html = blocks(app)
    assert not app.exception
    assert "không có ô" in html or "không nói ô nào" in html
    assert "<i>" not in html.split("<section")[-1]
    assert len(app.get("download_button")) == 1


def test_the_page_speaks_english(open_page, number):
    html = blocks(open_page("pages/source.py", ban=number, o=f"{SHEET}!G19", lang="en"))

    assert "Cell G19, sheet Quý III-2018" in html
    assert ">269.1<" in html
