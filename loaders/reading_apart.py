"""Opens a file from outside in a process of its own, so that no upload takes the server down.

A process is started for each file and ends with it (``loaders.reading_process``); it may
use only so much memory and time. If it is stopped or breaks, the file is refused with a
sentence that names the limit. Only so many files are read at once; the others wait.

Whoever reads the files of the person at the keyboard, or our own samples, says so with
``reading_here``: then an ``.xlsx`` is opened without the detour. Other formats never are,
because what reads them is not ours and lays out whatever size a file claims.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from kpi.finding_codes import FindingCode
from kpi.findings import Finding, Scope, UnreadableWorkbook
from kpi.submissions import FormReading
from loaders.book_json import from_json
from loaders.books import Book
from loaders.limits import MIB, UPLOAD, Limits
from loaders.opening import open_book
from loaders.package_guard import refuse
from loaders.reading_process import BOOK, FINDINGS, STOPPED
from loaders.workbook import digest_of, form_in

_ROOT = Path(__file__).parent.parent
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE = 4  # times the processor's seconds: other processes want the processor too
# An empty environment: neither the database's address nor any other secret goes along.
# Windows starts no program without its own.
_ENVIRONMENT = None if sys.platform == "win32" else {"PYTHONUTF8": "1"}


_HERE: ContextVar[Limits | None] = ContextVar("limits of reading here", default=None)


@contextmanager
def reading_here(limits: Limits = UPLOAD) -> Iterator[None]:
    """Within this block an ``.xlsx`` is opened in this process."""
    token = _HERE.set(limits)
    try:
        yield
    finally:
        _HERE.reset(token)


def read_form_safely(data: bytes, file_name: str) -> FormReading:
    """``loaders.workbook.read_form`` for a file from outside.

    Raises:
        UnreadableWorkbook: if it is no workbook, not one of our forms, or beyond a limit.
    """
    return form_in(open_safely(data, file_name), file_name, digest_of(data))


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
    if len(data) > limits.file:
        sizes = (f"{size / MIB:.1f} MB" for size in (len(data), limits.file))
        refuse(FindingCode.TOO_BIG, *sizes)
    head = json.dumps({"file_name": file_name, "limits": asdict(limits)})
    with _AT_ONCE:
        try:
            ended = subprocess.run(
                [sys.executable, "-s", "-m", "loaders.reading_process"],
                input=head.encode() + b"\n" + data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env=_ENVIRONMENT,
                timeout=limits.seconds * _PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            refuse(FindingCode.TOOK_TOO_LONG, expected=str(limits.seconds))
    if ended.returncode:
        _refuse_stopped(ended.returncode, limits)
    return _answer(ended.stdout, limits)


def _refuse_stopped(code: int, limits: Limits) -> None:
    """The process was stopped by a limit, or broke.

    Raises:
        UnreadableWorkbook: always.
    """
    if code == -getattr(signal, "SIGXCPU", 0):
        refuse(FindingCode.TOOK_TOO_LONG, expected=str(limits.seconds))
    # calamine aborts where it gets no memory; the kernel kills where there is none at all
    if -code in (signal.SIGABRT, getattr(signal, "SIGKILL", 0)):
        _refuse_memory(limits)
    refuse(FindingCode.READING_FAILED)


def _refuse_memory(limits: Limits) -> None:
    refuse(FindingCode.TOOK_TOO_MUCH_MEMORY, expected=f"{limits.memory // MIB} MB")


def _answer(written: bytes, limits: Limits) -> Book:
    try:
        answer = json.loads(written)
        if STOPPED in answer:
            _refuse_memory(limits)
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
