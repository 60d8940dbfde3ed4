"""Reads the plan workbook: targets handed down to the districts by a decision.

Districts stand side by side or one below the other; a cell holds one figure ("12"), two
("8 – 8,5") or "giảm so với cùng kỳ". The indicator's direction makes a target of it, and
the rules of METHOD 4 hold as for targets in the definitions. Number and date of the
decision stand above the table. Unlike a report, a plan is all or nothing: every name must
be settled, every figure plain, or nothing of it can be adopted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from pydantic import ValidationError

from kpi.definitions import Definitions, Indicator, Level, OrgUnits
from kpi.finding_codes import FindingCode
from kpi.finding_facts import about, in_both
from kpi.findings import Finding, Severity
from kpi.layouts import ColumnRole, Found
from kpi.numbers import parse_cell, raw_text
from kpi.observations import CellAddress, CellKind, Reading
from kpi.targets import Direction, Target, TargetKind
from kpi.text import bare
from loaders.books import Book, Cell
from loaders.definition_models import EdgesEntry
from loaders.layouts.columns import ColumnProposal, columns_of, naming_columns, parts_of
from loaders.layouts.lines import Line, lines_of
from loaders.layouts.measures import fits, stated_for_all
from loaders.layouts.names import Match
from loaders.layouts.proposals import Reader
from loaders.layouts.tables import Table
from loaders.layouts.words import figure_role
from loaders.plan_head import Stated, stated_in
from loaders.target_rules import edge_mistakes, kind_mistakes, to_edges

PLAN_ROW = "plan_row_unknown"
PLAN_COLUMN = "plan_column_unknown"
PLAN_FIGURE = "plan_figure"
PLAN_KIND = "plan_kind"
PLAN_TWICE = "plan_twice"
PLAN_UNIT = "plan_unit_of_measure"
PLAN_NO_DECISION = "plan_no_decision"
PLAN_NO_YEAR = "plan_no_year"
PLAN_EMPTY = "plan_empty"


_TITLE = re.compile(r"\bgiao\b.*\b(?:chi tieu|ke hoach|du toan)\b")
_TWO = re.compile(
    r"\s*(?:từ\s+)?(?P<low>[\d.,]+)\s*%?\s*(?:[-–—~]|đến)\s*(?P<high>[\d.,]+)\s*%?\s*", re.I
)
_SIGNS = {"≥": TargetKind.AT_LEAST, "≤": TargetKind.AT_MOST}
_BELOW_PREVIOUS = re.compile(r"giam(?: so voi (?:cung ky|nam truoc).*)?")
_PLAIN = {FindingCode.TEXT_NUMBER, FindingCode.READ_AS_DECIMAL_POINT, FindingCode.PERCENT_FORMAT}


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
    """The plan in a workbook; None if it is not one."""
    reader = Reader(definitions, org_units)
    table, noticed = reader.find(book)
    if table is None or not _is_plan(table):
        return None
    plan = _Plan(table, reader, definitions, file_name, digest).read()
    return replace(plan, findings=(*noticed, *plan.findings))


def _is_plan(table: Table) -> bool:
    """A title that hands down a plan, and no column of results."""
    title = any(_TITLE.search(bare(line)) for line in table.title)
    results = any(
        figure_role(part, None).role in (ColumnRole.VALUE, ColumnRole.COMPARISON)
        for head in table.heads
        for part in head.path
    )
    return title and not results


@dataclass(frozen=True)
class _Plan:
    table: Table
    reader: Reader
    definitions: Definitions
    file_name: str
    digest: str

    def read(self) -> PlanBook:
        stated = stated_in(self.table)
        findings = list(self._about_the_head(stated))
        cells: list[PlanCell] = []
        seen: dict[tuple[str, str], CellAddress] = {}
        for column, line, cell in self._filled(findings):
            at = self.table.address(line.row, column.head.column)
            target = self._target(column, line, cell, stated, findings)
            if target is None:
                continue
            key = (target.indicator, target.org_unit)
            if key in seen:
                findings.append(
                    Finding(PLAN_TWICE, at=at, found=line.text[:80], expected=str(seen[key]))
                )
                continue
            seen[key] = at
            cells.append(PlanCell(target, at, raw_text(cell.value)))
        if not cells and not findings:
            findings.append(Finding(PLAN_EMPTY, at=self.table.heads[0].at))
        return PlanBook(
            self.file_name, self.digest, stated.year, stated.decision, stated.in_force_from,
            tuple(cells), tuple(findings),
        )  # fmt: skip

    def _about_the_head(self, stated: Stated) -> Iterator[Finding]:
        at = self.table.heads[0].at
        if not stated.decision or stated.in_force_from is None:
            yield Finding(PLAN_NO_DECISION, at=at)
        if not stated.year:
            yield Finding(PLAN_NO_YEAR, at=at)

    # --- the figures

    def _filled(self, findings: list[Finding]) -> Iterator[tuple[ColumnProposal, Line, Cell]]:
        columns = columns_of(self.table, self.reader.names, None)
        lines = lines_of(self.table, naming_columns(columns), self.reader.names)
        for one in columns:
            if one.is_naming:
                continue
            for line in lines:
                cell = self.table.sheet.at(line.row, one.head.column)
                if cell.kind is CellKind.EMPTY or (not cell.text and cell.kind is CellKind.TEXT):
                    continue
                if line.nameless:
                    at = self.table.address(line.row, one.head.column)
                    findings.append(Finding(PLAN_ROW, at=at, found=cell.text[:80]))
                    continue
                yield one, line, cell

    def _target(
        self,
        column: ColumnProposal,
        line: Line,
        cell: Cell,
        stated: Stated,
        findings: list[Finding],
    ) -> Target | None:
        """The target a cell sets; None where it sets none, with a finding if it should."""
        at = self.table.address(line.row, column.head.column)
        above_indicator, above_unit, total, _ = parts_of(column.head, self.reader.names)
        if total or line.total:
            return None  # the sum of the districts is nobody's own target
        named = _one(line.indicator, above_indicator)
        unit = _one(line.org_unit, above_unit)
        indicator = self.definitions.indicators.get(named)
        if indicator is None or not indicator.exists_at(Level.DISTRICT):
            findings.append(Finding(PLAN_ROW, at=at, found=line.text[:80]))
            return None
        if not unit:
            findings.append(Finding(PLAN_COLUMN, at=at, found=column.head.text[:80]))
            return None
        printed = line.measure or column.measure or self._for_all
        if not fits(printed, indicator.unit_of_measure).found.settled:
            facts = in_both("unit_of_measure", indicator.unit_of_measure.name)
            findings.append(Finding(PLAN_UNIT, at=at, found=printed or "–", facts=facts))
            return None
        year, value = str(stated.year), (cell.value, cell.kind)
        reading = Reading(named, unit, year, *value, at, cell.number_format, cell.formula)
        return self._built(reading, indicator, stated, findings)

    @cached_property
    def _for_all(self) -> str:
        """The unit of measure that the title states for the whole table."""
        return next((unit for text in self.table.title if (unit := stated_for_all(text))), "")

    def _built(
        self, reading: Reading, indicator: Indicator, stated: Stated, findings: list[Finding]
    ) -> Target | None:
        kind_and_figures = _shape(reading, indicator, findings)
        if kind_and_figures is None:
            return None
        kind, edges = kind_and_figures
        rule = indicator.levels[Level.DISTRICT]
        bounds = indicator.hard_low, indicator.hard_high
        if any(kind_mistakes(kind, indicator.direction, indicator.measure)):
            findings.append(_refused(PLAN_KIND, reading, indicator))
            return None
        if any(edge_mistakes(kind, edges, rule.decimals, bounds)):
            findings.append(_refused(PLAN_FIGURE, reading, indicator))
            return None
        assert indicator.direction is not None  # else no kind of target suits it
        return Target(
            indicator=indicator.id,
            org_unit=reading.org_unit,
            year=stated.year,
            kind=kind,
            direction=indicator.direction,
            edges=to_edges(kind, edges),
            basis=rule.basis,
            clause="",
            document=stated.decision,
            assigned_by="tỉnh giao",
            in_force_from=stated.in_force_from or date.min,
        )


def _one(*matches: Match) -> str:
    """The one settled choice among row and column; "" for none, or for two that differ."""
    chosen = {match.choice for match in matches if match.found.settled}
    doubtful = any(match.found in (Found.SIMILAR, Found.AMBIGUOUS) for match in matches)
    return chosen.pop() if len(chosen) == 1 and not doubtful else ""


def _shape(
    reading: Reading, indicator: Indicator, findings: list[Finding]
) -> tuple[TargetKind, EdgesEntry] | None:
    """What kind of target the cell's words make, by the indicator's direction."""
    text = reading.raw.strip() if isinstance(reading.raw, str) else ""
    if _BELOW_PREVIOUS.fullmatch(bare(text)):
        return TargetKind.BELOW_PREVIOUS, EdgesEntry()
    if match := _TWO.fullmatch(text):
        low = _figure(reading, match["low"], indicator, findings)
        high = _figure(reading, match["high"], indicator, findings)
        holds = indicator.direction is Direction.HOLD
        kind = TargetKind.BAND if holds else TargetKind.RANGE
        return _entry(kind, reading, indicator, findings, low=low, high=high)
    single = {
        Direction.INCREASE: TargetKind.AT_LEAST, Direction.DECREASE: TargetKind.AT_MOST
    }.get(indicator.direction or Direction.HOLD)  # fmt: skip
    sign = _SIGNS.get(text[:1])
    if single is None or (sign is not None and sign is not single):
        findings.append(_refused(PLAN_KIND, reading, indicator))
        return None
    raw = text[1:].strip() if sign else reading.raw
    return _entry(
        single, reading, indicator, findings, value=_figure(reading, raw, indicator, findings)
    )


def _entry(
    kind: TargetKind,
    reading: Reading,
    indicator: Indicator,
    findings: list[Finding],
    **figures: object,
) -> tuple[TargetKind, EdgesEntry] | None:
    if any(figure is None for figure in figures.values()):
        return None  # which has been said
    try:
        return kind, EdgesEntry.model_validate(figures)
    except ValidationError:
        findings.append(_refused(PLAN_FIGURE, reading, indicator))
        return None


def _figure(reading: Reading, raw: object, indicator: Indicator, findings: list[Finding]) -> object:
    """One plain figure; whatever could be read two ways is refused."""
    unit = indicator.unit_of_measure
    parsed = parse_cell(
        raw, CellKind.TEXT if isinstance(raw, str) else reading.kind, reading.number_format,
        decimals=indicator.decimals_at(Level.DISTRICT),
        is_percent=unit.is_percent, is_count=unit.is_count,
    )  # fmt: skip
    if parsed.value is None or any(quirk.code not in _PLAIN for quirk in parsed.findings):
        findings.append(_refused(PLAN_FIGURE, reading, indicator))
        return None
    for quirk in parsed.findings:
        if raw is not reading.raw and quirk.code is FindingCode.TEXT_NUMBER:
            continue  # two figures in one cell cannot but be text
        findings.append(about(reading, quirk.code, found=parsed.raw, facts=quirk.facts))
    return parsed.value


def _refused(code: str, reading: Reading, indicator: Indicator) -> Finding:
    facts = in_both("indicator", indicator.name)
    facts |= {"decimals": str(indicator.decimals_at(Level.DISTRICT))}
    return Finding(
        code, at=reading.at, found=raw_text(reading.raw)[:80], indicator=indicator.id,
        org_unit=reading.org_unit, facts=facts,
    )  # fmt: skip
