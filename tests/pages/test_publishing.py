"""Publishing from Tổng quan: for those who may, once for the same figures, on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import bootstrap
from pages import people
from store import publications
from workflow.actors import LOCAL_USER

OpenPage = Callable[..., AppTest]
PAGE = "pages/overview.py"


def said(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def kept() -> list[str]:
    with bootstrap.session_factory()() as session:
        one = publications.newest(session)
    return [] if one is None else [one.period]


def test_a_period_is_published_once_for_the_same_figures(
    open_page: OpenPage, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "actor", lambda: LOCAL_USER)
    app = open_page(PAGE, ky="2018-Q3")

    app.button(key="publish").click().run()
    first = said(app)
    app.button(key="publish").click().run()

    assert "Đã công bố quý III/2018" in first
    assert "không đổi từ lần công bố" in said(app)
    assert kept() == ["2018-Q3"]


def test_who_has_not_signed_in_is_not_offered_it(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "actor", lambda: None)
    app = open_page(PAGE, ky="2018-Q3")

    assert [button.key for button in app.button if button.key == "publish"] == []
    assert kept() == []
