"""When is a number a day, and which: Excel keeps days as counts and says so by format only."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FALSE_LEAP_DAY = 60  # Excel believes in 29 February 1900
_DAY_MS = 86_400_000

# Quoted texts, escaped or padding characters, and [colours], but not [h], [mm], [ss].
_LITERALS = re.compile(r'"[^"]*"|[\\_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_DATE_SIGN = re.compile(r"[dmhysDMHYS]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


def is_date_format(number_format: str) -> bool:
    """Does a positive number of this format look like a day or a time?"""
    first = _LITERALS.sub("", number_format).partition(";")[0]
    return first != "General" and bool(_DATE_SIGN.search(first))


def is_duration_format(number_format: str) -> bool:
    return bool(_ELAPSED.search(_LITERALS.sub("", number_format).partition(";")[0]))


def moment(
    serial: float, *, from_1904: bool, duration: bool
) -> datetime | time | timedelta | float:
    """The day or time a serial number stands for; the number itself where there is none."""
    try:
        if duration:
            return timedelta(milliseconds=round(serial * _DAY_MS))
        day, fraction = divmod(serial, 1)
        within = timedelta(milliseconds=round(fraction * _DAY_MS))
        if 0 <= serial < 1 and not within.days:
            return (datetime.min + within).time()
        if not from_1904 and 0 < serial < _FALSE_LEAP_DAY:
            day += 1
        return (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(days=day) + within
    except (OverflowError, ValueError):
        return serial


def written(text: str) -> datetime | date | time | None:
    """A day or time as ISO 8601 writes it, the way strict workbooks keep it."""
    for read in (datetime.fromisoformat, time.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return None
