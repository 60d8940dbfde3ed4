"""When a workbook was last saved, as its own properties say.

Only good for asking "is this an older file than the one before?": whoever wants can set
it, and forms that nobody has saved yet carry the template's day. Read apart from the
cells, since only a file that follows another one is asked.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from loaders.package_guard import BROKEN_ZIP

_CORE = "docProps/core.xml"
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:+.Z-]{10,40})\s*</dcterms:modified>")
_LONGEST = 64 * 1024


def saved_at(data: bytes) -> datetime | None:
    """The moment, or None where the file does not say."""
    try:
        with ZipFile(BytesIO(data)) as package, package.open(_CORE) as part:
            found = _MODIFIED.search(part.read(_LONGEST))
        moment = datetime.fromisoformat(found[1].decode("ascii")) if found else None
    except (*BROKEN_ZIP, KeyError):
        return None  # KeyError: a package without properties
    if moment is None:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
