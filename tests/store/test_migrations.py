"""The migrations build exactly the tables that the code believes in, and take them back."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from store import migrate
from store.engine import make_engine
from store.schema import REVISION, metadata


def test_an_empty_database_is_not_up_to_date(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new.sqlite")

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
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new.sqlite")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE setting (wrong INTEGER)")  # the last table

    with pytest.raises(Exception, match="already exists"):
        migrate.upgrade(engine)

    assert inspect(engine).get_table_names() == ["setting"]
    engine.dispose()
