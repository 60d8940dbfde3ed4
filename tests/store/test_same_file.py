"""What lies at the address of an SQLite database is looked at before each use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from store.engine import StoreUnavailable, make_engine


def write(file: Path, value: int) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE word (value)")
        connection.execute("INSERT INTO word VALUES (?)", (value,))
        connection.commit()


def read(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.scalar(text("SELECT value FROM word"))


def put_aside(file: Path) -> None:
    for one in file.parent.glob(f"{file.name}*"):
        one.rename(one.with_name(f"aside-{one.name}"))


def put_back(file: Path) -> None:
    for one in file.parent.glob(f"aside-{file.name}*"):
        one.rename(one.with_name(one.name.removeprefix("aside-")))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "kpi.sqlite", 1)
    return tmp_path / "kpi.sqlite"


@pytest.fixture
def opened(file: Path) -> Iterator[Engine]:
    engine = make_engine(f"sqlite:///{file}")
    assert read(engine) == 1
    yield engine
    engine.dispose()


def test_another_file_in_its_place_is_read(opened: Engine, file: Path) -> None:
    put_aside(file)
    write(file, 2)

    assert read(opened) == 2


def test_where_the_file_is_gone_none_is_made_and_it_is_found_again(
    opened: Engine, file: Path
) -> None:
    put_aside(file)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="gone"):
            read(opened)
    assert not file.exists()

    put_back(file)
    assert read(opened) == 1


def test_a_file_without_content_is_none(opened: Engine, file: Path) -> None:
    put_aside(file)
    file.touch()

    with pytest.raises(StoreUnavailable, match="gone"):
        read(opened)


def test_the_journal_of_the_former_file_is_not_written_into_another(
    opened: Engine, file: Path
) -> None:
    file.rename(file.with_suffix(".former"))
    write(file.with_suffix(".restored"), 2)
    file.with_suffix(".restored").rename(file)  # and kpi.sqlite-wal lies there as before

    with pytest.raises(StoreUnavailable, match="-wal: belongs to"):
        read(opened)
