"""The ladder of reminders, counted in the working days of Viet Nam."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.completeness import Asked, Filed, Stage, report
from kpi.periods import Period
from kpi.reminders import rung, to_remind
from workflow.working_days import add_working_days

DUE = date(2018, 10, 5)  # a Friday


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2018, 9, 27), None),
        (date(2018, 9, 28), -5),
        (date(2018, 10, 3), -5),
        (date(2018, 10, 4), -1),
        (date(2018, 10, 5), -1),
        (date(2018, 10, 7), -1),  # the weekend is no working day
        (date(2018, 10, 8), 1),
        (date(2018, 10, 9), 1),
        (date(2018, 10, 10), 3),
        (date(2018, 12, 1), 3),
    ],
)
def test_the_rung_of_a_day(today: date, expected: int | None) -> None:
    assert rung(DUE, today, add_working_days) == expected


def test_who_has_reported_or_has_nothing_to_report_is_not_reminded() -> None:
    today = date(2018, 10, 8)

    def one(reporter: str, stage: Stage | None, expected: int = 11) -> tuple[str, bool]:
        sent = [] if stage is None else [Filed(1, 1, date(2018, 10, 4), stage)]
        asked = Asked(reporter, "A", Period(2018, 3), expected, DUE)
        found = to_remind([report(asked, sent, today)], today, add_working_days)
        return reporter, bool(found)

    assert dict(
        [
            one("missing", None),
            one("returned", Stage.RETURNED),
            one("sent", Stage.APPROVED),
            one("waits", Stage.WAITING),
            one("nothing", None, expected=0),
        ]
    ) == {"missing": True, "returned": True, "sent": False, "waits": False, "nothing": False}
