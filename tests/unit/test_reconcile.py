"""Reported against computed, contributions to growth, and parts that add up as printed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpi.apportion import apportion
from kpi.contributions import contributions
from kpi.definitions import Definitions, OrgUnits
from kpi.observations import Coverage, Known
from kpi.periods import Period
from kpi.reconcile import computed_beside, reconcile

Q3 = Period(2018, 3)
BEFORE = Q3.same_period_last_year()
TOLERANCE = Decimal("0.005")


def known(
    value: str | None, *, basis: str = "records", period: Period = Q3, unit: str = "20",
    indicator: str = "initiatives", coverage: Coverage | None = None,
) -> Known:  # fmt: skip
    number = None if value is None else Decimal(value)
    return Known(indicator, unit, period, number, basis=basis, coverage=coverage)


def summed(value: str, *, basis: str = "records", missing: bool = False) -> Known:
    present = ("178",) if missing else ("178", "180")
    return known(value, basis=basis, coverage=Coverage(present, ("178", "180")))


# --- reported and computed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "computed", "difference", "part", "beyond"),
    [
        ("207", "207", "0", "0", False),
        ("1000", "995", "5", "0.005", False),  # exactly the tolerance is still within it
        ("1000", "994", "6", "0.006", True),
        ("994", "1000", "-6", None, True),
        ("0", "0", "0", None, False),
        ("0", "3", "-3", None, True),
        ("-100", "-50", "-50", "0.5", True),
    ],
)
def test_the_discrepancy_is_reported_less_computed(reported, computed, difference, part, beyond):
    found = reconcile(known(reported), summed(computed), TOLERANCE)

    assert found is not None
    assert found.difference == Decimal(difference)
    assert found.beyond is beyond
    if part is not None:
        assert found.part == Decimal(part)
    if reported == "0":
        assert found.part is None


@pytest.mark.parametrize(
    ("reported", "computed"),
    [
        (None, summed("1")),
        (known("1"), None),
        (known(None), summed("1")),
        (known("1"), summed("1", basis="district_revenue")),
        (known("1"), summed("1", missing=True)),
        (known("1"), known("1")),  # not computed at all: no coverage
    ],
)
def test_what_cannot_be_compared_is_not(reported, computed):
    assert reconcile(reported, computed, TOLERANCE) is None


def test_districts_are_added_up_where_it_is_declared(definitions: Definitions, org_units: OrgUnits):
    indicator = definitions.indicators["initiatives"]
    units = org_units.districts(Q3.end)
    values = {("initiatives", unit.code): known("3", unit=unit.code) for unit in units}

    found = computed_beside(indicator, definitions, org_units, Q3, values, {})

    assert found is not None and found.value == 33
    assert found.coverage is not None and found.coverage.complete


def test_the_districts_own_revenue_is_never_added_up(definitions: Definitions, org_units: OrgUnits):
    indicator = definitions.indicators["budget_revenue"]
    values = {
        ("budget_revenue", unit.code): known("3", unit=unit.code, indicator="budget_revenue")
        for unit in org_units.districts(Q3.end)
    }

    assert indicator.reconcile_with is None
    assert computed_beside(indicator, definitions, org_units, Q3, values, {}) is None


# --- contributions -----------------------------------------------------------------------


def growth(value: str | None, period: Period = Q3) -> Known:
    return known(value, basis="grdp", period=period)


def share(value: str | None, basis: str = "four", period: Period = BEFORE) -> Known:
    return known(value, basis=basis, period=period)


def test_contributions_and_rest_add_up_exactly():
    found = contributions(
        growth("8.12"),
        [
            (growth("2.61"), share("20.8")),
            (growth("17.42"), share("16.2")),
            (growth("8.31"), share("52.8")),
        ],
    )

    assert found is not None
    assert [part.value for part in found.parts] == [
        Decimal("0.54288"), Decimal("2.82204"), Decimal("4.38768"),
    ]  # fmt: skip
    assert found.rest == Decimal("0.36740")
    assert sum(part.value for part in found.parts) + found.rest == Decimal("8.12")
    assert sum(found.printed(2)) == Decimal("8.12")
    assert found.greatest is found.parts[2]


def test_a_shrinking_sector_takes_away():
    found = contributions(growth("1"), [(growth("-2"), share("50")), (growth("4"), share("40"))])

    assert found is not None
    assert [part.value for part in found.parts] == [Decimal("-1.00"), Decimal("1.60")]
    assert found.rest == Decimal("0.40")


@pytest.mark.parametrize(
    ("total", "part"),
    [
        (None, (growth("1"), share("20"))),
        (growth(None), (growth("1"), share("20"))),
        (growth("8"), (None, share("20"))),
        (growth("8"), (growth("1"), None)),
        (growth("8"), (growth("1", BEFORE), share("20"))),
        (growth("8"), (growth("1"), share("20", period=Q3))),
        (growth("8"), (known("1", basis="production_value"), share("20"))),
    ],
)
def test_without_a_figure_that_fits_nothing_is_taken_apart(total, part):
    assert contributions(total, [part]) is None


def test_weights_of_two_structures_are_never_mixed():
    parts = [(growth("1"), share("20")), (growth("2"), share("60", basis="three"))]

    assert contributions(growth("8"), parts) is None
    assert contributions(growth("8"), []) is None


# --- parts of a whole --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "decimals", "printed"),
    [
        (["21.25", "19.65", "59.10"], 1, ["21.2", "19.7", "59.1"]),
        (["33.333", "33.333", "33.334"], 1, ["33.3", "33.3", "33.4"]),
        (["20.3", "19.7", "60.0"], 1, ["20.3", "19.7", "60.0"]),
        (["-0.55", "1.55"], 1, ["-0.6", "1.6"]),
        (["0.04", "0.04", "0.04"], 1, ["0.1", "0.0", "0.0"]),
        ([], 1, []),
    ],
)
def test_parts_are_printed_so_that_they_add_up(parts, decimals, printed):
    found = apportion([Decimal(part) for part in parts], decimals)

    assert list(map(str, found)) == printed
