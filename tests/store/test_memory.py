"""What is stored comes back to the last digit; corrections cover, and never erase."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from kpi.findings import Finding, Scope, Severity
from kpi.observations import CellAddress, Observation, ObsStatus
from kpi.periods import Period
from store import lookups, observations, series, settings, submissions, verification
from store.engine import Session, SessionFactory, make_engine, writing
from store.json_text import findings_from_text, findings_to_text
from store.schema import observation
from store.types import ExactNumber, Instant

NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)
LATER = NOON + timedelta(days=3)
Observed = Callable[..., Observation]
Send = Callable[..., submissions.Submission]


def test_before_the_first_report_the_tables_are_empty_but_have_their_columns(
    session: Session,
) -> None:
    assert list(series.values(session).columns) == list(lookups.COLUMNS)
    assert list(series.vintages(session, "road", "2018-Q3").columns) == list(series.VINTAGE_COLUMNS)
    assert series.known(series.values(session)) == {}
    assert settings.data_version(session) == 0


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_sqlite_is_set_up_to_lose_nothing(engine: Engine) -> None:
    with engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_a_value_knows_its_cell(session: Session, send: Send, observed: Observed) -> None:
    stored = send(observed("road", "71.40"))

    table = series.values(session, indicators=["road"], periods=["2018-Q3"])
    known = series.known(table)["road", "183", Period(2018, 3)]

    assert known.value == Decimal("71.40")
    assert known.source is not None
    assert (known.source.submission, known.source.revision) == (stored.id, 1)
    assert str(known.source.at) == "Quý 3!F9"
    assert known.source.received_at == NOON


def test_a_correction_covers_one_cell_and_leaves_the_others(
    session: Session, send: Send, observed: Observed
) -> None:
    send(observed("road", "70.1"), observed("poor", "12"))
    send(observed("road", "71.4"), at=LATER)

    table = series.values(session)
    vintages = series.vintages(session, "road", "2018-Q3")

    assert dict(zip(table["indicator"], table["value"], strict=True)) == {
        "poor": Decimal(12),
        "road": Decimal("71.4"),
    }
    assert list(vintages["value"]) == [Decimal("70.1"), Decimal("71.4")]
    assert list(vintages["superseded"]) == [True, False]


def test_a_figure_said_to_be_missing_does_cover_the_earlier_one(
    session: Session, send: Send, observed: Observed
) -> None:
    send(observed("road", "70.1"))
    send(observed("road", None, status=ObsStatus.MISSING), at=LATER)

    known = lookups.known(session)["road", "183", "2018-Q3"]

    assert known.value is None
    assert known.status is ObsStatus.MISSING


def test_an_older_submission_approved_late_does_not_cover_a_newer_one(
    factory: SessionFactory, session: Session, send: Send, observed: Observed
) -> None:
    older = send(observed("road", "70.1"), approved=False)
    send(observed("road", "71.4"), at=LATER)

    writing(factory, lambda session: observations.put_in_force(session, older.id))

    assert lookups.known(session)["road", "183", "2018-Q3"].value == Decimal("71.4")


def test_what_is_not_approved_is_not_in_force(
    session: Session, send: Send, observed: Observed
) -> None:
    send(observed("road", "70.1"), approved=False)

    assert series.values(session).empty
    assert series.vintages(session, "road", "2018-Q3").empty


def test_completeness_counts_figures_and_not_excuses(
    factory: SessionFactory, session: Session, send: Send, observed: Observed
) -> None:
    send(
        observed("road", "70.1"),
        observed("poor", None, status=ObsStatus.MISSING),
        observed("border", None, status=ObsStatus.NOT_APPLICABLE),
    )
    expected = {("183", "2018-Q3"): 4, ("184", "2018-Q3"): 4}

    writing(factory, lambda session: observations.count_complete(session, expected))

    assert verification.kept_completeness(session) == {
        ("183", "2018-Q3"): (4, 2),
        ("184", "2018-Q3"): (4, 0),
    }


def test_a_submission_comes_back_as_it_was_stored(
    session: Session, send: Send, observed: Observed
) -> None:
    stored = send(observed(), content=b"the very bytes")

    assert submissions.get(session, stored.id) == submissions.latest(session, "183", "2018-Q3")
    assert submissions.file_content(session, stored.file_digest) == b"the very bytes"
    assert submissions.file_content(session, "0" * 64) is None
    assert submissions.stored_digests(session) == {stored.file_digest}
    assert observations.stated_by(session, stored.id) == (observed(),)


def test_revisions_count_per_reporter_and_period(send: Send, observed: Observed) -> None:
    first, second = send(observed()), send(observed(), at=LATER)

    assert (first.revision, second.revision) == (1, 2)
    assert first.code != second.code
    assert first.code == submissions.receipt_code(first.file_digest, "183", "2018-Q3", 1)


def test_findings_survive_as_text() -> None:
    findings = (
        Finding("left_blank", Severity.WARNING, CellAddress("Quý 3", "F9"), facts={"old": "1,5"}),
        Finding("not_our_form", scope=Scope.FILE, found="…"),
    )

    assert findings_from_text(findings_to_text(findings)) == findings


def test_a_value_without_a_figure_must_say_why(factory: SessionFactory, send: Send) -> None:
    stored = send()
    row = {
        "submission_id": stored.id,
        "indicator": "road",
        "org_unit": "183",
        "period": "2018-Q3",
        "value": None,
        "status": "A",
        "basis": "",
        "raw": "",
        "sheet": "",
        "cell": "",
        "note": "",
    }

    with pytest.raises(IntegrityError, match="value_or_reason"):
        writing(factory, lambda session: session.execute(insert(observation).values(row)))


@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_no_digit_is_lost_on_sqlite(value: Decimal) -> None:
    kind, dialect = ExactNumber(), make_engine("sqlite://").dialect

    bound = kind.process_bind_param(value, dialect)

    read = kind.result_processor(dialect, None)
    assert read is not None and read(bound) == value


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(datetime(2018, 1, 1), make_engine("sqlite://").dialect)


def test_a_moment_comes_back_in_utc(session: Session, send: Send, observed: Observed) -> None:
    hanoi = timezone(timedelta(hours=7))
    stored = send(observed(), at=datetime(2018, 10, 5, 12, 0, tzinfo=hanoi))

    found = session.scalar(select(submissions.submission.c.submitted_at))

    assert found == NOON
    assert stored.submitted_at.tzinfo is UTC
