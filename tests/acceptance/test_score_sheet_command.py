"""``manage.py score sheet`` and ``score import``: handed out, filled in elsewhere, shown, kept."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from openpyxl import load_workbook


def run(*arguments: object) -> Result:
    import manage

    return CliRunner().invoke(manage.cli, [str(one) for one in arguments])


def test_a_clusters_sheet_is_shown_then_kept_and_verified(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "phieu.xlsx"
    assert run("score", "sheet", "--period", "2018-Q3", "-o", file).exit_code == 2  # whose?
    made = run("score", "sheet", "--period", "2018-Q3", "--cluster", "border", "-o", file)
    assert (made.exit_code, file.exists()) == (0, True)
    assert "không cần ghi" in run("score", "import", file).stdout

    book = load_workbook(file)
    sheet = book.worksheets[0]
    last = sheet.max_column
    row = next(
        row
        for row in range(1, sheet.max_row + 1)
        if (sheet.cell(row, 1).value, sheet.cell(row, 2).value) == ("reporting", "180")
    )
    sheet.cell(row, last - 1).value = 99
    book.save(file)
    refused = run("score", "import", file, "--confirm", "--json")
    found = json.loads(refused.stdout)
    assert (refused.exit_code, found["kept"]) == (1, False)
    (error,) = found["findings"]
    assert (error["code"], error["cell"]) == ("score_figure", f"J{row}")

    sheet.cell(row, last - 1).value, sheet.cell(row, last).value = 14, "báo cáo sửa một lần"
    book.save(file)
    assert "– → 14 · báo cáo sửa một lần" in run("score", "import", file).stdout
    assert json.loads(run("score", "import", file, "--confirm", "--json").stdout)["kept"] is True
    found = json.loads(run("standing", "--period", "2018-Q3", "--json").stdout)
    given = found["scores"]["180"]["verified"]["criteria"]["reporting"]
    assert (given["points"], given["note"]) == ("14", "báo cáo sửa một lần")
    assert run("verify").exit_code == 0
