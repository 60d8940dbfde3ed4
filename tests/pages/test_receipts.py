"""How late a receipt says that a report was: by its own plan year's calendar, or an exception."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from kpi.definitions import Definitions
from kpi.findings import Outcome
from kpi.periods import Period
from kpi.plan_years import PlanYear, PlanYears
from pages import knowledge, receipts
from pages.knowledge import Version
from store.submissions import Submission

Q3 = Period(2018, 3)


def sent(period: Period, on: date) -> Submission:
    return Submission(
        reporter="183", form="A", period=period.code, file_digest="", file_name="a.xlsx",
        template_version="", definitions_version="", outcome=Outcome.ACCEPTED, findings=(),
        note="", submitted_by="local", submitted_at=datetime.combine(on, time(5), UTC),
        id=1, revision=1, code="7F3A-21C9", state="approved", decided_by=None, decided_at=None,
        reason="",
    )  # fmt: skip


def test_a_receipt_goes_by_the_calendar_of_its_own_year_or_by_an_exception(
    monkeypatch: pytest.MonkeyPatch, definitions: Definitions
) -> None:
    generous = {form: replace(rules, grace=60) for form, rules in definitions.calendar.items()}
    next_year = replace(definitions, plan_year=2019, calendar=generous)
    years = PlanYears((PlanYear(definitions), PlanYear(next_year)))
    monkeypatch.setattr(knowledge, "plan_years", lambda _version: years)
    screen: Any = SimpleNamespace(version=Version(1), definitions=next_year)
    last = definitions.window("A", Q3).in_time_until

    def late(days: int, longer: int = -9) -> int:
        granted = {Q3.code: last + timedelta(days=longer)}
        (line,) = receipts._lines(screen, [sent(Q3, last + timedelta(days=days))], granted)
        return line.days_late

    assert [late(0), late(2), late(2, longer=1)] == [0, 2, 1]
