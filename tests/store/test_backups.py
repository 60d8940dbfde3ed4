"""A backup taken while reports come in shows one moment; an older one is brought up to date."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from kpi.observations import Observation
from store import backups, migrate, submissions, transfer
from store.engine import StoreUnavailable
from store.schema import REVISION, observation, submission
from store.transfer import NotTheSame, Sum

Observed = Callable[..., Observation]
Send = Callable[..., submissions.Submission]


def test_an_empty_database_makes_a_backup_of_no_rows(engine: Engine, tmp_path: Path) -> None:
    assert backups.write(engine, tmp_path / "backup") == 0

    with backups.opened(tmp_path / "backup") as connection:
        assert sum(one.rows for one in transfer.sums_of(connection).values()) == 0


def test_a_file_that_is_no_backup_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("Kính gửi " * 200, encoding="utf-8")

    with pytest.raises(backups.BackupDamaged), backups.opened(tmp_path / "note"):
        pass


def test_a_place_that_cannot_be_written_to_is_said(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        backups.write(engine, tmp_path / "nowhere" / "backup")


def test_a_backup_during_uploads_has_whole_submissions_only(
    engine: Engine, send: Send, observed: Observed, tmp_path: Path
) -> None:
    done = threading.Event()

    def upload() -> None:
        for number in range(60):
            send(observed("road", str(number)), observed("poor", "1"), content=b"%d" % number)
        done.set()

    thread = threading.Thread(target=upload)
    thread.start()
    counts: list[int] = []
    while not done.is_set():
        backups.write(engine, tmp_path / "backup")
        with backups.opened(tmp_path / "backup") as connection:
            sent = connection.scalar(select(func.count()).select_from(submission)) or 0
            stated = connection.scalar(select(func.count()).select_from(observation))
        counts.append(sent)
        assert stated == 2 * sent
    thread.join()
    assert counts == sorted(counts)


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_an_older_backup_is_brought_to_the_present_tables(
    engine: Engine, send: Send, observed: Observed, tmp_path: Path
) -> None:
    send(observed("road", "71.4"))
    migrate.downgrade(engine, "0001")
    backups.write(engine, tmp_path / "backup")

    with backups.opened(tmp_path / "backup") as connection:
        assert migrate.revision(connection) == REVISION
        assert connection.scalar(select(observation.c.indicator)) == "road"


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_backup_of_a_later_version_is_refused(engine: Engine, tmp_path: Path) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    backups.write(engine, tmp_path / "backup")

    with pytest.raises(backups.BackupNewer, match="9999"), backups.opened(tmp_path / "backup"):
        pass


def test_a_backup_is_one_file_that_sqlite_can_read(
    engine: Engine, send: Send, observed: Observed, tmp_path: Path
) -> None:
    send(observed("road", "71.40"))
    rows = backups.write(engine, tmp_path / "backup")

    connection = sqlite3.connect(tmp_path / "backup")
    assert connection.execute("SELECT value FROM observation").fetchall() == [("71.40",)]
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    assert (mode, rows) == ("delete", 4)  # file, submission, observation, in force
    assert [path.name for path in tmp_path.glob("*backup*")] == ["backup"]


def test_sums_do_not_depend_on_the_order_but_on_every_value() -> None:
    def summed(*rows: tuple[object, ...]) -> Sum:
        found = Sum()
        for row in rows:
            found.add(row)
        return found

    assert summed((1, "a"), (2, "b")) == summed((2, "b"), (1, "a"))
    assert summed((1, "a")) != summed((1, "b"))
    with pytest.raises(NotTheSame, match="setting"):
        transfer.require_same({"setting": summed((1,))}, {"setting": summed((2,))})
