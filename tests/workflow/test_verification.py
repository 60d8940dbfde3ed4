"""Whatever is altered behind the program's back is found, and nothing else is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from kpi.definitions import Definitions, OrgUnits
from kpi.inquiries import Question
from kpi.judgement import Status
from kpi.periods import Period
from store import observations
from store.engine import Session, SessionFactory
from texts import LANGUAGES, say
from workflow.actors import LOCAL_USER
from workflow.inquiries import ask
from workflow.submissions import Receipt
from workflow.verification import verify

Form = Callable[..., bytes]
Send = Callable[..., Receipt]
Verify = Callable[[], list[str]]


@pytest.fixture
def faults(session: Session, definitions: Definitions, org_units: OrgUnits) -> Verify:
    def find() -> list[str]:
        found = verify(session, definitions, org_units)
        for fault in found:
            assert all(say(f"verify.{fault.code}", lang, **fault.facts) for lang in LANGUAGES)
        return [fault.code for fault in found]

    return find


@pytest.fixture
def two_revisions(send: Send, form: Form) -> None:
    send(form(every=Decimal(5)))
    send(form(budget_revenue=Decimal(7)))


def tamper(factory: SessionFactory, statement: str) -> None:
    """Change the database the way somebody with its password could: past every constraint."""
    engine: Engine = factory.kw["bind"]
    connection = engine.raw_connection()
    cursor = connection.cursor()
    if engine.dialect.name == "sqlite":
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(statement)
    else:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement.replace("BLOB", "BYTEA"))
    connection.commit()
    connection.invalidate()


def test_an_empty_database_is_sound(faults: Verify) -> None:
    assert faults() == []


def test_what_came_in_through_the_gate_is_sound(two_revisions: None, faults: Verify) -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit_event SET actor = 'somebody' WHERE id = 2", "audit_chain"),
        ("DELETE FROM audit_event WHERE id = 2", "audit_chain"),
        ("UPDATE submission_file SET content = CAST('other' AS BLOB)", "file_altered"),
        ("DELETE FROM submission_file", "no_file"),
        ("UPDATE observation SET submission_id = 99 WHERE id = 1", "no_submission"),
        ("UPDATE submission SET state = 'returned' WHERE id = 2", "state_not_logged"),
        ("UPDATE submission SET decided_by = NULL WHERE id = 2", "no_decision"),
        ("UPDATE current_observation SET value = '6' WHERE value = '7'", "in_force"),
        ("DELETE FROM current_observation WHERE value = '7'", "in_force"),
        ("UPDATE current_observation SET submission_id = 1", "in_force"),
        ("UPDATE submission SET state = 'returned' WHERE id = 2", "in_force"),
        ("UPDATE observation SET value = '8' WHERE value = '7'", "in_force"),
        ("UPDATE completeness SET filled = filled - 1", "completeness"),
        ("UPDATE completeness SET expected = expected + 1", "completeness"),
        ("DELETE FROM completeness", "completeness"),
    ],
)
def test_what_was_altered_from_outside_is_found(
    two_revisions: None, factory: SessionFactory, faults: Verify, statement: str, expected: str
) -> None:
    tamper(factory, statement)

    assert expected in faults()


def test_a_figure_put_in_force_by_no_approval_is_found(
    send: Send, form: Form, factory: SessionFactory, faults: Verify, definitions: Definitions
) -> None:
    manual = replace(definitions, approval={"A": "manual", "B": "manual"})
    receipt = send(form(budget_revenue=Decimal(7)), definitions=manual)
    assert faults() == []

    with factory() as session, session.begin():
        observations.put_in_force(session, receipt.submission)

    assert set(faults()) == {"in_force"}


@pytest.fixture
def asked(factory: SessionFactory, definitions: Definitions, org_units: OrgUnits) -> int:
    question = Question(
        "budget_revenue", "183", Period(2018, 3), "Vì sao?", date(2018, 10, 17), Status.OFF_TRACK
    )
    return ask(
        factory, LOCAL_USER, question, definitions=definitions, org_units=org_units,
        at=datetime(2018, 10, 10, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "found"),
    [("accept", ["inquiry_steps", "inquiry_not_logged"]), ("answer", ["inquiry_not_logged"])],
)
def test_a_step_that_nobody_took_is_found(
    asked: int, factory: SessionFactory, faults: Verify, step: str, found: list[str]
) -> None:
    assert faults() == []
    tamper(
        factory,
        "INSERT INTO inquiry_step (inquiry_id, number, step, said, taken_by, taken_at)"
        f" VALUES ({asked}, 1, '{step}', '', 'x', '2018-10-11 00:00:00')",
    )
    assert faults() == found


def test_a_question_that_is_gone_is_found(
    asked: int, factory: SessionFactory, faults: Verify
) -> None:
    tamper(factory, f"DELETE FROM inquiry WHERE id = {asked}")
    assert faults() == ["inquiry_not_logged"]
