"""What all tables share: the naming of their constraints, common widths, "who and when"."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, MetaData, String

from store.types import Instant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

NAME, PERIOD = String(80), String(7)


def by_and_at(act: str) -> tuple[Column[str], Column[datetime]]:
    """Whose act a row is and when it was: ``made_by`` and ``made_at``, say; never empty."""
    return Column(f"{act}_by", NAME, nullable=False), Column(f"{act}_at", Instant, nullable=False)
