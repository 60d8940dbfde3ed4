"""From when to when a form may be sent, and what goes before what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kpi.calendar import Closed, CutOff, Decisions, FormCalendar, refusal, window
from kpi.definitions import Definitions, Level
from kpi.periods import Period

Q3, DUE = Period(2018, 3), date(2018, 10, 5)


def add(day: date, number: int) -> date:
    return day + timedelta(days=number)


@pytest.mark.parametrize(
    ("basis", "period", "first", "last"),
    [
        (CutOff.CALENDAR_MONTH, Q3, date(2018, 1, 1), date(2018, 9, 30)),
        (CutOff.ADMINISTRATIVE, Q3, date(2017, 12, 15), date(2018, 9, 14)),
        (CutOff.ADMINISTRATIVE, Period(2018, 2), date(2017, 12, 15), date(2018, 6, 14)),
        (CutOff.ADMINISTRATIVE, Period(2018), date(2017, 12, 15), date(2018, 12, 14)),
    ],
)
def test_figures_count_from_the_years_start_to_the_cut_off(
    basis: CutOff, period: Period, first: date, last: date
) -> None:
    days = window(FormCalendar(basis), period, DUE, add)

    assert (days.first, days.cut_off) == (first, last)


def test_the_days_follow_each_other() -> None:
    days = window(FormCalendar(opens=-3, due=6, grace=2, lock=5), Q3, DUE, add)

    assert days.opens == date(2018, 9, 27)
    assert days.due == date(2018, 10, 6)
    assert days.in_time_until == date(2018, 10, 8)
    assert days.locks == date(2018, 10, 13)


def test_without_rules_a_period_is_always_open() -> None:
    days = window(FormCalendar(), Q3, DUE, add)

    assert (days.opens, days.due, days.locks) == (None, DUE, None)
    assert refusal(FormCalendar(), days, Decisions(), date(2017, 1, 1)) is None
    assert refusal(FormCalendar(), days, Decisions(approved=True), date(2026, 1, 1)) is None


RULES = FormCalendar(opens=1, lock=10, locked_by_approval=True)
EARLY, TIMELY, LATE = date(2018, 9, 30), date(2018, 10, 5), date(2018, 10, 16)


@pytest.mark.parametrize(
    ("decided", "on", "code"),
    [
        (Decisions(), EARLY, Closed.NOT_OPENED),
        (Decisions(), TIMELY, None),
        (Decisions(), date(2018, 10, 15), None),  # the last day is in time
        (Decisions(), LATE, Closed.PAST_LOCK),
        (Decisions(approved=True), TIMELY, Closed.APPROVED),
        (Decisions(locked=True), TIMELY, Closed.LOCKED),
        (Decisions(year_locked=True, opened=True), TIMELY, Closed.YEAR_CLOSED),
        (Decisions(opened=True, approved=True), LATE, None),
        (Decisions(opened=True), EARLY, None),
        (Decisions(exception_until=LATE, year_locked=True, locked=True), LATE, None),
        (Decisions(exception_until=LATE), date(2018, 10, 17), Closed.PAST_LOCK),
    ],
)
def test_what_people_decide_goes_before_the_calendar(
    decided: Decisions, on: date, code: Closed | None
) -> None:
    found = refusal(RULES, window(RULES, Q3, DUE, add), decided, on)

    assert (found.code if found else None) is code


# --- the one source of every due day -----------------------------------------------------


def with_calendar(definitions: Definitions, **rules: object) -> Definitions:
    calendar = {"A": FormCalendar(**rules), "B": FormCalendar()}  # type: ignore[arg-type]
    return replace(definitions, calendar=calendar, working_days=add)


def test_a_forms_own_calendar_gives_its_due_day_for_the_year_as_well(
    definitions: Definitions,
) -> None:
    changed = with_calendar(definitions, due=8, grace=2)

    assert changed.due_date(Q3, "A") == date(2018, 10, 8)
    assert changed.due_date(Period(2018), "A") == date(2019, 1, 8)
    assert changed.due_date(Q3, "B") == DUE  # declares none: the day the definitions name
    assert changed.due_date(Period(2018), "B") == date(2019, 1, 5)


def test_the_administrative_cut_off_moves_the_due_day_with_it(definitions: Definitions) -> None:
    changed = with_calendar(definitions, cut_off=CutOff.ADMINISTRATIVE, due=3)

    assert changed.window("A", Q3).first == date(2017, 12, 15)
    assert changed.due_date(Q3, "A") == date(2018, 9, 17)
    assert changed.due_date(Period(2018), "A") == date(2018, 12, 17)


def test_a_figure_is_late_by_the_calendar_of_the_form_it_comes_in(
    definitions: Definitions,
) -> None:
    changed = with_calendar(definitions, due=8, grace=2)
    own, agency = (changed.indicators[name] for name in ("budget_revenue", "grdp_growth"))
    summed = changed.indicators["communes_hardened_road"]

    assert changed.deadline(Q3, own, Level.DISTRICT) == date(2018, 10, 10)  # grace is in time
    assert changed.deadline(Q3, own, Level.PROVINCE) == DUE  # an agency reports that one
    assert changed.deadline(Q3, agency, Level.PROVINCE) == DUE
    assert changed.deadline(Q3, summed, Level.PROVINCE) == date(2018, 10, 10)  # of its parts
    ratio = changed.indicators["road_hardening_rate"]
    assert changed.deadline(Q3, ratio, Level.PROVINCE) == date(2018, 10, 10)
