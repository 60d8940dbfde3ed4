"""An installation of its own, on both databases, with a handful of the shipped samples.

A test says with ``demo`` or ``in_use`` from where it starts, and calls ``init`` only to see
what that does: what it leaves behind is made once on a file and once on a server, then copied.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, inspect, make_url

import bootstrap
from tests.postgres_server import PostgresServer

FEW = {
    ("183", "2017-Q3"),
    ("183", "2018-Q3"),
    ("184", "2018-Q3"),
    ("traffic_safety_board", "2018-Q3"),
}


@pytest.fixture(scope="session")
def few_samples(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose manifest names a few of the samples only."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(root / "data" / "org_units.yaml", folder)
    shutil.copytree(root / "data" / "targets", folder / "targets")
    manifest = (root / "data" / "samples" / "manifest.yaml").read_text(encoding="utf-8")
    chosen = [e for e in yaml.safe_load(manifest) if (e["reporter"], e["period"]) in FEW]
    for entry in chosen:
        target = folder / "samples" / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / "data" / "samples" / entry["file"], target)
    (folder / "samples" / "manifest.yaml").write_text(yaml.safe_dump(chosen), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Installation:
    """Where the data of a test will lie; there is nothing yet."""

    url: str

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return Path(self.url.removeprefix("sqlite:///"))

    def exists(self) -> bool:
        """Has anything been made there?"""
        if self.url.startswith("sqlite"):
            return self.file.exists()
        engine = create_engine(self.url)
        tables = inspect(engine).get_table_names()
        engine.dispose()
        return bool(tables)


class Beginnings:
    """Installations as ``init`` leaves them, kept under a name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: set[str] = set()

    def on_file(self, name: str, there: Installation, make: Callable[[], object]) -> None:
        kept = self._folder / name
        if not kept.exists():
            make()
            shutil.copy(there.file, kept)
        else:
            there.file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(kept, there.file)

    def on_server(
        self, name: str, there: Installation, make: Callable[[], object], server: PostgresServer
    ) -> None:
        own = str(make_url(there.url).database)
        if name not in self._kept:
            make()
            server.create(name, own)
            self._kept.add(name)
        else:
            server.execute(f'DROP DATABASE "{own}"')
            server.create(own, name)


@pytest.fixture
def database(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the database with every sample, which the commands will use."""
    file = tmp_path / "kpi.sqlite"
    shutil.copy(filled, file)
    monkeypatch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
    bootstrap.forget()
    yield file
    bootstrap.forget()


@pytest.fixture
def environment(empty_database_url: str, few_samples: Path) -> dict[str, str]:
    return {
        "KPI_DATABASE_URL": empty_database_url.replace("/kpi.sqlite", "/db/kpi.sqlite"),
        "KPI_DATA": str(few_samples),
        "KPI_LANGUAGE": "vi",
    }


@pytest.fixture
def installation(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Installation]:
    """The settings of a first start."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    bootstrap.forget()
    yield Installation(environment["KPI_DATABASE_URL"])
    bootstrap.forget()


@pytest.fixture
def run(installation: Installation) -> Callable[..., Result]:
    """Run a command of ``manage.py``; the result has exit code, stdout and stderr."""
    import manage

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(manage.cli, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def begin(
    run: Callable[..., Result],
    installation: Installation,
    beginnings: Beginnings,
    request: pytest.FixtureRequest,
) -> Callable[..., None]:
    """``begin("in_use", "--empty")``: as after ``init --empty``."""

    def lay_down(name: str, *told: str) -> None:
        def make() -> None:
            assert run("init", *told).exit_code == 0
            bootstrap.forget()  # nobody may have open what is to be copied

        if installation.url.startswith("sqlite"):
            beginnings.on_file(name, installation, make)
        else:
            server = request.getfixturevalue("postgres")
            beginnings.on_server(name, installation, make, server)

    return lay_down


@pytest.fixture
def demo(begin: Callable[..., None]) -> None:
    """The demonstration, as a first start leaves it."""
    begin("demo")


@pytest.fixture
def in_use(begin: Callable[..., None]) -> None:
    """An installation for real use in which nobody has sent anything yet."""
    begin("in_use", "--empty")


@pytest.fixture
def document(run: Callable[..., Result]) -> Callable[..., Any]:
    """The document that a command prints, whatever its exit code."""

    def parse(*arguments: object) -> Any:
        return json.loads(run(*arguments, "--json").stdout)

    return parse
