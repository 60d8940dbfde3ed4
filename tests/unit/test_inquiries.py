"""Which step may follow which, who answers for a figure, and what the counts mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from kpi.definitions import Definitions, OrgUnits
from kpi.inquiries import (
    Course,
    Inquiry,
    Question,
    State,
    Statistics,
    Step,
    Taken,
    WrongStep,
    after,
    course,
    owner_of,
    quarter_after,
    rests_on,
    statistics,
    tells_of_answer,
)
from kpi.judgement import Status
from kpi.periods import Period

DUE = date(2018, 10, 17)
A, C, R, W = Step.ANSWER, Step.ACCEPT, Step.RETURN, Step.WITHDRAW


def inquiry(*steps: tuple[Step, int], submission: int | None = None, due: date = DUE) -> Inquiry:
    """Asked on 10 October; each step on its day of October."""
    question = Question("road", "183", Period(2018, 3), "Vì sao?", due, Status.OFF_TRACK)
    at = datetime(2018, 10, 10, 3, tzinfo=UTC)
    taken = tuple(
        Taken(step, "", "x", at.replace(day=day), submission if step is A else None)
        for step, day in steps
    )
    return Inquiry(1, question, "183", "lanh-dao", at, taken)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), State.ASKED),
        ((A,), State.ANSWERED),
        ((A, C), State.ACCEPTED),
        ((A, R), State.RETURNED),
        ((A, R, A, C), State.ACCEPTED),
        ((W,), State.WITHDRAWN),
        ((A, R, W), State.WITHDRAWN),
    ],
)
def test_the_steps_lead_to_a_state(steps: tuple[Step, ...], state: State) -> None:
    assert after(steps) is state


def test_every_other_step_is_refused() -> None:
    ways = {State.ASKED: (), State.ANSWERED: (A,), State.RETURNED: (A, R)}
    ways |= {State.ACCEPTED: (A, C), State.WITHDRAWN: (W,)}
    allowed = set()
    for state, step in product(State, Step):
        try:
            after((*ways[state], step))
        except WrongStep:
            continue
        allowed.add((state, step))
    assert allowed == {
        (State.ASKED, A), (State.RETURNED, A), (State.ANSWERED, C), (State.ANSWERED, R),
        (State.ASKED, W), (State.ANSWERED, W), (State.RETURNED, W),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("indicator", "unit", "owner"),
    [
        ("budget_revenue", "183", "183"),
        ("budget_revenue", "20", "finance_department"),
        ("grdp_growth", "20", "statistics_office"),
        ("road_hardening_rate", "183", "183"),  # a ratio of what the district reports
        ("road_hardening_rate", "20", None),  # made of eleven districts' reports
        ("traffic_deaths", "183", "traffic_safety_board"),
        ("traffic_deaths", "20", "traffic_safety_board"),  # a sum of one agency's figures
        ("new_rural_communes", "20", "rural_development_office"),
    ],
)
def test_who_answers_for_a_figure(
    definitions: Definitions, org_units: OrgUnits, indicator: str, unit: str, owner: str | None
) -> None:
    asked = definitions.indicators[indicator]
    assert owner_of(definitions, asked, org_units.units[unit]) == owner


@pytest.mark.parametrize(
    ("indicator", "unit", "stated", "yes"),
    [
        ("budget_revenue", "183", ("budget_revenue", "183"), True),
        ("budget_revenue", "183", ("budget_revenue", "184"), False),
        ("budget_revenue", "183", ("poverty_rate", "183"), False),
        ("road_hardening_rate", "183", ("communes_hardened_road", "183"), True),
        ("traffic_deaths", "20", ("traffic_deaths", "186"), True),
    ],
)
def test_a_report_corrects_a_figure_or_a_part_of_it(
    definitions: Definitions,
    org_units: OrgUnits,
    indicator: str,
    unit: str,
    stated: tuple[str, str],
    yes: bool,
) -> None:
    assert rests_on(definitions, org_units.units[unit], indicator, [stated]) is yes


@pytest.mark.parametrize(
    ("one", "today", "days"),
    [
        (inquiry(), DUE, 0),
        (inquiry(), date(2018, 10, 20), 3),
        (inquiry((A, 17)), date(2018, 12, 1), 0),
        (inquiry((A, 19)), date(2018, 12, 1), 2),
        (inquiry((A, 16), (R, 18), (A, 25)), date(2018, 12, 1), 0),  # the first answer counts
        (inquiry((W, 12)), date(2018, 12, 1), 0),
    ],
)
def test_how_late_an_answer_is(one: Inquiry, today: date, days: int) -> None:
    assert one.days_late(today) == days


def test_the_counts() -> None:
    every = [
        inquiry(),
        inquiry(due=date(2018, 12, 31)),
        inquiry((A, 16), (C, 18), submission=7),
        inquiry((A, 19), (R, 20)),
        inquiry((A, 19), (R, 20), (A, 21), (C, 22)),
        inquiry((W, 12)),
    ]
    assert statistics(every, date(2018, 11, 1)) == Statistics(
        asked=6, in_time=1, late=2, overdue=1, waiting=1, accepted=2, returned=2, corrected=1
    )


@pytest.mark.parametrize(
    ("before", "then", "expected"),
    [
        (Status.OFF_TRACK, Status.AT_RISK, Course.BETTER),
        (Status.AT_RISK, Status.AT_RISK, Course.SAME),
        (Status.ON_TRACK, Status.MISSED, Course.WORSE),
        (Status.AT_RISK, None, Course.UNKNOWN),
        (Status.INCOMPLETE, Status.MET, Course.UNKNOWN),
        (Status.MISSED, Status.NOT_DUE, Course.UNKNOWN),
    ],
)
def test_what_the_next_quarter_says(before: Status, then: Status | None, expected: Course) -> None:
    assert course(before, then) is expected


def test_the_quarter_after_the_last_is_next_years_first() -> None:
    assert quarter_after(Period(2018, 3)) == Period(2018, 4)
    assert quarter_after(Period(2018, 4)) == Period(2019, 1)


def test_a_quarter_that_was_over_before_the_question_tells_nothing_of_it() -> None:
    asked = inquiry()  # in October, of the third quarter
    assert tells_of_answer(asked)
    years_later = replace(asked, asked_at=datetime(2026, 11, 24, tzinfo=UTC))
    assert not tells_of_answer(years_later)
