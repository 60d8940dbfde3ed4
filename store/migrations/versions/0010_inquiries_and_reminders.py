"""Explanations asked for, step by step, and reminders sent, attempt by attempt; only added to."""

import sqlalchemy as sa
from alembic import op

from store.types import ExactNumber, Instant, RowId

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "inquiry",
        sa.Column("id", RowId),
        sa.Column("indicator", sa.String(80), nullable=False),
        sa.Column("org_unit", sa.String(80), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("value", ExactNumber),
        sa.Column("asked_by", sa.String(80), nullable=False),
        sa.Column("asked_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inquiry"),
    )
    op.create_index("ix_inquiry_figure", "inquiry", ["indicator", "org_unit", "period"])
    op.create_table(
        "inquiry_step",
        sa.Column("inquiry_id", RowId, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("submission_id", RowId),
        sa.Column("taken_by", sa.String(80), nullable=False),
        sa.Column("taken_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("inquiry_id", "number", name="pk_inquiry_step"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_inquiry_step_inquiry_id"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_inquiry_step_submission_id"
        ),
        sa.CheckConstraint(
            "step IN ('answer', 'accept', 'return', 'withdraw')", name="ck_inquiry_step_step"
        ),
    )
    op.create_table(
        "reminder",
        sa.Column("id", RowId),
        sa.Column("reporter", sa.String(80), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("receivers", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint(
            "reporter", "period", "due", "rung", "channel", "attempt", "outcome",
            name="uq_reminder_reporter",
        ),
        sa.CheckConstraint("channel IN ('letter', 'mail')", name="ck_reminder_channel"),
        sa.CheckConstraint(
            "outcome IN ('begun', 'sent', 'failed', 'written')", name="ck_reminder_outcome"
        ),
    )  # fmt: skip
    op.create_index("ix_reminder_period", "reminder", ["period", "reporter"])


def downgrade() -> None:
    for table in ("reminder", "inquiry_step", "inquiry"):
        op.drop_table(table)
