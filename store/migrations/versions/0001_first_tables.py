"""The first tables: submissions, observations, targets, settings and the audit chain.

Written out in full, not made from ``store.schema``: a migration must still build the
same tables when the schema has moved on.
"""

import sqlalchemy as sa
from alembic import op

from store.types import ExactNumber, Instant, RowId

revision = "0001"
down_revision = None

NAME, PERIOD = sa.String(80), sa.String(7)


def upgrade() -> None:
    _submissions()
    _observations()
    _targets()
    _house()


def _submissions() -> None:
    op.create_table(
        "submission_file",
        sa.Column("digest", sa.String(64)),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("stored_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_submission_file"),
    )
    op.create_table(
        "submission",
        sa.Column("id", RowId),
        sa.Column("reporter", NAME, nullable=False),
        sa.Column("form", sa.String(1), nullable=False),
        sa.Column("period", PERIOD, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("code", sa.String(9), nullable=False),
        sa.Column("file_digest", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("template_version", sa.String(80), nullable=False),
        sa.Column("definitions_version", sa.String(80), nullable=False),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("submitted_by", NAME, nullable=False),
        sa.Column("submitted_at", Instant, nullable=False),
        sa.Column("decided_by", NAME),
        sa.Column("decided_at", Instant),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.ForeignKeyConstraint(
            ["file_digest"], ["submission_file.digest"], name="fk_submission_file_digest"
        ),
        sa.UniqueConstraint("reporter", "period", "revision", name="uq_submission_reporter"),
        sa.CheckConstraint(
            "state IN ('submitted', 'approved', 'returned', 'withdrawn')",
            name=op.f("ck_submission_state"),
        ),
    )
    op.create_index("ix_submission_file_digest", "submission", ["file_digest"])
    op.create_index("ix_submission_decided_at", "submission", ["decided_at"])


def _observations() -> None:
    op.create_table(
        "observation",
        sa.Column("id", RowId),
        sa.Column("submission_id", RowId, nullable=False),
        sa.Column("indicator", NAME, nullable=False),
        sa.Column("org_unit", NAME, nullable=False),
        sa.Column("period", PERIOD, nullable=False),
        sa.Column("value", ExactNumber),
        sa.Column("status", sa.String(1), nullable=False),
        sa.Column("basis", sa.String(80), nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("sheet", sa.String(255), nullable=False),
        sa.Column("cell", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_observation"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_observation_submission_id"
        ),
        sa.UniqueConstraint(
            "submission_id", "indicator", "org_unit", "period", name="uq_observation_submission_id"
        ),
        sa.CheckConstraint(
            "status IN ('A', 'E', 'P', 'M', 'O')", name=op.f("ck_observation_status")
        ),
        sa.CheckConstraint(
            "(value IS NULL) = (status IN ('M', 'O'))", name=op.f("ck_observation_value_or_reason")
        ),
    )
    op.create_index(
        "ix_observation_vintages",
        "observation",
        ["indicator", "org_unit", "period", "submission_id"],
    )
    op.create_table(
        "current_observation",
        sa.Column("indicator", NAME),
        sa.Column("org_unit", NAME),
        sa.Column("period", PERIOD),
        sa.Column("observation_id", RowId, nullable=False),
        sa.Column("submission_id", RowId, nullable=False),
        sa.Column("value", ExactNumber),
        sa.Column("status", sa.String(1), nullable=False),
        sa.PrimaryKeyConstraint("indicator", "org_unit", "period", name="pk_current_observation"),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name="fk_current_observation_observation_id"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_current_observation_submission_id"
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_current_observation_unit", "current_observation", ["org_unit", "period"])
    op.create_index("ix_current_observation_period", "current_observation", ["period", "org_unit"])
    op.create_table(
        "completeness",
        sa.Column("org_unit", NAME),
        sa.Column("period", PERIOD),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.Column("filled", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("org_unit", "period", name="pk_completeness"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_completeness_period", "completeness", ["period"])


def _targets() -> None:
    op.create_table(
        "target",
        sa.Column("id", RowId),
        sa.Column("indicator", NAME, nullable=False),
        sa.Column("org_unit", NAME, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("direction", sa.String(10), nullable=False),
        sa.Column("low", ExactNumber),
        sa.Column("high", ExactNumber),
        sa.Column("basis", sa.String(80), nullable=False),
        sa.Column("clause", sa.String(80), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("assigned_by", sa.String(80), nullable=False),
        sa.Column("illustrative", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("by_quarter", sa.Text, nullable=False),
        sa.Column("baseline", ExactNumber),
        sa.Column("in_force_from", sa.Date, nullable=False),
        sa.Column("replaced_on", sa.Date),
        sa.Column("recorded_by", NAME, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_target"),
    )
    op.create_index("ix_target_year", "target", ["year", "indicator", "org_unit"])


def _house() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", RowId),
        sa.Column("at", Instant, nullable=False),
        sa.Column("actor", NAME, nullable=False),
        sa.Column("act", sa.String(80), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_event"),
        sa.UniqueConstraint("previous", name="uq_audit_event_previous"),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name=op.f("ck_audit_event_outcome")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(80)),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )


def downgrade() -> None:
    for table in (
        "setting",
        "audit_event",
        "target",
        "completeness",
        "current_observation",
        "observation",
        "submission",
        "submission_file",
    ):
        op.drop_table(table)
