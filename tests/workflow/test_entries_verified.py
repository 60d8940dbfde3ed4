"""What people wrote row by row is held against the log: no row can be altered past the gate."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from kpi.completeness import Asked, Filing, Report
from kpi.definitions import Definitions, OrgUnits
from kpi.honours import Honour, Recipient, Register
from kpi.inquiries import Question
from kpi.judgement import Status
from kpi.milestones import State, Word
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from kpi.plan_years import PlanYear, PlanYears
from kpi.reminders import Channel, Reminder, Rung
from kpi.score_sheets import Given, Voice
from kpi.sendings import Outcome
from store import accounts, entries_checked, honours, mails_checked, reminders, seals, targets
from store.accounts import NewAccount
from store.audit import Event, append
from store.emulation_schema import honour
from store.engine import Session, SessionFactory
from store.schema import target
from tests.workflow.test_verification import tamper
from texts import LANGUAGES, say
from workflow.accounts import change, choose_password, invite, make
from workflow.actors import LOCAL_USER
from workflow.erasure import erase_name
from workflow.honours import correct, register
from workflow.inquiries import answer, ask
from workflow.milestones import record as say_milestone
from workflow.notices import Telling, tell
from workflow.post import Letter
from workflow.reminders import record as remind
from workflow.scores import give
from workflow.settings import Mail
from workflow.standings import Ground, close_year
from workflow.targets import adopt, revise
from workflow.verification import verify

NOON = datetime(2018, 10, 12, 5, 0, tzinfo=UTC)
SECRETARY = Actor("thi-dua", "Thư ký", frozenset({ActorRole.SECRETARY}))
AWARD = Honour(
    Register.AWARD, 2018, "183", "merit", Recipient.PERSON, "Nguyễn Văn A", "12/QĐ-UBND",
    date(2018, 9, 2), "Chủ tịch UBND tỉnh", "Sản xuất giỏi", direct_worker=True,
)  # fmt: skip
ACCOUNT = NewAccount(
    "cao-loc", "Cao Lộc", frozenset({ActorRole.REPORTER}), frozenset({"183"}),
    email="cao-loc@example.test",
)  # fmt: skip
OWN = Given("2018-Q3", "183", "exemplars", Voice.SELF, Decimal("2.0"), "chờ ghi sổ")
QUESTION = Question(
    "budget_revenue", "183", Period(2018, 3), "Vì sao?", date(2018, 10, 17), Status.OFF_TRACK,
    Decimal("12.50"),
)  # fmt: skip

Faults = Callable[[], dict[str, str]]


@pytest.fixture
def written(
    factory: SessionFactory, root: Path, definitions: Definitions, org_units: OrgUnits
) -> None:
    """One of everything, through the gate."""
    years = PlanYears((PlanYear(definitions),))
    rules = (root / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8")
    ground = Ground(rules, lambda _session, _as_of: years, org_units)
    of_both = {"definitions": definitions, "org_units": org_units}
    give(factory, LOCAL_USER, ground, [OWN], at=NOON)
    number = register(factory, SECRETARY, org_units, AWARD, at=NOON)
    better = replace(AWARD, recipient="Nguyễn Văn An")
    correct(factory, SECRETARY, org_units, number, better, why="Nguyễn Văn A ghi sai", at=NOON)
    commitment = next(iter(definitions.commitments))
    word = Word(commitment, State.IN_PROGRESS, 40, date(2018, 12, 1), "Kế hoạch 5", "", NOON)
    say_milestone(factory, SECRETARY, definitions, word, at=NOON)
    asked = ask(factory, LOCAL_USER, QUESTION, at=NOON, **of_both)
    _urge(factory)
    answer(factory, LOCAL_USER, asked, "Thu chậm", at=NOON + timedelta(days=1), **of_both)
    close_year(factory, SECRETARY, ground, 2018, decision="1/QĐ", at=NOON)
    lay_down = [one for one in definitions.targets if one.indicator == "road_hardening_rate"]
    adopt(factory, LOCAL_USER, lay_down, at=NOON, on=date(2018, 1, 1))
    revise(factory, LOCAL_USER, lay_down[0], decision="9/QĐ", on=date(2018, 7, 1), at=NOON)


def _urge(factory: SessionFactory) -> None:
    """An account that is changed and gets a password, a letter, and a mail that nobody took."""
    number = make(factory, LOCAL_USER, ACCOUNT, at=NOON)
    choose_password(factory, invite(factory, LOCAL_USER, number, at=NOON), "mưa rừng tháng bảy",
                    at=NOON)  # fmt: skip
    change(factory, LOCAL_USER, number, ACCOUNT, at=NOON)
    owed = Report(Asked("183", "A", Period(2018, 3), 10, date(2018, 10, 5)), Filing.MISSING)
    remind(factory, SECRETARY, owed, 1, by="thu.docx", at=NOON)
    nowhere = Mail("127.0.0.1", "kpi@example.test", 1, "none")
    telling = Telling(nowhere, lambda _one: Letter("Giải trình", "Xin giải trình"))
    told = tell(factory, telling, 1, now=lambda: NOON)
    assert told is not None and told.outcome is Outcome.FAILED


@pytest.fixture
def faults(session: Session, definitions: Definitions, org_units: OrgUnits) -> Faults:
    def find() -> dict[str, str]:
        session.rollback()
        found = verify(session, definitions, org_units)
        for one in found:
            assert all(say(f"verify.{one.code}", lang, **one.facts) for lang in LANGUAGES)
        return {one.code: " ".join(one.facts.values()) for one in found}

    return find


def test_what_was_written_through_the_gate_is_sound(written: None, faults: Faults) -> None:
    assert faults() == {}


_OTHERS = ", ".join(column.name for column in target.c if column.name != "id")
_ADDED = "period, org_unit, criterion, voice, points, note, said_by, said_at"
_ALTERED: Mapping[Callable[[Session], list[Any]], tuple[str, ...]] = {
    entries_checked.scores: (
        "UPDATE criterion_score SET points = '1'",
        "UPDATE criterion_score SET note = 'khác'",
        "UPDATE criterion_score SET said_by = 'khác'",
        "UPDATE criterion_score SET voice = 'verified'",
        "DELETE FROM criterion_score",
        f"INSERT INTO criterion_score ({_ADDED}) SELECT {_ADDED} FROM criterion_score",
    ),
    entries_checked.registers: (
        "UPDATE honour SET recipient = 'Người khác' WHERE id = 1",
        "UPDATE honour SET kind = 'flag' WHERE id = 2",
        "UPDATE honour SET reason = 'khác' WHERE id = 2",
        "UPDATE honour SET direct_worker = false WHERE id = 2",
        "UPDATE honour SET decided_by = 'khác' WHERE id = 2",
        "UPDATE honour SET why = '' WHERE id = 2",
        "UPDATE honour SET salt = 'x' WHERE id = 2",
        "UPDATE honour SET recorded_by = 'khác' WHERE id = 2",
        "DELETE FROM honour WHERE id = 2",
    ),
    entries_checked.milestones: (
        "UPDATE milestone SET progress = 90",
        "UPDATE milestone SET evidence = 'khác'",
        "UPDATE milestone SET year = 2019",
        "DELETE FROM milestone",
    ),
    entries_checked.questions: (
        "UPDATE inquiry SET question = 'khác'",
        "UPDATE inquiry SET due = '2018-12-31'",
        "UPDATE inquiry SET status = 'met'",
        "UPDATE inquiry SET value = '99'",
        "UPDATE inquiry_step SET said = 'khác'",
        "UPDATE inquiry_step SET taken_by = 'khác'",
    ),
    mails_checked.reminders: (
        "UPDATE reminder SET receivers = 'khác'",
        "UPDATE reminder SET rung = -1",
        "UPDATE reminder SET made_at = (SELECT max(taken_at) FROM inquiry_step)",
        "DELETE FROM reminder",
    ),
    mails_checked.notices: (
        "UPDATE notice SET outcome = 'sent' WHERE outcome = 'failed'",
        "UPDATE notice SET receivers = 'khác'",
        "UPDATE notice SET attempt = 2",
        "DELETE FROM notice WHERE outcome = 'begun'",
    ),
    partial(seals.broken, sealed=seals.TARGETS): (
        "UPDATE target SET low = '1' WHERE id = 1",
        "UPDATE target SET replaced_on = '2018-12-31' WHERE id = 1",
        "UPDATE target SET decision = '10/QĐ' WHERE id = 2",
        "DELETE FROM target WHERE id = 2",
        "INSERT INTO target (id, {others}) SELECT 99, {others} FROM target WHERE id = 2",
    ),
    partial(seals.broken, sealed=seals.ACCOUNTS): (
        "UPDATE account SET roles = '[\"administrator\"]'",
        "UPDATE account SET email = 'khac@example.test'",
        "UPDATE account SET password = 'khác'",
        "UPDATE account SET active = false",
    ),
    entries_checked.closed_years: (
        "UPDATE standing SET decision = 'khác'",
        "UPDATE standing SET rules = 'khác'",
        "DELETE FROM standing",
    ),
}


def test_a_row_that_was_altered_past_the_gate_is_found(written: None, session: Session) -> None:
    for check, statements in _ALTERED.items():
        assert check(session) == []
        for statement in statements:
            session.execute(text(statement.format(others=_OTHERS)))
            assert len(check(session)) == 1, statement
            session.rollback()


def test_verify_says_what_was_altered(
    written: None, factory: SessionFactory, faults: Faults
) -> None:
    for statement in (
        "UPDATE criterion_score SET note = 'khác'",
        "UPDATE honour SET recipient = 'Người khác' WHERE id = 2",
        "UPDATE milestone SET evidence = 'khác'",
        "UPDATE inquiry SET question = 'khác'",
        "UPDATE standing SET decision = 'khác'",
        "UPDATE reminder SET receivers = 'khác'",
        "UPDATE notice SET detail = ''",
        "UPDATE target SET low = '1' WHERE id = 1",
        "UPDATE account SET email = 'khac@example.test'",
    ):
        tamper(factory, statement)
    found = faults()
    assert found.pop("milestone_not_logged")
    assert found == {
        "score_not_logged": "183 2018-Q3 exemplars",
        "honour_not_logged": "2",
        "inquiry_altered": "1",
        "standing_not_logged": "2018",
        "reminder_not_logged": "183 2018-Q3",
        "notice_not_logged": "1",
        "target_not_logged": "road_hardening_rate 20 2018",
        "account_not_logged": "cao-loc",
    }


def test_an_entry_that_no_version_sealed_is_held_against_what_was_logged(
    written: None, factory: SessionFactory, session: Session, faults: Faults
) -> None:
    """As a database of an earlier version has them: no salt, no seal in the log."""
    number = honours.add(session, replace(AWARD, decision="13/QĐ-UBND"), by="thi-dua", at=NOON)
    details = {
        "register": "award", "org_unit": "183", "decision": "13/QĐ-UBND",
        "decided_on": "2018-09-02",
    }  # fmt: skip
    append(session, Event(NOON, "thi-dua", "honour.register", str(number), "done", details))
    session.commit()
    assert faults() == {}
    session.execute(update(honour).where(honour.c.id == number).values(decision="14/QĐ-UBND"))
    session.commit()
    assert faults() == {"honour_not_logged": str(number)}


def test_what_an_earlier_version_wrote_is_held_as_far_as_it_was_logged(
    written: None, factory: SessionFactory, session: Session, faults: Faults
) -> None:
    """No seals, no number of the attempt, and the first word a moment after its event."""
    earlier = NOON - timedelta(days=1)
    for act in ("target.adopt", "account.make"):
        append(session, Event(earlier, "local", act, "x", "done", {}))
    targets.add(session, targets.every(session)[0].target, by="local", at=earlier)
    accounts.add(session, replace(ACCOUNT, name="x", email=None), by="local", at=earlier)
    rung = Rung("184", Period(2018, 3), date(2018, 10, 5), 1)
    late = earlier + timedelta(microseconds=9)
    reminders.add(session, Reminder(rung, Channel.MAIL, Outcome.BEGUN, "a@b.vn", "local", late))
    details = {
        "period": "2018-Q3", "rung": "T+1", "due": "2018-10-05", "channel": "mail",
        "outcome": "begun", "by": "a@b.vn", "detail": "",
    }  # fmt: skip
    append(session, Event(earlier, "local", "reporter.remind", "184", "done", details))
    session.commit()
    assert faults() == {}
    tamper(factory, "UPDATE reminder SET receivers = 'c@d.vn' WHERE reporter = '184'")
    assert faults() == {"reminder_not_logged": "184 2018-Q3"}


def test_an_erased_name_leaves_everything_sound(
    written: None, factory: SessionFactory, faults: Faults
) -> None:
    erase_name(factory, LOCAL_USER, Register.AWARD, 2, why="theo đơn", at=NOON)
    assert faults() == {}
    tamper(factory, "UPDATE honour SET recipient = 'Người khác' WHERE id = 1")
    assert faults() == {"honour_not_logged": "1"}
