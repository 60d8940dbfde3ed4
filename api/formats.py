"""The formats of an answer: JSON, plain CSV, and SDMX-CSV 2.0 for statistical programs.

JSON and SDMX-CSV give texts letter by letter. Plain CSV is opened with spreadsheets too: a
text that one would run as a formula has an apostrophe before it; numbers never do.

SDMX-CSV: one row per key, after the columns STRUCTURE, STRUCTURE_ID and ACTION (I: for
information) the dimensions, the measure and the attributes of ``api.structure``.
An older version of a figure has no place there, since its key is the same.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api import structure
from api.documents import Document
from api.negotiation import MediaType
from kpi.periods import Period
from kpi.plan_years import PlanYears

JSON = MediaType("application/json")
CSV = MediaType("text/csv")
# The parameters are the defaults of the format, for whoever spells them out.
SDMX_CSV = MediaType(
    "application/vnd.sdmx.data+csv",
    frozenset(
        {("version", "2.0.0"), ("labels", "id"), ("timeformat", "original"), ("keys", "none")}
    ),
)
# What the columns of SDMX-CSV mean; see ``api.structure``.
SDMX_STRUCTURE = MediaType("application/vnd.sdmx.structure+json", frozenset({("version", "2.0.0")}))
_NAMES = {
    JSON: "application/json",
    CSV: "text/csv; charset=utf-8; header=present",
    SDMX_CSV: "application/vnd.sdmx.data+csv;version=2.0.0; charset=utf-8",
    SDMX_STRUCTURE: "application/vnd.sdmx.structure+json;version=2.0.0; charset=utf-8",
}
DATAFLOW = f"{structure.AGENCY}:{structure.FLOW}({structure.VERSION})"
_CSV_COLUMNS = (
    "indicator", "org_unit", "period", "value", "status", "basis", "note", "superseded",
    "submission", "revision", "reporter", "file_name", "file_digest", "sheet", "cell", "raw",
    "received_at",
)  # fmt: skip
_TRUTHS = ("superseded", "approved")
_FREE_TEXT = ("note", "reporter", "file_name", "sheet", "raw")
SDMX_COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION",
    *(one.id for one in structure.COLUMNS),
)  # fmt: skip


def content_type(media: MediaType) -> str:
    return _NAMES[media]


def body(media: MediaType, envelope: Mapping[str, Any], years: PlanYears) -> str:
    """The answer; ``envelope["data"]`` are observations where it is not JSON."""
    if media == JSON:
        return json.dumps(envelope, ensure_ascii=False)
    if media == CSV:
        # asked for with what waits, every row says which it is
        more = ("approved",) if "approved" in next(iter(envelope["data"]), {}) else ()
        columns = (*_CSV_COLUMNS, *more)
        return _table(columns, (_csv_row(one, columns) for one in envelope["data"]))
    return _table(SDMX_COLUMNS, (_sdmx_row(one, years) for one in envelope["data"]))


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)  # RFC 4180: commas, CRLF
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()


def _csv_row(one: Document, columns: Sequence[str]) -> list[object]:
    from reports.export import harmless

    flat = {**one, **one["source"]}
    flat |= {name: str(flat[name]).lower() for name in _TRUTHS if name in flat}
    flat |= {name: harmless(flat[name]) for name in _FREE_TEXT}
    return [flat[name] for name in columns]


def _sdmx_row(one: Document, years: PlanYears) -> list[object]:
    period = Period.parse(one["period"])
    indicator = years.of(period).indicators.get(one["indicator"])
    places = {rule.decimals for rule in indicator.levels.values()} if indicator else set()
    return [
        "dataflow",
        DATAFLOW,
        "I",
        "Q" if period.quarter else "A",
        one["indicator"],
        one["org_unit"],
        one["period"],
        one["value"],
        one["status"],
        indicator.unit_of_measure.id if indicator else None,
        max(places, default=None),
        one["basis"],
        one["source"]["submission"],
        one["source"]["received_at"],
    ]
