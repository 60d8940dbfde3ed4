"""The way of a submission at the command line, where a person approves."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import load_workbook

import bootstrap

Run = Callable[..., Result]
Document = Callable[..., Any]


@pytest.fixture
def waiting(
    root: Path, run: Run, document: Document, few_samples: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, demo: None,
) -> Any:  # fmt: skip
    """A correction of Cao Lộc that waits; its districts' forms need a person from now on."""
    definitions = tmp_path / "kpi_definitions.yaml"
    shipped = (root / "kpi_definitions.yaml").read_text(encoding="utf-8")
    definitions.write_text(shipped.replace("{A: automatic,", "{A: manual,"), encoding="utf-8")
    monkeypatch.setenv("KPI_DEFINITIONS", str(definitions))
    bootstrap.forget()
    return document("submit", corrected(few_samples, tmp_path))


def corrected(samples: Path, folder: Path) -> Path:
    book = load_workbook(samples / "samples" / "2018/CaoLoc_Q3_2018.xlsx")
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if any(c.value == "budget_revenue" for c in row))
    next(cell for cell in row if isinstance(cell.value, int | float) and cell.column == 7).value = 1
    book.save(folder / "sửa.xlsx")
    return folder / "sửa.xlsx"


def budget(document: Document) -> str:
    found = document(
        "assess", "--period", "2018-Q3", "--org-unit", "183", "--indicator", "budget_revenue"
    )
    return str(found[0]["value"])


def test_approve_then_withdraw_restores(run: Run, document: Document, waiting: Any) -> None:
    before, number = budget(document), waiting["submission"]
    assert waiting["state"] == "submitted"
    assert before != "1.0"

    assert document("approve", number)["state"] == "approved"
    assert budget(document) == "1.0"
    assert document("withdraw", number, "--reason", "nhầm tệp")["state"] == "withdrawn"
    assert budget(document) == before
    assert run("verify").exit_code == 0


def test_a_decision_is_made_once(run: Run, document: Document, waiting: Any) -> None:
    number = waiting["submission"]
    comment = "Biểu A!g14=So lại với kho bạc"
    said = run("return", number, "--reason", "sai kỳ", "--comment", comment)
    assert (said.exit_code, "Đã trả lại" in said.stdout) == (0, True)

    refused = run("approve", number)

    assert refused.exit_code == 1
    assert "đã được xử lý trước đó" in refused.stderr
    assert document("approve", number)["error"]["code"] == "already_decided"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["approve", "999"], "999"),
        (["return", "1"], "--reason"),
        (["withdraw", "1"], "--reason"),
        (["return", "1", "--reason", "x", "--comment", "G14"], "G14"),
    ],
)
def test_wrong_usage_is_exit_2(run: Run, arguments: list[str], said: str) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert said in result.stderr
