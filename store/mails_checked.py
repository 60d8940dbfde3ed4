"""Does every word on a mail or a letter stand as the log tells it? For ``verify``.

Each word is one row and one event. What an older version did not log, the number of the attempt
and with it the moment of the first word, is not held against anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from store.told import Logged, apart, logged
from store.urging_schema import notice, reminder

_WORD = ("outcome", "by", "detail")


def reminders(session: Session) -> list[tuple[str, str]]:
    """(reporter, period) of which something else was sent than the log tells."""
    events = list(logged(session, "reporter.remind"))
    about = ("period", "rung", "due", "channel")
    told = [(one, (one.subject, *(one.details[name] for name in about))) for one in events]
    rows = [
        (row, (row.reporter, row.period, f"T{row.rung:+d}", row.due.isoformat(), row.channel))
        for row in _rows(session, reminder)
    ]
    return sorted({(one[0], one[1]) for one in _apart(rows, told)})


def notices(session: Session) -> list[tuple[str]]:
    """Inquiries of which somebody was told otherwise than the log tells."""
    told = [
        (one, (one.subject, one.details["step"])) for one in logged(session, "inquiry.notify")
    ]  # fmt: skip
    rows = [(row, (str(row.inquiry_id), str(row.place))) for row in _rows(session, notice)]
    return sorted({(one[0],) for one in _apart(rows, told)})


def _rows(session: Session, table: Table) -> Sequence[Row[tuple[object, ...]]]:
    return session.execute(select(table).order_by(table.c.id)).all()


def _apart(
    rows: Sequence[tuple[Row[tuple[object, ...]], tuple[str, ...]]],
    told: Sequence[tuple[Logged, tuple[str, ...]]],
) -> list[tuple[str, ...]]:
    events: Counter[tuple[str, ...]] = Counter()
    full = set()
    for one, about in told:
        word = (*(one.details[name] for name in _WORD), one.actor)
        more = (one.details["attempt"], one.at) if "attempt" in one.details else ("", "")
        events[*about, *word, *more] += 1
        if more[0]:
            full.add((*about, *word, *more))
    kept: Counter[tuple[str, ...]] = Counter()
    for row, about in rows:
        word = (row.outcome, row.receivers, row.detail, row.made_by)
        more = (str(row.attempt), row.made_at.isoformat())
        is_told = (*about, *word, *more) in full
        older = (*about, *word, "", "") in events
        kept[*about, *word, *(more if is_told or not older else ("", ""))] += 1
    return apart(kept, events)
