"""Vietnamese from before Unicode: TCVN3 (fonts like .VnTime) and VNI (VNI-Times).

Such a text is Latin letters that only its font makes Vietnamese. It is recognised by the
font, or where no font tells by how much more Vietnamese the converted sheet reads; the
tables and the score are those of the library viparse, which is loaded only where a text is
suspicious. Text with a letter that only Unicode has is never converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from kpi.finding_codes import FindingCode
from kpi.findings import Finding
from kpi.observations import CellAddress, CellKind
from loaders.books import Cell, Cells, Sheet
from loaders.letters import column_letters

_SUSPICIOUS = re.compile(r"[\u00a1-\u00ff]")
_UNICODE = re.compile(r"[\u0100-\u02ff\u0300-\u036f\u1e00-\u1eff]")  # ă, đ, ơ, ấ, loose tones
_VNI_FONT = re.compile(r"vni", re.IGNORECASE)
_LOOKED_AT = 3000  # cells; a form has a few hundred
_ENOUGH = 24  # letters, below which a score says nothing
_SHOWN = 80
_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}


def in_unicode(sheet: Sheet) -> tuple[Sheet, Finding | None]:
    """The sheet with its old texts converted, and a warning that shows one before and after."""
    old = _suspicious(sheet)
    if not old:
        return sheet, None
    by_score = _scored(sheet, old)
    encodings = {
        at: encoding
        for at, cell in old.items()
        if (encoding := _by_font(cell) or by_score) and _converted(cell.text, encoding) != cell.text
    }
    if not encodings:
        return sheet, None
    return replace(sheet, cells=_Converted(sheet.cells, encodings)), _warning(sheet, encodings)


@dataclass(frozen=True)
class _Converted(Mapping[tuple[int, int], Cell]):
    """The cells, some of them in other letters."""

    cells: Cells
    encodings: Mapping[tuple[int, int], str]

    def __getitem__(self, at: tuple[int, int]) -> Cell:
        cell = self.cells[at]
        encoding = self.encodings.get(at)
        if encoding is None:
            return cell
        return replace(cell, value=_converted(str(cell.value), encoding))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


def _suspicious(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    return {
        at: cell
        for at in islice(sheet.cells, _LOOKED_AT)
        if (cell := sheet.cells[at]).kind is CellKind.TEXT
        and _SUSPICIOUS.search(cell.text)
        and not _UNICODE.search(cell.text)
    }


def _by_font(cell: Cell) -> str:
    if not cell.font:
        return ""
    return "vni" if _VNI_FONT.match(cell.font) else "tcvn3"


def _scored(sheet: Sheet, old: Mapping[tuple[int, int], Cell]) -> str:
    """The encoding of texts without a font that tells; "" where none is clearly better."""
    text = " ".join(cell.text for cell in old.values() if not cell.font)
    if len(text) < _ENOUGH:
        return ""
    others = (sheet.cells[at] for at in islice(sheet.cells, _LOOKED_AT) if at not in old)
    if any(not cell.font and _UNICODE.search(cell.text) for cell in others):
        return ""  # the sheet speaks Unicode: "Ghi chú" alone looks old and is not
    from viparse.normalize.detector import detect_encoding_by_content
    from viparse.normalize.encodings import CHARMAPS

    candidates = {name: CHARMAPS[name] for name in _NAMES}
    return detect_encoding_by_content(text, candidates).encoding or ""


def _converted(text: str, encoding: str) -> str:
    from viparse.normalize.encodings import CHARMAPS
    from viparse.normalize.tables import convert

    return str(convert(text, CHARMAPS[encoding]))


def _warning(sheet: Sheet, encodings: Mapping[tuple[int, int], str]) -> Finding:
    longest = max(encodings, key=lambda at: len(sheet.cells[at].text))
    before = sheet.cells[longest].text
    return Finding(
        FindingCode.OLD_ENCODING,
        FindingCode.OLD_ENCODING.severity,
        CellAddress(sheet.title, f"{column_letters(longest[1])}{longest[0]}"),
        found=before[:_SHOWN],
        expected=_converted(before, encodings[longest])[:_SHOWN],
        facts={"encoding": _NAMES[encodings[longest]], "count": str(len(encodings))},
    )
