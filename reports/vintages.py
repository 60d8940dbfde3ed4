"""What was said of one indicator and period before: corrections, and ước, sơ bộ, chính thức.

Only versions up to the one in force count, so that a screen as of a day in the past knows
nothing of what was sent after it. A version that said the same as the next replaced nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from kpi.judgement import Assessment
from kpi.observations import ObsStatus

# The kinds of a figure that follow each other as a period is settled, first to last
KINDS = (ObsStatus.ESTIMATE, ObsStatus.PROVISIONAL, ObsStatus.NORMAL)


@dataclass(frozen=True)
class Vintage:
    """One approved value of one organisation unit, and who sent it when."""

    value: Decimal | None
    kind: ObsStatus
    submission: int
    revision: int
    reporter: str
    received_at: datetime


Vintages = Mapping[str, Sequence[Vintage]]  # by organisation unit, oldest first


def vintages_of(frame: pd.DataFrame, shown: Iterable[Assessment]) -> dict[str, list[Vintage]]:
    """The versions of every figure that is shown, up to the one in force.

    Args:
        frame: as ``store.series.vintages`` returns it.
    """
    newest = {
        one.org_unit: known.source.submission
        for one in shown
        if (known := one.original or one.known) is not None and known.source is not None
    }
    found: dict[str, list[Vintage]] = {}
    for row in frame.to_dict("records"):
        if row["submission"] <= newest.get(row["org_unit"], 0):
            vintage = Vintage(
                row["value"], ObsStatus(row["status"]), row["submission"], row["revision"],
                row["reporter"], row["received_at"],
            )  # fmt: skip
            found.setdefault(row["org_unit"], []).append(vintage)
    return found


def replaced(versions: Sequence[Vintage]) -> list[Vintage]:
    """Those that the next version contradicted."""
    return [old for old, new in pairwise(versions) if old.value != new.value]


def corrections(vintages: Vintages) -> set[int]:
    """The submissions that said something else than the version before them."""
    return {
        new.submission
        for versions in vintages.values()
        for old, new in pairwise(versions)
        if old.value != new.value
    }


def by_kind(versions: Sequence[Vintage]) -> dict[ObsStatus, Vintage]:
    """The newest version of every kind, in the order in which a period is settled."""
    found = {one.kind: one for one in versions}
    return {kind: found[kind] for kind in KINDS if kind in found}
