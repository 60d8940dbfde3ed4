"""Files that come with an answer or a milestone on the command line, and how they are listed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import bootstrap
from commands.options import EXISTING_FILE

if TYPE_CHECKING:
    from kpi.evidence import Evidence
    from workflow.evidence import Enclosed

FILES = click.option(
    "--file", "files", type=EXISTING_FILE, multiple=True,
    help="A file of evidence: PDF, Word, Excel, PNG or JPG; may be given several times.",
)  # fmt: skip


def enclosed(files: Sequence[Path]) -> Enclosed:
    """The files of ``--file``, read."""
    from workflow.evidence import Brought, Enclosed

    brought = tuple(Brought(one.name, one.read_bytes()) for one in files)
    return Enclosed(brought, bootstrap.settings().evidence_megabytes)


def documents(files: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Files that are kept, as ``--json`` lists them."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "kind": one.kind.value,
            "size": one.size,
            "sha256": one.digest,
            "by": one.kept_by,
            "at": one.kept_at.isoformat(),
        }
        for one in files
    ]
