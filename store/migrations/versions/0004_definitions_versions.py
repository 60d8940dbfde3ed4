"""The definitions of every plan year, as they were opened, beside one another."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "definitions_version",
        sa.Column("id", RowId),
        sa.Column("version", sa.String(80), nullable=False),
        sa.Column("plan_year", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("in_force_from", sa.Date, nullable=False),
        sa.Column("opened_by", sa.String(80), nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_definitions_version"),
    )
    op.create_index("ix_definitions_version_plan_year", "definitions_version", ["plan_year"])


def downgrade() -> None:
    op.drop_table("definitions_version")
