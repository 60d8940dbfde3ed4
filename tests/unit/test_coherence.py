"""Parts and wholes: what is left over, and who is furthest from what was to be expected."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kpi.coherence import Gap, Whole, gaps
from kpi.definitions import Definitions, OrgUnits
from kpi.observations import Known
from kpi.periods import Period

NOW, BEFORE = Period(2018, 3), Period(2017, 3)
PROVINCE = "20"
SHARES = {"share_agriculture": "19.1", "share_industry": "17.6", "share_services": "53.1",
          "share_product_taxes": "10.2"}  # fmt: skip


def known(definitions: Definitions, level: str, name: str, unit: str, value: str, at: Period):
    rules = {key.value: rule for key, rule in definitions.indicators[name].levels.items()}
    return Known(name, unit, at, Decimal(value), basis=rules[level].basis)


@pytest.fixture
def name(definitions: Definitions) -> str:
    """An indicator whose districts are held against the province."""
    return next(i.id for i in definitions.indicators.values() if i.reconcile_with)


@pytest.fixture
def units(org_units: OrgUnits) -> list[str]:
    return [unit.code for unit in org_units.districts(NOW.end)]


def districts(definitions, name, units, at, *, of=None, without=(), whole="110"):
    """Ten each, but ``of``; the province reports ``whole``."""
    of = of or {}
    found = {
        (name, unit): known(definitions, "district", name, unit, of.get(unit, "10"), at)
        for unit in units
        if unit not in without
    }
    return found | {(name, PROVINCE): known(definitions, "province", name, PROVINCE, whole, at)}


def only(found: tuple[Gap, ...], kind: Whole, org_unit: str = PROVINCE) -> Gap:
    return next(one for one in found if one.kind is kind and one.org_unit == org_unit)


def test_districts_that_add_up_leave_no_gap_and_nobody_carries_it(
    definitions, org_units, name, units
):
    values = districts(definitions, name, units, NOW)
    found = only(gaps(definitions, org_units, values, {}), Whole.DISTRICTS)
    assert (found.difference, found.beyond, found.carrier) == (0, False, None)


def test_the_district_furthest_below_its_share_of_last_year_carries_the_gap(
    definitions, org_units, name, units
):
    before = districts(definitions, name, units, BEFORE)
    values = districts(definitions, name, units, NOW, of={units[4]: "6", units[7]: "9"})
    found = only(gaps(definitions, org_units, values, before), Whole.DISTRICTS)
    assert (found.difference, found.beyond) == (5, True)
    assert found.carrier is not None
    assert (found.carrier.who, found.carrier.amount) == (units[4], 4)
    assert found.carried[1].who == units[7]
    assert sum(one.amount for one in found.carried) == found.difference


def test_where_the_districts_are_too_much_the_one_above_its_share_carries_it(
    definitions, org_units, name, units
):
    before = districts(definitions, name, units, BEFORE)
    values = districts(definitions, name, units, NOW, of={units[2]: "30"})
    found = only(gaps(definitions, org_units, values, before), Whole.DISTRICTS)
    assert found.difference == -20
    assert found.carrier is not None and found.carrier.who == units[2]


def test_a_district_without_a_figure_carries_what_is_expected_of_it(
    definitions, org_units, name, units
):
    before = districts(definitions, name, units, BEFORE)
    values = districts(definitions, name, units, NOW, without=units[3:4])
    found = only(gaps(definitions, org_units, values, before), Whole.DISTRICTS)
    assert found.missing == (units[3],)
    assert found.carrier is not None
    assert (found.carrier.who, found.carrier.value, found.carrier.amount) == (units[3], None, 10)


def test_figures_of_two_bases_are_not_held_against_each_other(definitions, org_units, units):
    values = {
        ("budget_revenue", PROVINCE): known(
            definitions, "province", "budget_revenue", PROVINCE, "3690", NOW
        )
    }
    values |= {
        ("budget_revenue", unit): known(definitions, "district", "budget_revenue", unit, "9", NOW)
        for unit in units
    }
    assert gaps(definitions, org_units, values, {}) == ()


@pytest.mark.parametrize(
    ("services", "difference", "beyond"), [("53.1", "0", False), ("53.6", "-0.5", True)]
)
def test_the_shares_are_held_against_100(definitions, org_units, services, difference, beyond):
    now = SHARES | {"share_services": services}
    values, before = (
        {(key, PROVINCE): known(definitions, "province", key, PROVINCE, value, at)
         for key, value in shares.items()}
        for shares, at in ((now, NOW), (SHARES, BEFORE))
    )  # fmt: skip
    found = only(gaps(definitions, org_units, values, before), Whole.SHARES)
    assert found.difference == Decimal(difference)
    assert found.beyond is beyond
    assert (found.carrier.who if found.carrier else None) == ("share_services" if beyond else None)


def test_shares_of_which_one_is_missing_are_not_added_up(definitions, org_units):
    values = {
        (key, PROVINCE): known(definitions, "province", key, PROVINCE, value, NOW)
        for key, value in SHARES.items()
        if key != "share_product_taxes"
    }
    assert gaps(definitions, org_units, values, {}) == ()


GROWTH = {"grdp_growth": "8.12", "growth_agriculture": "2.61", "growth_industry": "17.42",
          "growth_services": "8.31"}  # fmt: skip
GROWTH_BEFORE = {"growth_agriculture": "2.20", "growth_industry": "19.10",
                 "growth_services": "6.40"}  # fmt: skip


def growth_gap(definitions, org_units, growth, before=GROWTH_BEFORE) -> Gap:
    values = {
        (key, PROVINCE): known(definitions, "province", key, PROVINCE, value, NOW)
        for key, value in growth.items()
    }
    previous = {
        (key, PROVINCE): known(definitions, "province", key, PROVINCE, value, BEFORE)
        for key, value in (SHARES | before).items()
    }
    return only(gaps(definitions, org_units, values, previous), Whole.GROWTH)


def test_what_is_left_of_growth_is_charged_to_no_sector_while_taxes_can_have_brought_it(
    definitions, org_units
):
    found = growth_gap(definitions, org_units, GROWTH)
    parts = Decimal("0.191") * Decimal("2.61") + Decimal("0.176") * Decimal("17.42")
    parts += Decimal("0.531") * Decimal("8.31")
    assert found.difference == Decimal("8.12") - parts
    assert (found.beyond, found.carrier, found.unmeasured) == (False, None, "share_product_taxes")
    # their share of last year times that growth is exactly what is left
    assert found.implied is not None
    assert Decimal("0.102") * found.implied == pytest.approx(found.difference)


def test_where_taxes_cannot_have_brought_it_the_sector_that_moved_most_is_asked(
    definitions, org_units
):
    """17.42 typed as 7.42: the taxes would have had to grow by more than any sector."""
    found = growth_gap(definitions, org_units, GROWTH | {"growth_industry": "7.42"})
    assert found.implied is not None and found.implied > 2 * Decimal("8.31") - Decimal("2.61")
    assert found.beyond and found.carrier is not None
    assert found.carrier.who == "growth_industry"
    assert found.carrier.value == Decimal("0.176") * Decimal("7.42")
    assert found.carrier.amount == Decimal("0.176") * (Decimal("19.10") - Decimal("7.42"))


def test_where_the_sectors_are_too_much_the_one_that_brings_more_than_last_year_is_asked(
    definitions, org_units
):
    found = growth_gap(definitions, org_units, GROWTH | {"growth_services": "12.31"})
    assert found.difference < 0 and found.implied is not None and found.implied < 0
    assert found.carrier is not None and found.carrier.who == "growth_services"
    assert found.carrier.amount == Decimal("0.531") * (Decimal("6.40") - Decimal("12.31"))


def test_without_last_years_growth_nobody_is_named(definitions, org_units):
    found = growth_gap(definitions, org_units, GROWTH | {"growth_industry": "7.42"}, before={})
    assert (found.beyond, found.carrier, found.carried) == (True, None, ())


def test_a_rounded_structure_is_charged_to_no_share(definitions, org_units):
    values = {
        (key, PROVINCE): known(definitions, "province", key, PROVINCE, value, NOW)
        for key, value in (SHARES | {"share_services": "53.2"}).items()
    }
    found = only(gaps(definitions, org_units, values, {}), Whole.SHARES)
    assert (found.difference, found.beyond, found.carrier) == (Decimal("-0.1"), False, None)
