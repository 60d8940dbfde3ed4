"""The process in which a file from outside is marked: ``python -m loaders.marking_process``.

It takes the findings and the file on standard input and gives the marked workbook, or
nothing where the file's format cannot be written. The findings come from our own process,
so they may come as pickled objects; what goes back is a file for its sender, which nobody
here opens.
"""

from __future__ import annotations

import base64
import pickle
import sys
from collections.abc import Sequence
from dataclasses import replace

from kpi.findings import Finding
from loaders.annotated import annotated
from loaders.apart import give_up_rights, run_apart
from loaders.limits import MIB, UPLOAD, Limits

# A tree of objects for every cell needs more than one pass over them.
MARKING = replace(UPLOAD, memory=600 * MIB, seconds=20)


def mark_safely(
    data: bytes,
    file_name: str,
    findings: Sequence[Finding],
    lang: str = "vi",
    limits: Limits = MARKING,
) -> bytes | None:
    """``loaders.annotated.annotated`` for a file from outside.

    Raises:
        UnreadableWorkbook: if it is no workbook, or beyond a limit.
    """
    head = base64.b64encode(pickle.dumps((file_name, tuple(findings), lang, limits)))
    return run_apart("loaders.marking_process", head, data, limits) or None


def main() -> None:
    head = base64.b64decode(sys.stdin.buffer.readline())
    file_name, findings, lang, limits = pickle.loads(head)
    data = sys.stdin.buffer.read()
    give_up_rights(limits, may_write=limits.inflated)
    sys.stdout.buffer.write(annotated(data, file_name, findings, lang) or b"")


if __name__ == "__main__":
    main()
