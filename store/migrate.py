"""Bring the tables up to date, and tell cheaply whether they are.

Alembic and its scripts take half a second to load. A start that finds the newest
revision in place never loads them. Each migration is one transaction, on SQLite too
(``store.engine`` begins transactions itself): killed half-way, it has not happened.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from store.schema import REVISION

_SCRIPTS = Path(__file__).parent / "migrations"


def is_up_to_date(engine: Engine) -> bool:
    """Is the newest migration in place?"""
    with engine.connect() as connection:
        return revision(connection) == REVISION


def revision(connection: Connection) -> str | None:
    """The migration the tables are at; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are missing."""
    _run(engine, "upgrade", to)


def upgrade_within(connection: Connection) -> None:
    """Run the missing migrations as part of a transaction that is open."""
    _run_on(connection, "upgrade", "head")


def downgrade(engine: Engine, to: str) -> None:
    """Take back migrations down to ``to`` ("base": all of them)."""
    _run(engine, "downgrade", to)


def _run(engine: Engine, direction: str, to: str) -> None:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _run_on(connection, direction, to)


def _run_on(connection: Connection, direction: str, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    getattr(command, direction)(config, to)
