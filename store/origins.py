"""Where values came from, by the number of their submission."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from store.kept import Kept
from store.schema import submission

Origin = tuple[int, str, str, str, datetime]
_FACTS = (
    submission.c.revision,
    submission.c.reporter,
    submission.c.file_name,
    submission.c.file_digest,
    submission.c.submitted_at,
)
_ASKED = select(submission.c.id, *_FACTS).where(
    submission.c.id.in_(bindparam("numbers", expanding=True))
)


def origins(connection: Connection, numbers: Collection[int]) -> Mapping[int, Origin]:
    """Revision, reporter, file name, digest of the file, moment received; by submission."""
    return _KEPT.of(connection, numbers)


def _looked_up(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Origin]]:
    for row in connection.execute(_ASKED, {"numbers": numbers}):
        yield row[0], tuple(row[1:])


_KEPT = Kept(_looked_up, most=50_000)  # about 30 MB
