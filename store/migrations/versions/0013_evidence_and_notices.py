"""Files kept as evidence of answers and milestones, and mails about inquiries; only added to."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", RowId),
        sa.Column("inquiry_id", RowId),
        sa.Column("step_number", sa.Integer),
        sa.Column("milestone_id", RowId),
        sa.Column("file_digest", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("kept_by", sa.String(80), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.ForeignKeyConstraint(
            ["inquiry_id", "step_number"], ["inquiry_step.inquiry_id", "inquiry_step.number"],
            name="fk_evidence_inquiry_id",
        ),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name="fk_evidence_milestone_id"
        ),
        sa.ForeignKeyConstraint(
            ["file_digest"], ["submission_file.digest"], name="fk_evidence_file_digest"
        ),
        sa.UniqueConstraint(
            "inquiry_id", "step_number", "file_digest", name="uq_evidence_inquiry_id"
        ),
        sa.UniqueConstraint("milestone_id", "file_digest", name="uq_evidence_milestone_id"),
        sa.CheckConstraint(
            "(inquiry_id IS NULL) = (step_number IS NULL)"
            " AND (inquiry_id IS NULL) <> (milestone_id IS NULL)",
            name="ck_evidence_one_place",
        ),
    )  # fmt: skip
    op.create_table(
        "notice",
        sa.Column("id", RowId),
        sa.Column("inquiry_id", RowId, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("receivers", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(80), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name="fk_notice_inquiry_id"),
        sa.UniqueConstraint(
            "inquiry_id", "place", "attempt", "outcome", name="uq_notice_inquiry_id"
        ),
        sa.CheckConstraint("outcome IN ('begun', 'sent', 'failed')", name="ck_notice_outcome"),
    )


def downgrade() -> None:
    op.drop_table("notice")
    op.drop_table("evidence")
