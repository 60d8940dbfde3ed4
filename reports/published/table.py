"""The published figures as one CSV file for programs: comma, decimal point, UTF-8.

One row per indicator and unit. The file carries no date of its own, so that equal figures
are an equal file: its digest is the mark of the snapshot.
"""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from hashlib import sha256

from kpi.judgement import Assessment
from kpi.targets import TargetKind
from reports.cells import received, updated
from reports.export import harmless
from reports.published.snapshot import Snapshot
from reports.wording import Words

COLUMNS = (
    "period", "indicator", "name", "org_unit", "unit_name", "observation_period", "unit",
    "value", "target_kind", "target_low", "target_high", "expected", "attainment", "previous",
    "change", "forecast", "status", "status_name", "units_reported", "units_expected", "source",
    "received",
)  # fmt: skip


def figures_csv(found: Snapshot) -> bytes:
    """All figures; names are Vietnamese."""
    words = Words(found.definitions, found.org_units, "vi")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(one, words) for one in found.every)
    return buffer.getvalue().encode("utf-8")


def mark(figures: bytes) -> str:
    """A short name of the snapshot, made from its figures: ``7F3A-21C9``."""
    digits = sha256(figures).hexdigest()[:8].upper()
    return f"{digits[:4]}-{digits[4:]}"


def _row(one: Assessment, words: Words) -> list[str]:
    target, coverage = one.target, one.coverage
    low, high = (None, None) if target is None else (target.edges.low, target.edges.high)
    if target is not None and target.kind is TargetKind.BELOW_PREVIOUS:
        high = one.previous_value
    day = None if one.known is None or one.value is None else received(one.known)
    return [
        one.period.code,
        one.indicator,
        harmless(words.name(one)),
        one.org_unit,
        words.org_units.units[one.org_unit].name.get(words.lang),
        one.observation_period.code,
        words.unit(one),
        _plain(one.value),
        "" if target is None else target.kind.value,
        _plain(low),
        _plain(high),
        _plain(one.expected),
        _plain(one.attainment),
        _plain(one.previous_value),
        _plain(one.change),
        _plain(None if one.forecast is None else one.forecast.central),
        one.status.value,
        words.status(one),
        "" if coverage is None else str(len(coverage.present)),
        "" if coverage is None else str(len(coverage.expected)),
        updated(one, words)[1] if one.value is not None else "",
        "" if day is None else day.isoformat(),
    ]


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")
