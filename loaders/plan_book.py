"""Reads the plan workbook: targets handed down to the districts by a decision.

Districts stand side by side or one below the other, on one sheet or on several; what a
cell says is for ``loaders.plan_cell``. Number and date of the decision stand above the
table. Unlike a report, a plan is all or nothing: every name must be settled, every figure
plain, or nothing of it can be adopted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kpi.definitions import Definitions, Indicator, Level, OrgUnits
from kpi.finding_facts import in_both
from kpi.findings import Finding, Severity
from kpi.layouts import ColumnRole, Found
from kpi.numbers import raw_text
from kpi.observations import CellAddress, CellKind, Reading
from kpi.targets import Target
from kpi.text import bare
from loaders.books import Book, Cell
from loaders.layouts.columns import ColumnProposal, columns_of, naming_columns, parts_of
from loaders.layouts.lines import Line, lines_of
from loaders.layouts.measures import fits, stated_for_all
from loaders.layouts.names import NOTHING, Match
from loaders.layouts.reader import Reader, not_read
from loaders.layouts.tables import Table
from loaders.layouts.words import figure_role
from loaders.plan_cell import target_in
from loaders.plan_head import Stated, stated_in
from loaders.reading_warnings import about_cell, about_table

PLAN_ROW = "plan_row_unknown"
PLAN_COLUMN = "plan_column_unknown"
PLAN_TWICE = "plan_twice"
PLAN_UNIT = "plan_unit_of_measure"
PLAN_NO_DECISION = "plan_no_decision"
PLAN_NO_YEAR = "plan_no_year"
PLAN_TWO_DECISIONS = "plan_two_decisions"
PLAN_EMPTY = "plan_empty"

_TITLE = re.compile(r"\bgiao\b.*\b(?:chi tieu|ke hoach|du toan)\b")


@dataclass(frozen=True)
class PlanCell:
    """One target with the cell it stands in."""

    target: Target
    at: CellAddress
    raw: str


@dataclass(frozen=True)
class PlanBook:
    """A plan workbook as it was read. With an error among ``findings`` it cannot be adopted."""

    file_name: str
    digest: str
    year: int
    decision: str  # number and day, as it is to be cited
    in_force_from: date | None
    cells: tuple[PlanCell, ...]
    findings: tuple[Finding, ...]

    @property
    def adoptable(self) -> bool:
        return all(finding.severity is not Severity.ERROR for finding in self.findings)

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(cell.target for cell in self.cells)


def read_plan(
    book: Book, file_name: str, digest: str, definitions: Definitions, org_units: OrgUnits
) -> PlanBook | None:
    """The plan in a workbook; None if its first table is none."""
    reader = Reader(definitions, org_units)
    tables, converted = reader.tables(book)
    if not tables or not _is_plan(tables[0]):
        return None
    plans = [table for table in tables if table is tables[0] or _is_plan(table)]
    stated, findings = _stated(plans)
    findings = [*converted, *not_read(tables, plans), *findings]
    cells: list[PlanCell] = []
    seen: dict[tuple[str, str], CellAddress] = {}
    for table in plans:
        for cell in _Plan(book, table, reader, definitions, stated, findings).cells():
            key = (cell.target.indicator, cell.target.org_unit)
            if key in seen:
                findings.append(_twice(cell, seen[key]))
                continue
            seen[key] = cell.at
            cells.append(cell)
    if not cells and not any(one.severity is Severity.ERROR for one in findings):
        findings.append(Finding(PLAN_EMPTY, at=tables[0].heads[0].at))
    return PlanBook(
        file_name, digest, stated.year, stated.decision, stated.in_force_from,
        tuple(cells), tuple(findings),
    )  # fmt: skip


def _is_plan(table: Table) -> bool:
    """A title that hands down a plan, and no column of results."""
    title = any(_TITLE.search(bare(line)) for line in table.title)
    results = any(
        figure_role(part, None).role in (ColumnRole.VALUE, ColumnRole.COMPARISON)
        for head in table.heads
        for part in head.path
    )
    return title and not results


def _stated(plans: Sequence[Table]) -> tuple[Stated, list[Finding]]:
    """What stands above the first table; the others may repeat it, or say nothing."""
    first, *others = (stated_in(table) for table in plans)
    findings: list[Finding] = []
    if not first.decision or first.in_force_from is None:
        findings.append(Finding(PLAN_NO_DECISION, at=first.decision_at or plans[0].heads[0].at))
    if not first.year:
        findings.append(Finding(PLAN_NO_YEAR, at=first.year_at or plans[0].heads[0].at))
    for table, other in zip(plans[1:], others, strict=True):
        for said, meant in ((other.decision, first.decision), (other.year, first.year)):
            if said and said != meant:
                at = other.decision_at or table.heads[0].at
                findings.append(Finding(PLAN_TWO_DECISIONS, at=at, found=f"{said}",
                                        expected=f"{meant or '–'}"))  # fmt: skip
    return first, findings


def _twice(cell: PlanCell, first: CellAddress) -> Finding:
    new = cell.target
    return Finding(
        PLAN_TWICE, at=cell.at, found=cell.raw[:80], expected=str(first),
        indicator=new.indicator, org_unit=new.org_unit,
    )  # fmt: skip


@dataclass(frozen=True)
class _Plan:
    """One table of the workbook; what is found is added to ``findings``."""

    book: Book
    table: Table
    reader: Reader
    definitions: Definitions
    stated: Stated
    findings: list[Finding]

    def cells(self) -> Iterator[PlanCell]:
        for column in self._columns:
            readings: list[Reading] = []
            for line, cell in self._filled(column):
                reading = self._reading(column, line, cell)
                if reading is None:
                    continue
                readings.append(reading)
                self.findings.extend(about_cell(self.book, self.table.sheet, line.row, reading))
                indicator = self.definitions.indicators[reading.indicator]
                target = target_in(reading, indicator, self.stated, self.findings)
                if target is not None:
                    yield PlanCell(target, reading.at, raw_text(cell.value))
            heading = (self.table.last, column.head.column)
            for one in about_table(self.book, self.table.sheet, heading, readings):
                if one not in self.findings:
                    self.findings.append(one)

    @cached_property
    def _columns(self) -> tuple[ColumnProposal, ...]:
        return columns_of(self.table, self.reader.names, None)

    @cached_property
    def _lines(self) -> tuple[Line, ...]:
        return lines_of(self.table, naming_columns(self._columns), self.reader.names)

    def _filled(self, column: ColumnProposal) -> Iterator[tuple[Line, Cell]]:
        if column.is_naming:
            return
        for line in self._lines:
            cell = self.table.sheet.at(line.row, column.head.column)
            if cell.kind is CellKind.EMPTY or (not cell.text and cell.kind is CellKind.TEXT):
                continue
            if line.nameless:
                at = self.table.address(line.row, column.head.column)
                self.findings.append(Finding(PLAN_ROW, at=at, found=cell.text[:80]))
                continue
            yield line, cell

    def _reading(self, column: ColumnProposal, line: Line, cell: Cell) -> Reading | None:
        """The cell with whose figure it is; None where that is nobody's, or not settled."""
        at = self.table.address(line.row, column.head.column)
        above_indicator, above_unit, total, _ = parts_of(column.head, self.reader.names)
        if total or line.total:
            return None  # the sum of the districts is nobody's own target
        named = _one(line.indicator, above_indicator)
        unit = _one(line.org_unit, above_unit)
        indicator = self.definitions.indicators.get(named)
        if indicator is None or not indicator.exists_at(Level.DISTRICT):
            self.findings.append(Finding(PLAN_ROW, at=at, found=line.text[:80]))
            return None
        if not unit:
            self._whose(column, line, at)
            return None
        printed = line.measure or column.measure or self._for_all
        if not fits(printed, indicator.unit_of_measure).found.settled:
            self.findings.append(_other_measure(at, printed, indicator, unit))
            return None
        year, value = str(self.stated.year), (cell.value, cell.kind)
        return Reading(
            named, unit, year, *value, at, cell.number_format, cell.formula,
            unit_of_measure=indicator.unit_of_measure.name.vi,
        )  # fmt: skip

    def _whose(self, column: ColumnProposal, line: Line, at: CellAddress) -> None:
        """Nobody's figure: said once at the heading, or at the row if rows name the units."""
        by_row = line.org_unit is not NOTHING
        found = line.text if by_row else column.head.text
        said = Finding(PLAN_COLUMN, at=at if by_row else column.head.at, found=found[:80])
        if said not in self.findings:
            self.findings.append(said)

    @cached_property
    def _for_all(self) -> str:
        """The unit of measure that the title states for the whole table."""
        return next((unit for text in self.table.title if (unit := stated_for_all(text))), "")


def _other_measure(at: CellAddress, printed: str, indicator: Indicator, unit: str) -> Finding:
    return Finding(
        PLAN_UNIT, at=at, found=printed or "–", indicator=indicator.id, org_unit=unit,
        facts=in_both("unit_of_measure", indicator.unit_of_measure.name),
    )  # fmt: skip


def _one(*matches: Match) -> str:
    """The one settled choice among row and column; "" for none, or for two that differ."""
    chosen = {match.choice for match in matches if match.found.settled}
    doubtful = any(match.found in (Found.SIMILAR, Found.AMBIGUOUS) for match in matches)
    return chosen.pop() if len(chosen) == 1 and not doubtful else ""
