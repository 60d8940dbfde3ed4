"""What is published: the folder, the archive, the act and the address.

That every figure in it is the one the workbooks give is ``tests/acceptance/test_recomputed.py``'s.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

import bootstrap

PERIOD = "2018-Q3"


@dataclass(frozen=True)
class Published:
    """The folder that ``manage.py publish`` wrote, and the database it came from."""

    database: Path
    folder: Path
    said: str


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


# --- the folder --------------------------------------------------------------------------


def test_sha256sum_accepts_the_folder(published: Published) -> None:
    assert everything_is_listed(published.folder)
    assert "tat-ca.zip" in (published.folder / "SHA256SUMS").read_text()


def everything_is_listed(folder: Path) -> int:
    """How many files the sums accept: all but the sums themselves."""
    checked = subprocess.run(
        ["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True
    )
    assert checked.returncode == 0, checked.stdout
    listed = (folder / "SHA256SUMS").read_text().count("\n")
    assert len(files(folder)) == listed + 1
    return listed


def test_the_archive_unpacked_is_whole_and_leads_nowhere(
    published: Published, tmp_path: Path
) -> None:
    """It cannot hold itself: no page of it leads to it, no sum names it."""
    with zipfile.ZipFile(published.folder / "tat-ca.zip") as packed:
        packed.extractall(tmp_path)
    assert everything_is_listed(tmp_path) == everything_is_listed(published.folder) - 1
    for page in sorted(tmp_path.rglob("*.html")):
        for link in links_of(page):
            assert (page.parent / link).resolve().exists(), (page, link)
    assert "tat-ca.zip" in links_of(published.folder / "tep.html")
    assert "../tat-ca.zip" in links_of(published.folder / "en" / "tep.html")


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def links_of(page: Path) -> list[str]:
    """What a page leads to, other than itself."""
    parsed = Links()
    parsed.feed(page.read_text(encoding="utf-8"))
    return [link for link in parsed.found if not link.startswith("#")]


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
        for link in links_of(page):
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
