"""The summary table as a workbook: its formulas come to the figures the screens print."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kpi.judgement import Assessment, Status
from kpi.periods import Period
from reports import tables
from reports.marks import SIGNS, legend
from reports.synthesis import COLUMNS, LETTERS, Formula, row
from reports.synthesis_xlsx import synthesis_xlsx
from reports.wording import Words

MADE_AT = datetime(2018, 10, 10, 3, 0, tzinfo=UTC)
Q3 = Period(2018, 3)
FORMULAS = ("attainment", "distance", "change")


@pytest.fixture(scope="module")
def districts(frame, targets, definitions, org_units) -> list[Assessment]:
    return tables.assessments(
        frame, targets, definitions, org_units, period=Q3, today=MADE_AT.date(),
        org_units_wanted=[unit.code for unit in org_units.districts(Q3.end)],
    )  # fmt: skip


@pytest.fixture(scope="module")
def workbook(judged, districts, words) -> bytes:
    return synthesis_xlsx(judged, districts, Q3, words, made_at=MADE_AT, marks=["Dữ liệu minh họa"])


def read(data: bytes, *, values: bool = True) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values).worksheets


def without_figures(data: bytes) -> bytes:
    """The same workbook, its formulas without what they come to: a reader must calculate."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    return made.getvalue()


def judged_again(judged: Sequence[Assessment], districts: Sequence[Assessment], words: Words):
    for one in (*judged, *districts):
        if one.status is not Status.FOLLOWED:
            yield one, row(one, words, number="").cells


def test_the_figures_are_numbers_and_the_percentages_formulas(workbook: bytes) -> None:
    province = read(workbook, values=False)[0]
    lines = [cells for cells in province.iter_rows(min_row=12) if str(cells[0].value).isdigit()]
    assert len(lines) == 17
    at = {name: n for n, name in enumerate(COLUMNS)}
    for cells in lines:
        missing = cells[at["status"]].value.startswith("○")
        assert missing or isinstance(cells[at["value"]].value, int | float)
        for name in FORMULAS:
            value = cells[at[name]].value
            assert value is None or str(value).startswith("=ROUND("), (name, value)
    assert sum(str(cells[at["attainment"]].value).startswith("=") for cells in lines) >= 15


def test_libreoffice_comes_to_the_same_figures(
    workbook: bytes, soffice: str, tmp_path: Path
) -> None:
    file = tmp_path / "bieu.xlsx"
    file.write_bytes(without_figures(workbook))
    assert not any(cell.value for cell in _formula_cells(file.read_bytes(), workbook))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"),
         str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    calculated = (tmp_path / "out" / "bieu.xlsx").read_bytes()
    kept = list(_formula_cells(workbook, workbook))
    found = list(_formula_cells(calculated, workbook))
    assert len(kept) > 400
    for ours, theirs in zip(kept, found, strict=True):
        where = (ours.parent.title, ours.coordinate)
        assert theirs.value == pytest.approx(ours.value, abs=1e-12), where


def _formula_cells(data: bytes, by: bytes) -> Iterator[openpyxl.cell.cell.Cell]:
    """The cells that hold a formula in the workbook as it was written."""
    for written, sheet in zip(read(by, values=False), read(data), strict=True):
        for cells in written.iter_rows():
            yield from (sheet[c.coordinate] for c in cells if str(c.value).startswith("="))


def test_a_formula_shows_what_the_screen_prints(judged, districts, words) -> None:
    seen = 0
    for one, cells in judged_again(judged, districts, words):
        for name, of in (("attainment", "attainment"), ("change", "change")):
            cell = cells.get(name)
            if not isinstance(cell, Formula) or not cell.look.endswith("%"):
                continue
            if one.used_of_limit is not None and name == "attainment":
                continue
            seen += 1
            assert shown(cell) == words.percentage(one, of, signed=name == "change")
    assert seen > 150


def shown(cell: Formula) -> str:
    """A percentage as its number format writes it, by a Vietnamese computer."""
    parts = cell.look.split(";")
    part = parts[0] if cell.value > 0 or len(parts) == 1 else parts[1 if cell.value < 0 else 2]
    pattern = re.fullmatch(r'("[<>]")?([+−]?)#,##0(?:\.(0+))?%', part)
    assert pattern, cell.look
    decimals = len(pattern[3] or "")
    text = f"{abs(100 * cell.value):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{(pattern[1] or '').strip(chr(34))}{pattern[2]}{text}%"


def test_the_distance_is_the_judged_one(judged, districts, words) -> None:
    for one, cells in judged_again(judged, districts, words):
        cell = cells.get("distance")
        if isinstance(cell, Formula) and one.distance is not None:
            assert cell.value == one.distance


def test_what_the_districts_add_up_to_stands_beside_the_province(workbook, judged) -> None:
    by_name = {}
    province = read(workbook)[1]
    for cells in province.iter_rows(min_row=12, values_only=True):
        by_name.setdefault(cells[1], []).append(cells[7])
    deaths = next(one for one in judged if one.indicator == "traffic_deaths")
    total, left = by_name["Cộng 11 đơn vị"][-2], by_name["Toàn tỉnh trừ cộng các đơn vị"][-2]
    assert Decimal(str(total)) + Decimal(str(left)) == deaths.value


def test_every_status_has_a_sign_of_its_own_or_says_that_figures_are_missing() -> None:
    waiting = {Status.INCOMPLETE, Status.NOT_DUE}
    signs = [sign for status, sign in SIGNS.items() if status not in waiting]
    assert len(set(signs)) == len(signs)
    assert set(SIGNS) == set(Status) - {Status.FOLLOWED}
    assert all(sign in legend("vi") for sign in signs)


def test_made_up_data_say_so_and_the_paper_lies_on_its_side(workbook: bytes) -> None:
    for sheet in read(workbook):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert "minh họa" in str(sheet["A7"].value)
    assert LETTERS["value"] == "H"


def test_the_same_figures_make_the_same_bytes(judged, districts, words, workbook) -> None:
    again = synthesis_xlsx(
        judged, districts, Q3, words, made_at=MADE_AT, marks=["Dữ liệu minh họa"]
    )
    assert again == workbook
