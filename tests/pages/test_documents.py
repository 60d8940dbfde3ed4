"""Every number in a document is the screen's: each document is walked, not looked into.

The overview, the eleven district screens, the standing, who reported when and the registers of
quý III/2018 are read once as a reader sees them, and one district at the year's end. Then the
Word report, the summary table in Excel (its formulas calculated by LibreOffice), the dossiers of
all districts, the published pages and CSV file, and the API are read row by row: every row of
theirs has to be one of the screens', with the same figures, and none of the screens' may be left
out.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

import api
import bootstrap
from api.rate import Rate
from reports.marks import SIGNS
from reports.synthesis import COLUMNS
from texts.numbers import number as written_number
from workflow.accounts import make_token
from workflow.actors import LOCAL_USER

ROOT = Path(__file__).parent.parent.parent
PERIOD, PROVINCE = "2018-Q3", "20"
AT_END, UNIT = "2018-Q4", "181"
MISSING = "–"
CELL = r"<t[dh][^>]*>(.*?)</t[dh]>"


@dataclass(frozen=True)
class Shown:
    """One row as a screen shows it."""

    indicator: str
    plan: str
    value: str
    variance: str
    status: str
    why: str


@dataclass
class Screens:
    """What the screens show, by unit and row number; and the points of the standing.

    ``filed``: by unit a sentence for each quarter; ``entries``: the registers' rows.
    """

    rows: dict[str, dict[str, Shown]]
    points: dict[str, dict[str, str]]
    names: dict[str, str]
    filed: dict[str, list[str]]
    entries: list[list[str]]
    at_end: dict[str, Shown]  # of UNIT at the end of the year

    def all(self) -> dict[tuple[str, str], Shown]:
        return {
            (one.indicator, unit): one for unit, rows in self.rows.items() for one in rows.values()
        }


def plain(html: str) -> str:
    """The words of a cell: without what only phones, or only readers aloud, get."""
    shown = re.sub(r'<span class="(?:ph|pw|since|sr)">.*?</span>', "", html)
    return unescape(re.sub(r"<[^>]+>", " ", shown)).replace("\xa0", " ").strip()


def read_rows(html: str) -> dict[str, Shown]:
    found = {}
    for number, row in re.findall(r'<tr data-number="(\d+)"[^>]*>(.*?)</tr>', html, re.S):
        cells = {
            name: ("" if dim else plain(cell)) or MISSING
            for name, dim, cell in re.findall(r'<td class="(\w+)( dim)?[^"]*"[^>]*>(.*?)</td>', row)
        }
        link, why = re.search(r"[?;]ma=(\w+)", row), re.search(r'chip [^>]*title="([^"]*)"', row)
        assert link and why, row[:200]
        found[number] = Shown(
            link[1], cells["pl"], cells["va"], cells["vr"], cells["st"], unescape(why[1])
        )
    return found


@pytest.fixture(scope="module")
def screens(installed: Path) -> Screens:
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=90)
    app.query_params["ky"] = PERIOD
    units = [unit.code for unit in bootstrap.org_units().districts(_day())]
    rows = {PROVINCE: read_rows(_html(app.run()))}
    app.switch_page(str(ROOT / "pages" / "district.py"))
    for unit in units:
        app.query_params["ky"], app.query_params["don-vi"] = PERIOD, unit
        rows[unit] = read_rows(_html(app.run()))
    app.switch_page(str(ROOT / "pages" / "standing.py"))
    points = {}
    for unit in units:
        app.query_params["ky"], app.query_params["don-vi"] = PERIOD, unit
        html = _html(app.run())
        row = re.search(rf'<tr data-unit="{unit}".*?</tr>', html, re.S)
        assert row, unit
        heads = re.findall(r'class="h-(?:\w+ num pt|total num)">(.*?)</th>', html)
        told = re.findall(r'<td class="num(?: pt)?">(?:<b>)?([\d,]+|–)', row[0])
        points[unit] = dict(zip(heads, told, strict=False))  # what units gave themselves follows
    names = {u: bootstrap.org_units().units[u].name.get("vi") for u in units}
    filed = read_filed(_html(_at(app, "completeness", PERIOD)))
    entries = read_entries(_html(_at(app, "honours", PERIOD)))
    at_end = read_rows(_html(_at(app, "district", AT_END, UNIT)))
    return Screens(rows, points, names, filed, entries, at_end)


def _at(app: AppTest, screen: str, period: str, unit: str = "") -> AppTest:
    app.switch_page(str(ROOT / "pages" / f"{screen}.py"))
    app.query_params["ky"] = period
    if unit:
        app.query_params["don-vi"] = unit
    elif "don-vi" in app.query_params:
        del app.query_params["don-vi"]
    return app.run()


def read_filed(html: str) -> dict[str, list[str]]:
    matrix = html.split('class="card filings"', 1)[1].split("</table>", 1)[0]
    rows = re.findall(r'<tr data-reporter="(\w+)">(.*?)</tr>', matrix, re.S)
    return {one: re.findall(r'<td class="f.*?title="([^"]*)"', row, re.S) for one, row in rows}


def read_entries(html: str) -> list[list[str]]:
    rows = re.findall(r'<tr data-entry="\d+">(.*?)</tr>', html, re.S)
    return [
        [plain(re.sub(r"<small>.*?</small>", "", cell)) for cell in re.findall(CELL, row, re.S)]
        for row in rows
    ]


def _day() -> Any:
    from kpi.periods import Period

    return Period.parse(PERIOD).end


def _html(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.proto.body for element in app.get("html"))


def run(*arguments: object) -> str:
    import manage

    result = CliRunner().invoke(manage.cli, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_screens_were_read(screens: Screens) -> None:
    assert len(screens.rows[PROVINCE]) == 17
    assert len(screens.rows) == 12
    assert len(screens.all()) == 17 + 11 * 16 - 1  # the city has no plan for new rural communes


# --- Word --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(installed: Path) -> Any:
    file = installed.parent / "bao_cao.docx"
    run("report", "--period", PERIOD, "-o", file)
    return Document(str(file))


def paper_rows(table: Any) -> Iterator[tuple[str, Shown]]:
    for row in table.rows[1:]:
        cells = [cell.text.replace("\xa0", " ") for cell in row.cells]
        if cells[0].isdigit():
            sign, _, status = cells[7].partition(" ")
            assert sign in SIGNS.values(), cells
            yield cells[0], Shown("", cells[3], cells[4], cells[5], status, "")


def same(shown: Shown, written: Shown) -> bool:
    mine = (shown.plan, shown.value, shown.variance, shown.status)
    return mine == (written.plan, written.value, written.variance, written.status)


def test_every_row_of_the_word_report_is_a_screens(screens: Screens, report: Any) -> None:
    annexes = dict(zip(screens.names, report.tables[4:15], strict=True))
    for unit, table in ((PROVINCE, report.tables[1]), *annexes.items()):
        written = dict(paper_rows(table))
        assert written.keys() == screens.rows[unit].keys(), unit
        for number, one in written.items():
            assert same(screens.rows[unit][number], one), (unit, number, one)


def test_every_sentence_has_its_number_and_its_cause(screens: Screens, report: Any) -> None:
    """By group, and each group only what the screen calls so."""
    groups = (
        {"Đạt", "Vượt", "Tốt hơn kế hoạch"}, {"Đúng tiến độ"},
        {"Có nguy cơ", "Chậm tiến độ", "Không đạt"},
        {"Chưa đủ số liệu", "Chưa thể đánh giá", "Chưa đến kỳ"},
    )  # fmt: skip
    names = {
        bootstrap.definitions().indicators[one.indicator].name.get("vi"): one
        for one in screens.rows[PROVINCE].values()
    }
    group, said = -1, set()
    for paragraph in report.paragraphs:
        text = paragraph.text.replace("\xa0", " ")
        heading = re.match(r"([1-4])\. .*\((\d+) ", text)
        if heading:
            group = int(heading[1]) - 1
            members = [one for one in names.values() if one.status in groups[group]]
            assert int(heading[2]) == len(members), text
        if not text.startswith("– "):
            continue
        name, one = next((n, o) for n, o in names.items() if text.startswith(f"– {n}: "))
        assert one.status in groups[group], text
        for part in one.why.replace("\xa0", " ").split(". "):  # the cause, then the notes
            assert part.casefold() in text.casefold(), (text, part)
        assert one.why, text
        assert one.plan.lstrip("≥≤ ") in text, text
        if one.value != MISSING:
            assert text.startswith(f"– {name}: {one.value}"), text
        said.add(name)
    assert said == names.keys()


# --- Excel -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def calculated(installed: Path, soffice: str) -> Any:
    """The summary table after LibreOffice has calculated every formula anew."""
    file, out = installed.parent / "bieu.xlsx", installed.parent / "out"
    run("report", "--period", PERIOD, "-o", file)
    emptied = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(emptied, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            new.writestr(name, part)
    file.write_bytes(emptied.getvalue())
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{installed.parent}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", str(out), str(file)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return openpyxl.load_workbook(out / "bieu.xlsx", data_only=True)


def test_every_line_of_the_summary_table_is_a_screens(screens: Screens, calculated: Any) -> None:
    compared = set()
    units = {name: unit for unit, name in screens.names.items()}
    for title in ("Toàn tỉnh", "Huyện, thành phố"):
        number = ""
        for row in calculated[title].iter_rows(min_row=12, max_col=15, values_only=True):
            line = dict(zip(COLUMNS, row, strict=True))
            heading = re.match(r"(\d+)\. ", str(line["number"]))
            number = heading[1] if heading else number
            if title == "Toàn tỉnh":
                number, unit = str(line["number"]), PROVINCE
            else:
                unit = units.get(str(line["name"]), "")
            shown = screens.rows.get(unit, {}).get(number)
            if shown is None or line["status"] is None:
                continue
            as_shown(line, shown, (unit, number))
            compared.add((shown.indicator, unit))
    assert compared == screens.all().keys()


def as_shown(line: dict[str, Any], shown: Shown, where: tuple[str, str]) -> None:
    """Plan, figure, status, and the one comparison that the screen makes."""
    plan, status = str(line["plan"]).replace("\xa0", " "), str(line["status"]).partition(" ")[2]
    assert (plan, status) == (shown.plan, shown.status), where
    if line["value"] is None:
        assert shown.value == MISSING, where
        return
    decimals = len(shown.value.partition(",")[2])
    assert written_number(Decimal(str(line["value"])), decimals, "vi") == shown.value, where
    figure = re.search(r"([−+]?)([\d.,]+)(%| đ\.%)?", shown.variance)
    if figure is None:
        assert shown.variance in (MISSING, "trong khoảng", "trong mức", "không đổi"), where
        if shown.variance == "trong khoảng":
            assert not line["distance"], where
        return
    name = "distance"
    if figure[3] == "%":
        name = "attainment" if re.match(r"[<>]?[\d.,]+%$", shown.variance) else "change"
    factor = 100 if figure[3] == "%" else 1
    places = len(figure[2].partition(",")[2])
    told = abs(Decimal(str(line[name])) * factor)
    assert written_number(told, places, "vi") == figure[2], (where, shown.variance, line[name])


# --- dossiers ----------------------------------------------------------------------------


def dossier(unit: str, period: str, folder: Path) -> Any:
    file = folder / f"{unit}.docx"
    run("dossier", "--unit", unit, "--period", period, "-o", file)
    return Document(str(file))


def headed(document: Any, *heads: str) -> list[list[list[str]]]:
    """The tables whose columns begin so, without their heads."""
    texts = ([[cell.text for cell in row.cells] for row in one.rows] for one in document.tables)
    return [rows[1:] for rows in texts if tuple(rows[0][: len(heads)]) == heads]


def targets_are(table: Any, rows: dict[str, Shown], unit: str) -> None:
    names = {id_: one.name.get("vi") for id_, one in bootstrap.definitions().indicators.items()}
    shown = {names[one.indicator]: one for one in rows.values()}
    written = {row.cells[0].text: [c.text for c in row.cells] for row in table.rows[1:]}
    assert written.keys() == shown.keys(), unit
    for name, (_, _, plan, value, attainment, status) in written.items():
        one = shown[name]
        told = (plan.replace("\xa0", " "), value or MISSING, status.partition(":")[0])
        assert told == (one.plan, one.value, one.status), (unit, name)
        if re.fullmatch(r"[\d.,]+%", one.variance):
            assert f"{attainment}%" == one.variance, (unit, name)


def test_every_row_of_every_dossier_is_a_screens(screens: Screens, installed: Path) -> None:
    entries = 0
    for unit in screens.names:
        made = dossier(unit, PERIOD, installed.parent)
        targets, _, points, *_ = made.tables
        targets_are(targets, screens.rows[unit], unit)
        lines = [[cell.text for cell in row.cells] for row in points.rows[1:]]
        assert lines[-1][2] == screens.points[unit]["Tổng"], unit
        for group, told_points in screens.points[unit].items():
            own = [_decimal(line[2]) for line in lines[:-1] if line[0] == group and line[2]]
            assert group == "Tổng" or sum(own) == _decimal(told_points), (unit, group)
        in_time(made, screens.filed[unit], unit)
        entries += registered(made, screens.entries, unit)
        in_excel(unit, installed, (targets, points))
    assert entries == sum(_until(row[6], _day()) for row in screens.entries) > 10


def in_time(made: Any, filed: list[str], unit: str) -> None:
    """The quarters so far, each in time or late as on the screen of who reported when."""
    (rows,) = headed(made, "Kỳ", "Đúng hạn đến")
    assert len(rows) == 3, unit
    # the screen begins with the last quarter of the year before
    for (_, until, first, state, days, _), said in zip(rows, filed[1:4], strict=True):
        assert f": {state}" in said and f"Hạn nộp {until}" in said, (unit, said)
        assert not first or f"nộp ngày {first}" in said, (unit, said)
        assert bool(int(days)) == (state in ("Nộp trễ", "Chưa nộp")), (unit, said)


def registered(made: Any, entries: list[list[str]], unit: str) -> int:
    """Exemplars and awards that were decided by the period's end; returns how many."""
    name = bootstrap.org_units().units[unit].short.get("vi")
    shown = [row[:8] for row in entries if row[1] == name and _until(row[6], _day())]
    written = [row for rows in headed(made, "Số", "Đơn vị", "Hình thức") for row in rows]
    assert sorted(written) == sorted(shown), unit
    return len(written)


