"""Reporting periods: a year, or a quarter of it reported to date.

Q1 is quý I, Q2 the first six months, Q3 nine months, Q4 the whole year. A flow
reported at Q3 is the total of nine months (METHOD 1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_CODE = re.compile(r"(?P<year>[12]\d{3})(?:-Q(?P<quarter>[1-4]))?")
_QUARTER_ENDS = {0: (12, 31), 1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}


@dataclass(frozen=True, order=True)
class Period:
    """One year, or one quarter of it.

    >>> Period.parse("2018-Q3")
    Period(year=2018, quarter=3)
    >>> Period(2018, 3).same_period_last_year().code
    '2017-Q3'
    """

    year: int
    quarter: int = 0  # 0 is the whole year, so that a year sorts before its quarters

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read an SDMX period code.

        Raises:
            ValueError: if ``code`` is neither ``YYYY`` nor ``YYYY-Qn``.
        """
        match = _CODE.fullmatch(code)
        if match is None:
            raise ValueError(f"{code!r} is not a period; expected '2018' or '2018-Q3'")
        return cls(int(match["year"]), int(match["quarter"] or 0))

    @property
    def code(self) -> str:
        return f"{self.year}-Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def is_final(self) -> bool:
        """The year is over at this period: Q4, or the year itself."""
        return self.quarter in (0, 4)

    @property
    def fraction(self) -> Decimal:
        """Part of the year that has passed at the period's end."""
        return Decimal(self.quarter or 4) / 4

    @property
    def end(self) -> date:
        month, day = _QUARTER_ENDS[self.quarter]
        return date(self.year, month, day)

    def same_period_last_year(self) -> Period:
        return Period(self.year - 1, self.quarter)

    def at_quarter(self, quarter: int) -> Period:
        """The given quarter (0: the year) of this period's year."""
        return Period(self.year, quarter)

    def previous(self) -> Period:
        """The period reported just before: the quarter before, or the year before."""
        if self.quarter in (0, 1):
            return Period(self.year - 1, 4 if self.quarter else 0)
        return Period(self.year, self.quarter - 1)

    def __str__(self) -> str:
        return self.code
