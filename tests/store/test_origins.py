"""Where a value came from is kept by number, and never that of a submission that is not there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert

from kpi.observations import Observation
from store import kept, lookups, observations, origins, schema, submissions
from store.engine import Session, SessionFactory, make_engine, writing
from store.metadata import metadata

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
Observed = Callable[..., Observation]
Send = Callable[..., submissions.Submission]


class Undone(Exception):
    """Rolls a transaction back."""


def _digest(session: Session) -> str:
    source = lookups.known(session)["road", "183", "2018-Q3"].source
    assert source is not None
    return source.file_digest


def test_a_number_that_was_rolled_back_and_given_again_tells_of_the_second(
    factory: SessionFactory, session: Session, send: Send, observed: Observed
) -> None:
    first = send(observed("road", "70.1"), approved=False)
    session.rollback()

    def undone(session: Session) -> None:
        submissions.decide(session, first.id, "approved", by="automatic", at=NOON)
        observations.put_in_force(session, first.id)
        assert _digest(session) == first.file_digest
        raise Undone

    with pytest.raises(Undone):
        writing(factory, undone)
    second = send(observed("road", "71.4"), content=b"other", at=NOON + timedelta(days=1))

    assert _digest(session) == second.file_digest != first.file_digest


def test_nothing_is_put_by_while_a_transaction_writes(
    factory: SessionFactory, session: Session, send: Send, observed: Observed
) -> None:
    stored = send(observed("road", "70.1"))

    writing(factory, _digest)
    asked = _asked(session, stored.id)

    assert asked == 1, "what was read while writing was kept"
    assert _asked(session, stored.id) == 0, "what was read was not kept"


def test_when_too_many_are_kept_it_begins_anew(
    session: Session, send: Send, observed: Observed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins._KEPT, "_most", 1)
    monkeypatch.setattr(kept, "_AT_ONCE", 1)
    one, other = (send(observed("road", value), at=NOON).id for value in ("70.1", "70.2"))

    assert sorted(origins.origins(session.connection(), [one, other])) == [one, other]
    assert [_asked(session, number) for number in (one, one, other, one)] == [1, 0, 1, 1]


def test_numbers_of_another_file_in_its_place_tell_of_that_file(tmp_path: Path) -> None:
    """Two databases number their submissions alike; nothing of the first is told of the second."""
    file = tmp_path / "kpi.sqlite"
    for place, revision in ((file, 1), (tmp_path / "other.sqlite", 2)):
        one = make_engine(f"sqlite:///{place}")
        with one.connect().execution_options(writes=True) as connection, connection.begin():
            _one_submission(connection, revision)
        one.dispose()
    opened = make_engine(f"sqlite:///{file}")
    with opened.connect() as connection:
        assert origins.origins(connection, [1])[1][0] == 1

    for part in tmp_path.glob("kpi.sqlite*"):
        part.rename(tmp_path / f"aside-{part.name}")
    (tmp_path / "other.sqlite").rename(file)

    with opened.connect() as connection:
        assert origins.origins(connection, [1])[1][0] == 2
    opened.dispose()


def _one_submission(connection: Connection, revision: int) -> None:
    metadata.create_all(connection, tables=[schema.submission_file, schema.submission])
    digest = "0" * 64
    kept = {"digest": digest, "content": b"", "stored_at": NOON}
    connection.execute(insert(schema.submission_file).values(kept))
    values: dict[str, object] = {
        column.name: "" for column in schema.submission.c if not column.nullable
    }
    values |= {
        "id": 1, "revision": revision, "state": "submitted", "file_digest": digest,
        "submitted_at": NOON,
    }  # fmt: skip
    connection.execute(insert(schema.submission).values(values))


def _asked(session: Session, number: int) -> int:
    """How often the database was asked for one submission."""
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        assert number in origins.origins(connection, [number])
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return len(statements)
