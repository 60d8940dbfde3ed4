"""What became of a submission after its approval, and which periods are open.

An approval stays known when the submission is withdrawn later: both moments are needed
to say what was in force on a day between them.
"""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0002"
down_revision = "0001"

NAME, PERIOD = sa.String(80), sa.String(7)


def upgrade() -> None:
    for column in (
        sa.Column("comments", sa.Text, nullable=False, server_default="[]"),
        sa.Column("withdrawn_by", NAME),
        sa.Column("withdrawn_at", Instant),
        sa.Column("withdrawn_reason", sa.Text, nullable=False, server_default=""),
    ):
        op.add_column("submission", column)
    # Before, the last act alone was known: such a submission was never in force for sure.
    op.execute(
        "UPDATE submission SET withdrawn_by = decided_by, withdrawn_at = decided_at,"
        " withdrawn_reason = reason WHERE state = 'withdrawn'"
    )
    _periods()


def _periods() -> None:
    op.create_table(
        "period_state",
        sa.Column("form", sa.String(1)),
        sa.Column("period", PERIOD),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_by", NAME, nullable=False),
        sa.Column("decided_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("form", "period", name="pk_period_state"),
        sa.CheckConstraint("state IN ('open', 'locked')", name=op.f("ck_period_state_state")),
    )
    op.create_table(
        "period_exception",
        sa.Column("id", RowId),
        sa.Column("reporter", NAME, nullable=False),
        sa.Column("period", PERIOD, nullable=False),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("granted_by", NAME, nullable=False),
        sa.Column("granted_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_exception"),
    )
    op.create_index("ix_period_exception_reporter", "period_exception", ["reporter", "period"])


def downgrade() -> None:
    op.drop_table("period_exception")
    op.drop_table("period_state")
    op.execute(
        "UPDATE submission SET decided_by = withdrawn_by, decided_at = withdrawn_at,"
        " reason = withdrawn_reason WHERE state = 'withdrawn'"
    )
    for column in ("withdrawn_reason", "withdrawn_at", "withdrawn_by", "comments"):
        op.drop_column("submission", column)
