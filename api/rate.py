"""How often one program may ask: so many times a minute, counted in this process.

A fixed window, so that nothing is kept but the counts of the minute. Whoever is turned
away learns when the next one begins. Several server processes would count apart; there is
one per port.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock

PER_MINUTE = 120
_WINDOW = 60  # seconds


class Rate:
    """Counts of the current minute, by whoever asks."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._allowed = per_minute
        self._lock = Lock()
        self._window = 0
        self._counts: dict[str, int] = {}

    def wait(self, key: str, at: datetime) -> int | None:
        """Count one question; the seconds to wait if it is one too many, else None."""
        seconds = int(at.timestamp())
        window = seconds // _WINDOW
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            count = self._counts.get(key, 0) + 1
            self._counts[key] = count
        return None if count <= self._allowed else _WINDOW - seconds % _WINDOW
