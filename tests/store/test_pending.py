"""What was sent and is not decided yet, laid over what is in force; and history as fixed."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from store import paged, series, submissions
from store.engine import Session, SessionFactory, writing
from store.observations import put_in_force, take_out_of_force
from tests.store.conftest import NOON, Send, make_observation

HOUR = timedelta(hours=1)


def shown(session: Session, as_of: datetime | None = None) -> list[tuple[object, ...]]:
    frame = series.with_pending(session, as_of)
    return [(row.indicator, row.value, row.approved) for row in frame.itertuples(index=False)]


def decide(factory: SessionFactory, number: int, state: str, at: datetime) -> None:
    def work(session: Session) -> None:
        submissions.decide(session, number, state, by="somebody", at=at)
        if state == submissions.APPROVED:
            put_in_force(session, number)

    writing(factory, work)


def withdraw(factory: SessionFactory, number: int, at: datetime) -> None:
    def work(session: Session) -> None:
        submissions.withdraw(session, number, by="local", at=at, reason="nhầm")
        take_out_of_force(session, number)

    writing(factory, work)


def test_the_newest_waiting_value_covers_the_one_in_force(send: Send, session: Session) -> None:
    send(make_observation("road", "70"), make_observation("water", "5"))
    send(make_observation("road", "71"), approved=False, content=b"2")
    send(make_observation("road", "72"), approved=False, content=b"3")

    assert shown(session) == [("road", Decimal(72), False), ("water", Decimal(5), True)]
    assert list(series.values(session)["value"]) == [Decimal(70), Decimal(5)]
    known = series.known(series.with_pending(session))
    assert [one.unapproved for one in known.values()] == [True, False]


def test_a_slice_holds_what_waits_in_it_alone(send: Send, session: Session) -> None:
    send(make_observation("road", "70"), make_observation("water", "5"))
    send(make_observation("road", "71"), make_observation("water", "6"), approved=False,
         content=b"2")  # fmt: skip

    frame = series.with_pending(session, indicators=["water"], periods=["2018-Q3"])
    none = series.with_pending(session, indicators=["water"], periods=["2018-Q2"])

    assert [(row.indicator, row.value) for row in frame.itertuples()] == [("water", Decimal(6))]
    assert none.empty


def test_a_page_holds_the_newest_of_each_figure_and_goes_on_after_the_last(
    send: Send, session: Session
) -> None:
    send(make_observation("road", "70"), make_observation("water", "5"))
    send(make_observation("water", "6"), make_observation("rice", "1"), approved=False,
         content=b"2")  # fmt: skip

    def page(after: tuple[str, ...] = (), *, every: bool = False) -> list[tuple[object, ...]]:
        rows = paged.with_waiting(session, {}, after=after, limit=2, every=every)
        return [(row.indicator, row.value, bool(row.approved)) for row in rows]

    assert page() == [("rice", 1, False), ("road", 70, True)]
    assert page(("road", "183", "2018-Q3")) == [("water", 6, False)]
    assert page(("road",), every=True) == [("water", 5, True), ("water", 6, False)]


def test_what_is_older_than_the_value_in_force_is_passed_over(send: Send, session: Session) -> None:
    send(make_observation("road", "70"), approved=False)
    send(make_observation("road", "71"), content=b"2")

    assert shown(session) == [("road", Decimal(71), True)]


def test_what_was_decided_waits_no_more_but_did_then(
    send: Send, session: Session, factory: SessionFactory
) -> None:
    one = send(make_observation("road", "70"), approved=False)
    decide(factory, one.id, submissions.RETURNED, NOON + 2 * HOUR)

    assert shown(session) == []
    assert shown(session, NOON + HOUR) == [("road", Decimal(70), False)]
    assert shown(session, NOON - HOUR) == []


# --- the history as it stood when the plan year opened -----------------------------------


def fixed(session: Session, moment: datetime, until: datetime | None = None) -> list[Decimal]:
    return list(series.at_opening(session, ["2017-Q3"], moment, until)["value"])


def test_a_later_correction_of_last_year_leaves_the_value_of_the_opening(
    send: Send, session: Session
) -> None:
    send(make_observation(value="60", period="2017-Q3"), at=NOON)
    send(make_observation(value="65", period="2017-Q3"), at=NOON + 3 * HOUR, content=b"2")

    assert fixed(session, NOON + HOUR) == [Decimal(60)]
    assert fixed(session, NOON + 4 * HOUR) == []  # known by then: nothing differs
    assert fixed(session, NOON + HOUR, until=NOON + 2 * HOUR) == []  # not corrected yet


def test_a_value_that_came_after_the_opening_fills_the_gap_once(
    send: Send, session: Session
) -> None:
    send(make_observation(value="60", period="2017-Q3"), at=NOON)
    assert fixed(session, NOON - HOUR) == []
    session.rollback()  # the next question sees what came in the meantime

    send(make_observation(value="65", period="2017-Q3"), at=NOON + HOUR, content=b"2")
    assert fixed(session, NOON - HOUR) == [Decimal(60)]


def test_a_later_withdrawal_does_not_take_the_value_out_of_history(
    send: Send, session: Session, factory: SessionFactory
) -> None:
    one = send(make_observation(value="60", period="2017-Q3"), at=NOON)
    withdraw(factory, one.id, NOON + 2 * HOUR)

    assert list(series.values(session)["value"]) == []
    assert fixed(session, NOON + HOUR) == [Decimal(60)]
    assert fixed(session, NOON + 3 * HOUR) == []


def test_what_was_withdrawn_before_the_opening_is_no_history(
    send: Send, session: Session, factory: SessionFactory
) -> None:
    one = send(make_observation(value="60", period="2017-Q3"), at=NOON)
    withdraw(factory, one.id, NOON + HOUR)
    for value, after in (("65", 3), ("66", 4)):
        corrected = make_observation(value=value, period="2017-Q3")
        send(corrected, at=NOON + after * HOUR, content=value.encode())

    assert fixed(session, NOON + 2 * HOUR) == [Decimal(65)]
