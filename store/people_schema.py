"""The tables of people: accounts, signed-in browsers, one-time links, tokens of programs.

No secret is stored as it is: a password by its argon2 hash, everything a browser or a
program shows by its SHA-256, so that a stolen copy of the database opens nothing.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from store.metadata import NAME, by_and_at, metadata
from store.types import Instant, RowId

account = Table(
    "account",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", NAME, nullable=False, unique=True),  # what one signs in with
    Column("full_name", String(255), nullable=False),
    Column("email", String(255), unique=True),  # how a single sign-on names the person
    Column("password", Text),  # argon2; None: not set yet, or single sign-on only
    Column("roles", Text, nullable=False),  # JSON list, as kpi.permissions.ActorRole
    Column("reporters", Text, nullable=False),  # JSON list: whose forms they send
    Column("forms", Text, nullable=False),  # JSON list: which forms they decide on
    Column("active", Boolean(create_constraint=False), nullable=False),
    *by_and_at("made"),
)

login = Table(
    "login",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),  # of the cookie
    Column("client", String(255), nullable=False),  # the browser's own word
    Column("began_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),  # at the latest
    Column("ended_at", Instant),  # signed out, or revoked
    Index(None, "account_id"),
)

one_time_link = Table(
    "one_time_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    *by_and_at("made"),
    Column("ends_at", Instant, nullable=False),
    Column("used_at", Instant),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", NAME, nullable=False),  # of the program
    Column("digest", String(64), nullable=False, unique=True),
    Column("org_units", Text, nullable=False),  # JSON list; empty: all of them
    *by_and_at("made"),
    Column("ends_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("key", String(64), primary_key=True),  # digest of a name or of an address
    Column("count", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
)
