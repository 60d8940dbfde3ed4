"""The award dossier says what the other doors say, and its public extract names nobody."""

from __future__ import annotations

import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

PERSON = "Cá nhân minh họa 8"  # an award of Cao Lộc's
PERIOD = ("--period", "2018-Q3")


def run(*arguments: object) -> str:
    import manage

    result = CliRunner().invoke(manage.cli, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def document(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


def made(folder: Path, name: str, *more: str) -> bytes:
    run("dossier", "--unit", "183", *PERIOD, "-o", folder / name, *more)
    return (folder / name).read_bytes()


def tables(data: bytes) -> list[list[list[str]]]:
    """Of a Word document, row by row."""
    drawn = Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in drawn]


def text_of(data: bytes) -> str:
    doc = Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in doc.paragraphs]
    return "\n".join([*lines, *(cell for table in tables(data) for row in table for cell in row)])


def vietnamese(number: str) -> str:
    return number.replace(".", ",")


def refused(*arguments: object) -> tuple[int, str]:
    import manage

    result = CliRunner().invoke(manage.cli, [str(one) for one in arguments])
    return result.exit_code, result.stderr


def test_what_cannot_be_written_is_said(database: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "gone"
    for command, file in (
        (["dossier", "--unit", "183", *PERIOD], nowhere / "a.docx"),
        (["report", *PERIOD], nowhere / "a.docx"),
        (["schema"], tmp_path / "a.docx" / "schema.json"),
        (["remind", *PERIOD, "--as-of", "2018-10-17"], tmp_path / "a.docx" / "letters"),
    ):
        (tmp_path / "a.docx").touch()
        code, said = refused(*command, "-o", file)
        assert code == 2 and "Không ghi được" in said, command


def test_a_year_without_rules_has_no_dossier_and_that_is_no_success(
    database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.docx"

    code, said = refused("dossier", "--unit", "183", "--period", "2017-Q3", "-o", file)

    assert code == 1 and "quy chế" in said
    assert not file.exists()


def test_every_figure_is_that_of_the_standing_and_of_assess(database: Path, tmp_path: Path) -> None:
    found = document("standing", *PERIOD)
    own = next(o for c in found["clusters"] for o in c["units"] if o["org_unit"] == "183")
    data = made(tmp_path, "cao_loc.docx")
    targets, evidence, points, *_ = tables(data)
    assert f"Tổng điểm: {vietnamese(own['total'])}" in text_of(data)
    earned = [vietnamese(line["points"]) if line["points"] else "" for line in own["lines"]]
    assert [row[2] for row in points[1:]][: len(earned)] == [
        one if "," in one or not one else f"{one},00" for one in earned
    ]
    assert points[-1][2:6] == [vietnamese(own["total"]), "100,00", "26,00", "21,50"]
    judged = {
        one["indicator"]: one for one in document("assess", *PERIOD, "--org-unit", "183")
        if one["target"] is not None
    }  # fmt: skip
    values = {one["value"] for one in judged.values()}
    assert {row[3] for row in targets[1:]} == {"" if v is None else vietnamese(v) for v in values}
    cells = {line_cell for line in own["lines"] for line_cell in line["cells"]}
    stated = {f"{file} {sheet}!{cell}" for _, file, sheet, cell, _ in evidence[1:]}
    assert cells <= stated


def test_the_digests_are_those_of_the_files_that_were_sent(database: Path, tmp_path: Path) -> None:
    import bootstrap

    evidence = tables(made(tmp_path, "cao_loc.docx"))[1][1:]
    samples = bootstrap.settings().samples
    for _, file, _, _, digest in evidence:
        content = next(samples.rglob(file)).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest


def test_the_workbook_holds_the_same_and_numbers_are_numbers(
    database: Path, tmp_path: Path
) -> None:
    words = tables(made(tmp_path, "cao_loc.docx"))
    book = load_workbook(io.BytesIO(made(tmp_path, "cao_loc.xlsx")))
    sheets = [book[name] for name in book.sheetnames]
    assert [len(list(sheet.iter_rows())) for sheet in sheets[1:4]] == [
        len(t) + 2 for t in words[:3]
    ]
    points = [row[2] for row in sheets[3].iter_rows(min_row=4, values_only=True)]
    numbers = [Decimal(row[2].replace(",", ".")) for row in words[2][1:] if row[2]]
    assert [round(Decimal(one), 2) for one in points if one is not None] == numbers


def test_the_public_extract_names_nobody_and_no_file(database: Path, tmp_path: Path) -> None:
    letter = tmp_path / "Nguyễn Văn A.pdf"
    letter.write_bytes(b"%PDF-1.7")
    run("explanation", "answer", 3, "--text", "Nguyễn Văn A xác nhận", "--file", letter)
    digest = hashlib.sha256(b"%PDF-1.7").hexdigest()
    whole = text_of(made(tmp_path, "whole.docx"))
    assert {letter.name, digest} <= set(whole.split("\n"))
    public = text_of(made(tmp_path, "public.docx", "--public"))
    assert PERSON in whole
    assert "CaoLoc_Q3_2018.xlsx" in whole
    assert "chỉ tính sáng kiến đã có quyết định" in whole
    for hidden in (PERSON, ".xlsx", "chỉ tính sáng kiến", "samples", "Nguyễn Văn A", digest):
        assert hidden not in public
    assert "Cá nhân (người lao động trực tiếp, xã biên giới)" in public
    assert "MH-11/QĐ-UBND" in public
    assert "79,41" in public


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(
    database: Path, tmp_path: Path
) -> None:
    run(
        "award", "add", "183", "--kind", "praise", "--recipient-kind", "person", "--recipient",
        '=HYPERLINK("http://x";"y")', "--decision", "+1/QĐ", "--on", "2018-09-03", "--by", "UBND",
        "--reason", "@SUM(A1)",
    )  # fmt: skip
    book = load_workbook(io.BytesIO(made(tmp_path, "cao_loc.xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)


def test_the_registers_answer_on_the_command_line(database: Path) -> None:
    found = document("award", "list", "--year", "2018")
    assert found["count"] == 12
    assert found["shares"]["direct_workers"] == {"count": 6, "percent": "50"}
    assert PERSON not in json.dumps(found, ensure_ascii=False)
    number = next(one["number"] for one in found["entries"] if one["org_unit"] == "189")
    run("award", "take-back", number, "--why", "ghi nhầm")
    assert document("award", "list", "--year", "2018")["count"] == 11
    assert document("exemplar", "list", "--org-unit", "183", "--names")["entries"][0][
        "recipient"
    ].startswith("Cá nhân minh họa 3")


def test_points_given_on_the_command_line_stand_beside(database: Path) -> None:
    run("score", "self", "180", "exemplars", "2", *PERIOD)
    run("score", "verify", "180", "exemplars", "1,5", *PERIOD, "--note", "chưa đủ hồ sơ")
    scores = document("standing", *PERIOD)["scores"]["180"]
    assert scores["self"]["total"] == "2"
    assert scores["verified"]["criteria"]["exemplars"]["note"] == "chưa đủ hồ sơ"
