"""What a submission would change: old → new, figure by figure.

Shown before a statistician confirms and kept with the receipt. A cell left blank is no
change: it never erases an earlier value (METHOD 12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpi.observations import Known, Observation


@dataclass(frozen=True)
class Change:
    """One figure of a submission beside the one in force; ``old`` None: none yet."""

    observation: Observation
    old: Known | None

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def differs(self) -> bool:
        """Would the figure in force become another one, or another kind of missing?"""
        if self.old is None:
            return True
        now = (self.observation.value, self.observation.status, self.observation.basis)
        return now != (self.old.value, self.old.status, self.old.basis)

    @property
    def difference(self) -> Decimal | None:
        """New less old, in the indicator's unit; None where either has no value."""
        if self.old is None or self.old.value is None or self.observation.value is None:
            return None
        return self.observation.value - self.old.value


def changes(
    observations: Iterable[Observation], in_force: Mapping[tuple[str, str, str], Known]
) -> tuple[Change, ...]:
    """Every observation beside what is in force for it, in the order of the form."""
    return tuple(
        Change(o, in_force.get((o.indicator, o.org_unit, o.period.code))) for o in observations
    )
