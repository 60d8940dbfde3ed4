"""The text of a formula that a cell shares with others.

Excel writes such a formula once, for the first cell; in every other it has moved along. Only
references move, never what stands between quotes, in another sheet's name or in brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.letters import column_letters, column_number
from loaders.limits import COLUMNS, ROWS

_CELL = r"(?P<c_abs>\$?)(?P<c>[A-Za-z]{1,3})(?P<r_abs>\$?)(?P<r>[0-9]{1,7})"
_TOKENS = re.compile(
    r'"(?:[^"]|"")*"'  # a text
    r"|'(?:[^']|'')*'"  # a sheet's name
    r"|\[[^\]]*\]"  # another book, a table's column
    r"|(?<![\w.$])[A-Za-z_]\w*:[A-Za-z_]\w*!"  # several sheets
    rf"|(?<![\w.$]){_CELL}(?![\w(.!])"
    r"|(?<![\w.$])(?P<ca_abs>\$?)(?P<ca>[A-Za-z]{1,3}):(?P<cb_abs>\$?)(?P<cb>[A-Za-z]{1,3})(?![\w(.!$])"
    r"|(?<![\w.$])(?P<ra_abs>\$?)(?P<ra>[0-9]{1,7}):(?P<rb_abs>\$?)(?P<rb>[0-9]{1,7})(?![\w(.!])"
)
_OUTSIDE = "#REF!"


@dataclass(frozen=True, slots=True)
class SharedFormula:
    """A formula as it stands in the cell at ``row`` and ``column``."""

    text: str
    row: int
    column: int

    def at(self, row: int, column: int) -> str:
        """The same formula as another cell has it."""
        down, right = row - self.row, column - self.column
        if not down and not right:
            return self.text
        return _TOKENS.sub(lambda match: _moved(match, down, right), self.text)


def _moved(match: re.Match[str], down: int, right: int) -> str:
    found = match.groupdict()
    if found["c"]:
        column = _column(found["c_abs"], found["c"], right)
        row = _row(found["r_abs"], found["r"], down)
        return _OUTSIDE if column is None or row is None else column + row
    if found["ca"]:
        ends = [_column(found[f"{end}_abs"], found[end], right) for end in ("ca", "cb")]
    elif found["ra"]:
        ends = [_row(found[f"{end}_abs"], found[end], down) for end in ("ra", "rb")]
    else:
        return match[0]
    return _OUTSIDE if None in ends else ":".join(end for end in ends if end)


def _column(fixed: str, letters: str, right: int) -> str | None:
    if fixed:
        return f"${letters}"
    number = column_number(letters.upper()) + right
    return column_letters(number) if 1 <= number <= COLUMNS else None


def _row(fixed: str, digits: str, down: int) -> str | None:
    if fixed:
        return f"${digits}"
    number = int(digits) + down
    return str(number) if 1 <= number <= ROWS else None
