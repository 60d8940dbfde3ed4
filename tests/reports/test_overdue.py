"""How late something is in words, and a note that most rows share."""

from __future__ import annotations

from datetime import date

import pytest

from reports.html.changes import shared
from reports.overdue import COUNTED, overdue

DUE = date(2018, 10, 5)


@pytest.mark.parametrize(
    ("days", "lang", "said"),
    [
        (4, "vi", "quá hạn 4 ngày"),
        (COUNTED, "vi", f"quá hạn {COUNTED} ngày"),
        (COUNTED + 1, "vi", "quá hạn từ 05/10/2018"),
        (2972, "vi", "quá hạn từ 05/10/2018"),
        (4, "en", "4 days overdue"),
        (2972, "en", "overdue since 5 Oct 2018"),
    ],
)
def test_days_are_counted_until_they_say_nothing_more(days: int, lang: str, said: str) -> None:
    assert overdue(DUE, days, lang) == said


@pytest.mark.parametrize(
    ("notes", "note"),
    [
        (["a", "a", "b"], "a"),
        (["a", "b", "c"], ""),
        (["a"], ""),
        (["", "", "a"], ""),
        ([], ""),
    ],
)
def test_a_note_is_said_once_where_at_least_half_of_the_rows_carry_it(
    notes: list[str], note: str
) -> None:
    assert shared(notes) == note
