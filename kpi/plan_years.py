"""Which definitions hold: those of the plan year that a period belongs to.

Opening a plan year puts new definitions beside the old ones, which stay readable. A
period before the first plan year goes by the first one's, a period after the newest by
the newest's: history is reported on today's forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kpi.definitions import FORM_A, FORM_B, Definitions
from kpi.local_time import end_of
from kpi.periods import Period

_QUARTERS = (1, 2, 3, 4)


class DefinitionsOf(Protocol):
    """Whatever can say which definitions hold for a period: one plan year's, or all."""

    def of(self, period: Period | str, /) -> Definitions: ...


@dataclass(frozen=True)
class PlanYear:
    """The definitions of one plan year, and when the year was opened here."""

    definitions: Definitions
    opened_at: datetime | None = None  # None: not in a database yet

    @property
    def year(self) -> int:
        return self.definitions.plan_year

    @property
    def history_fixed_on(self) -> date:
        """The day after which corrections of earlier years move no status any more.

        Not before the last report of the year before may come in: its Q4 is part of history.
        """
        last = Period(self.year - 1, 4)
        days = [self.definitions.window(form, last).in_time_until for form in (FORM_A, FORM_B)]
        return max(self.definitions.in_force_from, *days)

    @property
    def history_fixed_at(self) -> datetime:
        """The moment after which they move none: not before the year was opened here."""
        fixed = end_of(self.history_fixed_on)
        return fixed if self.opened_at is None else max(fixed, self.opened_at)


@dataclass(frozen=True)
class PlanYears:
    """All plan years that are open, oldest first; there is always one."""

    opened: Sequence[PlanYear]

    def of(self, period: Period | str, /) -> Definitions:
        """The definitions for a period; for what is no period, the newest."""
        return self.at(period).definitions

    def at(self, period: Period | str) -> PlanYear:
        if isinstance(period, str):
            try:
                period = Period.parse(period)
            except ValueError:
                return self.opened[-1]
        return next(
            (one for one in reversed(self.opened) if one.year <= period.year), self.opened[0]
        )

    @property
    def newest(self) -> Definitions:
        return self.opened[-1].definitions

    @property
    def quarters(self) -> list[Period]:
        """The quarters of every plan year, oldest first."""
        return [Period(one.year, quarter) for one in self.opened for quarter in _QUARTERS]
