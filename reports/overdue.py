"""How late something is, in words: days while they still say something, then the day itself.

"2972 days" says less than "since 05/10/2018". The exact number stays where programs and
tables to take away read it.
"""

from __future__ import annotations

from datetime import date

from texts import say
from texts.numbers import date_text

COUNTED = 99  # days; a quarter is over by then


def overdue(due: date, days: int, lang: str) -> str:
    """``quá hạn 4 ngày``, or ``quá hạn từ 05/10/2018`` once that is long ago."""
    if days > COUNTED:
        return say("overdue.since", lang, due=date_text(due, lang))
    return say("overdue.days", lang, days=days)
