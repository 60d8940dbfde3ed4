"""Where values came from, by the number of their submission; kept, as none of it ever changes.

A read of a thousand values would otherwise look up and carry the same five facts of a
submission again and again, on every screen. What is kept was committed: while a
transaction writes, nothing is put by, since a number that is rolled back is given again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, bindparam, select

from store.schema import submission

Origin = tuple[int, str, str, str, datetime]
_FACTS = (
    submission.c.revision,
    submission.c.reporter,
    submission.c.file_name,
    submission.c.file_digest,
    submission.c.submitted_at,
)
_KEPT: WeakKeyDictionary[Engine, dict[int, Origin]] = WeakKeyDictionary()
_MOST = 50_000  # about 30 MB
_AT_ONCE = 5_000  # SQLite takes so many values in one statement, and more
_ASKED = select(submission.c.id, *_FACTS).where(
    submission.c.id.in_(bindparam("numbers", expanding=True))
)


def origins(connection: Connection, numbers: Collection[int]) -> Mapping[int, Origin]:
    """Revision, reporter, file name, digest of the file, moment received; by submission."""
    kept = _KEPT.setdefault(connection.engine, {})
    if _writes(connection):
        return dict(_looked_up(connection, sorted(numbers)))
    found = {number: kept[number] for number in numbers if number in kept}
    new = dict(_looked_up(connection, sorted(set(numbers) - found.keys())))
    if len(kept) + len(new) > _MOST:  # begun anew rather than emptied: others may be reading it
        kept = _KEPT[connection.engine] = {}
    if len(new) <= _MOST:
        kept.update(new)
    return found | new


def _looked_up(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Origin]]:
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        for row in connection.execute(_ASKED, {"numbers": some}):
            yield row[0], tuple(row[1:])


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", False))
