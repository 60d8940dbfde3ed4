"""What a person who looked at the sheet may not have seen, or not have meant.

Each of these figures was read, and the finding says what was read: hidden and filtered
rows, formats that show another figure than the one stored, results that may be out of
date or come from another file, and in formats other than ``.xlsx`` whatever cannot be
known there. What is wrong with a figure is for ``kpi.checks`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import isfinite

from kpi.finding_codes import FindingCode
from kpi.finding_facts import about, about_file
from kpi.findings import Finding
from kpi.numbers import fifteen_digits, plain, raw_text
from kpi.observations import CellAddress, CellKind, Reading
from loaders.books import Book, Sheet
from loaders.letters import column_letters

# Quoted texts, escaped and padding characters, [colours]: commas there are decoration.
_LITERALS = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')
_SCALED = re.compile(r"[0#?](?P<commas>,+)(?:\.|[^0#?,.]*\Z)")
_OTHER_FILE = re.compile(r"\[[^\[\]]+\][^\[\]!]*!")


def about_table(
    book: Book, sheet: Sheet, value_heading: tuple[int, int], readings: Sequence[Reading]
) -> Iterator[Finding]:
    """What concerns the whole file or column, once."""
    filled = [one for one in readings if one.kind is not CellKind.EMPTY]
    if not book.exact:
        yield about_file(FindingCode.INEXACT_FORMAT, f".{book.format.value}", ".xlsx")
    computed = [one.formula for one in filled if one.formula]
    if book.has_external_links and computed and not any(map(_OTHER_FILE.search, computed)):
        yield about_file(FindingCode.EXTERNAL_LINKS, str(len(computed)), "")
    row, column = value_heading
    if column in sheet.hidden_columns and filled:
        yield Finding(
            FindingCode.VALUES_IN_HIDDEN_COLUMN,
            FindingCode.VALUES_IN_HIDDEN_COLUMN.severity,
            CellAddress(sheet.title, f"{column_letters(column)}{row}"),
            found=column_letters(column),
            expected=str(len(filled)),
        )


def about_cell(book: Book, sheet: Sheet, row: int, reading: Reading) -> Iterator[Finding]:
    """What concerns one value cell."""
    text = raw_text(reading.raw)
    if reading.kind is CellKind.EMPTY:
        if not book.exact:
            yield about(reading, FindingCode.BLANK_OR_ERROR)
        return
    if row in sheet.hidden_rows:
        hidden = (
            FindingCode.VALUE_IN_FILTERED_ROW if sheet.filtered else FindingCode.VALUE_IN_HIDDEN_ROW
        )
        yield about(reading, hidden, found=text)
    if reading.formula is not None and reading.kind is not CellKind.UNCALCULATED:
        if _OTHER_FILE.search(reading.formula):
            yield about(reading, FindingCode.FROM_ANOTHER_FILE, found=text)
        elif book.needs_calculation:
            yield about(reading, FindingCode.STALE_RESULT, found=text)
    if reading.kind is CellKind.NUMBER:
        yield from _about_number(book, reading)


def _about_number(book: Book, reading: Reading) -> Iterator[Finding]:
    raw = reading.raw
    if not isinstance(raw, int | float) or not isfinite(raw):
        return  # the checks refuse it
    value = fifteen_digits(raw)
    if power := scale(reading.number_format):
        shown = plain(value.scaleb(-power))
        yield about(reading, FindingCode.SCALED_FORMAT, facts=_both(value, shown))
    if not book.exact and 0 < abs(value) <= 1 and "%" in reading.unit_of_measure:
        yield about(reading, FindingCode.MAYBE_PERCENT, facts=_both(value, plain(100 * value)))


def _both(read: Decimal, other: Decimal) -> dict[str, str]:
    return {"read": f"{read:f}", "other": f"{other:f}"}


def scale(number_format: str) -> int:
    """By which power of ten a number of this format is shown too small.

    >>> scale("#,##0"), scale("#,##0,"), scale('0.0,,"tỷ"')
    (0, 3, 6)
    """
    found = _SCALED.search(_LITERALS.sub("", number_format).partition(";")[0])
    return 3 * len(found["commas"]) if found else 0
