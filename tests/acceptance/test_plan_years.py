"""Opening 2019 from the command line: its forms by its definitions, 2018 as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from tests import plan_year_2019

Run = Callable[..., Result]
Document = Callable[..., Any]


@pytest.fixture
def file_2019(root: Path, tmp_path: Path) -> Path:
    file = tmp_path / "2019.yaml"
    file.write_text(plan_year_2019.text_of(root), encoding="utf-8")
    return file


@pytest.fixture
def targets_2019(root: Path, tmp_path: Path) -> Path:
    file = tmp_path / "targets-2019.yaml"
    file.write_text(plan_year_2019.targets_of(root), encoding="utf-8")
    return file


def filled(file: Path) -> None:
    """Every input cell of a blank form gets a small figure."""
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    for cell in sheet["G"]:
        if not cell.protection.locked:
            cell.value = 5
    book.save(file)


def test_2019_is_asked_by_its_own_definitions_and_2018_stays(
    run: Run, document: Document, file_2019: Path, targets_2019: Path, tmp_path: Path
) -> None:
    before = document("assess", "--period", "2018-Q3", "--org-unit", "183")

    said = run("plan-year", "open", file_2019, "--targets", targets_2019)
    assert said.exit_code == 0 and "2019.1" in said.stdout
    opened = document("plan-year", "list")
    assert [(one["plan_year"], one["opened_by"]) for one in opened] == [
        (2018, "start-up"),
        (2019, "local"),
    ]

    form = tmp_path / "q1.xlsx"
    assert run("template", "--org-unit", "183", "--period", "2019-Q1", "-o", form).exit_code == 0
    codes = {cell.value for cell in openpyxl.load_workbook(form).worksheets[0]["A"]}
    assert "forest_cover" in codes
    filled(form)
    sent = document("submit", form, "--note", "thử")
    assert sent["state"] == "approved"
    assert "forest_cover" in {one["indicator"] for one in sent["observations"]}

    now = document("assess", "--period", "2019-Q1", "--org-unit", "183")
    assert "forest_cover" in {one["indicator"] for one in now}
    assert document("assess", "--period", "2018-Q3", "--org-unit", "183") == before
    assert "2019-Q4" in {line["period"] for line in document("period", "list")}
    assert run("verify").exit_code == 0


def test_a_file_with_mistakes_opens_nothing(run: Run, document: Document, file_2019: Path) -> None:
    text = file_2019.read_text(encoding="utf-8")
    file_2019.write_text(text.replace("plan_year: 2019", "plan_yeer: 2019"), encoding="utf-8")

    said = run("plan-year", "open", file_2019)

    assert said.exit_code == 1 and "plan_yeer" in said.stderr
    assert [one["plan_year"] for one in document("plan-year", "list")] == [2018]
