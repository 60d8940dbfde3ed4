"""Keeping the registers: by the secretary, on a decision, never overwritten, no name in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from kpi.definitions import OrgUnits
from kpi.findings import NotAllowed
from kpi.honours import Honour, Recipient, Register, in_force
from kpi.permissions import Actor, ActorRole
from store import honours, migrate
from store.emulation_schema import honour
from store.engine import Session, SessionFactory, make_engine
from store.schema import audit_event
from workflow.honours import correct, register, take_back

NOON = datetime(2018, 9, 7, 5, 0, tzinfo=UTC)
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
REPORTER = Actor("cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}))
AWARD = Honour(
    Register.AWARD, 2018, "183", "merit", Recipient.PERSON, " Nguyễn Văn A ", "12/QĐ-UBND",
    date(2018, 9, 2), "Chủ tịch UBND tỉnh", "Sản xuất giỏi", direct_worker=True,
)  # fmt: skip


def test_an_entry_is_corrected_and_taken_back_by_new_rows(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    first = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    better = replace(AWARD, reason="Làm đường")
    later = NOON + timedelta(days=1)
    second = correct(factory, SECRETARY, org_units, first, better, why=" ghi nhầm ", at=later)
    found = honours.every(session)
    assert [(one.number, one.replaces, one.why) for one in found] == [
        (first, None, ""), (second, first, "ghi nhầm"),
    ]  # fmt: skip
    assert found[0].honour == replace(AWARD, recipient="Nguyễn Văn A")
    assert [one.honour.reason for one in in_force(found)] == ["Làm đường"]
    assert [one.honour.reason for one in in_force(honours.every(session, NOON))] == [AWARD.reason]
    take_back(factory, SECRETARY, Register.AWARD, second, why="trùng", at=later)
    session.rollback()  # the snapshot read before
    assert in_force(honours.every(session)) == ()


def test_the_log_names_the_decision_and_never_the_person(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    number = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    event = session.execute(select(audit_event)).one()
    assert (event.act, event.subject, event.actor) == ("honour.register", str(number), "thi-dua")
    assert "12/QĐ-UBND" in event.details
    assert "Nguyễn" not in event.details


def test_what_does_not_stand_is_not_replaced_again(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    number = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    gone = take_back
    for refused, call in {
        "honour_why": lambda: gone(factory, SECRETARY, Register.AWARD, number, why=" ", at=NOON),
        "no_honour": lambda: gone(factory, SECRETARY, Register.EXEMPLAR, number, why="x", at=NOON),
    }.items():
        with pytest.raises(NotAllowed) as raised:
            call()
        assert raised.value.reason == refused
    take_back(factory, SECRETARY, Register.AWARD, number, why="x", at=NOON)
    with pytest.raises(NotAllowed) as raised:
        correct(factory, SECRETARY, org_units, number, AWARD, why="x", at=NOON)
    assert raised.value.reason == "honour_replaced"
    assert len(honours.every(session)) == 2


def test_nobody_else_keeps_the_registers_and_a_contradiction_is_refused(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    with pytest.raises(NotAllowed) as raised:
        register(factory, REPORTER, org_units, AWARD, at=NOON)
    assert raised.value.reason == "not_your_role"
    with pytest.raises(NotAllowed) as raised:
        register(factory, SECRETARY, org_units, replace(AWARD, decision=" "), at=NOON)
    assert raised.value.reason == "honour_decision"
    assert honours.every(session) == []


def test_the_salt_goes_and_comes_again_and_the_entries_stay(
    factory: SessionFactory, session: Session, org_units: OrgUnits, database_url: str
) -> None:
    first = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    correct(factory, SECRETARY, org_units, first, AWARD, why="x", at=NOON)
    before = honours.every(session)
    session.close()
    engine: Engine = make_engine(database_url)
    migrate.downgrade(engine, "0013")
    migrate.upgrade(engine)
    engine.dispose()
    assert honours.every(session) == before
    assert set(session.scalars(select(honour.c.salt))) == {""}


def test_the_tables_go_and_come_again_with_rows_in_them(
    factory: SessionFactory, org_units: OrgUnits, database_url: str
) -> None:
    first = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    correct(factory, SECRETARY, org_units, first, AWARD, why="x", at=NOON)
    engine: Engine = make_engine(database_url)
    migrate.downgrade(engine, "0010")
    migrate.upgrade(engine)
    with engine.connect() as connection:
        assert connection.execute(select(honour)).all() == []
        assert len(connection.execute(select(audit_event)).all()) == 2
    engine.dispose()
