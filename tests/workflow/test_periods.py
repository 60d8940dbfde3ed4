"""A locked period takes nothing and says why; one unit may be let in until a day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from kpi.calendar import FormCalendar
from kpi.definitions import Definitions, OrgUnits
from kpi.findings import NotAllowed
from kpi.local_time import local_date
from kpi.periods import Period
from kpi.permissions import Actor, ActorRole
from store.engine import Session, SessionFactory
from store.schema import audit_event
from workflow.actors import LOCAL_USER
from workflow.periods import grant_exception, lock_period, open_period
from workflow.submissions import Receipt, withdraw
from workflow.working_days import add_working_days, is_working_day

Q3 = Period(2018, 3)
NOON = datetime(2018, 10, 5, 5, 0, tzinfo=UTC)

Form = Callable[..., bytes]
Send = Callable[..., Receipt]


def refused(send: Send, data: bytes, **changed: object) -> str:
    with pytest.raises(NotAllowed) as error:
        send(data, **changed)
    return str(error.value.reason)


def test_a_locked_period_takes_no_report_until_it_is_opened(
    factory: SessionFactory, send: Send, form: Form, session: Session
) -> None:
    data = form(every=Decimal(5))
    lock_period(factory, LOCAL_USER, Q3, at=NOON, reason="chốt số")

    assert refused(send, data) == "period_locked"
    open_period(factory, LOCAL_USER, Q3, at=NOON, reason="sửa số thu")

    assert send(data).state == "approved"
    acts = select(audit_event.c.act, audit_event.c.outcome).order_by(audit_event.c.id)
    assert [tuple(row) for row in session.execute(acts)] == [
        ("period.lock", "done"),
        ("submission.submit", "refused"),
        ("period.open", "done"),
        ("submission.approve", "done"),
        ("submission.submit", "done"),
    ]


def test_what_was_sent_before_the_lock_stays_and_cannot_be_withdrawn(
    factory: SessionFactory, send: Send, form: Form, definitions: Definitions, org_units: OrgUnits
) -> None:
    receipt = send(form(every=Decimal(5)))
    lock_period(factory, LOCAL_USER, Q3, at=NOON)

    with pytest.raises(NotAllowed, match="period_locked"):
        withdraw(
            factory, LOCAL_USER, receipt.submission, at=NOON, reason="nhầm",
            definitions=definitions, org_units=org_units,
        )  # fmt: skip


def test_a_closed_year_closes_its_quarters(factory: SessionFactory, send: Send, form: Form) -> None:
    lock_period(factory, LOCAL_USER, Period(2018), at=NOON)

    assert refused(send, form(every=Decimal(5))) == "year_closed"
    assert send(form(period="2017-Q3", every=Decimal(5))).state == "approved"


def test_an_exception_lets_one_unit_in_until_a_day(
    factory: SessionFactory, send: Send, form: Form
) -> None:
    lock_period(factory, LOCAL_USER, Q3, at=NOON)
    grant_exception(
        factory, LOCAL_USER, "183", Q3, until=date(2018, 10, 6), reason="mất điện", at=NOON
    )

    assert refused(send, form("184", every=Decimal(5))) == "period_locked"
    assert send(form(every=Decimal(5))).state == "approved"
    # 17:30 UTC is past midnight in the province
    after = datetime(2018, 10, 6, 17, 30, tzinfo=UTC)
    assert refused(send, form(every=Decimal(6)), at=after) == "period_locked"


def test_the_calendar_opens_and_locks_by_itself(
    send: Send, form: Form, definitions: Definitions
) -> None:
    strict = replace(definitions, calendar={"A": FormCalendar(opens=1, lock=3)})
    data = form(every=Decimal(5))

    early = datetime(2018, 9, 28, tzinfo=UTC)
    assert refused(send, data, definitions=strict, at=early) == "period_not_opened"
    late = datetime(2018, 10, 11, tzinfo=UTC)
    assert refused(send, data, definitions=strict, at=late) == "period_past_lock"
    in_time = datetime(2018, 10, 10, tzinfo=UTC)
    assert send(data, definitions=strict, at=in_time).state == "approved"


def test_an_approved_form_may_be_locked_by_its_approval(
    factory: SessionFactory, send: Send, form: Form, definitions: Definitions, org_units: OrgUnits
) -> None:
    strict = replace(definitions, calendar={"A": FormCalendar(locked_by_approval=True)})
    receipt = send(form(every=Decimal(5)), definitions=strict)
    assert refused(send, form(every=Decimal(6)), definitions=strict) == "period_approved"

    withdraw(
        factory, LOCAL_USER, receipt.submission, at=NOON, reason="nhầm", definitions=strict,
        org_units=org_units,
    )  # fmt: skip

    assert send(form(every=Decimal(6)), definitions=strict).state == "approved"


def test_only_an_administrator_opens_and_locks(factory: SessionFactory) -> None:
    reporter = Actor("r", "R", frozenset({ActorRole.REPORTER}))

    for act in (open_period, lock_period):
        with pytest.raises(NotAllowed, match="not_your_role"):
            act(factory, reporter, Q3, at=NOON)


# --- working days -----------------------------------------------------------------------


def test_weekends_and_holidays_are_no_working_days() -> None:
    assert not is_working_day(date(2018, 9, 1))  # a Saturday
    assert not is_working_day(date(2018, 2, 16))  # Tết
    assert not is_working_day(date(2018, 4, 30))
    assert is_working_day(date(2018, 10, 5))


def test_working_days_count_both_ways() -> None:
    friday = date(2018, 10, 5)

    assert add_working_days(friday, 0) == friday
    assert add_working_days(friday, 1) == date(2018, 10, 8)
    assert add_working_days(date(2018, 10, 8), -1) == friday


def test_the_date_is_the_provinces() -> None:
    assert local_date(datetime(2018, 12, 31, 17, 30, tzinfo=UTC)) == date(2019, 1, 1)
