"""What the text of a cell's value means, by the cell's type and its number format."""

from __future__ import annotations

from kpi.observations import CellKind
from loaders.packed_cells import KINDS, Style
from loaders.xlsx.dates import moment, written
from loaders.xlsx.parts import broken

_CODES = {kind: code for code, kind in enumerate(KINDS)}
EMPTY, TEXT = _CODES[CellKind.EMPTY], _CODES[CellKind.TEXT]
UNCALCULATED = _CODES[CellKind.UNCALCULATED]
_NUMBER, _DATE = _CODES[CellKind.NUMBER], _CODES[CellKind.DATE]
_BOOLEAN, _ERROR = _CODES[CellKind.BOOLEAN], _CODES[CellKind.ERROR]
_EXACT_DIGITS = 15

Content = tuple[object, int]  # the value and its kind, as loaders.packed_cells counts kinds


def number(text: str, style: Style, *, from_1904: bool) -> Content:
    """A number, a day or time by its format, or the text itself if it is no number."""
    try:
        value = float(text)
    except ValueError:
        return text, TEXT
    if "_" in text or not text.isascii():  # Python's notation, nobody else's
        return text, TEXT
    if style.is_date:
        return moment(value, from_1904=from_1904, duration=style.is_duration), _DATE
    if len(text) <= _EXACT_DIGITS and (text.isdigit() or text[1:].isdigit()):
        return int(text), _NUMBER
    return value, _NUMBER


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
