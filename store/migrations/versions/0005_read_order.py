"""One indicator's figures of one period lie side by side, and a period's completeness too.

A screen asks for an indicator in some periods, or for all units of a period; never for one
unit through all periods of an indicator alone. At ten million observations the first order
made such a read look at every period there has been.
"""

import sqlalchemy as sa
from alembic import op

from store.types import ExactNumber, RowId

revision = "0005"
down_revision = "0004"

NAME, PERIOD = sa.String(80), sa.String(7)


def upgrade() -> None:
    _current(("indicator", "period", "org_unit"))
    _completeness(("period", "org_unit"))


def downgrade() -> None:
    _current(("indicator", "org_unit", "period"))
    _completeness(("org_unit", "period"))
    op.create_index("ix_completeness_period", "completeness", ["period"])


def _current(key: tuple[str, ...]) -> None:
    _set_aside("current_observation")
    op.create_table(
        "current_observation",
        sa.Column("indicator", NAME),
        sa.Column("org_unit", NAME),
        sa.Column("period", PERIOD),
        sa.Column("observation_id", RowId, nullable=False),
        sa.Column("submission_id", RowId, nullable=False),
        sa.Column("value", ExactNumber),
        sa.Column("status", sa.String(1), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_current_observation"),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name="fk_current_observation_observation_id"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_current_observation_submission_id"
        ),
        sqlite_with_rowid=False,
    )
    _bring_back("current_observation", key)
    op.create_index("ix_current_observation_unit", "current_observation", ["org_unit", "period"])
    op.create_index("ix_current_observation_period", "current_observation", ["period", "org_unit"])


def _completeness(key: tuple[str, ...]) -> None:
    _set_aside("completeness")
    op.create_table(
        "completeness",
        sa.Column("org_unit", NAME),
        sa.Column("period", PERIOD),
        sa.Column("expected", sa.Integer, nullable=False),
        sa.Column("filled", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_completeness"),
        sqlite_with_rowid=False,
    )
    _bring_back("completeness", key)


def _set_aside(table: str) -> None:
    op.execute(f"CREATE TEMPORARY TABLE kept_{table} AS SELECT * FROM {table}")
    op.drop_table(table)


def _bring_back(table: str, key: tuple[str, ...]) -> None:
    op.execute(f"INSERT INTO {table} SELECT * FROM kept_{table} ORDER BY {', '.join(key)}")
    op.execute(f"DROP TABLE kept_{table}")
