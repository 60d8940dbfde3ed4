"""Spells out the cells of an ``.xlsb`` that leave their column unsaid.

A program may write a cell right of another one in a short form, without its column.
calamine passes over those in silence, and a figure that is not there cannot be warned of.
So the short ones are written out before it reads; everything else stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin", re.I)
_ROW, _LAST_CELL = 0, 11
_SHORT = range(12, 19)  # blank, rk, error, boolean, real, text, shared text
_LONGER = 11  # by which a short form's number exceeds that of the whole one


def spelled_out(data: bytes) -> bytes:
    """The same workbook with a column at every cell; the same bytes if there was one.

    Raises:
        BadZipFile: if it is no package.
    """
    with ZipFile(BytesIO(data)) as archive:
        sheets = [one for one in archive.namelist() if _SHEET.fullmatch(one)]
        whole = {name: _whole(content) for name in sheets for content in [archive.read(name)]}
        if not any(whole.values()):
            return data
        file = BytesIO()
        with ZipFile(file, "w") as out:
            for entry in archive.infolist():
                content = whole.get(entry.filename) or archive.read(entry)
                out.writestr(entry.filename, content)
    return file.getvalue()


def _whole(sheet: bytes) -> bytes | None:
    """The sheet's records, short cells with their column; None if there is none to mend."""
    if not any(kind in _SHORT for kind, _, _ in _records(sheet)):
        return None
    out = bytearray()
    column = -1
    for kind, start, end in _records(sheet):
        payload = sheet[start:end]
        if kind == _ROW:
            column = -1
        elif kind <= _LAST_CELL:
            column = int.from_bytes(payload[:4], "little")
        elif kind in _SHORT:
            column += 1
            kind, payload = kind - _LONGER, column.to_bytes(4, "little") + payload
        out += _head(kind, len(payload)) + payload
    return bytes(out)


def _records(sheet: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, and where each record's content begins and ends; a torn end is left out."""
    at = 0
    while at < len(sheet):
        kind, at = _number(sheet, at, 2)
        length, at = _number(sheet, at, 4)
        if at + length > len(sheet):
            return
        yield kind, at, at + length
        at += length


def _number(sheet: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, and where it ends."""
    value = 0
    for shift in range(most):
        if at >= len(sheet):
            break
        byte = sheet[at]
        at += 1
        value |= (byte & 0x7F) << (7 * shift)
        if not byte & 0x80:
            break
    return value, at


def _head(kind: int, length: int) -> bytes:
    return _groups(kind) + _groups(length)


def _groups(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 0x7F
        out.append(low | (0x80 if value else 0))
        if not value:
            return bytes(out)
