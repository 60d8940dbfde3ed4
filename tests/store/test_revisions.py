"""What a unit usually corrects: of figures that were corrected, and not by one slip alone."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Engine

from store import revisions
from store.engine import make_session_factory
from store.schema import observation, submission, submission_file

AT = datetime(2018, 10, 5, tzinfo=UTC)
D = Decimal
QUARTERS = ("2018-Q1", "2018-Q2", "2018-Q3")


def say(engine: Engine, period: str, revision: int, values: dict[str, str]) -> None:
    with engine.begin() as connection:
        digest = f"{period}-{revision}"
        connection.execute(
            submission_file.insert().values(digest=digest, content=b"", stored_at=AT)
        )
        row = {
            "reporter": "182", "form": "A", "period": period, "revision": revision,
            "state": "approved", "code": "7F3A-21C9", "file_digest": digest, "file_name": "x",
            "template_version": "1", "definitions_version": "1", "outcome": "accepted",
            "findings": "[]", "note": "", "submitted_by": "a", "submitted_at": AT,
            "decided_by": "b", "decided_at": AT,
        }  # fmt: skip
        number = connection.scalar(submission.insert().values(row).returning(submission.c.id))
        for indicator, value in values.items():
            connection.execute(
                observation.insert().values(
                    submission_id=number, indicator=indicator, org_unit="182", period=period,
                    value=D(value), status="A", basis="", raw=value, sheet="s", cell="A1", note="",
                )
            )  # fmt: skip


def test_the_median_of_the_corrections_counts_once_there_are_enough(engine: Engine) -> None:
    say(engine, "2018-Q1", 1, {"revenue": "100", "growth": "8"})
    say(engine, "2018-Q1", 2, {"revenue": "310", "growth": "8"})
    with make_session_factory(engine)() as session:
        assert revisions.usual(session, ["182"], QUARTERS) == {"182": D("2.1")}
        assert revisions.usual(session, ["182"], QUARTERS, least=2) == {}
    say(engine, "2018-Q2", 1, {"revenue": "100"})
    say(engine, "2018-Q2", 2, {"revenue": "102"})
    say(engine, "2018-Q3", 1, {"revenue": "100"})
    say(engine, "2018-Q3", 2, {"revenue": "101"})
    with make_session_factory(engine)() as session:
        assert revisions.usual(session, ["182"], QUARTERS, least=3) == {"182": D("0.02")}
        assert revisions.usual(session, ["182"], QUARTERS[:2], least=3) == {}
        assert revisions.usual(session, ["184"], QUARTERS) == {}
