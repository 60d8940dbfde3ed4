"""Which sample workbooks there are, who sent them, and when each was received.

``data/samples/manifest.yaml`` is a list in the order of receipt. A moment without a
time zone is the province's local time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import yaml

MANIFEST = "manifest.yaml"
# Vietnam has had no other since 1975, and Windows has no time zones of its own.
LOCAL = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Sample:
    """One workbook as it once came in."""

    file: Path
    reporter: str
    period: str
    received_at: datetime
    note: str = ""


def read_manifest(folder: Path) -> tuple[Sample, ...]:
    """The samples of a folder, earliest first; none if it has no manifest."""
    path = folder / MANIFEST
    if not path.exists():
        return ()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or []
    samples = [
        Sample(
            file=folder / entry["file"],
            reporter=str(entry["reporter"]),
            period=str(entry["period"]),
            received_at=_moment(entry["received_at"]),
            note=entry.get("note") or "",
        )
        for entry in entries
    ]
    # sorted() keeps the manifest's order where two came at the same moment
    return tuple(sorted(samples, key=lambda sample: sample.received_at))


def _moment(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
