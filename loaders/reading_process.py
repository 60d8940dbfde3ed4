"""The process in which a file from outside is opened: ``python -m loaders.reading_process``.

It takes a name, limits and the file on standard input and gives the book, or why there is
none, as one line of JSON. Before it looks at the file it gives up what it does not need:
memory beyond the limit, time of the processor, files to write. It knows no database, no
settings and no secret. Where the system has no such limits (Windows) the parent's clock
and the limits of the readers remain.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from kpi.findings import Finding, UnreadableWorkbook
from loaders.apart import give_up_rights
from loaders.book_json import to_json
from loaders.limits import Limits
from loaders.opening import open_book

BOOK, FINDINGS, STOPPED = "book", "findings", "stopped"


def main() -> None:
    head = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**head["limits"])
    give_up_rights(limits)
    try:
        answer = _read(sys.stdin.buffer.read(), head["file_name"], limits)
    except MemoryError:
        answer = json.dumps({STOPPED: "memory"})
    sys.stdout.write(answer)


def _read(data: bytes, file_name: str, limits: Limits) -> str:
    try:
        answer: dict[str, Any] = {BOOK: to_json(open_book(data, file_name, limits))}
    except UnreadableWorkbook as unreadable:
        answer = {FINDINGS: [_plain(finding) for finding in unreadable.findings]}
    return json.dumps(answer)


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "code": str(finding.code),
        "found": finding.found,
        "expected": finding.expected,
        "facts": dict(finding.facts),
    }


if __name__ == "__main__":
    main()
