"""Opens a file from outside in a process of its own, so that no upload takes the server down.

How the process (``loaders.reading_process``) is started and held to its limits says
``loaders.apart``.

Whoever reads the files of the person at the keyboard, or our own samples, says so with
``reading_here``: then an ``.xlsx`` is opened without the detour. Other formats never are,
because what reads them is not ours and lays out whatever size a file claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from typing import Any

from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, UnreadableWorkbook
from loaders.apart import refuse_memory, run_apart
from loaders.book_json import from_json
from loaders.books import Book
from loaders.limits import UPLOAD, Limits
from loaders.opening import open_book
from loaders.package_guard import refuse
from loaders.reading_process import BOOK, FINDINGS, STOPPED

_HERE: ContextVar[Limits | None] = ContextVar("limits of reading here", default=None)


@contextmanager
def reading_here(limits: Limits = UPLOAD) -> Iterator[None]:
    """Within this block an ``.xlsx`` is opened in this process."""
    token = _HERE.set(limits)
    try:
        yield
    finally:
        _HERE.reset(token)


def open_safely(data: bytes, file_name: str) -> Book:
    """``loaders.opening.open_book`` for a file from outside.

    Raises:
        UnreadableWorkbook: if it is no workbook, or beyond a limit.
    """
    limits = _HERE.get()
    if limits is not None and data.startswith(b"PK") and b"xl/workbook.xml" in data:
        return open_book(data, file_name, limits)
    return open_apart(data, file_name, limits or UPLOAD)


def open_apart(data: bytes, file_name: str, limits: Limits = UPLOAD) -> Book:
    """A file opened in a process of its own, wherever it comes from.

    Raises:
        UnreadableWorkbook: if it is no workbook, or beyond a limit.
    """
    head = json.dumps({"file_name": file_name, "limits": asdict(limits)})
    written = run_apart("loaders.reading_process", head.encode(), data, limits)
    return _answer(written, limits)


def _answer(written: bytes, limits: Limits) -> Book:
    try:
        answer = json.loads(written)
        if STOPPED in answer:
            refuse_memory(limits)
        if FINDINGS in answer:
            raise UnreadableWorkbook([_finding(one) for one in answer[FINDINGS]])
        return from_json(answer[BOOK])
    except (KeyError, OverflowError, TypeError, ValueError):
        refuse(FindingCode.READING_FAILED)


def _finding(plain: Mapping[str, Any]) -> Finding:
    return Finding(
        str(plain["code"]),
        found=str(plain["found"]),
        expected=str(plain["expected"]),
        scope=Scope.FILE,
        facts={str(name): str(fact) for name, fact in plain["facts"].items()},
    )
