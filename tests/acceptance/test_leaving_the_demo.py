"""From the sample data to real use: what was there is set aside, whole, on both databases.

And what an earlier version's demonstration lacks, which comes when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import create_engine, text

import bootstrap
from store import submissions
from store.engine import make_engine, make_session_factory
from tests.acceptance.conftest import Installation
from workflow.actors import LOCAL_USER
from workflow.installation import choose_empty, complete_demo

Run = Callable[..., Result]
# Each begins with what refers to the next.
ADDED = ("honour", "criterion_score", "milestone", "inquiry_step", "inquiry")


def reports(url: str) -> int:
    engine = make_engine(url)
    with make_session_factory(engine)() as session:
        found = submissions.count(session)
    engine.dispose()
    return found


@contextmanager
def open_elsewhere(url: str) -> Iterator[None]:
    """As by a server that still runs."""
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM setting")).all()
        yield
    engine.dispose()


@pytest.mark.usefixtures("demo")
def test_leaving_the_demo_keeps_it_aside(run: Run, installation: Installation) -> None:
    there = reports(installation.url)

    result = run("init", "--empty")

    assert result.exit_code == 0
    said, place = result.stdout.splitlines()[0].rstrip(".").rsplit(" ", 1)
    assert "giữ lại" in said and "chưa có báo cáo nào" in result.stdout
    bootstrap.forget()
    assert reports(installation.url) == 0
    if installation.url.startswith("sqlite"):
        assert Path(place).parent == installation.file.parent
        aside = f"sqlite:///{place}"
    else:
        aside = f"{installation.url}&options=-csearch_path%3D{place}"
    assert reports(aside) == there > 0


@pytest.mark.usefixtures("demo")
def test_after_the_demo_real_reports_come_in_and_agree(run: Run, few_samples: Path) -> None:
    sample = few_samples / "samples" / "2018" / "CaoLoc_Q3_2018.xlsx"
    run("init", "--empty")

    assert run("submit", sample).exit_code == 0
    assert run("verify").exit_code == 0
    assert run("init", "--empty").exit_code == 0  # chosen already
    assert "giữ lại" not in run("init", "--empty").stdout


@pytest.mark.usefixtures("demo")
def test_a_demo_that_a_server_has_open_is_not_moved(run: Run, installation: Installation) -> None:
    there = reports(installation.url)

    with open_elsewhere(installation.url):
        result = run("init", "--empty")

    assert result.exit_code == 1
    assert "đang bận" in result.stderr
    assert reports(installation.url) == there
    assert "báo cáo mẫu" in run("init").stdout


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_a_role_that_may_not_make_a_schema_is_told(run: Run, installation: Installation) -> None:
    engine = create_engine(installation.url, isolation_level="AUTOCOMMIT")
    database = engine.url.database
    with engine.connect() as connection:
        for statement in (
            "DROP ROLE IF EXISTS clerk",
            "CREATE ROLE clerk LOGIN",
            "GRANT CREATE ON SCHEMA public TO clerk",
        ):
            connection.execute(text(statement))
    as_clerk = engine.url.set(username="clerk").render_as_string(hide_password=False)
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATABASE_URL", as_clerk)
        bootstrap.forget()
        run("init")
        result = run("init", "--empty")
        bootstrap.forget()

    assert database is not None
    assert result.exit_code == 1
    assert "quyền ghi" in result.stderr and "permission denied" in result.stderr
    assert reports(installation.url) > 0


def entries() -> dict[str, int]:
    with bootstrap.session_factory()() as session:
        return {name: session.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in ADDED}


def test_a_demonstration_of_an_earlier_version_gets_what_it_lacks_and_nothing_twice(
    database: Path,
) -> None:
    before = entries()
    assert min(before.values()) > 0
    with bootstrap.session_factory()() as session, session.begin():
        for name in ADDED:
            session.execute(text(f"DELETE FROM {name}"))
    for _ in range(2):
        complete_demo(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())
        assert bootstrap.ready().demo
        assert entries() == before


def test_a_database_for_real_use_is_no_demo_to_complete(
    installation: Installation,
) -> None:
    bootstrap.ready(samples=False)
    choose_empty(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())
    complete_demo(bootstrap.session_factory(), LOCAL_USER, at=bootstrap.now())
    assert not bootstrap.ready().demo
    assert reports(installation.url) == 0
