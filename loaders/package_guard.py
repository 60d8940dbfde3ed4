"""Looks at the bytes of a file before any program that trusts them.

People send what they have: the lock file beside the workbook, an old .xls, a web page or
a CSV with the wrong ending, a half-finished upload. Each gets its own sentence. Files
made to exhaust memory (a zip that inflates a thousandfold, XML that defines entities) are
refused before they are inflated. What is inside a good workbook is ``loaders.workbook``'s
business.
"""

from __future__ import annotations

import lzma
import struct
import zlib
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, UnreadableWorkbook

MAX_BYTES = 5 * 1024 * 1024
MAX_INFLATED = 100 * 1024 * 1024
MAX_XML = 20 * 1024 * 1024  # of one part; a form needs a thousandth of it
MAX_PARTS = 500
OTHER_FORMAT = "other_format"
UNSAFE_CONTENT = "unsafe_content"

# What zipfile raises on bytes that only begin like a zip: broken directories and streams,
# unknown compression (NotImplementedError), encrypted entries (RuntimeError), and expat on
# an encoding nobody knows (LookupError).
BROKEN_ZIP = (
    BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError,
    RuntimeError, ValueError, lzma.LZMAError, struct.error, zlib.error,
)  # fmt: skip

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PROLOG = 64 * 1024
_MIB = 1024 * 1024


def refuse(code: str, found: str = "", expected: str = "") -> NoReturn:
    """Stop here: the file as a whole cannot be used, for one reason.

    Raises:
        UnreadableWorkbook: always.
    """
    raise UnreadableWorkbook([Finding(code, found=found, expected=expected, scope=Scope.FILE)])


def guard(data: bytes, file_name: str) -> None:
    """Let pass only what is an ``.xlsx`` of sane size by its own directory.

    Raises:
        UnreadableWorkbook: with what the file is instead.
    """
    if file_name.replace("\\", "/").rpartition("/")[2].startswith("~$"):
        refuse(FindingCode.LOCK_FILE, file_name)
    if not data.strip(b"\0"):
        refuse(FindingCode.EMPTY_FILE)
    if len(data) > MAX_BYTES:
        refuse(FindingCode.TOO_BIG, _mib(len(data)), _mib(MAX_BYTES))
    if data.startswith(_OLE):
        refuse(FindingCode.ENCRYPTED if _ENCRYPTED in data else FindingCode.OLD_EXCEL_FORMAT)
    if not data.startswith(b"PK"):
        _refuse_text(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            _guard_parts(archive)
    except BROKEN_ZIP:
        refuse(FindingCode.UNREADABLE_FILE, file_name)


def _refuse_text(data: bytes) -> NoReturn:
    """Not a zip at all: name what it is, as far as its beginning tells."""
    if data.startswith(b"%PDF"):
        refuse(OTHER_FORMAT, "PDF", ".xlsx")
    bom = next((bom for bom in _BOMS if data.startswith(bom)), b"")
    start = data[len(bom) : 4096].replace(b"\0", b"").lstrip().lower()
    if any(mark in start for mark in (b"<html", b"<table", b"<!doctype html")):
        refuse(FindingCode.HTML_NOT_EXCEL)
    if start.startswith(b"<"):
        refuse(OTHER_FORMAT, "XML", ".xlsx")
    if _looks_like_text(data[:4096]):
        refuse(OTHER_FORMAT, "CSV", ".xlsx")
    refuse(FindingCode.UNREADABLE_FILE)


def _looks_like_text(start: bytes) -> bool:
    try:
        # the last character may have been cut in two
        text = start.decode("utf-8-sig", errors="ignore" if len(start) == 4096 else "strict")
    except UnicodeDecodeError:
        return False
    return text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable()


def _guard_parts(archive: ZipFile) -> None:
    """Sizes are the directory's word, but zipfile never inflates more than it says."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        _refuse_package(archive, names)
    if len(entries) > MAX_PARTS:
        refuse(UNSAFE_CONTENT)
    inflated = sum(entry.file_size for entry in entries)
    if inflated > MAX_INFLATED:
        refuse(FindingCode.TOO_BIG, _mib(inflated), _mib(MAX_INFLATED))
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            if entry.file_size > MAX_XML:
                refuse(FindingCode.TOO_BIG, _mib(entry.file_size), _mib(MAX_XML))
            with archive.open(entry) as part:
                _guard_prolog(part.read(_PROLOG))


def _refuse_package(archive: ZipFile, names: set[str]) -> NoReturn:
    if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
        refuse(OTHER_FORMAT, "OpenDocument", ".xlsx")
    for name, kind in (
        ("xl/workbook.bin", "XLSB"), ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
    ):  # fmt: skip
        if name in names:
            refuse(OTHER_FORMAT, kind, ".xlsx")
    refuse(OTHER_FORMAT, "ZIP", ".xlsx")


class _Root(Exception):
    """The first element has come, so no declaration can follow."""


def _guard_prolog(start: bytes) -> None:
    """Refuse a document type declaration, whatever encoding it is written in."""

    def declared(*_: object) -> None:
        refuse(UNSAFE_CONTENT)

    def begun(*_: object) -> None:
        raise _Root

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(start, False)
    except _Root:
        return
    except expat.ExpatError:
        refuse(FindingCode.UNREADABLE_FILE)
    refuse(UNSAFE_CONTENT)  # a prolog longer than any program writes


def _mib(size: int) -> str:
    return f"{size / _MIB:.1f} MB"
