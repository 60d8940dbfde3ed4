"""Standings of closed years: the rules, the moment and the decision that a rank rests on."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "standing",
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("known_at", Instant, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("closed_by", sa.String(80), nullable=False),
        sa.Column("closed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_standing"),
    )


def downgrade() -> None:
    op.drop_table("standing")
