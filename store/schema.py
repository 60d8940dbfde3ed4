"""The tables, in the words of the office.

``observation`` only grows: a correction is a new submission, and what was sent before
stays. ``current_observation`` and ``completeness`` are derived from it, kept up in the
transaction of each approval; with the first no screen ever searches the whole history.
Migrations build the tables (``store/migrations``); a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.metadata import NAME, PERIOD, by_and_at, metadata
from store.types import ExactNumber, Instant, RowId

REVISION = "0014"  # the newest migration; compared without loading alembic

submission_file = Table(
    "submission_file",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("stored_at", Instant, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reporter", NAME, nullable=False),
    Column("form", String(1), nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("code", String(9), nullable=False),  # the receipt: "7F3A-21C9"
    Column("file_digest", ForeignKey("submission_file.digest"), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("template_version", String(80), nullable=False),
    Column("definitions_version", String(80), nullable=False),
    Column("outcome", String(30), nullable=False),
    Column("findings", Text, nullable=False),  # JSON, as kpi.findings.Finding
    Column("note", Text, nullable=False),
    *by_and_at("submitted"),
    Column("decided_by", NAME),
    Column("decided_at", Instant),
    Column("reason", Text, nullable=False, server_default=""),
    Column("comments", Text, nullable=False, server_default="[]"),  # JSON, on cells
    # An approval stays known when the submission is withdrawn later.
    Column("withdrawn_by", NAME),
    Column("withdrawn_at", Instant),
    Column("withdrawn_reason", Text, nullable=False, server_default=""),
    UniqueConstraint("reporter", "period", "revision"),
    CheckConstraint("state IN ('submitted', 'approved', 'returned', 'withdrawn')", name="state"),
    Index(None, "file_digest"),
    Index(None, "decided_at"),
)

observation = Table(
    "observation",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("submission_id", ForeignKey("submission.id"), nullable=False),
    Column("indicator", NAME, nullable=False),
    Column("org_unit", NAME, nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("value", ExactNumber),
    Column("status", String(1), nullable=False),
    Column("basis", String(80), nullable=False),
    Column("raw", Text, nullable=False),
    Column("sheet", String(255), nullable=False),
    Column("cell", String(20), nullable=False),
    Column("note", Text, nullable=False),
    UniqueConstraint("submission_id", "indicator", "org_unit", "period"),
    CheckConstraint("status IN ('A', 'E', 'P', 'M', 'O')", name="status"),
    CheckConstraint("(value IS NULL) = (status IN ('M', 'O'))", name="value_or_reason"),
    Index("ix_observation_vintages", "indicator", "org_unit", "period", "submission_id"),
)

# The order of the keys is that of the reads: an indicator in some periods, all units of a
# period. ``ix_current_observation_unit`` serves one unit with all that it reports.
current_observation = Table(
    "current_observation",
    metadata,
    Column("indicator", NAME, nullable=False),
    Column("org_unit", NAME, nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("observation_id", ForeignKey("observation.id"), nullable=False),
    Column("submission_id", ForeignKey("submission.id"), nullable=False),
    Column("value", ExactNumber),
    Column("status", String(1), nullable=False),
    PrimaryKeyConstraint("indicator", "period", "org_unit"),
    Index("ix_current_observation_unit", "org_unit", "period"),
    Index("ix_current_observation_period", "period", "org_unit"),
    sqlite_with_rowid=False,
)

# How much of what is asked about a unit is in force, whoever reports it. No screen reads it: they
# ask what each reporter had sent by a day, which only the submissions can tell (``store.filings``).
# It is for whoever looks into the database with SQL, and ``verify`` counts it a second time.
completeness = Table(
    "completeness",
    metadata,
    Column("org_unit", NAME, nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("expected", Integer, nullable=False),
    Column("filled", Integer, nullable=False),
    PrimaryKeyConstraint("period", "org_unit"),
    sqlite_with_rowid=False,
)

definitions_version = Table(
    "definitions_version",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("version", String(80), nullable=False),
    Column("plan_year", Integer, nullable=False),
    Column("content", Text, nullable=False),  # the YAML file, letter by letter
    Column("digest", String(64), nullable=False),
    Column("in_force_from", Date, nullable=False),
    *by_and_at("opened"),
    Index(None, "plan_year"),
)

period_state = Table(
    "period_state",
    metadata,
    Column("form", String(1), primary_key=True),
    Column("period", PERIOD, primary_key=True),  # a year: all of its quarters
    Column("state", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    *by_and_at("decided"),
    CheckConstraint("state IN ('open', 'locked')", name="state"),
)

period_exception = Table(
    "period_exception",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reporter", NAME, nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("until", Date, nullable=False),
    Column("reason", Text, nullable=False),
    *by_and_at("granted"),
    Index("ix_period_exception_reporter", "reporter", "period"),
)

target = Table(
    "target",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("indicator", NAME, nullable=False),
    Column("org_unit", NAME, nullable=False),
    Column("year", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("direction", String(10), nullable=False),
    Column("low", ExactNumber),
    Column("high", ExactNumber),
    Column("basis", String(80), nullable=False),
    Column("clause", String(80), nullable=False),
    Column("document", Text, nullable=False),
    Column("assigned_by", String(80), nullable=False),
    Column("illustrative", Boolean(create_constraint=False), nullable=False),
    Column("by_quarter", Text, nullable=False),  # JSON: {"3": ["1200", null]}
    Column("baseline", ExactNumber),
    Column("in_force_from", Date, nullable=False),
    Column("replaced_on", Date),
    Column("replaced_at", Instant),  # when that was recorded
    Column("decision", Text, nullable=False, server_default=""),  # that revised it in the year
    *by_and_at("recorded"),
    Index("ix_target_year", "year", "indicator", "org_unit"),
)

layout_mapping = Table(
    "layout_mapping",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reporter", NAME, nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of the headings of the table
    Column("mapping", Text, nullable=False),  # JSON, as kpi.layouts.LayoutMapping
    Column("file_name", String(255), nullable=False),  # it was confirmed on
    *by_and_at("confirmed"),
    Index("ix_layout_mapping_reporter", "reporter", "fingerprint"),
)

standing = Table(
    "standing",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("rules", Text, nullable=False),  # the YAML, letter by letter
    Column("known_at", Instant, nullable=False),  # nothing that came later moves a rank
    Column("digest", String(64), nullable=False),  # of every point, to be held against
    Column("decision", Text, nullable=False),
    *by_and_at("closed"),
)

milestone = Table(
    "milestone",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("commitment", NAME, nullable=False),
    Column("state", String(12), nullable=False),
    Column("progress", Integer, nullable=False),
    Column("due", Date),
    Column("evidence", Text, nullable=False),
    *by_and_at("said"),
    CheckConstraint("state IN ('not_started', 'in_progress', 'done', 'cancelled')", name="state"),
    CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    Index("ix_milestone_year", "year", "commitment"),
)

audit_event = Table(
    "audit_event",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", NAME, nullable=False),
    Column("act", String(80), nullable=False),
    Column("subject", Text, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("details", Text, nullable=False),  # JSON
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    # Two events cannot follow the same one: the chain has no branches.
    UniqueConstraint("previous"),
    CheckConstraint("outcome IN ('done', 'refused')", name="outcome"),
)

setting = Table(
    "setting",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
