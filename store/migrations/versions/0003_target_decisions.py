"""By which decision a target was revised in the year, and since when that is known here."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("target", sa.Column("decision", sa.Text, nullable=False, server_default=""))
    op.add_column("target", sa.Column("replaced_at", Instant))


def downgrade() -> None:
    op.drop_column("target", "replaced_at")
    op.drop_column("target", "decision")
