"""Which period a heading or title speaks of: "9 tháng", "Quý III/2018", "năm trước".

Reports are to date: nine months are Q3. A quarter alone ("Quý III") may be meant to date
or not, and a year alone may be its end or its beginning; both are told apart from the
clear cases, so that nobody has to guess. Text without diacritics is understood too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kpi.periods import Period
from kpi.text import bare

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"(?:[/\-.]|\s*(?:dau\s+)?nam\s+|\s+)?(?P<year>20\d\d)?"
_TO_DATE = re.compile(r"\b(?P<months>1[0-2]|0?[1-9])\s*thang\b(?!\s*cuoi)(?:\s*dau\s*nam)?" + _YEAR)
_QUARTER = re.compile(r"\bquy\s*(?P<quarter>iv|iii|ii|i|[1-4])\b" + _YEAR)
_QUARTER_CODE = re.compile(r"\b(?P<year>20\d\d)-q(?P<quarter>[1-4])\b")
_WHOLE_YEAR = re.compile(r"\bca\s*nam\b\s*(?P<year>20\d\d)?")
_MONTH = re.compile(r"\bthang\s*(?P<month>1[0-2]|0?[1-9])\b")
_BARE_YEAR = re.compile(r"\b(?P<year>20\d\d)\b")
_CUMULATED = re.compile(r"\b(?:luy\s*ke|tu\s*dau\s*nam|cong\s*don|den\s*(?:het|cuoi|nay))\b")


class Span(StrEnum):
    TO_DATE = "to_date"  # n tháng: from January on
    QUARTER = "quarter"  # quý n: this quarter alone, or to date?
    WHOLE_YEAR = "whole_year"
    MONTH = "month"


@dataclass(frozen=True)
class Said:
    """One mention; ``year`` is None where the words leave it open."""

    span: Span
    quarter: int  # 0: none that is reported ("8 tháng")
    year: int | None = None


@dataclass(frozen=True)
class Times:
    """Everything a text says about time."""

    said: tuple[Said, ...]
    years: frozenset[int]  # every year mentioned
    cumulated: bool  # "lũy kế", "từ đầu năm"

    def names(self, period: Period) -> bool:
        """Is the reported period among them, meant to date without doubt?"""
        return any(
            one.quarter == period.quarter
            and one.year in (None, period.year)
            and (one.span is not Span.QUARTER or self.cumulated or one.quarter == 1)
            and one.span is not Span.MONTH
            for one in self.said
        )


def times_in(text: str) -> Times:
    """What a text says about time, in any notation."""
    words = bare(text)
    found = tuple(dict.fromkeys(_mentions(words)))
    years = frozenset(int(match["year"]) for match in _BARE_YEAR.finditer(words))
    return Times(found, years, _CUMULATED.search(words) is not None)


def _mentions(words: str) -> Iterator[Said]:
    for match in _TO_DATE.finditer(words):
        quarters, rest = divmod(int(match["months"]), 3)
        yield Said(Span.TO_DATE, 0 if rest else quarters, _year(match))
    for pattern in (_QUARTER, _QUARTER_CODE):
        for match in pattern.finditer(words):
            yield Said(Span.QUARTER, _QUARTERS[match["quarter"]], _year(match))
    for match in _WHOLE_YEAR.finditer(words):
        yield Said(Span.WHOLE_YEAR, 4, _year(match))
    for match in _MONTH.finditer(words):
        yield Said(Span.MONTH, (int(match["month"]) + 2) // 3)


def _year(match: re.Match[str]) -> int | None:
    return int(match["year"]) if match["year"] else None


def periods_in(text: str) -> tuple[frozenset[Period], bool]:
    """The periods a title names, and whether that is beyond doubt.

    Without a quarter the year alone is a hint ("Báo cáo năm 2018"), never more.
    """
    times = times_in(text)
    only = next(iter(times.years)) if len(times.years) == 1 else None
    found = {
        Period(year, one.quarter)
        for one in times.said
        if one.span is not Span.MONTH and one.quarter and (year := one.year or only)
    }
    if found:
        return frozenset(found), True
    return frozenset(Period(year, 4) for year in times.years), False


def relative(key: str, period: Period) -> str:
    """A heading's key with the reported period's own words taken out, so that next
    quarter's heading is the same heading: "thực hiện 9 tháng năm 2018"."""
    months = "cả năm|12\\s*tháng" if period.quarter == 4 else f"0?{period.quarter * 3}\\s*tháng"
    roman = ("", "i", "ii", "iii", "iv")[period.quarter]
    key = re.sub(rf"\b(?:{months})\b", "{kỳ}", key)
    key = re.sub(rf"\bquý\s*(?:{roman}|{period.quarter})\b", "{quý}", key)
    key = re.sub(rf"\b{period.year}\b", "{năm}", key)
    return re.sub(rf"\b{period.year - 1}\b", "{năm trước}", key)
