"""Opens a workbook by what it holds, never by what it is called.

``.xlsx`` and ``.xlsm`` are read exactly (``loaders.xlsx``); ``.xls``, ``.xlsb`` and ``.ods``
by calamine, which cannot tell an error from a blank: such a book says so by ``exact``.
Macros are never run. A file from outside is opened in a process of its own
(``loaders.reading_apart``).
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from kpi.finding_codes import FindingCode
from loaders.books import Book, BookFormat
from loaders.limits import UPLOAD, Limits
from loaders.package_guard import BROKEN_ZIP, guard, refuse
from loaders.xlsx.book import read_package

EXACT = frozenset({BookFormat.XLSX, BookFormat.XLSM})


def open_book(data: bytes, file_name: str, limits: Limits = UPLOAD) -> Book:
    """Every sheet and every cell that holds something.

    Raises:
        UnreadableWorkbook: if it is no workbook, or one that goes beyond the limits.
    """
    format_ = guard(data, file_name, limits)
    if format_ not in EXACT:
        # calamine is loaded only where it is needed
        from loaders.other_formats import read_with_calamine

        return read_with_calamine(data, file_name, format_, limits)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return read_package(archive, format_, limits)
    except BROKEN_ZIP:
        refuse(FindingCode.UNREADABLE_FILE, file_name)
