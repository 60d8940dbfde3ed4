"""The table of publications: the bytes of every frozen snapshot, never changed."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from store.metadata import NAME, PERIOD, metadata
from store.types import Instant, RowId

publication = Table(
    "publication",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("period", PERIOD, nullable=False),
    Column("known_at", Instant, nullable=False),  # nothing that came later is in it
    Column("data_version", Integer, nullable=False),
    Column("mark", String(9), nullable=False),  # of the figures: "7F3A-21C9"
    Column("digest", String(64), nullable=False),  # of the archive
    Column("archive", LargeBinary, nullable=False),  # a ZIP of the folder
    Column("published_by", NAME, nullable=False),
)
