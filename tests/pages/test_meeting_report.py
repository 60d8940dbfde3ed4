"""The meeting's Word document: every figure is the screen's, by reading both."""

from __future__ import annotations

import io
import re
import shutil
from decimal import Decimal
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

import bootstrap
from reports.marks import SIGNS
from reports.synthesis import COLUMNS
from texts.numbers import number as written_number

THAT_DAY = "2018-10-10"
STATUSES = ("met", "on_track", "at_risk", "off_track", "incomplete", "not_due")


def blocks(app) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def plain(html: str) -> str:
    """The words of a cell: without what only phones, or only readers aloud, get."""
    shown = re.sub(r'<span class="(?:ph|pw|since|sr)">.*?</span>', "", html)
    return unescape(re.sub(r"<[^>]+>", "", shown)).strip()


def screen_rows(html: str) -> dict[str, tuple[str, ...]]:
    """Plan, value, comparison, status by the row's number."""
    found = {}
    for number, row in re.findall(r'<tr data-number="(\d+)"[^>]*>(.*?)</tr>', html, re.S):
        cells = {n: c for n, c in re.findall(r'<td class="(\w+)[^"]*"[^>]*>(.*?)</td>', row, re.S)}
        found[number] = tuple(plain(cells[name]) for name in ("pl", "va", "vr", "st"))
    return found


def paper_rows(table) -> dict[str, tuple[str, ...]]:
    """The same of a table with the summary's columns."""
    rows = {}
    for row in table.rows[1:]:
        number, _, _, plan, value, variance, _, status = (cell.text for cell in row.cells)
        if number.isdigit():
            rows[number] = (plan, value, variance, status)
    return rows


