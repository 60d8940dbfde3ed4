"""A backup drill, and the move to another database, as an administrator does them."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import bootstrap
from store import transfer
from store.engine import make_engine
from store.transfer import Sums
from tests.postgres_server import PostgresServer

Run = Callable[..., Result]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From now on the commands work on another database."""

    def change(url: str) -> None:
        monkeypatch.setenv("KPI_DATABASE_URL", url)
        bootstrap.forget()

    return change


def stored(url: str) -> Sums:
    engine = make_engine(url)
    with engine.connect() as connection:
        sums = transfer.sums_of(connection)
    engine.dispose()
    return sums


# Changed by the act itself: its event, and the number that counts changes.
def of_the_data(sums: Sums) -> Sums:
    return {name: one for name, one in sums.items() if name not in ("audit_event", "setting")}


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Another database, empty."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/other.sqlite"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.new_database() as url:
            yield url


def test_without_a_database_there_is_nothing_to_back_up(run: Run, tmp_path: Path) -> None:
    result = run("backup", "-o", tmp_path / "backup")

    assert result.exit_code == 2
    assert "manage.py init" in result.stderr
    assert not (tmp_path / "backup").exists()


@pytest.mark.usefixtures("demo")
def test_a_backup_is_restored_into_either_database(
    run: Run,
    document: Callable[..., Any],
    environment: dict[str, str],
    use: Callable[[str], None],
    other: str,
    tmp_path: Path,
) -> None:
    asked = ["assess", "--period", "2018-Q3", "--org-unit", "183"]
    before, judged = stored(environment["KPI_DATABASE_URL"]), document(*asked)

    written = run("backup", "-o", tmp_path / "kpi.backup")
    use(other)
    restored = run("restore", tmp_path / "kpi.backup")

    assert (written.exit_code, restored.exit_code) == (0, 0), restored.stderr
    assert [p.name for p in tmp_path.glob("*kpi.backup*")] == ["kpi.backup"]
    assert of_the_data(stored(other)) == of_the_data(before)
    assert run("verify").exit_code == 0
    assert document(*asked) == judged
    refused = run("restore", tmp_path / "kpi.backup")
    assert refused.exit_code == 1 and "không trống" in refused.stderr


@pytest.mark.usefixtures("demo")
def test_an_installation_moves_to_another_database_and_goes_on(
    run: Run,
    document: Callable[..., Any],
    environment: dict[str, str],
    use: Callable[[str], None],
    other: str,
    few_samples: Path,
) -> None:
    before = stored(environment["KPI_DATABASE_URL"])

    assert run("copy-to", other).exit_code == 0
    again = run("copy-to", other)

    assert again.exit_code == 1 and "không trống" in again.stderr
    assert stored(environment["KPI_DATABASE_URL"]) == before
    use(other)
    assert of_the_data(stored(other)) == of_the_data(before)
    assert run("verify").exit_code == 0
    number = document("submit", few_samples / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx")
    assert number["state"] == "approved"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE observation SET value = '1' WHERE id = 1",
        "DELETE FROM audit_event WHERE id = 1",
        "DELETE FROM backup_sum WHERE name = 'setting'",
        "DROP TABLE backup_sum",
    ],
)
def test_a_damaged_backup_is_not_restored(
    run: Run, use: Callable[[str], None], tmp_path: Path, damage: str
) -> None:
    run("backup", "-o", tmp_path / "kpi.backup")
    connection = sqlite3.connect(tmp_path / "kpi.backup")
    connection.execute(damage)
    connection.commit()
    connection.close()
    use(f"sqlite:///{tmp_path}/other.sqlite")

    result = run("restore", tmp_path / "kpi.backup")

    assert result.exit_code == 1
    assert "bị hỏng" in result.stderr
    assert not (tmp_path / "other.sqlite").exists()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_the_database_itself_is_never_the_backup(run: Run, environment: dict[str, str]) -> None:
    file = environment["KPI_DATABASE_URL"].removeprefix("sqlite:///")

    result = run("backup", "-o", file)

    assert result.exit_code == 1
    assert run("verify").exit_code == 0
    assert run("copy-to", environment["KPI_DATABASE_URL"]).exit_code == 2
