"""What is said of the decree's commitments: every word kept, the newest counts."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "milestone",
        sa.Column("id", RowId),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("commitment", sa.String(80), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("progress", sa.Integer, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("said_by", sa.String(80), nullable=False),
        sa.Column("said_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_milestone"),
        sa.CheckConstraint(
            "state IN ('not_started', 'in_progress', 'done', 'cancelled')",
            name="ck_milestone_state",
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name="ck_milestone_progress"),
    )
    op.create_index("ix_milestone_year", "milestone", ["year", "commitment"])


def downgrade() -> None:
    op.drop_table("milestone")
