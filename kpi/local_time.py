"""The province's clock: on which day a moment is there, wherever the server stands.

Moments are kept in UTC. A report is late, a figure known and a target in force by the days
of Lạng Sơn. What time it is now says ``bootstrap``; nothing here asks.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_date(at: datetime) -> date:
    """The date in the province at a moment."""
    return at.astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """The last moment of a day in the province: what is known on a day is known by then."""
    return datetime.combine(day, datetime.max.time(), ZONE)
