"""What the text of a cell's value means, by the cell's type and its number format."""

from __future__ import annotations

from kpi.observations import CellKind
from loaders.packed_cells import KINDS, Style
from loaders.xlsx.dates import moment, written
from loaders.xlsx.parts import broken
from loaders.xlsx.texts import of_sane_length

_CODES = {kind: code for code, kind in enumerate(KINDS)}
EMPTY, TEXT = _CODES[CellKind.EMPTY], _CODES[CellKind.TEXT]
UNCALCULATED = _CODES[CellKind.UNCALCULATED]
_NUMBER, _DATE = _CODES[CellKind.NUMBER], _CODES[CellKind.DATE]
_BOOLEAN, _ERROR = _CODES[CellKind.BOOLEAN], _CODES[CellKind.ERROR]
_EXACT_DIGITS = 15

Content = tuple[object, int]  # the value and its kind, as loaders.packed_cells counts kinds


def plain_number(text: str) -> Content:
    """The number that ASCII characters write, or the text itself if they write none."""
    try:
        if len(text) <= _EXACT_DIGITS and text.isdigit():
            return int(text), _NUMBER
        value = float(text)
    except ValueError:
        return of_sane_length(text), TEXT
    if "_" in text:  # Python's notation, nobody else's
        return text, TEXT
    if len(text) <= _EXACT_DIGITS and text[1:].isdigit():
        return int(text), _NUMBER
    return value, _NUMBER


def number(text: str, style: Style, *, from_1904: bool) -> Content:
    """The same where the style may make a day or time of it."""
    if not text.isascii():
        return of_sane_length(text), TEXT
    found = plain_number(text.strip())
    if style.is_date and isinstance(found[0], int | float):
        return moment(found[0], from_1904=from_1904, duration=style.is_duration), _DATE
    return found


def worded(text: str, kind: str) -> Content:
    """Whatever is neither a number nor a shared text."""
    if kind in ("str", "inlineStr"):
        return text, TEXT
    if kind == "b":
        return text in ("1", "true"), _BOOLEAN
    if kind == "e":
        return text, _ERROR
    if kind == "d":
        day = written(text)
        return (text, TEXT) if day is None else (day, _DATE)
    broken()
