"""The whole suggestion for a file: table, reporter, period, each column and each row.

A ``Proposal`` is what a person looks at and confirms. ``mapping`` makes the confirmed
mapping out of what is settled and of the answers given; whatever is neither stays out and
will not be read. The same table gives the same proposal wherever its rows and columns
stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Severity
from kpi.layouts import ONE, ColumnRole, ColumnUse, Found, LayoutMapping, RowUse
from kpi.observations import CellAddress
from kpi.periods import Period
from loaders.books import Book
from loaders.layouts.columns import ColumnProposal, columns_of, has_figures, naming_columns
from loaders.layouts.labels import label_of
from loaders.layouts.lines import Line, lines_of
from loaders.layouts.names import Names
from loaders.layouts.rows import Asked, RowJudge, RowProposal, measured_columns, own_unit
from loaders.layouts.tables import Table, find_table
from loaders.layouts.times import relative
from loaders.layouts.titles import Stated, period_in, reporter_in, title_key
from loaders.layouts.words import says_something, structural_role
from loaders.old_letters import in_unicode

OTHER_TABLE = "layout_other_table"


@dataclass(frozen=True)
class Proposal:
    """What a file in somebody's own layout seems to say."""

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


@dataclass(frozen=True)
class Reader:
    """What is the same for every file that is looked at."""

    definitions: Definitions
    org_units: OrgUnits
    reporter: str = ""
    period: Period | None = None
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        on = self.period.end if self.period else None
        object.__setattr__(self, "names", Names(self.definitions, self.org_units, on))

    def recognised(self, text: str) -> bool:
        """Does a heading cell name something that stands above columns?"""
        label = label_of(text)
        return (
            structural_role(text) is not None
            or says_something(text)
            or self.names.is_total(label.text)
            or self.names.unit(label.text).found.settled
            or self.names.indicator(label).found is not Found.NONE
        )

    def find(self, book: Book) -> tuple[Table | None, tuple[Finding, ...]]:
        """The first table on a visible sheet, old letters converted; others are mentioned."""
        tables: list[Table] = []
        converted: tuple[Finding, ...] = ()
        for sheet in book.sheets:
            if not sheet.visible:
                continue
            readable, warning = in_unicode(sheet)
            table = find_table(readable, self.recognised)
            if table is not None:
                converted = (warning,) if warning and not tables else converted
                tables.append(table)
        return (tables[0] if tables else None), (*converted, *_others(tables))

    def propose(self, book: Book, file_name: str, digest: str) -> Proposal | None:
        """What the file seems to say; None if no table is found in it."""
        table, others = self.find(book)
        if table is None:
            return None
        stated_reporter = reporter_in(table.title, self.definitions, self.org_units)
        stated_period = period_in(table.title)
        reporter = self.reporter or _sure(stated_reporter)
        code = self.period.code if self.period else _sure(stated_period)
        period = Period.parse(code) if code else None
        judge = self._judge(table, reporter, period)
        lines = lines_of(table, naming_columns(judge.columns), self.names)
        rows = tuple(judge.proposals(lines))
        return Proposal(
            file_name=file_name,
            digest=digest,
            book=book,
            table=table,
            reporter=stated_reporter,
            period=stated_period,
            given_reporter=self.reporter,
            given_period=self.period.code if self.period else "",
            fingerprint=fingerprint(table, period),
            title=title_key(table.title, period),
            columns=judge.columns,
            rows=rows,
            judge=judge,
            whole=None if _names_indicators(judge.columns, rows) else judge.whole_table(),
            findings=others,
        )

    def _judge(self, table: Table, reporter: str, period: Period | None) -> RowJudge:
        judge = RowJudge(
            table,
            columns_of(table, self.names, period),
            self.names,
            Asked.of(self.definitions, self.org_units, reporter, period),
            own_unit(self.definitions, self.org_units, reporter),
        )
        return RowJudge(table, measured_columns(judge), self.names, judge.asked, judge.own)


def fingerprint(table: Table, period: Period | None) -> str:
    """The headings as one digest: their words in any order, the reported period's own
    words left open. Columns without words and the place on the sheet do not count."""
    keys = {relative(head.key, period) if period else head.key for head in table.heads}
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def _sure(stated: Stated) -> str:
    return stated.choice if stated.found is Found.EXACT else ""


def _names_indicators(columns: tuple[ColumnProposal, ...], rows: tuple[RowProposal, ...]) -> bool:
    uses = [*(one.use for one in columns), *(row.use for row in rows)]
    named = any(use is not None and use.indicator for use in uses)
    return named or any(row.could_be for row in rows if row.use is None)


def _others(tables: list[Table]) -> Iterator[Finding]:
    for table in tables[1:]:
        at = CellAddress(table.sheet.title, table.heads[0].at.cell)
        yield Finding(OTHER_TABLE, Severity.WARNING, at, table.sheet.title, tables[0].sheet.title)
