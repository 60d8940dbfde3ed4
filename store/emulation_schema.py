"""The tables of emulation beside the standing: registers of honours, and points people give.

Both only grow: a correction is a row of its own that names the row it replaces, and of the
points of one criterion the newest row counts.
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
    String,
    Table,
    Text,
)

from store.metadata import NAME, PERIOD, by_and_at, metadata
from store.types import ExactNumber, RowId

honour = Table(
    "honour",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("register", String(10), nullable=False),
    Column("year", Integer, nullable=False),
    Column("org_unit", NAME, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("recipient_kind", String(20), nullable=False),
    Column("recipient", Text, nullable=False),  # may be the name of a person
    Column("direct_worker", Boolean(create_constraint=False), nullable=False),
    Column("border_commune", Boolean(create_constraint=False), nullable=False),
    Column("decision", Text, nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("replaces", ForeignKey("honour.id"), unique=True),  # one row has one successor
    Column("taken_back", Boolean(create_constraint=False), nullable=False),
    Column("why", Text, nullable=False),  # it replaces another
    *by_and_at("recorded"),
    Column("salt", String(32), nullable=False, server_default=""),  # "" before there were seals
    CheckConstraint("register IN ('exemplar', 'award')", name="register"),
    CheckConstraint(
        "recipient_kind IN ('person', 'small_collective', 'collective')", name="recipient_kind"
    ),
    Index("ix_honour_year", "year", "org_unit"),
)

criterion_score = Table(
    "criterion_score",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("period", PERIOD, nullable=False),
    Column("org_unit", NAME, nullable=False),
    Column("criterion", NAME, nullable=False),
    Column("voice", String(10), nullable=False),
    Column("points", ExactNumber, nullable=False),
    Column("note", Text, nullable=False),
    *by_and_at("said"),
    CheckConstraint("voice IN ('self', 'verified')", name="voice"),
    Index("ix_criterion_score_period", "period", "org_unit"),
)
