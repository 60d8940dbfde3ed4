"""The rows of a table with their words, their place in the list, and a key to know them by.

A row is known by its label and by what it stands under ("Nông, lâm nghiệp" under "Cơ cấu
kinh tế" is not the one under "Tốc độ tăng trưởng"), never by its number: rows may be
moved. A row that carries a code is known by that alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kpi.layouts import ColumnRole, Found
from kpi.observations import CellAddress
from loaders.layouts.labels import Label, label_key, label_of
from loaders.layouts.names import NOTHING, Match, Names
from loaders.layouts.tables import Table, is_figure

_HEADING, _UNDER_PART_OF, _LEAF = 1, 7, 9


@dataclass(frozen=True)
class Line:
    row: int
    key: str
    text: str  # as it stands in the sheet
    at: CellAddress
    indicator: Match
    org_unit: Match
    total: bool
    measure: str  # ĐVT of the row, or what stands in brackets
    has_figures: bool
    nameless: bool = False


@dataclass(frozen=True)
class _Words:
    """What stands in a row's naming cells."""

    name: str
    number: str
    code: str
    unit_name: str
    unit_code: str
    measure: str

    @property
    def label(self) -> Label:
        return label_of(self.name, self.number)

    @property
    def unit_label(self) -> Label:
        return label_of(self.unit_name)


@dataclass(frozen=True)
class Columns:
    """Which column is which, as far as rows are named by them; only unmistakable ones."""

    by_role: Mapping[ColumnRole, int]
    figures: tuple[int, ...]  # every column that is none of these

    def at(self, role: ColumnRole) -> int | None:
        return self.by_role.get(role)


def lines_of(table: Table, columns: Columns, names: Names) -> tuple[Line, ...]:
    """Every row that has a name or a figure, from the top."""
    return tuple(_lines(table, columns, names))


def _lines(table: Table, columns: Columns, names: Names) -> Iterator[Line]:
    above: list[tuple[int, Label, Match]] = []  # level, words, indicator of the rows above
    part_of = False
    for row in table.rows:
        words = _words(table, columns, row)
        figures = any(is_figure(table.sheet.at(row, column)) for column in columns.figures)
        if not (words.name or words.code or words.unit_name or words.unit_code):
            if figures:
                yield _nameless(table, columns, row)
            continue
        indicator, unit, total = _meaning(words, columns, names)
        label = words.label if words.name else words.unit_label
        level = _level(label, figures, indicator, unit, part_of)
        unit_row = unit.found.settled or total or (indicator is NOTHING and unit is not NOTHING)
        context = _context(above, level, unit_row=unit_row)
        if unit_row and context and indicator is NOTHING:
            indicator = context[1]
        yield Line(
            row=row,
            key=_key(words, label, context[0] if context else "", unit_row=unit_row),
            text=words.name or words.unit_name or words.code,
            at=table.address(row, _naming_column(columns)),
            indicator=indicator,
            org_unit=unit,
            total=total,
            measure=words.measure or _bracket(label, names),
            has_figures=figures,
        )
        if not unit_row:
            above = [one for one in above if one[0] < level]
            above.append((level, label, indicator))
            part_of = (label.part_of and not label.text) or (part_of and label.level is None)


def _words(table: Table, columns: Columns, row: int) -> _Words:
    def text(role: ColumnRole, *, merged: bool = False) -> str:
        column = columns.at(role)
        if column is None:
            return ""
        cell = table.filled(row, column) if merged else table.sheet.at(row, column)
        return cell.text.removesuffix(".0") if role is not ColumnRole.NAME else cell.text

    return _Words(
        name=text(ColumnRole.NAME, merged=True),
        number=text(ColumnRole.NUMBER),
        code=text(ColumnRole.CODE),
        unit_name=text(ColumnRole.ORG_UNIT, merged=True),
        unit_code=text(ColumnRole.UNIT_CODE),
        measure=text(ColumnRole.UNIT_OF_MEASURE, merged=True),
    )


def _meaning(words: _Words, columns: Columns, names: Names) -> tuple[Match, Match, bool]:
    """Indicator and unit a row names, and whether it is the total of the units."""
    apart = columns.at(ColumnRole.ORG_UNIT) or columns.at(ColumnRole.UNIT_CODE)
    indicator = names.indicator(words.label, words.code) if words.name or words.code else NOTHING
    if apart:
        unit = names.unit(words.unit_label.text, words.unit_code)
        return indicator, unit, not words.unit_code and names.is_total(words.unit_label.text)
    total = names.is_total(words.label.text)
    unit = names.unit(words.label.text)
    if total or unit.found.settled:
        return NOTHING, unit, total
    if indicator.found is Found.NONE:
        return NOTHING, unit, False
    if unit.found is Found.AMBIGUOUS and not indicator.found.settled:
        return NOTHING, unit, False
    return indicator, NOTHING, False


def _level(label: Label, figures: bool, indicator: Match, unit: Match, part_of: bool) -> int:
    if label.level is not None:
        return label.level
    if part_of or label.part_of:
        return _UNDER_PART_OF
    named = indicator.found.settled or unit.found.settled
    return _LEAF if figures or named else _HEADING


def _context(
    above: list[tuple[int, Label, Match]], level: int, *, unit_row: bool
) -> tuple[str, Match] | None:
    """What the row stands under; a unit stands under the last row that is none, and only if
    that names an indicator does the unit's figure belong to it."""
    for higher, label, indicator in reversed(above):
        if not label.text:
            continue  # "Trong đó:" alone
        if unit_row or higher < level:
            return label.key, indicator
    return None


def _key(words: _Words, label: Label, context: str, *, unit_row: bool) -> str:
    parts = [words.code or label_key(words.name)] if words.code or words.name else []
    if words.unit_code or words.unit_name:
        parts.append(words.unit_code or words.unit_label.key)
    if words.code:
        return " › ".join(parts)
    parts = [label.key, *parts[1:]]
    return " › ".join([context, *parts] if context else parts)


def _bracket(label: Label, names: Names) -> str:
    from loaders.layouts.measures import is_measure

    return label.bracket if is_measure(label.bracket, names.definitions) else ""


def _nameless(table: Table, columns: Columns, row: int) -> Line:
    at = next(column for column in columns.figures if is_figure(table.sheet.at(row, column)))
    return Line(
        row, "", table.sheet.at(row, at).text, table.address(row, at), NOTHING, NOTHING,
        total=False, measure="", has_figures=True, nameless=True,
    )  # fmt: skip


def _naming_column(columns: Columns) -> int:
    wanted = (ColumnRole.NAME, ColumnRole.ORG_UNIT, ColumnRole.CODE, ColumnRole.UNIT_CODE)
    return next(column for role in wanted if (column := columns.at(role)) is not None)
