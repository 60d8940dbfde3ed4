"""A salt for each entry of the registers: what the log seals tells nothing of a name by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("honour", sa.Column("salt", sa.String(32), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("honour", "salt")
