"""Saves a workbook so that the same content always gives the same bytes.

openpyxl writes the time of day into the document's properties and into every entry of
the zip, and its XML differs in details with the XML library installed. Here properties
and dates are fixed and each part is written in canonical XML. Samples can then live in
the repository and be compared after they were made anew.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from xml.etree.ElementTree import canonicalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_ZIP_DATE = (2018, 1, 1, 0, 0, 0)
_CREATED = datetime(2018, 1, 1)
_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LEVEL = 6


def to_bytes(book: Workbook) -> bytes:
    """``book`` as the bytes of an ``.xlsx`` that depend on nothing but its content."""
    book.properties.created = _CREATED
    book.properties.modified = _CREATED
    drawn = BytesIO()
    book.save(drawn)
    fixed = BytesIO()
    with ZipFile(drawn) as source, ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, _ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            # ZipInfo takes the operating system from the machine it runs on
            entry.create_system = 0
            target.writestr(entry, _canonical(name, source.read(name)), compresslevel=_LEVEL)
    return fixed.getvalue()


@lru_cache(maxsize=32)  # theme, relations and content types are the same in every file
def _canonical(name: str, part: bytes) -> bytes:
    if name == _CORE:  # openpyxl puts the present time there whatever one sets
        moment = _CREATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        part = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", part)
    return _DECLARATION + canonicalize(part.decode("utf-8")).encode("utf-8")
