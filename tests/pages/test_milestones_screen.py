"""Nhiệm vụ through the navigation: the table, the form, and what is late on the overview."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import bootstrap
from kpi.milestones import State, Word
from kpi.permissions import View
from pages import people
from workflow.actors import LOCAL_USER
from workflow.evidence import Brought, Enclosed
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
    assert "1/8 nhiệm vụ quá hạn" in html
    assert html.count("Minh họa: ") == len(bootstrap.definitions().commitments) - 1
    assert "Thư ký thi đua (minh họa) · 08/10/2018" in html
    assert html.count("<h1") == 1


def test_what_is_late_is_on_the_overview_and_leads_here(database: Path, open_page) -> None:
    assert "1 nhiệm vụ của bản phát động quá hạn:" in blocks(open_page())
    say_late()
    html = blocks(open_page())
    assert "2 nhiệm vụ của bản phát động quá hạn:" in html
    assert "/nhiem-vu?ky=2018-Q3" in html
    screen = blocks(open_page(PAGE, lang="en"))
    assert "Late: 2 of 8 commitments" in screen
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


def test_a_file_is_kept_with_the_word_and_sent_once(open_page) -> None:
    app = open_page(PAGE)
    chosen = "border_economic_zone"
    app.selectbox(f"milestone-state-{chosen}").select(State.DONE)
    app.number_input(f"milestone-progress-{chosen}").set_value(100)
    app.get("file_uploader")[0].set_value([("QĐ 9.pdf", b"%PDF-1.7", "application/pdf")])
    app.get("button")[0].click()
    app.run()
    assert not app.exception
    html = blocks(app)
    assert 'href="/minh-chung/1" download aria-label="Tải tệp QĐ 9.pdf"' in html
    assert "PDF · 1 KB · Người dùng tại máy này, " in html
    assert app.get("file_uploader")[0].value == []


def test_a_file_of_another_kind_is_refused_with_the_word(open_page) -> None:
    app = open_page(PAGE)
    app.get("file_uploader")[0].set_value([("QĐ 9.pdf", b"MZ", "application/pdf")])
    app.get("button")[0].click()
    app.run()
    html = blocks(app)
    assert "Tệp “QĐ 9.pdf” không phải PDF" in html
    assert "/minh-chung/" not in html
    assert html.count("Chưa cập nhật") == 1


def test_open_reading_sees_how_many_files_there_are(
    open_page, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(
        bootstrap.session_factory(),
        LOCAL_USER,
        bootstrap.definitions(),
        Word("border_economic_zone", State.DONE, 100),
        at=bootstrap.now(),
        enclosed=Enclosed((Brought("Nguyễn Văn A.pdf", b"%PDF-1.7"),), 1),
    )
    monkeypatch.setattr(people, "sees", lambda person, view: view is not View.EVIDENCE)
    html = blocks(open_page(PAGE))
    assert "1 tệp minh chứng, đăng nhập để tải" in html
    assert "Nguyễn Văn A" not in html
