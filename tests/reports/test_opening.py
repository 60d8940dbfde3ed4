"""A correction of last year shows at once, and moves no pace that was fixed (METHOD 6)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from kpi.definitions import Definitions, OrgUnits
from kpi.judgement import Assessment, ProfileKind
from kpi.periods import Period
from kpi.targets import Target
from reports import tables
from tests.reports.conftest import TODAY

Q3 = Period(2018, 3)
CORRECTED = Decimal(5500)  # 4575 before: nine months of 2017


def judged(
    values: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
    opening: pd.DataFrame | None = None,
) -> Assessment:
    (found,) = tables.assessments(
        values, targets, definitions, org_units,
        period=Q3, indicators=["budget_revenue"], today=TODAY, opening=opening,
    )  # fmt: skip
    return found


def test_a_later_correction_is_shown_and_leaves_the_pace_alone(
    frame: pd.DataFrame, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits
) -> None:
    rows = (
        (frame["indicator"] == "budget_revenue")
        & (frame["org_unit"] == "20")
        & (frame["period"] == "2017-Q3")
    )
    corrected, then = frame.copy(), frame[rows]
    corrected.loc[rows, "value"] = CORRECTED

    before = judged(frame, targets, definitions, org_units)
    moved = judged(corrected, targets, definitions, org_units)
    fixed = judged(corrected, targets, definitions, org_units, opening=then)

    assert before.explanation.profile and before.explanation.profile.kind is ProfileKind.HISTORY
    assert moved.expected != before.expected  # this is what must not happen
    assert (fixed.expected, fixed.ratio, fixed.status) == (
        before.expected,
        before.ratio,
        before.status,
    )
    assert fixed.explanation.profile == before.explanation.profile
    assert fixed.previous_value == CORRECTED != before.previous_value
    assert fixed.explanation.inputs["history 2017-Q3"].value != CORRECTED


def test_a_sum_of_districts_keeps_its_pace_too(
    frame: pd.DataFrame, targets: Sequence[Target], definitions: Definitions, org_units: OrgUnits
) -> None:
    summed = "communes_hardened_road"
    rows = (frame["indicator"] == summed) & (frame["period"] == "2017-Q4")
    corrected = frame.copy()
    corrected.loc[rows, "value"] = Decimal(1)
    units = [org_units.province]

    past = tables.histories(
        corrected, targets, definitions, org_units,
        units=units, indicators=[summed], opening=frame[rows],
    )  # fmt: skip

    (key,) = past
    year_end = Period(2017, 4)
    count = len(org_units.districts(year_end.end))
    assert past[key][year_end].value == count
    assert past.opening[key][year_end].value == 14 * count
