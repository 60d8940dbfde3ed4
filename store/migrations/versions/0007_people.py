"""Accounts, signed-in browsers, one-time links, tokens of programs, failed sign-ins."""

import sqlalchemy as sa
from alembic import op

from store.types import Instant, RowId

revision = "0007"
down_revision = "0006"

NAME, DIGEST = sa.String(80), sa.String(64)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", RowId),
        sa.Column("name", NAME, nullable=False),
        sa.Column("full_name", sa.String(255), nullable=False),
        sa.Column("email", sa.String(255)),
        sa.Column("password", sa.Text),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("reporters", sa.Text, nullable=False),
        sa.Column("forms", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("made_by", NAME, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "login",
        sa.Column("id", RowId),
        sa.Column("account_id", RowId, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("client", sa.String(255), nullable=False),
        sa.Column("began_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_login"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_login_account_id"),
        sa.UniqueConstraint("digest", name="uq_login_digest"),
    )
    op.create_index("ix_login_account_id", "login", ["account_id"])
    _links()
    _tokens()
    op.create_table(
        "sign_in_failure",
        sa.Column("key", DIGEST),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_failure"),
    )


def _links() -> None:
    op.create_table(
        "one_time_link",
        sa.Column("digest", DIGEST),
        sa.Column("account_id", RowId, nullable=False),
        sa.Column("made_by", NAME, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.PrimaryKeyConstraint("digest", name="pk_one_time_link"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_one_time_link_account_id"),
    )


def _tokens() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", RowId),
        sa.Column("name", NAME, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("org_units", sa.Text, nullable=False),
        sa.Column("made_by", NAME, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("ends_at", Instant, nullable=False),
        sa.Column("ended_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )


def downgrade() -> None:
    for table in ("sign_in_failure", "api_token", "one_time_link", "login", "account"):
        op.drop_table(table)
