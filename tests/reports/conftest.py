"""A province in a frame: every figure that the forms ask for, 2016 to quý III/2018.

The values follow a simple rule, so that a test can say what must come out; they are not
the sample workbooks' and need no database.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from kpi.definitions import Definitions, Measure, OrgUnits
from kpi.forms import FormRow, rows_of
from kpi.judgement import Assessment
from kpi.periods import Period
from kpi.rounding import half_away
from kpi.targets import Target
from loaders.targets import load_targets
from reports import tables
from reports.wording import Words
from store.lookups import COLUMNS

ROOT = Path(__file__).parent.parent.parent
Q3 = Period(2018, 3)
TODAY = date(2018, 10, 20)
SHARE = {1: Decimal("0.2"), 2: Decimal("0.5"), 3: Decimal("0.75"), 4: Decimal(1)}
LEVELS = {
    "grdp_growth": "8.12", "growth_agriculture": "2.61", "growth_industry": "17.42",
    "growth_services": "8.31", "share_agriculture": "20.4", "share_industry": "18.8",
    "share_services": "56.8", "share_product_taxes": "4.0", "income_per_capita": "36.5",
    "budget_revenue": "6100", "new_rural_communes": "1", "communes_below_5_criteria": "1",
    "communes_hardened_road": "14", "communes_model_count": "11",
    "communes_product_count": "9", "rural_communes_total": "19", "traffic_accidents": "40",
    "traffic_deaths": "12", "traffic_injuries": "20",
}  # fmt: skip


def value_of(row: FormRow, period: Period) -> Decimal:
    """Flows by a fixed share of the year; traffic falls by a tenth each year, deaths rise."""
    level = Decimal(LEVELS.get(row.indicator.id, "10"))
    if row.indicator.measure is Measure.FLOW:
        level *= SHARE[period.quarter]
    if row.indicator.id in ("traffic_accidents", "traffic_injuries"):
        level *= 1 - Decimal(period.year - 2016) / 10
    if row.indicator.id == "traffic_deaths":
        level *= 1 + Decimal(period.year - 2016) / 4
    return half_away(level, row.indicator.decimals_at(row.org_unit.level))


@pytest.fixture(scope="session")
def make_frame(definitions: Definitions, org_units: OrgUnits) -> Callable[..., pd.DataFrame]:
    """``make_frame(without=("184",))``: reporters whose quý III/2018 is missing."""
    districts = [unit.code for unit in org_units.districts(Q3.end)]
    reporters = [*districts, *definitions.agencies]

    def make(*, without: Sequence[str] = ()) -> pd.DataFrame:
        rows = []
        for year in (2016, 2017, 2018):
            for quarter in range(1, 4 if year == 2018 else 5):
                period = Period(year, quarter)
                asked = [r for r in reporters if period != Q3 or r not in without]
                for number, reporter in enumerate(asked, start=1):
                    for line, row in enumerate(rows_of(definitions, org_units, reporter, period)):
                        rows.append(_row(row, period, reporter, number, line))
        return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)

    return make


def _row(row: FormRow, period: Period, reporter: str, number: int, line: int) -> tuple[object, ...]:
    value = value_of(row, period)
    received = datetime(period.end.year, period.end.month, 28, 3, 0, tzinfo=UTC)
    basis = row.indicator.levels[row.org_unit.level].basis
    return (
        row.indicator.id, row.org_unit.code, row.period.code, value, "A", basis, "", str(value),
        "Biểu", f"F{line + 10}", number, 1, reporter, f"{reporter}.xlsx", "digest", received,
    )  # fmt: skip


@pytest.fixture(scope="session")
def frame(make_frame: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    return make_frame()


@pytest.fixture(scope="session")
def targets(definitions: Definitions, org_units: OrgUnits) -> tuple[Target, ...]:
    assigned = load_targets(ROOT / "data" / "targets" / "2018.yaml", definitions, org_units)
    return (*definitions.targets, *assigned)


@pytest.fixture(scope="session")
def past(
    frame: pd.DataFrame,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
) -> tables.Histories:
    units = [org_units.province]
    return tables.histories(frame, targets, definitions, org_units, units=units)


@pytest.fixture(scope="session")
def judged(
    past: tables.Histories,
    targets: Sequence[Target],
    definitions: Definitions,
    org_units: OrgUnits,
) -> list[Assessment]:
    """The province at quý III/2018."""
    return tables.judge(past, targets, definitions, org_units, period=Q3, today=TODAY)


@pytest.fixture(scope="session")
def words(definitions: Definitions, org_units: OrgUnits) -> Words:
    return Words(definitions, org_units, "vi")
