"""Working days of Viet Nam, and the date that it is there.

Weekends and public holidays with the days off that make up for them, by the library
``holidays``; it is loaded at the first question, since most commands ask none.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def add_working_days(day: date, number: int) -> date:
    """The ``number``-th working day after a day (before it, if negative); 0: the day itself."""
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays("VN", years=year))