def _until(day: str, last: Any) -> bool:
    return datetime.strptime(day, "%d/%m/%Y").date() <= last


def test_at_the_end_of_the_year_too(screens: Screens, installed: Path) -> None:
    targets_are(dossier(UNIT, AT_END, installed.parent).tables[0], screens.at_end, UNIT)
    assert screens.at_end != screens.rows[UNIT]


def in_excel(unit: str, installed: Path, tables: Any) -> None:
    """The dossier's workbook holds the same, its figures as numbers."""
    file = installed.parent / f"{unit}.xlsx"
    run("dossier", "--unit", unit, "--period", PERIOD, "-o", file)
    book = openpyxl.load_workbook(file)
    for table, title in zip(tables, ("Chỉ tiêu", "Điểm"), strict=True):
        below = list(book[title].iter_rows(min_row=4, values_only=True))
        for row, cells in zip(table.rows[1:], below, strict=True):
            for written, cell in zip((c.text for c in row.cells), cells, strict=True):
                number = isinstance(cell, int | float)
                agree = Decimal(str(cell)) == _decimal(written) if number else cell == written
                assert agree or (cell is None and not written), (unit, title, written, cell)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace(".", "").replace(",", "."))


# --- what is published, and the API ------------------------------------------------------


def test_every_published_row_is_a_screens(screens: Screens, installed: Path) -> None:
    folder = installed.parent / "cong-bo"
    run("publish", "-o", folder, "--period", PERIOD)
    pages = {PROVINCE: "index.html"} | {unit: f"huyen-tp/{unit}.html" for unit in screens.names}
    for unit, name in pages.items():
        rows = re.findall(
            r'<tr data-indicator="(\w+)".*?<td class="tt">(\d*)</td>(.*?)</tr>',
            (folder / name).read_text(encoding="utf-8"), re.S,
        )  # fmt: skip
        assert {number for _, number, _ in rows} == screens.rows[unit].keys(), unit
        for id_, number, row in rows:
            cells = {n: plain(c) for n, c in re.findall(r'<td class="(\w+)"[^>]*>(.*?)</td>', row)}
            one = screens.rows[unit][number]
            told = Shown(id_, cells["pl"], cells["va"], cells["vr"], cells["st"], one.why)
            # the screen dims what was last known and what is of a part of the units only
            assert told == one or one.value == MISSING, (unit, told)
    text = (folder / "so-lieu.csv").read_text(encoding="utf-8")
    rows = {(r["indicator"], r["org_unit"]): r for r in csv.DictReader(io.StringIO(text))}
    for key, one in screens.all().items():
        row = rows[key]
        assert row["status_name"] == one.status, key
        if one.value != MISSING:
            assert Decimal(row["value"]) == _decimal(one.value), key
        if re.fullmatch(r"[\d.,]+%", one.variance):
            assert Decimal(row["attainment"]) == _decimal(one.variance[:-1]), key


