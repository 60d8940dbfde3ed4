"""Every free text of a database made harmful, as if each had been typed by an attacker.

Which columns hold somebody's words the schema says: all texts but those known to be codes. So
a new column is harmful from its first day, or is called a code here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Column, String

from bench.serving import ROOT
from store.schema import metadata

HARMFUL = 'Ghi<script>window.pwned=1</script><img src=x onerror="window.pwned=1">'
# What is no one's words: codes, digests, documents of a machine, and the name to sign in with.
CODES = {
    "account.email", "account.name", "act", "audit_event.details", "basis", "by_quarter",
    "cell", "channel", "clause", "code", "comments", "commitment", "content", "criterion",
    "definitions_version", "digest", "direction", "file_digest", "findings", "fingerprint",
    "form", "forms", "indicator", "key", "kind", "mapping", "mark", "org_unit", "org_units",
    "outcome", "owner", "password", "period", "previous", "recipient_kind", "register",
    "reporter", "reporters", "roles", "rules", "setting.value", "state", "status", "step",
    "template_version", "version", "voice",
}  # fmt: skip
# What the samples leave empty; the words in it are made harmful with all others.
_AT = "2018-10-01 00:00:00"
ROWS: dict[str, dict[str, object]] = {
    "period_state": dict(form="A", period="2018-Q4", state="open", decided_at=_AT),
    "period_exception": dict(
        reporter="183", period="2018-Q3", until="2030-01-01", granted_at=_AT
    ),
    "api_token": dict(digest="d", org_units="[]", made_at=_AT, ends_at="2030-10-01 00:00:00"),
    "milestone": dict(
        year=2018, commitment="border_economic_zone", state="in_progress", progress=5, said_at=_AT
    ),
    "standing": dict(
        year=2018, known_at=_AT, digest="d", closed_at=_AT,
        rules=(ROOT / "data" / "emulation" / "2018.yaml").read_text(encoding="utf-8"),
    ),
    "layout_mapping": dict(reporter="183", fingerprint="f", mapping="{}", confirmed_at=_AT),
    "honour": dict(
        register="award", year=2018, org_unit="183", kind="praise", recipient_kind="person",
        direct_worker=1, border_commune=0, decided_on="2018-09-20", taken_back=0, recorded_at=_AT,
    ),
    "criterion_score": dict(
        period="2018-Q3", org_unit="183", criterion="exemplars", voice="verified", points="1",
        said_at=_AT,
    ),
    "inquiry": dict(
        indicator="road_hardening_rate", org_unit="183", period="2018-Q3", owner="183",
        due="2018-10-10", status="off_track", asked_at=_AT,
    ),
    "inquiry_step": dict(inquiry_id=1, number=1, step="answer", taken_at=_AT),
    "evidence": dict(milestone_id=1, file_digest="d", kind="pdf", size=1, kept_at=_AT),
    "notice": dict(inquiry_id=1, place=0, attempt=1, outcome="sent", made_at=_AT),
    "publication": dict(
        period="2018-Q3", known_at=_AT, data_version=1, mark="7F3A-21C9", digest="d", archive=b"",
    ),
    "reminder": dict(
        reporter="183", period="2018-Q3", due="2018-10-10", rung=1, channel="letter", attempt=1,
        outcome="written", made_at=_AT,
    ),
}  # fmt: skip


def words() -> Iterator[tuple[str, Column[Any]]]:
    """Every column that somebody's words may fill: what is not known to be a code."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            is_code = {column.name, f"{table.name}.{column.name}"} & CODES
            if isinstance(column.type, String) and not is_code:
                yield table.name, column


def poison(database: Path) -> None:
    """Make everybody's words harmful, wherever they are kept."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        for table, row in ROWS.items():
            if connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,):
                filled = dict.fromkeys(must_have(table), "") | row
                names, places = ", ".join(filled), ", ".join("?" * len(filled))
                connection.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({places})", [*filled.values()]
                )
        # One that waits, so that there is something to decide on.
        connection.execute(
            "UPDATE submission SET state = 'submitted', decided_by = NULL, decided_at = NULL "
            "WHERE reporter = '182' AND period = '2018-Q3'"
        )
        for table, column in words():
            done = column.nullable and column.name.endswith("_by")
            where = f"WHERE {column.name} IS NOT NULL" if done else ""
            connection.execute(f"UPDATE {table} SET {column.name} = ? {where}", (HARMFUL,))
        connection.execute("UPDATE account SET email = ? || id", (HARMFUL,))
        details = json.dumps({"reason": HARMFUL})
        connection.execute("UPDATE audit_event SET details = ?", (details,))
        connection.execute("UPDATE setting SET value = value + 1 WHERE key = 'data_version'")
        empty = [
            table
            for table in sorted({table for table, _ in words()} - {"login"})  # begun later
            if connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        ]
    if empty:
        raise AssertionError(f"nothing to look at in {empty}")


def must_have(table: str) -> list[str]:
    """The columns of words that a row must have."""
    return [one.name for name, one in words() if name == table and not one.nullable]
