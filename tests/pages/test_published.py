"""What is published: every figure counted again from the workbooks as they were sent, by a
plain path that shares no code with the product; and the folder, the act and the address.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document
from starlette.applications import Starlette
from starlette.testclient import TestClient

import bootstrap

PERIOD, BEFORE, PROVINCE = "2018-Q3", "2017-Q3", "20"
# How the province's figure of each target comes about, in words of one's own.
REPORTED = (
    "grdp_growth", "growth_agriculture", "growth_industry", "growth_services",
    "income_per_capita", "budget_revenue",
)  # fmt: skip
SHARES = ("share_agriculture", "share_industry", "share_services")
SUMS = (
    "new_rural_communes", "communes_below_5_criteria",
    "traffic_accidents", "traffic_deaths", "traffic_injuries",
)  # fmt: skip
RATIOS = {
    "road_hardening_rate": "communes_hardened_road",
    "communes_with_model": "communes_model_count",
    "communes_with_product": "communes_product_count",
}
ALL_COMMUNES = "rural_communes_total"

Figures = dict[tuple[str, str], Decimal]


@dataclass(frozen=True)
class Published:
    """The folder that ``manage.py publish`` wrote, and the database it came from."""

    database: Path
    folder: Path
    said: str

    def rows(self) -> list[dict[str, str]]:
        text = (self.folder / "so-lieu.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))


def run(*arguments: str) -> str:
    import manage

    result = CliRunner().invoke(manage.cli, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def published(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    work = tmp_path_factory.mktemp("published")
    file = work / "kpi.sqlite"
    shutil.copy(filled, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("KPI_SIGN_IN", "off")
        bootstrap.forget()
        said = run("publish", "-o", str(work / "cong-bo"), "--period", PERIOD)
        yield Published(file, work / "cong-bo", said)
        bootstrap.forget()


# --- the plain path ----------------------------------------------------------------------


def sent(database: Path, period: str) -> Figures:
    """What the approved workbooks of a period say, the later over the earlier."""
    with closing(sqlite3.connect(database)) as kept:
        books = kept.execute(
            "SELECT s.reporter, f.content FROM submission s JOIN submission_file f"
            " ON f.digest = s.file_digest WHERE s.period = ? AND s.state = 'approved'"
            " ORDER BY s.decided_at, s.id",
            [period],
        ).fetchall()
    assert len(books) > 10
    found: Figures = {}
    for reporter, content in books:
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
        found.update(cells_of(reporter, list(sheet.iter_rows(values_only=True))))
    return found


def cells_of(reporter: str, rows: list[tuple[object, ...]]) -> Figures:
    heads = next(list(row) for row in rows if row[0] == "Mã")
    value = next(n for n, head in enumerate(heads) if str(head).startswith("Thực hiện"))
    unit = heads.index("Mã đơn vị") if "Mã đơn vị" in heads else None
    found: Figures = {}
    for row in rows[rows.index(next(one for one in rows if one[0] == "Mã")) + 1 :]:
        figure = plain(row[value])
        if row[0] and figure is not None:
            found[str(row[0]), reporter if unit is None else str(row[unit])] = figure
    return found


def plain(cell: object) -> Decimal | None:
    """A number as Excel shows it to 15 digits; a text with a decimal comma."""
    if isinstance(cell, int | float):
        return Decimal(f"{cell:.15g}")
    text = str(cell or "").strip()
    if not any(sign.isdigit() for sign in text):
        return None
    return Decimal(text.replace(".", "").replace(",", ".") if "," in text else text)


def counted(raw: Figures) -> Figures:
    """The seventeen targets of the province and its districts."""
    units = sorted({unit for _, unit in raw if unit != PROVINCE})
    found = {key: raw[key] for key in raw if key[0] in (*REPORTED, *SUMS, *SHARES)}
    for name in SUMS:
        parts = [raw[name, unit] for unit in units if (name, unit) in raw]
        found[name, PROVINCE] = sum(parts, Decimal(0))
    for name, top in RATIOS.items():
        both = [u for u in units if (top, u) in raw and (ALL_COMMUNES, u) in raw]
        for unit in both:
            if raw[ALL_COMMUNES, unit]:
                found[name, unit] = 100 * raw[top, unit] / raw[ALL_COMMUNES, unit]
        above = sum((raw[top, unit] for unit in both), Decimal(0))
        found[name, PROVINCE] = 100 * above / sum(raw[ALL_COMMUNES, unit] for unit in both)
    taxes = raw["share_product_taxes", PROVINCE]
    for name in SHARES:
        found[name, PROVINCE] = 100 * raw[name, PROVINCE] / (100 - taxes)
    return found


def rounded(value: Decimal, like: str) -> Decimal:
    """To as many decimals as the published figure has, half away from zero."""
    decimals = len(like.partition(".")[2])
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def targets(published: Published) -> list[dict[str, str]]:
    wanted = {*REPORTED, *SHARES, *SUMS, *RATIOS}
    return [row for row in published.rows() if row["indicator"] in wanted]


def test_every_published_figure_is_the_one_the_workbooks_give(published: Published) -> None:
    own = counted(sent(published.database, PERIOD))
    rows = targets(published)
    assert len({row["indicator"] for row in rows}) == 17
    assert len(rows) == 17 + 11 * 16
    compared = 0
    for row in rows:
        key = row["indicator"], row["org_unit"]
        if not row["value"]:
            assert key not in own, key
            continue
        compared += 1
        assert rounded(own[key], row["value"]) == Decimal(row["value"]), key
    assert compared > 150


def test_last_year_and_the_change_are_counted_from_last_year_s_workbooks(
    published: Published,
) -> None:
    before, compared = counted(sent(published.database, BEFORE)), 0
    for row in targets(published):
        if not row["previous"] or row["units_reported"] not in ("", "11"):
            continue  # of a part of the units last year's figure is of that part, too
        key = row["indicator"], row["org_unit"]
        if key[0] in SUMS and key[1] == PROVINCE and row["units_expected"] == "10":
            continue
        compared += 1
        assert rounded(before[key], row["previous"]) == Decimal(row["previous"]), key
        if row["change"] and row["value"]:
            was, now = Decimal(row["previous"]), Decimal(row["value"])
            assert rounded(100 * (now - was) / was, row["change"]) == Decimal(row["change"]), key
    assert compared > 120


def test_the_percentage_of_the_plan_is_value_over_target(published: Published) -> None:
    compared = 0
    for row in targets(published):
        if row["target_kind"] == "at_least" and row["attainment"]:
            compared += 1
            exact = 100 * Decimal(row["value"]) / Decimal(row["target_low"])
            assert rounded(exact, row["attainment"]) == Decimal(row["attainment"]), row
    assert compared > 40


def test_the_pages_the_workbook_and_the_word_report_say_the_same(
    published: Published, tmp_path: Path
) -> None:
    province = {r["indicator"]: r for r in targets(published) if r["org_unit"] == PROVINCE}
    shown = figures_on(published.folder / "index.html")
    book = openpyxl.load_workbook(published.folder / "bieu-tong-hop.xlsx", data_only=True)
    sheet = {str(row[0]): row for row in book.worksheets[0].iter_rows(values_only=True) if row[0]}
    file = tmp_path / "bao_cao.docx"
    run("report", "--period", PERIOD, "-o", str(file))
    paper = {row.cells[0].text: row.cells[4].text for row in Document(str(file)).tables[1].rows}
    for number, (name, row) in enumerate(province.items(), start=1):
        value = row["value"]
        vietnamese = written(value)
        assert shown[name] == vietnamese, name
        assert paper[str(number)] == vietnamese, name
        cell = sheet[str(number)][7]
        assert (None if cell is None else Decimal(str(cell))) == (
            Decimal(value).normalize() if value else None
        ), name


def written(value: str) -> str:
    if not value:
        return "–"
    whole, _, part = value.partition(".")
    return f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")


def figures_on(page: Path) -> dict[str, str]:
    """Indicator and value of every row of a page."""
    html = page.read_text(encoding="utf-8")
    rows = re.findall(r'<tr data-indicator="(\w+)".*?</tr>', html, re.S)
    cells = re.findall(r'<td class="va">.*?<b>(.*?)</b>', html)
    return dict(zip(rows, cells, strict=True))


# --- the folder --------------------------------------------------------------------------


def test_sha256sum_accepts_the_folder(published: Published) -> None:
    checked = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=published.folder, capture_output=True
    )
    assert checked.returncode == 0, checked.stdout
    listed = (published.folder / "SHA256SUMS").read_text().count("\n")
    files = [one for one in published.folder.rglob("*") if one.is_file()]
    assert len(files) == listed + 2  # the sums themselves, and the whole as one file


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def test_the_pages_need_nothing_and_lead_nowhere_else(published: Published) -> None:
    pages = sorted(published.folder.rglob("*.html"))
    assert len(pages) > 80
    for page in pages:
        text = page.read_text(encoding="utf-8")
        parsed = Links()
        parsed.feed(text)
        assert not parsed.tags & {"script", "iframe", "img", "link", "object", "form"}, page
        assert "url(" not in text and "@import" not in text and " on" + "click" not in text, page
        assert "Phiên bản dữ liệu" in text or "Data version" in text, page
        for link in parsed.found:
            if link.startswith("#"):
                continue
            assert not re.match(r"\w+:|/", link), (page, link)
            assert (page.parent / link).resolve().exists(), (page, link)


def test_no_person_is_named(published: Published) -> None:
    with closing(sqlite3.connect(published.database)) as kept:
        files = [name for (name,) in kept.execute("SELECT DISTINCT file_name FROM submission")]
        people = [name for (name,) in kept.execute("SELECT DISTINCT submitted_by FROM submission")]
    for page in published.folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not [name for name in (*files, *people, "local") if f">{name}<" in text], page
        assert ".xlsx" not in text.replace("bieu-tong-hop.xlsx", ""), page


def test_publishing_again_gives_the_same_bytes(published: Published, tmp_path: Path) -> None:
    said = run("publish", "-o", str(tmp_path / "again"), "--period", PERIOD)
    assert "không đổi" in said
    first = {p.relative_to(published.folder): p.read_bytes() for p in files(published.folder)}
    again = {p.relative_to(tmp_path / "again"): p.read_bytes() for p in files(tmp_path / "again")}
    assert again == first
    with closing(sqlite3.connect(published.database)) as kept:
        events = kept.execute("SELECT subject FROM audit_event WHERE act = 'figures.publish'")
        assert events.fetchall() == [(PERIOD,)]


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def test_somebody_else_s_folder_is_left_alone(published: Published, tmp_path: Path) -> None:
    import manage

    (tmp_path / "thu.txt").write_text("của tôi", encoding="utf-8")
    result = CliRunner().invoke(manage.cli, ["publish", "-o", str(tmp_path), "--period", PERIOD])
    assert result.exit_code == 2
    assert "thu.txt" in result.output
    assert [one.name for one in tmp_path.iterdir()] == ["thu.txt"]


def test_verify_sees_a_publication_that_was_altered(published: Published, tmp_path: Path) -> None:
    from store import verification

    with closing(sqlite3.connect(published.database)) as kept:
        (good,) = kept.execute("SELECT archive FROM publication").fetchone()
        kept.execute("UPDATE publication SET archive = ?", [good + b"x"])
        kept.commit()
        with bootstrap.session_factory()() as session:
            faults = list(verification.publication_faults(session))
        kept.execute("UPDATE publication SET archive = ?", [good])
        kept.commit()
    with bootstrap.session_factory()() as session:
        assert list(verification.publication_faults(session)) == []
    assert [fault.code for fault in faults] == ["publication_altered"]


# --- the address -------------------------------------------------------------------------


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    from types import SimpleNamespace

    from pages import published, startup

    ready = SimpleNamespace(is_ready=True, demo=True)
    monkeypatch.setattr(startup, "preparation", lambda *_: ready)
    return TestClient(Starlette(routes=published.routes()), follow_redirects=False)


def test_the_server_shows_the_very_bytes_that_were_published(published, client) -> None:
    assert client.get("/cong-bo").headers["location"] == "/cong-bo/"
    for path, name in (("", "index.html"), ("en/", "en/index.html"), ("so-lieu.csv",) * 2,
                       ("tat-ca.zip",) * 2, ("SHA256SUMS",) * 2):  # fmt: skip
        answer = client.get(f"/cong-bo/{path}")
        assert answer.status_code == 200, path
        assert answer.content == (published.folder / name).read_bytes(), path
    page = client.get("/cong-bo/chi-tieu/budget_revenue.html")
    assert "script-src" not in page.headers["content-security-policy"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    etag = {"If-None-Match": page.headers["etag"]}
    assert client.get("/cong-bo/", headers=etag).status_code == 304
    assert client.get("/cong-bo/tat-ca.zip").headers["content-disposition"].endswith('.zip"')


@pytest.mark.parametrize("path", ["khong-co.html", "../manage.py", "%2e%2e/manage.py", "chi-tieu"])
def test_what_is_not_in_the_publication_is_not_there(published, client, path) -> None:
    assert client.get(f"/cong-bo/{path}").status_code == 404


def test_where_reading_is_closed_one_has_to_sign_in(published, client, monkeypatch) -> None:
    monkeypatch.setenv("KPI_SIGN_IN", "on")
    monkeypatch.setenv("KPI_PUBLIC_READING", "off")
    bootstrap.settings.cache_clear()
    answer = client.get("/cong-bo/so-lieu.csv")
    monkeypatch.undo()
    bootstrap.settings.cache_clear()
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap?tiep=%2Fcong-bo")


def test_before_the_first_publication_there_is_a_sentence(database, client) -> None:
    answer = client.get("/cong-bo/")
    assert answer.status_code == 404
    assert "Chưa có bản công bố nào." in answer.text
