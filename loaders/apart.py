"""Runs one of our modules on a file from outside, in a process that may use only so much.

A process is started for each file and ends with it. If it is stopped or breaks, the file
is refused with a sentence that names the limit. Only so many run at once; the others wait.
What the module answers is the caller's business.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, NoReturn

from kpi.finding_codes import FindingCode
from loaders.limits import MIB, Limits
from loaders.package_guard import refuse

_ROOT = Path(__file__).parent.parent
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE = 4  # times the processor's seconds: other processes want the processor too
_ROOM = 64 * MIB  # what the interpreter and its libraries take themselves
# An empty environment: neither the database's address nor any other secret goes along.
# Windows starts no program without its own.
_ENVIRONMENT = None if sys.platform == "win32" else {"PYTHONUTF8": "1"}


def run_apart(module: str, head: bytes, data: bytes, limits: Limits) -> bytes:
    """What ``python -m module`` answers to one line and a file on standard input.

    Raises:
        UnreadableWorkbook: if it was stopped by a limit, or broke.
    """
    if len(data) > limits.file:
        sizes = (f"{size / MIB:.1f} MB" for size in (len(data), limits.file))
        refuse(FindingCode.TOO_BIG, *sizes)
    with _AT_ONCE:
        try:
            ended = subprocess.run(
                [sys.executable, "-s", "-m", module],
                input=head + b"\n" + data,
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
    return ended.stdout


def refuse_memory(limits: Limits) -> NoReturn:
    """The file needs more memory than it may have.

    Raises:
        UnreadableWorkbook: always.
    """
    refuse(FindingCode.TOOK_TOO_MUCH_MEMORY, expected=f"{limits.memory // MIB} MB")


def _refuse_stopped(code: int, limits: Limits) -> NoReturn:
    if code == -getattr(signal, "SIGXCPU", 0):
        refuse(FindingCode.TOOK_TOO_LONG, expected=str(limits.seconds))
    # calamine aborts where it gets no memory; the kernel kills where there is none at all
    if -code in (signal.SIGABRT, getattr(signal, "SIGKILL", 0)):
        refuse_memory(limits)
    refuse(FindingCode.READING_FAILED)


# --- in the process itself ----------------------------------------------------------------


def give_up_rights(limits: Limits, *, may_write: int = 0) -> None:
    """Let the system enforce the limits on this process, for good.

    Args:
        may_write: bytes of one file; openpyxl writes each sheet to a temporary one.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, most in (
        ("RLIMIT_DATA", limits.memory + _ROOM),
        ("RLIMIT_AS", limits.memory + 8 * _ROOM),
        ("RLIMIT_CPU", limits.seconds),
        ("RLIMIT_FSIZE", may_write),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, name, None)  # not every system knows every one
        if kind is not None:
            _set(resource, kind, most)


def _set(resource: Any, kind: int, most: int) -> None:
    try:
        resource.setrlimit(kind, (most, most))
    except (OSError, ValueError):
        return  # a stricter limit is in force already, or the system refuses this one