@pytest.fixture(scope="module")
def papers(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what ``manage.py report`` writes of quý III as of that day."""
    import manage

    folder = tmp_path_factory.mktemp("papers")
    database = shutil.copy(filled, folder / "kpi.sqlite")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{database}")
        bootstrap.forget()
        for name in ("bao_cao.docx", "bieu.xlsx"):
            arguments = ["report", "--period", "2018-Q3", "-o", str(folder / name)]
            result = CliRunner().invoke(manage.cli, [*arguments, "--as-of", THAT_DAY])
            assert result.exit_code == 0, result.output
        bootstrap.forget()
    return folder


@pytest.fixture
def document(papers: Path):
    return Document(str(papers / "bao_cao.docx"))


def agree(shown: dict[str, tuple[str, ...]], written: dict[str, tuple[str, ...]]) -> None:
    assert shown.keys() == written.keys()
    for number, (plan, value, variance, status) in shown.items():
        own = written[number]
        assert own[3].split(" ", 1)[0] in SIGNS.values(), number  # told apart without colour
        assert own[0] == plan, number
        assert own[1] in (value, "–"), number  # the screen dims what was last known
        assert own[2] == variance, number
        assert own[3].split(" ", 1)[1] == status, number


def test_the_summary_is_the_overviews(open_page, document) -> None:
    html = blocks(open_page(None, ky="2018-Q3", ngay=THAT_DAY))
    shown = screen_rows(html)
    assert len(shown) == 17
    agree(shown, paper_rows(document.tables[1]))
    lead = plain(re.search(r'<p class="lead">(.*?)</p>', html)[1])
    assert lead in [paragraph.text for paragraph in document.paragraphs]


def test_the_sentences_are_counted_as_in_the_strip(open_page, document) -> None:
    html = blocks(open_page(None, ky="2018-Q3", ngay=THAT_DAY))
    strip = dict(zip(STATUSES, map(int, re.findall(r"</i>(\d+)</b>", html)), strict=True))
    said = [paragraph.text for paragraph in document.paragraphs]
    headings = [text for text in said if re.match(r"[1-4]\. ", text)]
    counts = [int(re.search(r"\((\d+) ", text)[1]) for text in headings]
    assert counts == [
        strip["met"], strip["on_track"], strip["at_risk"] + strip["off_track"],
        strip["incomplete"] + strip["not_due"],
    ]  # fmt: skip
    sentences = [text for text in said if text.startswith("– ")]
    assert len(sentences) == sum(counts) == 17
    revenue = next(text for text in sentences if "ngân sách" in text)
    assert "3.690 tỷ đồng, kế hoạch ≥\xa06.296 tỷ đồng" in revenue
    assert "= 0,921 → Có nguy cơ" in revenue


def test_a_districts_annex_is_the_districts_screen(open_page, document) -> None:
    html = blocks(open_page("pages/district.py", don_vi="183", ky="2018-Q3", ngay=THAT_DAY))
    # the head, the summary, who gets it; the sectors, the districts, parts and wholes
    assert len(document.tables) == 4 + 11 + 1
    annexes = document.tables[4:15]
    written = paper_rows(annexes[4])  # Cao Lộc is the fifth in official order
    numbers = re.findall(r'<tr data-number="(\d+)"[^>]*>(.*?)</tr>', html, re.S)
    assert set(written) <= {number for number, _ in numbers}
    for number, row in numbers:
        if number not in written:
            continue
        cells = dict(re.findall(r'<td class="(\w+)[^"]*"[^>]*>(.*?)</td>', row, re.S))
        plan, value, _, status = written[number]
        assert (plan, status.split(" ", 1)[1]) == (plain(cells["pl"]), plain(cells["st"])), number
        assert value in (plain(cells["va"]), "–"), number


def test_it_names_its_receivers_and_what_does_not_add_up(document) -> None:
    foot, wholes = document.tables[2], document.tables[-1]
    assert foot.rows[0].cells[0].text.startswith("Nơi nhận:")
    named = {row.cells[-1].text for row in wholes.rows[1:]}
    assert {"Văn Quan (+4,4 sáng kiến)", ""} < named
    assert any(text.startswith("Không quy cho khu vực nào") for text in named)


def test_every_bullet_is_a_grey_picture_with_its_sentence(document) -> None:
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', document.element.xml)
    assert len(described) > 17
    assert any("ngân sách" in text for text in described)
    pictures = [p.blob for p in document.part.package.iter_parts() if "media" in p.partname]
    assert pictures
    assert all(blob[:8] == b"\x89PNG\r\n\x1a\n" and blob[25] == 0 for blob in pictures)


# --- the summary table in Excel -----------------------------------------------------------


@pytest.fixture
def workbook(papers: Path):
    return openpyxl.load_workbook(papers / "bieu.xlsx", data_only=True)


def lines_of(sheet) -> list[dict[str, object]]:
    """The rows below the head of the columns, by column."""
    rows = sheet.iter_rows(min_row=12, max_col=len(COLUMNS), values_only=True)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def shown_as(line: dict[str, object], shown: dict[str, str], number: str) -> None:
    """A line of the sheet says what a row of a screen does."""
    assert (line["plan"], str(line["status"]).split(" ", 1)[1]) == (shown["pl"], shown["st"]), (
        number
    )
    if line["value"] is None:
        return  # the screen dims what was last known
    decimals = len(shown["va"].partition(",")[2])
    assert written_number(Decimal(str(line["value"])), decimals, "vi") == shown["va"], number
    if "%" in shown["vr"] and "đ" not in shown["vr"]:
        name = "attainment" if line["previous"] is None or "≥" in shown["pl"] else "change"
        percent = written_number(abs(Decimal(str(line[name])) * 100), 1, "vi")
        assert f"{percent}%" in shown["vr"], number


def cells_of(html: str) -> dict[str, dict[str, str]]:
    """A screen's rows: what each cell says, by the row's number."""
    return {
        number: {name: plain(cell) for name, cell in
                 re.findall(r'<td class="(\w+)[^"]*"[^>]*>(.*?)</td>', row, re.S)}
        for number, row in re.findall(r'<tr data-number="(\d+)"[^>]*>(.*?)</tr>', html, re.S)
    }  # fmt: skip


def test_the_summary_table_in_excel_is_the_overview(open_page, workbook) -> None:
    shown = cells_of(blocks(open_page(None, ky="2018-Q3", ngay=THAT_DAY)))
    lines = {str(line["number"]): line for line in lines_of(workbook["Toàn tỉnh"])}
    assert len(shown) == 17
    for number, cells in shown.items():
        shown_as(lines[number], cells, number)


def test_a_districts_lines_in_excel_are_the_districts_screen(open_page, workbook) -> None:
    html = blocks(open_page("pages/district.py", don_vi="183", ky="2018-Q3", ngay=THAT_DAY))
    shown, number, seen = cells_of(html), "", 0
    for line in lines_of(workbook["Huyện, thành phố"]):
        heading = re.match(r"(\d+)\. ", str(line["number"]))
        number = heading[1] if heading else number
        if line["name"] == "Huyện Cao Lộc" and number in shown:
            shown_as(line, shown[number], number)
            seen += 1
    assert seen >= 14


def test_another_ending_than_of_the_two_papers_is_refused(database, tmp_path) -> None:
    import manage

    arguments = ["report", "--period", "2018-Q3", "-o", str(tmp_path / "bieu.pdf")]
    result = CliRunner().invoke(manage.cli, arguments)
    assert result.exit_code == 2
    assert ".docx, .xlsx" in result.output


def test_the_overview_offers_it_in_the_readers_language(open_page) -> None:
    app = open_page(None, ky="2018-Q4", lang="en")
    assert not app.exception
    labels = {element.proto.label for element in app.get("download_button")}
    assert {"Report for the meeting (Word)", "Summary table (Excel)"} <= labels


def test_the_buttons_document_is_the_commands(open_page, document, monkeypatch) -> None:
    from pages import take_away

    made: dict[str, bytes] = {}
    buttons = take_away.st.download_button

    def button(label, data, name, **rest):
        if name.endswith(".docx"):
            made[name] = data()
        return buttons(label, data, name, **rest)

    monkeypatch.setattr(take_away.st, "download_button", button)
    open_page(None, ky="2018-Q3", ngay=THAT_DAY)
    screen = Document(io.BytesIO(made["bao_cao_2018-Q3.docx"]))
    assert "minh họa" in screen.sections[0].footer.paragraphs[0].text
    assert [p.text for p in screen.paragraphs] == [p.text for p in document.paragraphs]
    for ours, theirs in zip(screen.tables, document.tables, strict=True):
        assert [[c.text for c in r.cells] for r in ours.rows] == [
            [c.text for c in r.cells] for r in theirs.rows
        ]
