"""Finds every table of a file and says what each seems to be.

The same table gives the same proposal wherever its rows and columns stand. A table is known
again by its headings; two of one file with the same headings by their order as well. What a
proposal is: ``loaders.layouts.proposals``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding, Severity
from kpi.layouts import Found
from kpi.periods import Period
from loaders.books import Book
from loaders.layouts.columns import ColumnProposal, columns_of, naming_columns
from loaders.layouts.labels import label_of
from loaders.layouts.lines import lines_of
from loaders.layouts.names import Names
from loaders.layouts.proposals import Proposal
from loaders.layouts.rows import Asked, RowJudge, RowProposal, measured_columns, own_unit
from loaders.layouts.tables import Table, find_tables
from loaders.layouts.times import relative
from loaders.layouts.titles import Stated, period_in, reporter_in, title_key
from loaders.layouts.words import says_something, structural_role
from loaders.old_letters import in_unicode

OTHER_TABLE = "layout_other_table"


@dataclass(frozen=True)
class Source:
    """The file a table stands in."""

    name: str
    digest: str
    book: Book


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

    def tables(self, book: Book) -> tuple[tuple[Table, ...], tuple[Finding, ...]]:
        """Every table on a visible sheet, old letters converted, which is mentioned."""
        tables: list[Table] = []
        converted: list[Finding] = []
        for sheet in book.sheets:
            if not sheet.visible:
                continue
            readable, warning = in_unicode(sheet)
            found = find_tables(readable, self.recognised)
            tables += found
            converted += [warning] if warning and found else []
        return tuple(tables), tuple(converted)

    def proposals(self, book: Book, file_name: str, digest: str) -> tuple[Proposal, ...]:
        """What each table of the file seems to say; empty if there is none.

        A further table without a figure (instructions, a list of contents) is none.
        """
        tables, converted = self.tables(book)
        file = Source(file_name, digest, book)
        found = [self._proposed(table, file) for table in tables]
        kept = [one for one in found if one is found[0] or _has_figures(one)]
        return tuple(
            replace(one, number=number, count=len(kept), findings=_about(one, converted, kept))
            for number, one in enumerate(_told_apart(kept), start=1)
        )

    def _proposed(self, table: Table, file: Source) -> Proposal:
        stated_reporter = reporter_in(table.title, self.definitions, self.org_units)
        stated_period = period_in(table.title)
        reporter = self.reporter or _sure(stated_reporter)
        code = self.period.code if self.period else _sure(stated_period)
        period = Period.parse(code) if code else None
        judge = self._judge(table, reporter, period)
        lines = lines_of(table, naming_columns(judge.columns), self.names)
        rows = tuple(judge.proposals(lines))
        return Proposal(
            file_name=file.name,
            digest=file.digest,
            book=file.book,
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


def _has_figures(one: Proposal) -> bool:
    return any(row.line.has_figures for row in one.rows)


def _told_apart(found: list[Proposal]) -> Iterator[Proposal]:
    """Tables of one file with the same headings are known by their place among them too."""
    seen: dict[str, int] = {}
    for one in found:
        known = seen[one.fingerprint] = seen.get(one.fingerprint, 0) + 1
        if known == 1:
            yield one
            continue
        text = f"{one.fingerprint}/{known}"
        yield replace(one, fingerprint=hashlib.sha256(text.encode()).hexdigest())


def _about(
    one: Proposal, converted: tuple[Finding, ...], kept: list[Proposal]
) -> tuple[Finding, ...]:
    """The warning of converted letters, said once for each sheet."""
    sheet = one.at.sheet
    first = next(other.table for other in kept if other.at.sheet == sheet)
    here = tuple(finding for finding in converted if finding.at and finding.at.sheet == sheet)
    return here if one.table is first else ()


def not_read(tables: Sequence[Table], read: Sequence[Table]) -> Iterator[Finding]:
    """A warning at each table that is left where it stands."""
    sheets = ", ".join(dict.fromkeys(table.sheet.title for table in read))
    for table in tables:
        if not any(table is one for one in read):
            at = table.heads[0].at
            yield Finding(OTHER_TABLE, Severity.WARNING, at, table.sheet.title, sheets)
