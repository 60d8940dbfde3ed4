"""``manage.py map`` and ``target import``: a table of one's own and a plan, at the terminal."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

from tests.loaders import own_tables

Run = Callable[..., Result]
Document = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("in_use")
AS = ("--as", "183", "--period", "2018-Q3")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "bieu-02.xlsx"
    path.write_bytes(own_tables.district())
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "giao.xlsx"
    path.write_bytes(own_tables.handed_down())
    return path


def test_a_table_is_shown_answered_confirmed_and_sent(
    run: Run, document: Document, table: Path, tmp_path: Path
) -> None:
    shown = run("check", table, *AS)
    assert shown.exit_code == 1
    assert "F5  Thực hiện 9 tháng năm 2018  →  số liệu kỳ báo cáo" in shown.stdout
    assert "nhân với 0,001" in shown.stdout
    assert "manage.py map" in shown.stdout

    answers = tmp_path / "bieu.yaml"
    assert run("map", table, *AS, "-o", answers).exit_code == 0
    text = answers.read_text(encoding="utf-8").replace("scale: '?'", "scale: '0.001'")
    answers.write_text(text, encoding="utf-8")
    confirmed = run("map", table, *AS, "--answers", answers, "--confirm")
    assert (confirmed.exit_code, "đã được xác nhận" in confirmed.stdout) == (0, False)
    again = run("map", table, *AS, "--answers", answers, "--confirm")
    assert "không có gì thay đổi" in again.stdout

    checked = document("check", table, *AS)
    values = {one["indicator"]: one["value"] for one in checked["observations"]}
    assert values["budget_revenue"] == "190.2505"
    assert run("check", table).exit_code == 1  # whose, and of when, must be said each time
    sent = document("submit", table, *AS)
    assert (sent["state"], len(sent["observations"])) == ("approved", 5)
    assert run("verify").exit_code == 0


def test_a_proposal_as_a_document(document: Document, table: Path) -> None:
    found = document("map", table)
    assert found["table"] == "Biểu 02!A5"
    assert found["reporter"] == {"given": "", "title": "183"}
    assert found["period"] == {"given": "", "title": "2018-Q3"}
    assert {one["cell"] for one in found["open"]} >= {"Biểu 02!B10", "Biểu 02!B17"}
    assert found["mapping"]["columns"]["chỉ tiêu"] == {"role": "name"}


def test_what_map_cannot_do_is_said(run: Run, table: Path, plan: Path, tmp_path: Path) -> None:
    assert run("map", table, "--confirm").exit_code == 2
    assert run("map", plan).exit_code == 2
    assert run("map", table, "--as", "007").exit_code == 2
    letter = tmp_path / "thu.xlsx"
    letter.write_bytes(own_tables.book_of([["Kính gửi"], ["Báo cáo"]]))
    assert run("map", letter).exit_code == 1
    wrong = tmp_path / "sai.yaml"
    wrong.write_text("columns: [", encoding="utf-8")
    refused = run("map", table, *AS, "--answers", wrong, "--confirm")
    assert (refused.exit_code, "Tệp cách hiểu biểu" in refused.stderr) == (1, True)


def test_a_plan_is_shown_and_laid_down(run: Run, document: Document, plan: Path) -> None:
    shown = run("target", "import", plan)
    assert (shown.exit_code, "Thêm --confirm" in shown.stdout) == (0, True)
    assert "≥ 269" in shown.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert run("target", "import", plan, "--confirm").exit_code == 0
    (first, second) = document("target", "list", "budget_revenue", "--org-unit", "183")
    assert (first["replaced_on"], second["low"]) == ("2018-01-01", "269")
    assert second["document"] == "2345/QĐ-UBND ngày 12/12/2017"
    assert "Không có gì thay đổi" in run("target", "import", plan).stdout


def test_a_plan_with_errors_or_none_is_refused(run: Run, table: Path, tmp_path: Path) -> None:
    undecided = tmp_path / "chua-ky.xlsx"
    undecided.write_bytes(own_tables.handed_down(decision=False))
    refused = run("target", "import", undecided, "--confirm")
    assert (refused.exit_code, "số và ngày của quyết định" in refused.stdout) == (1, True)
    assert run("target", "import", table).exit_code == 2


def test_the_plan_template_comes_back_as_it_went(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    assert run("target", "template", "--filled", "-o", path).exit_code == 0
    book = load_workbook(BytesIO(path.read_bytes()))
    sheet = book.worksheets[0]
    sheet["D5"], sheet["D6"] = "9/QĐ-UBND", "02/01/2018"
    path.write_bytes(own_tables.saved(book))
    shown = run("target", "import", path)
    assert shown.exit_code == 0
    assert "Lỗi" not in shown.stdout
