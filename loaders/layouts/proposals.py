"""The whole suggestion for a table: reporter, period, each column and each row.

A ``Proposal`` is what a person looks at and confirms. ``mapping`` makes the confirmed
mapping out of what is settled and of the answers given; whatever is neither stays out and
will not be read. The same table gives the same proposal wherever its rows and columns
stand. ``loaders.layouts.reader`` makes one for each table of a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kpi.findings import Finding
from kpi.layouts import ONE, ColumnRole, ColumnUse, Found, LayoutMapping, RowUse
from kpi.observations import CellAddress
from loaders.books import Book
from loaders.layouts.columns import ColumnProposal, has_figures
from loaders.layouts.lines import Line
from loaders.layouts.rows import RowJudge, RowProposal
from loaders.layouts.tables import Table
from loaders.layouts.titles import Stated


@dataclass(frozen=True)
class Proposal:
    """What one table in somebody's own layout seems to say."""

    file_name: str
    digest: str
    book: Book = field(repr=False)
    table: Table
    reporter: Stated  # by the title; ``given_reporter`` is what the sender said
    period: Stated
    given_reporter: str
    given_period: str
    fingerprint: str
    title: str  # as a key
    columns: tuple[ColumnProposal, ...]
    rows: tuple[RowProposal, ...]
    judge: RowJudge = field(repr=False)
    whole: RowProposal | None = None
    findings: tuple[Finding, ...] = ()
    number: int = 1  # which table of the file it is,
    count: int = 1  # of how many

    @property
    def at(self) -> CellAddress:
        """Where the table begins."""
        return self.table.heads[0].at

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(row.line for row in self.rows)

    @property
    def open_columns(self) -> tuple[ColumnProposal, ...]:
        """Columns that hold figures and wait for an answer."""
        return tuple(
            one
            for one in self.columns
            if not one.found.settled and has_figures(self.table, one.head.column)
        )

    @property
    def open_rows(self) -> tuple[RowProposal, ...]:
        """Rows with figures that wait for an answer, the table's own indicator first."""
        rows = tuple(row for row in self.rows if not row.found.settled and row.line.has_figures)
        return (self.whole, *rows) if self.whole is not None else rows

    @property
    def has_values(self) -> bool:
        return any(one.use and one.use.role is ColumnRole.VALUE for one in self.columns)

    @property
    def certain(self) -> bool:
        """Our own form: every figure by its code under our own headings. Nothing to ask."""
        coded = [row for row in self.rows if row.line.has_figures]
        return (
            self.has_values
            and not self.open_columns
            and all(row.found is Found.CODE for row in coded)
        )

    def mapping(
        self,
        columns: Mapping[str, ColumnUse] | None = None,
        rows: Mapping[str, RowUse] | None = None,
        whole: RowUse | None = None,
        *,
        reporter: str = "",
    ) -> LayoutMapping:
        """What is settled, with a person's answers by key; the rest stays out."""
        settled = {one.key: one.use for one in self.columns if one.found.settled and one.use}
        named = {row.key: row.use for row in self.rows if row.found.settled and row.use}
        return self.completed(
            LayoutMapping(
                reporter=reporter or self.given_reporter,
                fingerprint=self.fingerprint,
                columns={**settled, **(columns or {})},
                rows={**named, **(rows or {})},
                whole=whole or RowUse(),
                title=self.title,
            )
        )

    def set_aside(self) -> LayoutMapping:
        """The mapping that says: nothing of this table is to be read."""
        unread = {one.key: ColumnUse(ColumnRole.LEFT_OUT) for one in self.columns}
        return LayoutMapping(self.given_reporter, self.fingerprint, unread, {}, title=self.title)

    def completed(self, mapping: LayoutMapping) -> LayoutMapping:
        """The same with the unit of measure of what a person named; where that does not
        fit by itself and no factor was given, the answer is not enough and stays out."""
        columns = {
            key: column
            for key, above in mapping.columns.items()
            if (column := self._column_completed(key, above)) is not None
        }
        rows = {
            key: row
            for key, beside in mapping.rows.items()
            if (row := self._row_completed(key, beside)) is not None
        }
        whole = self._whole_completed(mapping.whole)
        return replace(mapping, columns=columns, rows=rows, whole=whole, title=self.title)

    def _whole_completed(self, answer: RowUse) -> RowUse:
        known = self.whole.use if self.whole else None
        return self._measured(answer, known, "") or RowUse()

    def _column_completed(self, key: str, answer: ColumnUse) -> ColumnUse | None:
        of_key = {one.key: one for one in self.columns}
        if key not in of_key or answer.role is not ColumnRole.VALUE or not answer.indicator:
            return answer
        known = of_key[key].use
        if known is not None and known.indicator == answer.indicator and answer.measure:
            return answer
        match = self.judge.column_measure(of_key[key], answer.indicator)
        if not match.found.settled and answer.scale == ONE:
            return None
        return replace(answer, measure=match.measure)

    def _row_completed(self, key: str, answer: RowUse) -> RowUse | None:
        of_key = {row.key: row for row in self.rows}
        if key not in of_key or answer.total:
            return answer
        return self._measured(answer, of_key[key].use, of_key[key].line.measure)

    def _measured(self, answer: RowUse, known: RowUse | None, printed: str) -> RowUse | None:
        if not answer.indicator or (
            known is not None
            and (known.indicator, known.measure) == (answer.indicator, answer.measure)
        ):
            return answer
        match = self.judge.measure_of(answer.indicator, printed)
        if not match.found.settled and answer.scale == ONE:
            return None
        return replace(answer, measure=match.measure)
