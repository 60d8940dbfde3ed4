"""The province's reported figure beside the one its districts add up to (METHOD 9).

Published totals do not always add up, so a difference is something to show and to ask
about, never a reason to refuse a report. Figures of two bases, or a sum that lacks a
unit, say nothing about each other and are not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kpi.across import Values, combine
from kpi.definitions import Definitions, Indicator, OrgUnits
from kpi.observations import Known
from kpi.periods import Period


@dataclass(frozen=True)
class Discrepancy:
    """Both figures and how far apart they are."""

    reported: Known
    computed: Known
    difference: Decimal  # reported less computed, in the unit of measure
    part: Decimal | None  # of the reported figure, unsigned; None where that is 0
    beyond: bool  # more than the tolerance


def reconcile(
    reported: Known | None, computed: Known | None, tolerance: Decimal
) -> Discrepancy | None:
    """Compare the two; None where there is nothing to compare.

    Args:
        tolerance: how far apart they may be, as a part of the reported figure.
    """
    if reported is None or computed is None:
        return None
    if reported.value is None or computed.value is None or reported.basis != computed.basis:
        return None
    if computed.coverage is None or not computed.coverage.complete:
        return None
    difference = reported.value - computed.value
    part = abs(difference / reported.value) if reported.value else None
    beyond = part > tolerance if part is not None else difference != 0
    return Discrepancy(reported, computed, difference, part, beyond)


def computed_beside(
    indicator: Indicator,
    definitions: Definitions,
    org_units: OrgUnits,
    period: Period,
    values: Values,
    previous: Values,
) -> Known | None:
    """What the districts give by the way the definitions declare (``reconcile_with``).

    None where no way is declared: districts' own revenue, say, is measured of something
    else and does not add up to the province's.
    """
    if indicator.reconcile_with is None:
        return None
    by = replace(indicator, across_units=indicator.reconcile_with)
    return combine(by, definitions, org_units, period, values, {}, previous)
