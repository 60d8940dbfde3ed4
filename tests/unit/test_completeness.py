"""Complete and in time: two questions, nothing clamped, and no percentage of nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kpi.completeness import Answers, Asked, Filed, Filing, Stage, counts, on_time, report
from kpi.periods import Period

Q3 = Period(2018, 3)
DUE = date(2018, 10, 5)
LATER = date(2018, 10, 20)


def asked(expected: int = 2, until: date = DUE) -> Asked:
    return Asked("183", "A", Q3, expected, until)


def sent(revision: int, day: int, stage: Stage = Stage.APPROVED, **figures: bool) -> Filed:
    cells = {name: (name, "183", Q3.code) for name in figures}
    answers = Answers(
        given=frozenset(cells[name] for name, answered in figures.items() if answered),
        blank=frozenset(cells[name] for name, answered in figures.items() if not answered),
    )
    return Filed(revision, revision, date(2018, 10, day), stage, answers)


@pytest.mark.parametrize(
    ("filed", "today", "state", "days"),
    [
        pytest.param([], DUE, Filing.NOT_DUE, 0, id="the last day is still in time"),
        pytest.param([], date(2018, 10, 6), Filing.MISSING, 1, id="a day over"),
        pytest.param([sent(1, 5)], LATER, Filing.ON_TIME, 0, id="on the last day"),
        pytest.param([sent(1, 8)], LATER, Filing.LATE, 3, id="three days late"),
        pytest.param(
            [sent(1, 4), sent(2, 19)], LATER, Filing.ON_TIME, 0, id="a correction is no lateness"
        ),
        pytest.param(
            [sent(1, 4, Stage.RETURNED), sent(2, 9)], LATER, Filing.LATE, 4,
            id="what was returned was not acceptable",
        ),
        pytest.param(
            [sent(1, 4, Stage.WITHDRAWN), sent(2, 9)], LATER, Filing.LATE, 4,
            id="taken back before anybody accepted it",
        ),
        pytest.param(
            [sent(1, 4, Stage.TAKEN_BACK), sent(2, 9)], LATER, Filing.ON_TIME, 0,
            id="an accepted report withdrawn for its correction",
        ),
        pytest.param(
            [sent(1, 4, Stage.TAKEN_BACK)], LATER, Filing.MISSING, 15, id="nothing stands"
        ),
        pytest.param(
            [sent(1, 4, Stage.RETURNED)], LATER, Filing.TO_FIX, 15, id="returned and not sent anew"
        ),
        pytest.param(
            [sent(1, 4), sent(2, 9, Stage.RETURNED)], LATER, Filing.ON_TIME, 0,
            id="a returned correction leaves the report standing",
        ),
        pytest.param([sent(1, 4, Stage.WAITING)], LATER, Filing.ON_TIME, 0, id="waits"),
    ],
)  # fmt: skip
def test_timeliness_goes_by_the_first_acceptable_report(
    filed: list[Filed], today: date, state: Filing, days: int
) -> None:
    found = report(asked(), filed, today)
    assert (found.state, found.days_over) == (state, days)


def test_an_exception_moves_the_day() -> None:
    late = [sent(1, 9)]
    assert report(asked(), late, LATER).state is Filing.LATE
    assert report(asked(until=date(2018, 10, 9)), late, LATER).state is Filing.ON_TIME


def test_each_stage_counts_for_itself() -> None:
    found = report(
        asked(4),
        [
            sent(1, 2, Stage.APPROVED, revenue=True),
            sent(2, 3, Stage.WAITING, poverty=True),
            sent(3, 4, Stage.RETURNED, income=True),
            sent(4, 5, Stage.WITHDRAWN, growth=True),
        ],
        LATER,
    )
    assert (found.filled, found.valid, found.accepted) == (3, 2, 1)
    assert found.share(found.filled) == Decimal(75)


def test_the_newest_word_on_a_figure_counts_and_a_blank_says_nothing() -> None:
    filed = [sent(1, 2, revenue=True, income=True), sent(2, 3, revenue=False)]
    assert report(asked(), filed, LATER).accepted == 1


def test_nothing_is_clamped() -> None:
    found = report(asked(2), [sent(1, 2, a=True, b=True, c=True)], LATER)
    assert found.share(found.accepted) == Decimal(150)


def test_no_obligation_is_not_nought_per_cent() -> None:
    found = report(asked(0), [], LATER)
    assert found.state is Filing.NONE
    assert found.share(found.accepted) is None
    assert not found.due
    assert on_time([found]) == (0, 0)


def test_in_time_is_counted_of_what_is_due() -> None:
    reports = [
        report(asked(), [sent(1, 5)], LATER),
        report(asked(), [sent(1, 8)], LATER),
        report(asked(), [], LATER),
        report(asked(until=date(2019, 1, 5)), [], LATER),
        report(asked(0), [], LATER),
    ]
    assert on_time(reports) == (1, 3)
    number_of = counts(reports)
    assert sum(number_of.values()) == len(reports)
    assert number_of[Filing.TO_FIX] == 0
