"""Which state of the data was read last, for the time in which the database is away.

Everything the reading screens show is kept by this number (``pages.knowledge``). Where it
cannot be asked for, the last one still leads to what was read before, and the screen says
of when that is. What had not been read by then is not shown; a sentence stands in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import bootstrap
from store.engine import CANNOT_BE_READ, StoreUnavailable


@dataclass(frozen=True)
class Known:
    """A state of the data; ``read_at`` is when it was last confirmed."""

    version: int
    read_at: datetime
    away: bool = False  # the database does not answer; this is what stood before


_last: dict[str, tuple[int, datetime]] = {}  # by database


def data() -> Known:
    """The state of the data now, or the last one known.

    Raises:
        StoreUnavailable, StoreBusy: if the database does not answer and never has.
    """
    url = bootstrap.settings().database_url
    try:
        version = _read()
    except CANNOT_BE_READ:
        if url not in _last:
            raise
        return Known(*_last[url], away=True)
    _last[url] = version, bootstrap.now()
    return Known(*_last[url])


def _read() -> int:
    if bootstrap.database_is_gone():
        raise StoreUnavailable("no such file")
    with bootstrap.session_factory()() as session:
        return bootstrap.data_version(session)
