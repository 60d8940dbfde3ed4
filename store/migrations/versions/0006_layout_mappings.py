"""How reporters' own tables are to be read: each mapping with who confirmed it and when."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "layout_mapping",
        sa.Column("id", RowId),
        sa.Column("reporter", sa.String(80), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("confirmed_by", sa.String(80), nullable=False),
        sa.Column("confirmed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_layout_mapping"),
    )
    op.create_index("ix_layout_mapping_reporter", "layout_mapping", ["reporter", "fingerprint"])


def downgrade() -> None:
    op.drop_table("layout_mapping")
