"""What was published: the archive of each frozen snapshot, with its digest."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", RowId),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("known_at", Instant, nullable=False),
        sa.Column("data_version", sa.Integer, nullable=False),
        sa.Column("mark", sa.String(9), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("archive", sa.LargeBinary, nullable=False),
        sa.Column("published_by", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )


def downgrade() -> None:
    op.drop_table("publication")
