"""Nhiệm vụ through the navigation: the table, the form, and what is late on the overview."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import bootstrap
from kpi.milestones import State, Word
from workflow.actors import LOCAL_USER
from workflow.milestones import record

PAGE = "pages/milestones.py"


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def say_late() -> None:
    record(
        bootstrap.session_factory(),
        LOCAL_USER,
        bootstrap.definitions(),
        Word("exemplars_conference", State.IN_PROGRESS, 30, date(2018, 9, 30), "Kế hoạch 7"),
        at=bootstrap.now(),
    )


def test_every_commitment_has_its_row(open_page) -> None:
    app = open_page(PAGE)
    assert not app.exception
    html = blocks(app)
    for id_ in bootstrap.definitions().commitments:
        assert f'data-commitment="{id_}"' in html
    assert "Chưa nhiệm vụ nào được cập nhật." in html
    assert html.count("<h1") == 1


def test_what_is_late_is_on_the_overview_and_leads_here(database: Path, open_page) -> None:
    assert "quá hạn:" not in blocks(open_page())
    say_late()
    html = blocks(open_page())
    assert "1 nhiệm vụ của bản phát động quá hạn:" in html
    assert "/nhiem-vu?ky=2018-Q3" in html
    screen = blocks(open_page(PAGE, lang="en"))
    assert "1 of 8 commitments are late" in screen
    assert "Kế hoạch 7" in screen


def test_the_form_records_a_word(open_page) -> None:
    app = open_page(PAGE)
    chosen = "border_economic_zone"
    app.selectbox(f"milestone-state-{chosen}").select(State.IN_PROGRESS)
    app.number_input(f"milestone-progress-{chosen}").set_value(55)
    app.text_input(f"milestone-evidence-{chosen}").input("QĐ 9")
    app.get("button")[0].click()
    app.run()
    html = blocks(app)
    assert "55%" in html
    assert "QĐ 9" in html
    assert "Đã ghi: Phát triển Khu kinh tế cửa khẩu" in html


def test_a_contradiction_is_said_and_nothing_is_kept(open_page) -> None:
    app = open_page(PAGE)
    app.number_input("milestone-progress-border_economic_zone").set_value(55)
    app.get("button")[0].click()
    app.run()
    assert "Nhiệm vụ chưa bắt đầu thì tiến độ là 0" in blocks(app)
    assert "55%" not in blocks(app)
