"""Files kept as evidence of an answer or of a milestone: which kinds, how many, by what name.

What a file is, its bytes say (``loaders.evidence``); its name is what its sender called it, without
what could mislead whoever takes it away. A kept file is never changed, and never opened by us.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_FILES = 10  # with one answer, or one word on a milestone
LONGEST_NAME = 200
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # controls, and what turns a name round


class Kind(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPG = "jpg"


class Mistake(StrEnum):
    """Why a file is not kept; also the code of its sentence (``refused.<code>``)."""

    MANY = "evidence_many"
    SIZE = "evidence_size"
    KIND = "evidence_kind"


_ENDINGS = {Kind.JPG: (".jpg", ".jpeg")}


@dataclass(frozen=True)
class Evidence:
    """One file that is kept; ``digest`` is the SHA-256 of its bytes."""

    id: int
    name: str
    kind: Kind
    size: int
    digest: str
    kept_by: str
    kept_at: datetime

    @property
    def download_name(self) -> str:
        """Its name, with the ending of what it really is."""
        endings = _ENDINGS.get(self.kind, (f".{self.kind.value}",))
        fits = self.name.lower().endswith(endings)
        return self.name if fits else f"{self.name}.{self.kind.value}"


def plain_name(name: str) -> str:
    """The last part of a path, without signs that nobody sees; its ending stays if it is long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN)
    text = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ")
    return text[-LONGEST_NAME:]
