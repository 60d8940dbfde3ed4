"""The tables of asking and urging: explanations, their evidence and mails, reminders of reports.

Rows are only ever added. A file that is kept as evidence belongs to one answer or to one word on a
milestone; its bytes lie with those of the workbooks. What has become of an inquiry follows from its
steps, of a sending from its attempts; the keys let nobody take the same step twice.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from store.metadata import NAME, PERIOD, by_and_at, metadata
from store.types import ExactNumber, RowId

inquiry = Table(
    "inquiry",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("indicator", NAME, nullable=False),
    Column("org_unit", NAME, nullable=False),
    Column("period", PERIOD, nullable=False),  # the quarter looked at
    Column("owner", NAME, nullable=False),  # the reporter who answers
    Column("question", Text, nullable=False),
    Column("due", Date, nullable=False),  # the last day that is in time
    Column("status", String(20), nullable=False),  # as whoever asked saw it
    Column("value", ExactNumber),
    *by_and_at("asked"),
    Index("ix_inquiry_figure", "indicator", "org_unit", "period"),
)

inquiry_step = Table(
    "inquiry_step",
    metadata,
    Column("inquiry_id", ForeignKey("inquiry.id"), nullable=False),
    Column("number", Integer, nullable=False),  # 1, 2, 3 …
    Column("step", String(10), nullable=False),
    Column("said", Text, nullable=False),
    Column("submission_id", ForeignKey("submission.id")),  # that corrected the figure
    *by_and_at("taken"),
    PrimaryKeyConstraint("inquiry_id", "number"),
    CheckConstraint("step IN ('answer', 'accept', 'return', 'withdraw')", name="step"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("inquiry_id", RowId),  # with ``step_number``, or else
    Column("step_number", Integer),
    Column("milestone_id", ForeignKey("milestone.id")),
    Column("file_digest", ForeignKey("submission_file.digest"), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("size", Integer, nullable=False),
    *by_and_at("kept"),
    ForeignKeyConstraint(
        ["inquiry_id", "step_number"], ["inquiry_step.inquiry_id", "inquiry_step.number"]
    ),
    UniqueConstraint("inquiry_id", "step_number", "file_digest"),
    UniqueConstraint("milestone_id", "file_digest"),
    CheckConstraint(
        "(inquiry_id IS NULL) = (step_number IS NULL)"
        " AND (inquiry_id IS NULL) <> (milestone_id IS NULL)",
        name="one_place",
    ),
)

notice = Table(
    "notice",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("inquiry_id", ForeignKey("inquiry.id"), nullable=False),
    Column("place", Integer, nullable=False),  # 0: the question; 1, 2, 3 …: the step
    Column("attempt", Integer, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("receivers", Text, nullable=False),  # addresses
    Column("detail", Text, nullable=False),  # why it failed
    *by_and_at("made"),
    UniqueConstraint("inquiry_id", "place", "attempt", "outcome"),
    CheckConstraint("outcome IN ('begun', 'sent', 'failed')", name="outcome"),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("reporter", NAME, nullable=False),
    Column("period", PERIOD, nullable=False),
    Column("due", Date, nullable=False),  # an exception moves it, and the ladder with it
    Column("rung", Integer, nullable=False),  # working days from ``due``
    Column("channel", String(10), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("receivers", Text, nullable=False),  # addresses, or the name of the file
    Column("detail", Text, nullable=False),  # why it failed
    *by_and_at("made"),
    UniqueConstraint("reporter", "period", "due", "rung", "channel", "attempt", "outcome"),
    CheckConstraint("channel IN ('letter', 'mail')", name="channel"),
    CheckConstraint("outcome IN ('begun', 'sent', 'failed', 'written')", name="outcome"),
    Index("ix_reminder_period", "period", "reporter"),
)
