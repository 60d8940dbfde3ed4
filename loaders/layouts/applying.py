"""Reads a table by a mapping that somebody has confirmed: every value with its cell.

What the mapping does not know is not read and is said to be so; what has changed since it
was confirmed (a unit of measure, two rows of one name) is an error, because the old answer
may no longer be true. Totals are never a unit's figure; they are compared with the sum.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property

from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.findings import Finding, Severity
from kpi.forms import form_of, rows_of
from kpi.layouts import ONE, ColumnRole, ColumnUse, LayoutMapping, RowUse
from kpi.observations import CellAddress, CellKind, Reading
from kpi.periods import Period
from kpi.submissions import FormReading
from loaders.layouts.columns import ColumnProposal, naming_columns
from loaders.layouts.labels import label_key
from loaders.layouts.lines import Line
from loaders.layouts.names import NOTHING, Match
from loaders.layouts.places import Place, about, compared, converted
from loaders.layouts.proposals import Proposal
from loaders.layouts.reader import Reader
from loaders.layouts.rows import Asked, RowJudge, own_unit
from loaders.layouts.tables import is_figure
from loaders.letters import column_letters
from loaders.reading_warnings import about_cell, about_table

COLUMN_UNREAD = "layout_column_unread"
ROW_UNREAD = "layout_row_unread"
ROW_NAMELESS = "layout_row_nameless"
SAME_LABEL = "layout_same_label"
UNIT_CHANGED = "layout_unit_changed"
CONTRADICTION = "layout_contradiction"
NO_UNIT = "layout_no_unit"
NOT_ASKED = "layout_not_asked"

_Key = tuple[str, str]


def apply(
    mapping: LayoutMapping, reader: Reader, proposal: Proposal, period: Period
) -> FormReading:
    """The readings of a table as ``mapping`` says it is to be read.

    Args:
        proposal: of the same file; its guesses are not used, only its columns and rows.
    """
    return _Application(mapping, reader, proposal, period).form()


@dataclass(frozen=True)
class _Application:
    mapping: LayoutMapping
    reader: Reader
    proposal: Proposal
    period: Period

    @property
    def definitions(self) -> Definitions:
        return self.reader.definitions

    @property
    def org_units(self) -> OrgUnits:
        return self.reader.org_units

    def form(self) -> FormReading:
        unread = () if self.mapping.set_aside else self._unread()  # which a person wanted
        findings = [*self.proposal.findings, *unread]
        readings: list[Reading] = []
        totals: list[Place] = []
        asked = self._asked_now()
        for place in self._places(findings):
            if place.total:
                totals.append(place)
            elif (place.indicator.id, place.org_unit) in asked:
                readings.append(self._reading(place, findings))
                findings += about_cell(
                    self.proposal.book, self.proposal.table.sheet, place.line.row, readings[-1]
                )
            elif is_figure(place.cell):
                findings.append(about(NOT_ASKED, Severity.WARNING, place))
        if not any(finding.code == ROW_UNREAD for finding in findings):
            findings += compared(totals, readings)
        findings += self._about_columns(readings)
        return FormReading(
            file_name=self.proposal.file_name,
            digest=self.proposal.digest,
            form=form_of(self.mapping.reporter, self.org_units),
            template_version=self.definitions.template_version,
            reporter=self.mapping.reporter,
            period=self.period.code,
            readings=tuple(readings),
            findings=tuple(findings),
            heading=" | ".join(one.head.text for one, _ in self._value_columns()),
        )

    def _asked_now(self) -> Set[_Key]:
        rows = rows_of(self.definitions, self.org_units, self.mapping.reporter, self.period)
        return {(row.indicator.id, row.org_unit.code) for row in rows}

    def _about_columns(self, readings: list[Reading]) -> Iterator[Finding]:
        """What a person may not have seen of a column, or cannot know of the format."""
        table, said = self.proposal.table, set[tuple[str, str]]()
        for column, _ in self._value_columns():
            below = column_letters(column.head.column)
            of_column = [
                reading for reading in readings if reading.at.cell.rstrip("0123456789") == below
            ]
            heading = (table.last, column.head.column)
            for finding in about_table(self.proposal.book, table.sheet, heading, of_column):
                if (finding.code, str(finding.at)) not in said:
                    said.add((finding.code, str(finding.at)))
                    yield finding

    # --- what is not read

    def _unread(self) -> Iterator[Finding]:
        values = [one for one, _ in self._value_columns()]
        for one in self.proposal.columns:
            use = self.mapping.columns.get(one.key)
            unread = use is None or (use.role is ColumnRole.VALUE and one not in values)
            if unread and self._first_figure(one) is not None:
                yield Finding(COLUMN_UNREAD, Severity.WARNING, one.head.at, one.head.text[:80])
        for line in self.proposal.lines:
            figure = self._figure_of(line, values)
            if figure is None or (self._use_of(line) is not None and not line.nameless):
                continue
            code = ROW_NAMELESS if line.nameless else ROW_UNREAD
            yield Finding(code, Severity.WARNING, figure, line.text[:80])

    def _first_figure(self, one: ColumnProposal) -> CellAddress | None:
        table = self.proposal.table
        for row in table.rows:
            if is_figure(table.sheet.at(row, one.head.column)):
                return table.address(row, one.head.column)
        return None

    def _figure_of(self, line: Line, columns: list[ColumnProposal]) -> CellAddress | None:
        table = self.proposal.table
        for one in columns:
            if is_figure(table.sheet.at(line.row, one.head.column)):
                return table.address(line.row, one.head.column)
        return None

    # --- what is read

    @cached_property
    def _same_title(self) -> bool:
        return self.mapping.title == self.proposal.title

    def _use_of(self, line: Line) -> RowUse | None:
        """What the row was confirmed to be. Under another title "Dịch vụ" may be something
        else: then only what its words alone settle still holds."""
        use = self.mapping.rows.get(line.key)
        if use is None or self._same_title or use.left_out or use.total:
            return use
        return use if _settles(line.indicator, use.indicator, line) else None

    def _whole(self) -> RowUse:
        return self.mapping.whole if self._same_title else RowUse()

    def _value_columns(self) -> Iterator[tuple[ColumnProposal, ColumnUse]]:
        keys = Counter(one.key for one in self.proposal.columns)
        for one in self.proposal.columns:
            use = self.mapping.columns.get(one.key)
            if use is None or use.role is not ColumnRole.VALUE or keys[one.key] > 1:
                continue
            if self._same_title or not use.indicator or one.found.settled:
                yield one, use

    def _places(self, findings: list[Finding]) -> Iterator[Place]:
        keys = Counter(line.key for line in self.proposal.lines)
        for line in self.proposal.lines:
            use = self._use_of(line)
            if use is None or use.left_out or line.nameless:
                continue
            if keys[line.key] > 1:
                findings.append(Finding(SAME_LABEL, at=line.at, found=line.text[:80]))
                continue
            for column, column_use in self._value_columns():
                place = self._place(line, use, column, column_use, findings)
                if place is not None:
                    yield place

    def _place(
        self,
        line: Line,
        row: RowUse,
        column: ColumnProposal,
        above: ColumnUse,
        findings: list[Finding],
    ) -> Place | None:
        table = self.proposal.table
        at = table.address(line.row, column.head.column)
        cell = table.sheet.at(line.row, column.head.column)
        named = {one for one in (row.indicator, above.indicator) if one}
        code = next(iter(named), self._whole().indicator)
        units = {one for one in (row.org_unit, above.org_unit) if one}
        total = row.total or above.total
        unit = next(iter(units), "" if total else self._own)
        if len(named) > 1 or len(units) > 1:
            findings.append(Finding(CONTRADICTION, at=at, found=line.text[:80]))
            return None
        indicator = self.definitions.indicators.get(code)
        if indicator is None:
            if is_figure(cell) and not total:
                findings.append(Finding(ROW_UNREAD, Severity.WARNING, at, line.text[:80]))
            return None
        if not unit and not total:
            if is_figure(cell):
                findings.append(Finding(NO_UNIT, at=at, found=line.text[:80]))
            return None
        carrier = row if row.indicator else above if above.indicator else self._whole()
        if not self._same_measure(indicator, line, column, carrier, at, findings):
            return None
        return Place(line, column, cell, at, indicator, unit, total, carrier.scale)

    @property
    def _own(self) -> str:
        return own_unit(self.definitions, self.org_units, self.mapping.reporter)

    def _same_measure(
        self,
        indicator: Indicator,
        line: Line,
        column: ColumnProposal,
        confirmed: RowUse | ColumnUse,
        at: CellAddress,
        findings: list[Finding],
    ) -> bool:
        """Is the figure still counted in what it was when the mapping was confirmed?"""
        judge = self._judge
        in_row = line.measure if not isinstance(confirmed, ColumnUse) else ""
        if isinstance(confirmed, ColumnUse):
            printed = label_key(column.measure or judge.printed_for_all())
        else:
            printed = judge.measure_of(indicator.id, in_row).measure
        if printed == confirmed.measure:
            return True
        finding = Finding(
            UNIT_CHANGED, at=at, found=printed or "–", expected=confirmed.measure or "–"
        )
        findings.append(finding)
        return False

    @cached_property
    def _judge(self) -> RowJudge:
        # the same columns as when it was proposed, so that the same words give the same unit
        asked = Asked(self.mapping.reporter, None, self.org_units.province.code)
        return RowJudge(
            self.proposal.table, self.proposal.columns, self.reader.names, asked, self._own
        )

    def _reading(self, place: Place, findings: list[Finding]) -> Reading:
        raw, kind = place.cell.value, place.cell.kind
        if kind is CellKind.TEXT and not place.cell.text:
            raw, kind = None, CellKind.EMPTY
        if place.scale != ONE:
            raw, kind = converted(place, findings)
        return Reading(
            indicator=place.indicator.id,
            org_unit=place.org_unit,
            period=self.period.code,
            raw=raw,
            kind=kind,
            at=place.at,
            number_format=place.cell.number_format,
            formula=place.cell.formula,
            # confirmed together with the mapping, whatever words are printed
            unit_of_measure=place.indicator.unit_of_measure.name.vi,
            note=self._note(place.line),
        )

    def _note(self, line: Line) -> str:
        column = self._note_column
        return self.proposal.table.sheet.at(line.row, column).text if column else ""

    @cached_property
    def _note_column(self) -> int | None:
        return naming_columns(self.proposal.columns).at(ColumnRole.NOTE)


def _settles(match: Match, indicator: str, line: Line) -> bool:
    """Do the row's own words name this, whatever stands above the table?"""
    named = not indicator or (match.found.settled and match.choice == indicator)
    return named and (line.org_unit is NOTHING or line.org_unit.found.settled)
