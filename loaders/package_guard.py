"""Looks at the bytes of a file before any program that trusts them: what are they really?

People send what they have: the lock file beside the workbook, a web page or a CSV with an
Excel ending, an encrypted workbook, a half-finished upload. Each gets its own sentence; the
file's name decides nothing but whether it is a lock file. Files made to exhaust memory (a
zip that inflates a thousandfold, XML that defines entities) are refused before they are
inflated. What is inside a good workbook is ``loaders.opening``'s business.
"""

from __future__ import annotations

import lzma
import re
import struct
import zlib
from collections import Counter
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, UnreadableWorkbook
from loaders.books import BookFormat
from loaders.limits import MIB, UPLOAD, Limits

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
# In an .xls: the first record of the workbook (BIFF8), and the one for a password after it,
# perhaps behind the one that says who has it open for writing.
_ENCRYPTED_XLS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BEFORE_OLE = (b"\x09\x00", b"\x09\x02", b"\x09\x04")  # Excel 2 to 4 wrote bare records
_LOCK_FILE_SIZE, _LONGEST_USER = 165, 54  # Excel's: the user's name, padded, twice
_PROLOG = 64 * 1024
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")


def refuse(code: str, found: str = "", expected: str = "", variant: str = "") -> NoReturn:
    """Stop here: the file as a whole cannot be used, for one reason.

    Raises:
        UnreadableWorkbook: always.
    """
    facts = {"variant": variant} if variant else {}
    finding = Finding(code, found=found, expected=expected, scope=Scope.FILE, facts=facts)
    raise UnreadableWorkbook([finding])


def too_many(of_what: str, most: int) -> NoReturn:
    """Stop here: there are more than ``most`` cells, sheets, texts, parts or styles.

    Raises:
        UnreadableWorkbook: always.
    """
    refuse(FindingCode.TOO_MANY, expected=f"{most:,}".replace(",", "."), variant=of_what)


def guard(data: bytes, file_name: str, limits: Limits = UPLOAD) -> BookFormat:
    """What the file is; only a workbook of sane size by its own directory passes.

    Raises:
        UnreadableWorkbook: with what the file is instead.
    """
    if file_name.replace("\\", "/").rpartition("/")[2].startswith("~$") or _is_lock_file(data):
        refuse(FindingCode.LOCK_FILE, file_name)
    if not data.strip(b"\0"):
        refuse(FindingCode.EMPTY_FILE)
    if len(data) > limits.file:
        refuse(FindingCode.TOO_BIG, _mib(len(data)), _mib(limits.file))
    if data.startswith(_OLE):
        return _in_compound_file(data)
    if data.startswith(_BEFORE_OLE):
        refuse(FindingCode.OLD_EXCEL_FORMAT)
    if not data.startswith(b"PK"):
        _refuse_text(data)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _guard_parts(archive, limits)
    except BROKEN_ZIP:
        refuse(FindingCode.UNREADABLE_FILE, file_name)


def _is_lock_file(data: bytes) -> bool:
    return len(data) == _LOCK_FILE_SIZE and 0 < data[0] <= _LONGEST_USER


def _in_compound_file(data: bytes) -> BookFormat:
    """An OLE file by the names of its streams: each stands in its directory as UTF-16."""
    for stream, kind in (("WordDocument", "Word"), ("PowerPoint Document", "PowerPoint")):
        if _holds(data, stream):
            refuse(OTHER_FORMAT, kind, ".xlsx")
    if _holds(data, "EncryptedPackage"):
        refuse(FindingCode.ENCRYPTED)
    if _holds(data, "Workbook"):
        if _has_password(data):
            refuse(FindingCode.ENCRYPTED)
        return BookFormat.XLS
    # Excel 5 and 95 called it "Book"; their texts have code pages that nobody can be sure of
    refuse(FindingCode.OLD_EXCEL_FORMAT)


def _has_password(data: bytes) -> bool:
    """An .xls says so in the record that follows the first one of its stream."""
    return _ENCRYPTED_XLS.search(data) is not None


def _holds(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _refuse_text(data: bytes) -> NoReturn:
    """Not a zip at all: name what it is, as far as its beginning tells."""
    for mark, kind in ((b"%PDF", "PDF"), (b"{\\rtf", "RTF")):
        if data.startswith(mark):
            refuse(OTHER_FORMAT, kind, ".xlsx")
    bom = next((bom for bom in _BOMS if data.startswith(bom)), b"")
    start = data[len(bom) : 4096].replace(b"\0", b"").lstrip().lower()
    if start.startswith(b"mime-version:") or any(
        mark in start for mark in (b"<html", b"<table", b"<!doctype html")
    ):
        refuse(FindingCode.HTML_NOT_EXCEL)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        refuse(FindingCode.XML_SPREADSHEET)
    if start.startswith(b"<"):
        refuse(OTHER_FORMAT, "XML", ".xlsx")
    if bom or not _CONTROL.search(data[:4096]):
        refuse(FindingCode.CSV_NOT_EXCEL)
    refuse(FindingCode.UNREADABLE_FILE)


def _guard_parts(archive: ZipFile, limits: Limits) -> BookFormat:
    """Sizes are the directory's word, but zipfile never inflates more than it says."""
    entries = archive.infolist()
    if len(entries) > limits.parts:
        too_many("parts", limits.parts)
    _guard_names([entry.filename for entry in entries])
    inflated = sum(entry.file_size for entry in entries)
    if inflated > limits.inflated:
        refuse(FindingCode.TOO_BIG, _mib(inflated), _mib(limits.inflated))
    kind = _kind_of_package(archive)  # reads small parts whole, so only now
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels", ".vml", ".bin")):
            if entry.file_size > limits.part:
                refuse(FindingCode.TOO_BIG, _mib(entry.file_size), _mib(limits.part))
            if _is_parsed(entry.filename, kind):
                with archive.open(entry) as part:
                    _guard_prolog(part.read(_PROLOG))
    return kind


def _guard_names(names: list[str]) -> None:
    """No part twice: two programs could then read two different workbooks in one file."""
    if max(Counter(name.lower() for name in names).values(), default=0) > 1:
        refuse(UNSAFE_CONTENT, variant="twice")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        refuse(UNSAFE_CONTENT, variant="paths")


def _is_parsed(name: str, kind: BookFormat) -> bool:
    """Old OpenDocument manifests declare a document type, and nobody here parses them."""
    if kind is BookFormat.ODS:
        return name == "content.xml"
    return not name.lower().endswith(".bin")


def _kind_of_package(archive: ZipFile) -> BookFormat:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return BookFormat.XLSM if "xl/vbaProject.bin" in names else BookFormat.XLSX
    if "xl/workbook.bin" in names:
        return BookFormat.XLSB
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            refuse(FindingCode.ENCRYPTED)
        return BookFormat.ODS
    for name, other in (
        ("mimetype", "OpenDocument"), ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PowerPoint"),
    ):  # fmt: skip
        if name in names:
            refuse(OTHER_FORMAT, other, ".xlsx")
    refuse(OTHER_FORMAT, "ZIP", ".xlsx")


class _Root(Exception):
    """The first element has come, so no declaration can follow."""


def _guard_prolog(start: bytes) -> None:
    """Refuse a document type declaration, whatever encoding it is written in."""

    def declared(*_: object) -> None:
        refuse(UNSAFE_CONTENT, variant="entities")

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
    return f"{size / MIB:.1f} MB"
