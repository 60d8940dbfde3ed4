"""Is everything that is stored as it should be? Reads, compares, changes nothing.

The values in force, and how complete they are, are derived (``store.observations``);
this derives them a second time from the submissions and says where the two differ, and
holds the audit chain, the workbooks' digests, and what people wrote row by row against the log.
How many figures are expected follows from the definitions, which is why the comparison stands
here and not in ``store``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kpi.definitions import OrgUnits
from kpi.periods import Period
from kpi.plan_years import DefinitionsOf
from store import held, verification
from store.engine import Session
from store.verification import Fault, Pair
from workflow.submissions import expected_figures

__all__ = ["Fault", "verify"]


def verify(session: Session, definitions: DefinitionsOf, org_units: OrgUnits) -> tuple[Fault, ...]:
    """Every fault there is; none in a database that is sound."""
    verification.hold_still(session)
    filled: Counter[Pair] = Counter()
    faults = [
        *verification.audit_faults(session),
        *verification.file_faults(session),
        *verification.evidence_faults(session),
        *verification.publication_faults(session),
        *verification.orphan_faults(session),
        *verification.state_faults(session),
        *verification.undecided_approvals(session),
        *verification.inquiry_faults(session),
        *held.faults(session),
        *verification.value_faults(session, filled),
    ]
    expected = _expected(session, definitions, org_units)
    return (*faults, *_completeness_faults(session, filled, expected))


def _expected(
    session: Session, definitions: DefinitionsOf, org_units: OrgUnits
) -> Mapping[Pair, int | None]:
    """How many figures are asked for wherever something was approved.

    None where the newest approval was counted by other definitions than these.
    """
    expected: dict[Pair, int | None] = {}
    for reporter, period, version in verification.approved_forms(session):
        asked = definitions.of(period)
        counted = expected_figures(asked, org_units, reporter, Period.parse(period))
        same = version == asked.version
        expected.update({pair: number if same else None for pair, number in counted.items()})
    return expected


def _completeness_faults(
    session: Session, filled: Mapping[Pair, int], expected: Mapping[Pair, int | None]
) -> Iterator[Fault]:
    kept = verification.kept_completeness(session)
    for pair in sorted(expected.keys() | kept.keys() | filled.keys()):
        asked, there = expected.get(pair), filled.get(pair, 0)
        counted, found = kept.get(pair, (None, 0))
        if there != found or (asked is not None and asked != counted):
            yield Fault(
                "completeness",
                {
                    "org_unit": pair[0],
                    "period": pair[1],
                    "kept": f"{found}/{'–' if counted is None else counted}",
                    "derived": f"{there}/{counted if asked is None else asked}",
                },
            )
