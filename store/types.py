"""Column types that mean the same on SQLite and on PostgreSQL.

SQLite has neither decimals nor time zones. A number is kept there as its text, an
instant as its text in UTC, so that what comes back is exactly what went in. Results go
through one plain function a value: a read of a thousand rows passes here first of all.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

# SQLite only numbers rows by itself in a column declared INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")


class ExactNumber(TypeDecorator[Decimal]):
    """A Decimal with every digit it had: nothing is rounded on the way in."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Decimal] | TypeEngine[str]:
        # SQLite's NUMERIC is a binary float: it holds 15 digits and 0.1 is not 0.1.
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(40))
        return dialect.type_descriptor(Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Decimal | str | None:
        if value is None:
            return None
        return format(value, "f") if dialect.name == "sqlite" else value

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], Decimal | None] | None:
        return _decimal if dialect.name == "sqlite" else None  # the driver has made it one


class Instant(TypeDecorator[datetime]):
    """A moment with its time zone, always given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take an aware moment.

        Raises:
            ValueError: if ``value`` has no time zone, and so names no moment.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        return _from_text if dialect.name == "sqlite" else _in_utc


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def _in_utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
