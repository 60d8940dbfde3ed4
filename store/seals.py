"""Rows that a later act may change, each held by the seal of what it says. For ``verify``.

An act that lays down or changes such rows names them in its event with their seals
(``note``); the newest seal of a row must be that of the row as it stands. So the log holds
what a row says without saying it: no address, no hash of a password, no sheet of targets.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, MutableMapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from kpi.numbers import plain
from store.json_text import dump
from store.people_schema import account
from store.schema import target
from store.told import Logged, logged

DETAIL = "seals"  # of an event
_LENGTH = 32  # of the digest's signs: 128 bits


@dataclass(frozen=True)
class Sealed:
    """A table whose rows are sealed.

    Args:
        columns: what a seal covers, beside the number; a later column is not part of older seals.
        lays: the acts that lay down rows; ``changes``: those that only change some.
        made: the columns that say who laid a row down and when.
        name: what people call a row.
    """

    table: Table
    columns: tuple[str, ...]
    lays: tuple[str, ...]
    made: tuple[str, str]
    name: Callable[[Row[Any]], str]
    changes: tuple[str, ...] = ()


TARGETS = Sealed(
    target,
    (
        "indicator",
        "org_unit",
        "year",
        "kind",
        "direction",
        "low",
        "high",
        "basis",
        "clause",
        "document",
        "assigned_by",
        "illustrative",
        "by_quarter",
        "baseline",
        "in_force_from",
        "replaced_on",
        "replaced_at",
        "decision",
        "recorded_by",
        "recorded_at",
    ),
    ("target.adopt", "target.revise", "plan_year.open"),
    ("recorded_by", "recorded_at"),
    lambda row: f"{row.indicator} {row.org_unit} {row.year}",
)
ACCOUNTS = Sealed(
    account,
    (
        "name", "full_name", "email", "password", "roles", "reporters", "forms", "active",
        "made_by", "made_at",
    ),
    ("account.make",),
    ("made_by", "made_at"),
    lambda row: str(row.name),
    changes=("account.change", "account.password", "login.begin"),
)  # fmt: skip


def note(
    session: Session, sealed: Sealed, numbers: Iterable[int], details: MutableMapping[str, str]
) -> None:
    """Name rows with their seals in what an event says; nothing sealed is said too."""
    kept = sealed.table.c
    query = select(sealed.table).where(kept.id.in_(set(numbers))).order_by(kept.id)
    rows = session.execute(query)
    details[DETAIL] = " ".join(f"{row.id}:{_seal(row, sealed)}" for row in rows)


def broken(session: Session, sealed: Sealed) -> list[tuple[str]]:
    """The rows that are not as they were sealed, that nobody sealed, or that are gone."""
    seals: dict[int, str] = {}
    older = set()  # what an older version of the program did
    for event in logged(session, *sealed.lays, *sealed.changes):
        if event.act in sealed.lays and DETAIL not in event.details:
            older.add((event.actor, event.at))
        seals |= dict(_of(event))
    rows = {row.id: row for row in session.execute(select(sealed.table))}
    wrong = {
        number: sealed.name(row)
        for number, row in rows.items()
        if not _sound(row, sealed, seals.get(number), older)
    }
    wrong |= {number: f"#{number}" for number in seals.keys() - rows.keys()}
    return [(wrong[number],) for number in sorted(wrong)]


def _sound(row: Row[Any], sealed: Sealed, seal: str | None, older: Set[tuple[str, str]]) -> bool:
    """Is a row as it was sealed, or laid down by an older version and not changed since?"""
    return _made(row, sealed) in older if seal is None else _seal(row, sealed) == seal


def _of(event: Logged) -> Iterable[tuple[int, str]]:
    for one in event.details.get(DETAIL, "").split():
        number, _, seal = one.partition(":")
        yield int(number), seal


def _made(row: Row[Any], sealed: Sealed) -> tuple[str, str]:
    by, at = (row._mapping[name] for name in sealed.made)
    return by, at.isoformat()


def _seal(row: Row[Any], sealed: Sealed) -> str:
    said = {name: _plain(row._mapping[name]) for name in ("id", *sealed.columns)}
    return hashlib.sha256(dump(said).encode()).hexdigest()[:_LENGTH]


def _plain(value: object) -> str:
    """The same text on every database."""
    if isinstance(value, Decimal):
        return f"{plain(value):f}"
    return value.isoformat() if isinstance(value, date) else str(value)
