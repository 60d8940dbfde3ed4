"""What somebody's own table is taken for: the words of a mapping, before and after yes.

A free-form table has columns and rows that mean something, and only the sender knows
for sure. ``Found`` says how sure the program is of a suggestion, ``LayoutMapping`` is what
a person has confirmed: for each heading and each row's label, by their words and never by
their place, what it stands for. How tables are found and read is ``loaders.layouts``'s
business, how a mapping is kept ``store.layouts``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any


class Found(StrEnum):
    """How a column or row was recognised."""

    CODE = "code"
    EXACT = "exact"
    ALIAS = "alias"
    SIMILAR = "similar"  # proposed; a person must say so
    AMBIGUOUS = "ambiguous"  # could be several things; a person must choose
    NONE = "none"

    @property
    def settled(self) -> bool:
        """May it be confirmed together with the rest, without an answer of its own?"""
        return self in (Found.CODE, Found.EXACT, Found.ALIAS)


class ColumnRole(StrEnum):
    VALUE = "value"  # the to-date figure of the period that is reported
    PLAN = "plan"
    PREVIOUS = "previous"
    COMPARISON = "comparison"  # per cent of the plan, change on last year
    OTHER_PERIOD = "other_period"
    NUMBER = "number"
    CODE = "code"
    NAME = "name"
    UNIT_CODE = "unit_code"
    ORG_UNIT = "org_unit"
    UNIT_OF_MEASURE = "unit_of_measure"
    NOTE = "note"
    LEFT_OUT = "left_out"


ONE = Decimal(1)


@dataclass(frozen=True)
class ColumnUse:
    """What a column holds. ``measure`` is its unit of measure as printed, as a key, and
    ``scale`` what its figures are multiplied by; both only where it names an indicator."""

    role: ColumnRole
    indicator: str = ""
    org_unit: str = ""
    total: bool = False  # of the units beside it
    measure: str = ""
    scale: Decimal = ONE


@dataclass(frozen=True)
class RowUse:
    """What a row holds; nothing at all: it is left out on purpose."""

    indicator: str = ""
    org_unit: str = ""
    total: bool = False  # never a unit's own figure; compared with the sum of the units
    measure: str = ""
    scale: Decimal = ONE

    @property
    def left_out(self) -> bool:
        return not (self.indicator or self.org_unit or self.total)


@dataclass(frozen=True)
class LayoutMapping:
    """All of a table, as a person confirmed it for one reporter."""

    reporter: str
    fingerprint: str  # of the headings
    columns: Mapping[str, ColumnUse]
    rows: Mapping[str, RowUse]
    whole: RowUse = field(default_factory=RowUse)  # the indicator a table names in its title
    title: str = ""  # as a key: what was answered, not recognised, holds under this title only

    @property
    def set_aside(self) -> bool:
        """Nothing of the table is to be read, and a person has said so."""
        roles = {use.role for use in self.columns.values()}
        return roles == {ColumnRole.LEFT_OUT} and not self.rows


@dataclass(frozen=True)
class ConfirmedLayout:
    """A mapping with who confirmed it and when."""

    mapping: LayoutMapping
    confirmed_by: str
    confirmed_at: datetime


# --- as a document, for the database and for a file that a person edits


def to_document(mapping: LayoutMapping) -> dict[str, Any]:
    """Plain lists and texts, columns and rows sorted by their words."""
    return {
        "reporter": mapping.reporter,
        "fingerprint": mapping.fingerprint,
        "title": mapping.title,
        "whole": use_document(mapping.whole),
        "columns": {key: use_document(use) for key, use in sorted(mapping.columns.items())},
        "rows": {key: use_document(use) for key, use in sorted(mapping.rows.items())},
    }


def from_document(document: Any) -> LayoutMapping:
    """The mapping such a document states.

    Raises:
        ValueError: if it is not shaped like one; the message names the entry.
    """
    if not isinstance(document, dict):
        raise ValueError("columns, rows")
    columns = {key: _column_use(key, entry) for key, entry in _part(document, "columns").items()}
    rows = {key: _row_use(key, entry) for key, entry in _part(document, "rows").items()}
    return LayoutMapping(
        reporter=_text("reporter", document),
        fingerprint=_text("fingerprint", document),
        columns=columns,
        rows=rows,
        whole=_row_use("whole", document.get("whole") or {}),
        title=_text("title", document),
    )


def use_document(use: ColumnUse | RowUse) -> dict[str, Any]:
    """One column or row; what is not said is left out."""
    said: dict[str, Any] = {"role": use.role.value} if isinstance(use, ColumnUse) else {}
    texts = {"indicator": use.indicator, "org_unit": use.org_unit, "measure": use.measure}
    said |= {name: text for name, text in texts.items() if text}
    if use.scale != ONE:
        said["scale"] = f"{use.scale:f}"
    return said | ({"total": True} if use.total else {})


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name) or {}
    if not isinstance(part, dict) or not all(isinstance(entry, dict) for entry in part.values()):
        raise ValueError(name)
    return part


def _text(name: str, entry: Mapping[str, Any], where: str = "") -> str:
    value = entry.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{where} {name}".strip())
    return value


def _scale(entry: Mapping[str, Any], where: str) -> Decimal:
    try:
        scale = Decimal(str(entry.get("scale", 1)))
    except InvalidOperation as error:
        raise ValueError(f"{where} scale") from error
    if not scale.is_finite() or scale <= 0:
        raise ValueError(f"{where} scale")
    return scale


def _column_use(key: str, entry: Mapping[str, Any]) -> ColumnUse:
    try:
        role = ColumnRole(_text("role", entry, key))
    except ValueError as error:
        raise ValueError(f"{key} role") from error
    use = _row_use(key, entry)
    return ColumnUse(role, use.indicator, use.org_unit, use.total, use.measure, use.scale)


def _row_use(key: str, entry: Mapping[str, Any]) -> RowUse:
    indicator, org_unit, measure = (
        _text(name, entry, key) for name in ("indicator", "org_unit", "measure")
    )
    total = entry.get("total", False)
    if not isinstance(total, bool):
        raise ValueError(f"{key} total")
    return RowUse(indicator, org_unit, total, measure, _scale(entry, key))
