"""Letters for those who owe a report; each is kept, looking back keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from sqlalchemy import select

import bootstrap
from store.schema import audit_event
from workflow import post
from workflow.post import Letter
from workflow.settings import Mail

pytestmark = pytest.mark.usefixtures("demo")


def letters(folder: Path) -> dict[str, str]:
    return {
        file.name.split("_2018")[0].removeprefix("don_doc_"): "\n".join(
            paragraph.text for paragraph in Document(str(file)).paragraphs
        )
        for file in folder.glob("*.docx")
    }


def recorded() -> list[tuple[str, str]]:
    with bootstrap.session_factory()() as session:
        query = select(audit_event.c.subject, audit_event.c.details).where(
            audit_event.c.act == "reporter.remind"
        )
        return [(row.subject, row.details) for row in session.execute(query)]


def test_everybody_who_owes_the_report_gets_a_letter(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    result = run("remind", "--period", "2018-Q3", "-o", tmp_path)
    assert result.exit_code == 0, result.output
    written = letters(tmp_path)
    assert len(written) == 13  # of 16 reporters three have sent theirs
    assert {"183", "184", "traffic_safety_board"}.isdisjoint(written)
    assert "Kính gửi: Huyện Bình Gia" in written["181"]
    assert "hạn nộp báo cáo chỉ tiêu thi đua quý III/2018 là ngày 05/10/2018" in (
        written["181"].lower().replace("quý iii", "quý III")
    )
    assert "Báo cáo gồm 11 số liệu" in written["181"]
    events = recorded()
    assert {subject for subject, _ in events} == set(written)
    assert all('"rung":"T+3"' in details for _, details in events)


def test_before_the_first_rung_nobody_is_reminded_and_looking_back_keeps_nothing(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    early = run("remind", "--period", "2018-Q3", "-o", tmp_path, "--as-of", "2018-09-01")
    assert "Không đơn vị nào cần đôn đốc" in early.output
    assert letters(tmp_path) == {}
    run("remind", "--period", "2018-Q3", "-o", tmp_path, "--as-of", "2018-10-04")
    assert letters(tmp_path)
    assert recorded() == []


def test_an_e_mail_goes_to_those_who_have_an_address_and_once(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over: list[tuple[str, str]] = []

    def take(_mail: Mail, to: Sequence[str], letter: Letter, **_facts: object) -> str:
        handed_over.append((", ".join(to), letter.file_name))
        return ""

    monkeypatch.setattr(post, "send", take)
    without = run("remind", "--period", "2018-Q3", "--mail")
    assert without.exit_code == 2
    assert "KPI_SMTP_HOST" in without.output
    monkeypatch.setenv("KPI_SMTP_HOST", "mail.langson.gov.vn")
    monkeypatch.setenv("KPI_SMTP_FROM", "thidua@langson.gov.vn")
    bootstrap.forget()
    assert run("remind", "--period", "2018-Q3").exit_code == 2  # neither letters nor mails
    run("account", "make", "binh-gia", "--role", "reporter", "--reporter", "181",
        "--email", "bg@langson.gov.vn")  # fmt: skip
    first = run("remind", "--period", "2018-Q3", "--mail")
    assert "Huyện Bình Gia: mốc T+3, hạn 05/10/2018, đã gửi thư điện tử đến bg@" in first.output
    assert first.output.count("chưa có địa chỉ thư điện tử") == 12
    run("remind", "--period", "2018-Q3", "--mail")
    assert handed_over == [("bg@langson.gov.vn", "don_doc_181_2018-Q3.docx")]
