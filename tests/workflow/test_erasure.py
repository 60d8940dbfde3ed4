"""A person's name can be taken out of the registers; what is counted stays, the log has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from kpi.definitions import OrgUnits
from kpi.findings import NotAllowed
from kpi.honours import Honour, Recipient, Register, in_force, shares
from kpi.permissions import Actor, ActorRole
from reports.honour_words import reason_of, recipient_of
from store import honours
from store.audit import Event, append
from store.engine import Session, SessionFactory
from store.schema import audit_event
from workflow.erasure import erase_name
from workflow.honours import correct, register, take_back

NOON = datetime(2018, 9, 7, 5, 0, tzinfo=UTC)
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
ADMINISTRATOR = Actor("quan-tri", "Quản trị", frozenset({ActorRole.ADMINISTRATOR}))
AWARD = Honour(
    Register.AWARD, 2018, "183", "merit", Recipient.PERSON, "Nguyễn Văn A", "12/QĐ-UBND",
    date(2018, 9, 2), "Chủ tịch UBND tỉnh", "Ông Nguyễn Văn A sản xuất giỏi", direct_worker=True,
)  # fmt: skip


def stored(session: Session) -> str:
    """Every word of the registers and of the log."""
    session.rollback()
    events = session.execute(select(audit_event.c.subject, audit_event.c.details)).all()
    return f"{honours.every(session)} {events}"


def test_the_name_goes_from_the_entry_and_its_whole_history(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    first = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    spelled = replace(AWARD, recipient="Nguyễn Văn An", reason="Làm đường")
    why = "trước ghi NGUYỄN VĂN A"
    second = correct(factory, SECRETARY, org_units, first, spelled, why=why, at=NOON)
    other = register(factory, SECRETARY, org_units, replace(AWARD, recipient="Trần Thị B"), at=NOON)
    before = shares(in_force(honours.every(session)))
    erased = erase_name(factory, ADMINISTRATOR, Register.AWARD, second, why=" theo đơn ", at=NOON)
    assert (erased.entries, erased.logged) == ((first, second), 0)
    words = stored(session)
    assert "văn a" not in words.casefold().replace("nguyễn văn a sản", "", 1)  # of the other entry
    found = {one.number: one for one in honours.every(session)}
    assert (found[first].honour.recipient, found[second].honour.recipient) == ("", "")
    assert found[first].honour.reason == "Ông (…) sản xuất giỏi"
    assert found[second].why == "trước ghi (…)"
    assert found[second].honour.decision == "12/QĐ-UBND"
    assert found[other].honour.recipient == "Trần Thị B"
    assert shares(in_force(honours.every(session))) == before
    event = session.execute(select(audit_event).order_by(audit_event.c.id.desc())).first()
    assert event is not None
    assert (event.act, event.subject, event.actor) == ("honour.erase_name", "2", "quan-tri")
    assert "theo đơn" in event.details


def test_an_erased_entry_is_shown_without_a_name_and_can_be_taken_back(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    number = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    erase_name(factory, ADMINISTRATOR, Register.AWARD, number, why="theo đơn", at=NOON)
    (one,) = honours.every(session)
    for names in (True, False):
        assert recipient_of(one.honour, "vi", names=names) == (
            "Cá nhân, tên đã xóa (người lao động trực tiếp)"
        )
        assert reason_of(one.honour, names=names) == "Ông (…) sản xuất giỏi"
    take_back(factory, SECRETARY, Register.AWARD, number, why="trùng", at=NOON)
    session.rollback()
    assert in_force(honours.every(session)) == ()


def test_only_the_administrator_erases_with_a_reason_that_names_nobody(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    number = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    small = replace(AWARD, recipient="Tổ 3", recipient_kind=Recipient.SMALL_COLLECTIVE,
                    direct_worker=False)  # fmt: skip
    collective = register(factory, SECRETARY, org_units, small, at=NOON)
    for actor, of, why, reason in (
        (SECRETARY, number, "theo đơn", "not_your_role"),
        (ADMINISTRATOR, number, "  ", "honour_why"),
        (ADMINISTRATOR, number, "ông nguyễn văn a yêu cầu", "name_in_reason"),
        (ADMINISTRATOR, collective, "theo đơn", "no_name"),
        (ADMINISTRATOR, 99, "theo đơn", "no_honour"),
    ):
        with pytest.raises(NotAllowed) as refused:
            erase_name(factory, actor, Register.AWARD, of, why=why, at=NOON)
        assert refused.value.reason == reason
    assert [one.honour.recipient for one in honours.every(session)] == ["Nguyễn Văn A", "Tổ 3"]
    assert "nguyễn" not in str(session.execute(select(audit_event.c.details)).all()).casefold()


def test_older_events_that_hold_the_name_are_counted_and_not_hidden(
    factory: SessionFactory, session: Session, org_units: OrgUnits
) -> None:
    """Before, the log kept the reason of a correction in words."""
    number = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    details = {"reason": "viết lại tên Nguyễn Văn A"}
    append(session, Event(NOON, "thi-dua", "honour.correct", str(number), "done", details))
    session.commit()
    erased = erase_name(factory, ADMINISTRATOR, Register.AWARD, number, why="theo đơn", at=NOON)
    assert erased.logged == 1
