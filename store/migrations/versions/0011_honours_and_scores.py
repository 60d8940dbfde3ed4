"""Registers of exemplars and awards; points a unit gives itself and the secretary verifies."""

import sqlalchemy as sa
from alembic import op

from store.types import ExactNumber, Instant, RowId

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "honour",
        sa.Column("id", RowId),
        sa.Column("register", sa.String(10), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("org_unit", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recipient_kind", sa.String(20), nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("direct_worker", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("border_commune", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("replaces", RowId),
        sa.Column("taken_back", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_honour"),
        sa.ForeignKeyConstraint(["replaces"], ["honour.id"], name="fk_honour_replaces"),
        sa.UniqueConstraint("replaces", name="uq_honour_replaces"),
        sa.CheckConstraint("register IN ('exemplar', 'award')", name="ck_honour_register"),
        sa.CheckConstraint(
            "recipient_kind IN ('person', 'small_collective', 'collective')",
            name="ck_honour_recipient_kind",
        ),
    )
    op.create_index("ix_honour_year", "honour", ["year", "org_unit"])
    op.create_table(
        "criterion_score",
        sa.Column("id", RowId),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("org_unit", sa.String(80), nullable=False),
        sa.Column("criterion", sa.String(80), nullable=False),
        sa.Column("voice", sa.String(10), nullable=False),
        sa.Column("points", ExactNumber, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("said_by", sa.String(80), nullable=False),
        sa.Column("said_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_criterion_score"),
        sa.CheckConstraint("voice IN ('self', 'verified')", name="ck_criterion_score_voice"),
    )
    op.create_index("ix_criterion_score_period", "criterion_score", ["period", "org_unit"])


def downgrade() -> None:
    for table in ("criterion_score", "honour"):
        op.drop_table(table)
