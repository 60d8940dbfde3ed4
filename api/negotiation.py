"""Which format a program wants, by its ``Accept`` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class MediaType:
    """A format that is offered: its name and the parameters that tell versions apart."""

    name: str
    parameters: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return ";".join([self.name, *(f"{key}={value}" for key, value in sorted(self.parameters))])


def chosen(accept: str | None, offered: Sequence[MediaType]) -> MediaType | None:
    """The best of what is offered, the first one among equals; None if none is accepted."""
    wanted = [_range(part) for part in (accept or "*/*").split(",") if part.strip()]
    best, quality = None, Decimal(0)
    for one in offered:
        found = max(
            (w for w in wanted if w.covers(one)), key=lambda w: w.precision, default=None
        )  # fmt: skip
        if found is not None and found.quality > quality:
            best, quality = one, found.quality
    return best


@dataclass(frozen=True)
class _Range:
    """One part of an ``Accept`` header."""

    name: str
    parameters: frozenset[tuple[str, str]]
    quality: Decimal

    @property
    def precision(self) -> tuple[int, int]:
        return (2 - self.name.count("*"), len(self.parameters))

    def covers(self, one: MediaType) -> bool:
        kind, _, rest = self.name.partition("/")
        own_kind, _, own_rest = one.name.partition("/")
        named = kind in ("*", own_kind) and rest in ("*", own_rest)
        return named and self.parameters <= one.parameters


def _range(part: str) -> _Range:
    name, *rest = (piece.strip() for piece in part.split(";"))
    pairs = [piece.partition("=") for piece in rest if piece]
    given = {key.strip().lower(): value.strip().strip('"') for key, _, value in pairs}
    quality = _quality(given.pop("q", "1"))
    given.pop("charset", None)  # there is one: UTF-8
    return _Range(name.lower(), frozenset(given.items()), quality)


def _quality(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal(0)
