"""The migrations build exactly the tables that the code believes in, and take them back."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from store import migrate
from store.engine import make_engine
from store.metadata import metadata
from store.schema import (
    REVISION,
    completeness,
    current_observation,
    observation,
    submission,
    submission_file,
)


def test_an_empty_database_is_not_up_to_date(empty_database_url: str) -> None:
    engine = make_engine(empty_database_url)

    assert not migrate.is_up_to_date(engine)
    engine.dispose()


def test_the_migrations_build_the_tables_of_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        keys = {name: inspect(connection).get_pk_constraint(name) for name in metadata.tables}

    assert differences == []
    assert {name: key["constrained_columns"] for name, key in keys.items()} == {
        table.name: list(table.primary_key.columns.keys()) for table in metadata.sorted_tables
    }
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
        kept = connection.execute(current_observation.select()).one()
        counted = connection.execute(completeness.select()).one()
    assert (row.state, row.withdrawn_by, row.withdrawn_reason) == ("withdrawn", "local", "nhầm tệp")
    assert row.comments == "[]"
    assert (kept.indicator, kept.org_unit, kept.value) == ("road", "183", Decimal("71.40"))
    assert counted == ("183", "2018-Q3", 2, 1)
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
    number = connection.scalar(submission.insert().values(row).returning(submission.c.id))
    cell = {"indicator": "road", "org_unit": "183", "period": "2018-Q3", "status": "A"}
    figure = {**cell, "value": Decimal("71.40"), "submission_id": number}
    said = {"basis": "", "raw": "71,40", "sheet": "Quý", "cell": "F9", "note": ""}
    stated = observation.insert().values(**figure, **said).returning(observation.c.id)
    kept = {**figure, "observation_id": connection.scalar(stated)}
    connection.execute(current_observation.insert().values(kept))
    counted = {"org_unit": "183", "period": "2018-Q3", "expected": 2, "filled": 1}
    connection.execute(completeness.insert().values(counted))
