"""What tests of more than one folder share: the definitions, and tools of the system.

Chromium, LibreOffice and PostgreSQL do not come with ``pip``. Where they are missing, a
test that needs one is skipped and says so; where ``CI`` is set it fails instead, so that a
gate can never turn green by not having looked.

A test that asks for ``database_url`` or ``empty_database_url`` runs twice: on SQLite and on a
PostgreSQL server that is started for the run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from kpi.definitions import Definitions, OrgUnits
from tests.postgres_server import PostgresServer, programs

ROOT = Path(__file__).parent.parent

# A busy machine is no fault of the code: no deadline. On the server the examples are the
# same every time; a developer's runs go on looking for new ones.
settings.register_profile("developer", deadline=None)
settings.register_profile("server", deadline=None, derandomize=True)
settings.load_profile("server" if os.environ.get("CI") else "developer")


def required_here(tool: str, *names: str) -> str:
    """The path of a program of the system, by the first of ``names`` that exists.

    Without it the test is skipped with the reason; it fails where ``CI`` is set.
    """
    for name in names or (tool,):
        if path := shutil.which(name):
            return path
    reason = f"{tool} is not installed (Debian: see .ci/run)"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI is set: this test must not be skipped", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser; nothing is downloaded."""
    return required_here("chromium", "chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, as ``soffice --headless``."""
    return required_here("soffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """The decree as it is shipped."""
    from loaders.definitions import load_definitions
    from workflow.working_days import add_working_days

    shipped = load_definitions(ROOT / "kpi_definitions.yaml")
    return replace(shipped, working_days=add_working_days)


@pytest.fixture(scope="session")
def org_units() -> OrgUnits:
    """The province and its eleven districts."""
    from loaders.org_units import load_org_units

    return load_org_units(ROOT / "data" / "org_units.yaml")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the first start leaves it, with every sample; copy it, do not write to it.

    The worker that asks first makes it for all.
    """
    folder = _folder_of_all_workers(tmp_path_factory)
    file = folder / "filled.sqlite"
    with (folder / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            made = tmp_path_factory.mktemp("filled") / "kpi.sqlite"
            _fill(made)
            made.rename(file)
    return file


@pytest.fixture(scope="module")
def installed(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the filled database for the tests of one module, in Vietnamese, without sign-in."""
    import bootstrap

    file = tmp_path_factory.mktemp("installed") / "kpi.sqlite"
    shutil.copy(filled, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
        patch.setenv("KPI_SIGN_IN", "off")
        patch.setenv("KPI_LANGUAGE", "vi")
        bootstrap.forget()
        yield file
        bootstrap.forget()


def _folder_of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the workers of one run find what another of them has made."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _fill(file: Path) -> None:
    import bootstrap

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{file}")
        bootstrap.forget()
        bootstrap.ready()
        bootstrap.forget()


# --- both databases ---------------------------------------------------------------------

_MIGRATED = "kpi_migrated"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for all tests of a run; every test gets a database of its own."""
    server = PostgresServer(required_here("PostgreSQL's server", *programs(), "postgres"))
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which of the two; a test of one alone is parametrised with ``indirect=True``."""
    return str(request.param)


@pytest.fixture
def empty_database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """A database without a table (SQLite: a file that does not exist yet)."""
    if database_kind == "sqlite":
        yield f"sqlite:///{(tmp_path / 'kpi.sqlite').as_posix()}"
    else:
        with request.getfixturevalue("postgres").new_database() as url:
            yield url


@pytest.fixture
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """A database with every table and no row; migrated once in a run, then copied."""
    if database_kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "kpi.sqlite")
        yield f"sqlite:///{(tmp_path / 'kpi.sqlite').as_posix()}"
    else:
        template = request.getfixturevalue("migrated_template")
        with request.getfixturevalue("postgres").new_database(template) as url:
            yield url


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "kpi.sqlite"
    _migrate(f"sqlite:///{file.as_posix()}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres: PostgresServer) -> str:
    _migrate(postgres.create(_MIGRATED))
    return _MIGRATED


def _migrate(url: str) -> None:
    from store import migrate
    from store.engine import make_engine

    engine = make_engine(url)
    migrate.upgrade(engine)
    engine.dispose()
