"""The names in a published folder, its digests, and all of it as one ZIP.

Apart from what makes the pages, so that a server that only hands them out loads none of it.
The same files make the same bytes: entries are in order and have one fixed date.

The ZIP cannot hold itself, so inside it no page leads to it and no sum names it; where it lies
beside its files, as on the server and in a folder, both do (``with_archive``).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

INDEX, METHOD, FILES = "index.html", "cach-danh-gia.html", "tep.html"
FIGURES, TABLE, SUMS, ARCHIVE = "so-lieu.csv", "bieu-tong-hop.xlsx", "SHA256SUMS", "tat-ca.zip"
# What stands between these in a page is shown where the ZIP lies beside it.
BESIDE = ("<!--tat-ca ", " tat-ca-->")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name


def sums(files: Mapping[str, bytes]) -> bytes:
    """As ``sha256sum`` writes them."""
    lines = (f"{sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines).encode("ascii")


def archive(files: Mapping[str, bytes]) -> bytes:
    """The folder as a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, files[path])
    return buffer.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of such an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {path: packed.read(path) for path in packed.namelist()}


def with_archive(content: bytes) -> dict[str, bytes]:
    """The files of an archive with the archive among them: linked, and in the sums."""
    files = {**unpacked(content), ARCHIVE: content}
    begin, end = (mark.encode("ascii") for mark in BESIDE)
    for path, page in files.items():
        if path.endswith(FILES):
            files[path] = page.replace(begin, b"").replace(end, b"")
    files[SUMS] = sums({path: files[path] for path in files if path != SUMS})
    return files
