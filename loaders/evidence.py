"""What a file that comes as evidence really is, by its bytes; its name decides nothing.

Only beginnings are looked at, and of a zip the list of its parts: nothing is inflated, parsed or
drawn. Whether a document is sound inside is not judged. One with macros is not taken.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from kpi.evidence import Kind
from loaders.package_guard import BROKEN_ZIP

_BEGINNINGS = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPG),
)
_ZIP = b"PK\x03\x04"
_CONTENTS, _MACROS = "[Content_Types].xml", "vbaproject.bin"
_MAIN_PARTS = (("word/document.xml", Kind.DOCX), ("xl/workbook.xml", Kind.XLSX))


def kind_of(data: bytes) -> Kind | None:
    """The kind of a file; None for all that is not kept."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    return _in_zip(data) if data.startswith(_ZIP) else None


def _in_zip(data: bytes) -> Kind | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = set(archive.namelist())
    except BROKEN_ZIP:
        return None
    if _CONTENTS not in parts or any(one.lower().endswith(_MACROS) for one in parts):
        return None
    return next((kind for part, kind in _MAIN_PARTS if part in parts), None)