def test_every_answer_of_the_api_is_a_screens(screens: Screens, installed: Path) -> None:
    secret = make_token(bootstrap.session_factory(), LOCAL_USER, "kho", at=bootstrap.now())
    client = TestClient(Starlette(routes=api.routes(Rate(1000))))
    told, following = [], f"?period={PERIOD}&limit=100"
    while following is not None:
        answer = client.get(
            f"/api/v1/assessments{following}", headers={"Authorization": f"Bearer {secret}"}
        )
        assert answer.status_code == 200, answer.text
        told += answer.json()["data"]
        following = answer.json()["next"]
    by_key = {(one["indicator"], one["org_unit"]): one for one in told}
    printed = json.loads(run("assess", "--period", PERIOD, "--json"))
    assert by_key == {(one["indicator"], one["org_unit"]): one for one in printed}
    shown = screens.all()
    assert shown.keys() <= by_key.keys()
    assert {key for key, one in by_key.items() if one["status"] != "followed"} == shown.keys()
    for key, one in shown.items():
        answered = by_key[key]["value"]
        if one.value != MISSING:
            assert answered is not None and Decimal(answered) == _decimal(one.value), key
        if re.fullmatch(r"[\d.,]+%", one.variance):
            assert Decimal(by_key[key]["attainment"]) == _decimal(one.variance[:-1]), key
