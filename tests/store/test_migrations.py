"""The migrations build exactly the tables that the code believes in, and take them back."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from store import migrate
from store.engine import make_engine
from store.schema import REVISION, metadata, submission, submission_file


def test_an_empty_database_is_not_up_to_date(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)

    assert not migrate.is_up_to_date(engine)
    engine.dispose()


def test_the_migrations_build_the_tables_of_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []
    assert migrate.is_up_to_date(engine)


def test_the_revision_the_code_expects_is_the_newest_script() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")

    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_migrating_down_leaves_nothing_and_up_again_works(engine: Engine) -> None:
    migrate.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}

    migrate.upgrade(engine)
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_a_migration_that_fails_half_way_has_not_happened(
    empty_database_url: str,
) -> None:
    engine = make_engine(empty_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE setting (wrong INTEGER)")  # the last table

    with pytest.raises(Exception, match="already exists"):
        migrate.upgrade(engine)

    assert inspect(engine).get_table_names() == ["setting"]
    engine.dispose()


def test_data_survive_the_way_down_and_up(engine: Engine) -> None:
    with engine.begin() as connection:
        _fill(connection)

    migrate.downgrade(engine, "0001")
    with engine.connect() as connection:
        withdrawn = connection.exec_driver_sql("SELECT reason, decided_by FROM submission").all()
    migrate.upgrade(engine)

    assert withdrawn == [("nhầm tệp", "local")]
    with engine.connect() as connection:
        row = connection.execute(submission.select()).one()
    assert (row.state, row.withdrawn_by, row.withdrawn_reason) == ("withdrawn", "local", "nhầm tệp")
    assert row.comments == "[]"
    assert migrate.is_up_to_date(engine)


def _fill(connection: Connection) -> None:
    at = datetime(2018, 10, 5, tzinfo=UTC)
    connection.execute(submission_file.insert().values(digest="d", content=b"x", stored_at=at))
    row = {
        "reporter": "183", "form": "A", "period": "2018-Q3", "revision": 1, "state": "withdrawn",
        "code": "7F3A-21C9", "file_digest": "d", "file_name": "x", "template_version": "2018.1",
        "definitions_version": "2018.1", "outcome": "accepted", "findings": "[]", "note": "",
        "submitted_by": "local", "submitted_at": at, "decided_by": "automatic", "decided_at": at,
        "withdrawn_by": "local", "withdrawn_at": at, "withdrawn_reason": "nhầm tệp",
    }  # fmt: skip
    connection.execute(submission.insert().values(row))
