"""What passes between the workbook reader and the checks, and an approver's comments.

The reader (``loaders``) knows files and no rules; ``kpi.checks`` knows rules and no
files. ``FormReading`` is all that the one hands to the other, and ``CheckContext`` is
what the checks must know besides. How a submission is stored and approved is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from kpi.definitions import Definitions, OrgUnits
from kpi.findings import Finding
from kpi.observations import CellAddress, Known, Reading
from kpi.targets import Target


@dataclass(frozen=True)
class FormReading:
    """One workbook as it was read, before any rule has looked at it.

    ``reporter`` and ``period`` are the codes as they stand in the file and may be
    wrong. ``findings`` is what the reader noticed itself.
    """

    file_name: str
    digest: str
    form: str  # "A": one organisation unit, "B": one agency
    template_version: str
    reporter: str
    period: str
    readings: tuple[Reading, ...]
    findings: tuple[Finding, ...] = ()
    heading: str = ""  # of the column the figures stand in, as it is printed


@dataclass(frozen=True)
class CellComment:
    """What an approver who returns a submission has to say about one of its cells."""

    at: CellAddress
    text: str

    @classmethod
    def parse(cls, written: str, sheet: str = "") -> CellComment:
        """Read ``Biểu A!G14 = So lại với kho bạc``; the sheet may be left out if it is given.

        Raises:
            ValueError: if sheet, cell or text is missing.
        """
        place, _, said = written.partition("=")
        named, _, cell = place.rpartition("!")
        at = CellAddress(named.strip() or sheet, cell.strip().upper())
        if not (at.sheet and at.cell and said.strip()):
            raise ValueError(f"{written!r} is no comment on a cell")
        return cls(at, said.strip())


@dataclass(frozen=True)
class Earlier:
    """The submission that a file would replace although it is the older of the two."""

    revision: int
    submitted_at: datetime
    sent_before: bool  # these very bytes had been sent, before that submission


@dataclass(frozen=True)
class CheckContext:
    """What a form is checked against.

    ``in_force`` holds the values already known, by (indicator, organisation unit,
    period code). ``reporter`` is who says to be sending the file; None: whoever the
    file names. ``comparators`` are bare figures to compare changes with: the unit's own
    past and its peers' last two years, by the same key. ``single_quarters``: the sender
    has confirmed that the form holds each quarter's own figures. ``older_than``: a newer
    file has come in already.
    """

    definitions: Definitions
    org_units: OrgUnits
    in_force: Mapping[tuple[str, str, str], Known] = field(default_factory=dict)
    reporter: str | None = None
    targets: Mapping[tuple[str, str], Target] = field(default_factory=dict)
    comparators: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    single_quarters: bool = False
    older_than: Earlier | None = None
