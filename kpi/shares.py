"""Do the targets of a structure hang together?

The targets of one share group (``share_group``) are bands of parts of one whole. A mix
that keeps every band and adds up to 100 exists exactly when 100 lies between the sum of
the lower and the sum of the upper edges. The decree's own: 99 to 103. Whether reported
shares add up asks ``kpi.plausibility``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kpi.definitions import Definitions
from kpi.targets import Target, TargetKind

_WHOLE = Decimal(100)


@dataclass(frozen=True)
class ShareMix:
    """The targets of one share group for one unit and year, added up."""

    group: str
    org_unit: str
    year: int
    low: Decimal  # the sum of the lower edges
    high: Decimal
    basis: str

    @property
    def exists(self) -> bool:
        """A mix that keeps every target and adds up to 100 is possible."""
        return self.low <= _WHOLE <= self.high


def share_mixes(
    definitions: Definitions, targets: Iterable[Target] | None = None
) -> tuple[ShareMix, ...]:
    """The mixes that ``targets`` (the decree's, if not given) ask for, unit by unit."""
    sums: dict[tuple[str, str, int, str], list[Target]] = {}
    for target in definitions.targets if targets is None else targets:
        indicator = definitions.indicators.get(target.indicator)
        if indicator is None or indicator.share_group is None:
            continue
        if target.kind in (TargetKind.BAND, TargetKind.RANGE):
            key = (indicator.share_group, target.org_unit, target.year, target.basis)
            sums.setdefault(key, []).append(target)
    return tuple(
        ShareMix(
            group=group,
            org_unit=org_unit,
            year=year,
            low=sum((t.edges.low for t in members if t.edges.low is not None), Decimal(0)),
            high=sum((t.edges.high for t in members if t.edges.high is not None), Decimal(0)),
            basis=basis,
        )
        for (group, org_unit, year, basis), members in sums.items()
    )
